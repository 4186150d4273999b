// Which paper rests on which, as columns from the oldest ground to the newest order.
import type { Chain } from './types';

export interface Placed {
  node: Chain['nodes'][number];
  x: number;
  y: number;
}
export interface Drawn {
  nodes: Placed[];
  lines: { key: string; path: string }[];
  width: number;
  height: number;
}

export const box = { width: 232, height: 76 };
const gap = { x: 56, y: 20 };

/** How many steps a paper stands above the ground it rests on; circles end at the count of nodes. */
function levels(chain: Chain): Map<string, number> {
  const level = new Map(chain.nodes.map((n) => [n.id, 0]));
  const edges = chain.edges.filter((e) => level.has(e.from) && level.has(e.to) && e.from !== e.to);
  for (let round = 0; round < chain.nodes.length; ++round) {
    let moved = false;
    for (const e of edges) {
      const above = level.get(e.to)! + 1;
      if (level.get(e.from)! >= above || above >= chain.nodes.length) continue;
      level.set(e.from, above);
      moved = true;
    }
    if (!moved) break;
  }
  return level;
}

/** `from` rests on `to`: to stands left of from. */
export function draw(chain: Chain): Drawn {
  const level = levels(chain);
  const columns: Chain['nodes'][] = [];
  const byDay = [...chain.nodes].sort(
    (a, b) => (a.issued_on ?? '9').localeCompare(b.issued_on ?? '9') || a.number.localeCompare(b.number, 'vi'),
  );
  for (const node of byDay) (columns[level.get(node.id) ?? 0] ??= []).push(node);
  const used = columns.filter((c) => c?.length);
  const tallest = Math.max(1, ...used.map((c) => c.length));
  const height = tallest * (box.height + gap.y) - gap.y;
  const nodes = used.flatMap((column, i) => {
    const top = (height - (column.length * (box.height + gap.y) - gap.y)) / 2;
    return column.map((node, j) => ({ node, x: i * (box.width + gap.x), y: top + j * (box.height + gap.y) }));
  });
  const at = new Map(nodes.map((p) => [p.node.id, p]));
  const lines = chain.edges.flatMap((e) => {
    const a = at.get(e.to);
    const b = at.get(e.from);
    if (!a || !b || a === b) return [];
    const [x1, y1, x2, y2] = [a.x + box.width, a.y + box.height / 2, b.x, b.y + box.height / 2];
    const bend = Math.max((x2 - x1) / 2, 24);
    return [{ key: `${e.from} ${e.to}`, path: `M${x1} ${y1}C${x1 + bend} ${y1} ${x2 - bend} ${y2} ${x2 - 6} ${y2}` }];
  });
  return { nodes, lines, width: used.length * (box.width + gap.x) - gap.x, height };
}

/** A subject in lines of at most `wide` letters, at most two. */
export function twoLines(text: string, wide = 34): string[] {
  const lines: string[] = [''];
  for (const word of text.split(/\s+/)) {
    const last = lines[lines.length - 1]!;
    if (!last) lines[lines.length - 1] = word.slice(0, wide);
    else if (last.length + word.length < wide) lines[lines.length - 1] = `${last} ${word}`;
    else lines.push(word.slice(0, wide));
  }
  return lines.length > 2 ? [lines[0]!, `${lines[1]!.slice(0, wide - 1)}…`] : lines.filter(Boolean);
}
