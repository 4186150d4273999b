// A dispatch's text cut into lines, and each line into pieces that do or do not belong to a measure.
import type { DispatchText, Measure } from './types';

export interface Piece {
  from: number;
  text: string;
  measure: Measure | null;
  first: boolean;
  role: string;
}

export interface Line {
  from: number;
  pieces: Piece[];
}

/** What a person has marked. */
export interface Picked {
  from: number;
  to: number;
  text: string;
}

export interface Mark {
  from: number;
  to: number;
  measure: Measure | null;
  role: string;
}

/** Marks in order and without overlap: measures first, then sentences for their role. */
export function marksOf(doc: DispatchText, measures: Measure[]): Mark[] {
  const all: Mark[] = measures
    .filter((m) => m.span && m.state !== 'dropped')
    .map((m) => ({ from: m.span![0], to: m.span![1], measure: m, role: '' }));
  const taken = (from: number, to: number) => all.some((m) => m.from < to && from < m.to);
  for (const s of doc.sentences) {
    if (!taken(s.from, s.to)) all.push({ from: s.from, to: s.to, measure: null, role: s.role_name });
  }
  all.sort((a, b) => a.from - b.from || a.to - b.to);
  let end = 0;
  return all.flatMap((m) => {
    const from = Math.max(m.from, end);
    if (from >= m.to) return [];
    end = m.to;
    return [{ ...m, from }];
  });
}

export function linesOf(doc: DispatchText, measures: Measure[]): Line[] {
  const marks = marksOf(doc, measures);
  const lines: Line[] = [];
  const seen = new Set<string>();
  let from = 0;
  let next = 0;
  for (const text of doc.text.split('\n')) {
    const end = from + text.length;
    const pieces: Piece[] = [];
    let at = from;
    const push = (to: number, mark: Mark | null) => {
      if (to <= at) return;
      const measure = mark?.measure ?? null;
      const first = !!measure && !seen.has(measure.id);
      if (measure) seen.add(measure.id);
      pieces.push({ from: at, text: doc.text.slice(at, to), measure, first, role: mark?.role ?? '' });
      at = to;
    };
    while (next < marks.length && marks[next]!.from < end) {
      const mark = marks[next]!;
      push(Math.max(mark.from, at), null);
      push(Math.min(mark.to, end), mark);
      if (mark.to > end) break;
      ++next;
    }
    push(end, null);
    lines.push({ from, pieces });
    from = end + 1;
  }
  return lines;
}

/** What stands beside each measure in the text: "1", "1.1" for a second one of the same item. */
export function badges(measures: { id: string; cite: string }[]): Map<string, string> {
  const seen = new Map<string, number>();
  return new Map(
    measures.map((m) => {
      const item = m.cite.match(/\d+(?:\.\d+)*/g)?.pop() ?? '•';
      const n = seen.get(item) ?? 0;
      seen.set(item, n + 1);
      return [m.id, n && item !== '•' ? `${item}.${n}` : item];
    }),
  );
}

/** Where the browser's selection lies in the text; null when it is empty or outside. */
export function selectedSpan(root: Element): Picked | null {
  const selection = getSelection();
  if (!selection || selection.isCollapsed || !selection.rangeCount) return null;
  const range = selection.getRangeAt(0);
  if (!root.contains(range.startContainer) || !root.contains(range.endContainer)) return null;
  const pieces = [...root.querySelectorAll<HTMLElement | SVGElement>('[data-from]')].filter((p) =>
    range.intersectsNode(p),
  );
  const [head, tail] = [pieces[0], pieces[pieces.length - 1]];
  if (!head || !tail) return null;
  const offset = (piece: HTMLElement | SVGElement, node: Node, at: number, fallback: number) =>
    Number(piece.dataset.from) + (piece.contains(node) && node.nodeType === Node.TEXT_NODE ? at : fallback);
  const from = offset(head, range.startContainer, range.startOffset, 0);
  const to = offset(tail, range.endContainer, range.endOffset, tail.textContent?.length ?? 0);
  const text = selection.toString().trim();
  return to > from && text ? { from, to, text } : null;
}
