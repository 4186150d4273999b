// A page of the paper as it lies on the screen: its words in the text's order, and what of them
// belongs to a measure, line by line.
import type { Measure } from './types';

export const parts = 10_000; // places are parts of a page's sides

export interface LeafWord {
  from: number;
  to: number;
  x: number;
  y: number;
  width: number;
  height: number;
}

export interface LeafMark {
  measure: Measure;
  first: boolean;
  lines: { x: number; y: number; width: number; height: number }[];
}

/** Six numbers a word: from, to, x0, y0, x1, y1. `tall` is the page's height where `parts` is its width. */
export function leafWords(numbers: number[], tall: number): LeafWord[] {
  const words: LeafWord[] = [];
  const down = (y: number) => (y * tall) / parts;
  for (let i = 0; i + 6 <= numbers.length; i += 6) {
    const [from, to, x0, y0, x1, y1] = numbers.slice(i, i + 6) as [number, number, number, number, number, number];
    words.push({ from, to, x: x0, y: down(y0), width: x1 - x0, height: down(y1 - y0) });
  }
  return words.sort((a, b) => a.from - b.from);
}

/** Words of one line that follow each other become one box. */
function boxesOf(words: LeafWord[]): LeafMark['lines'] {
  const lines: LeafMark['lines'] = [];
  const middle = (w: LeafWord) => w.y + w.height / 2;
  words.forEach((w, i) => {
    const before = words[i - 1];
    const last = lines[lines.length - 1];
    const least = Math.min(w.height, before?.height ?? 0);
    if (!last || !before || Math.abs(middle(before) - middle(w)) > least / 3 || w.x < before.x) {
      lines.push({ x: w.x, y: w.y, width: w.width, height: w.height });
      return;
    }
    const bottom = Math.max(last.y + last.height, w.y + w.height);
    last.y = Math.min(last.y, w.y);
    last.height = bottom - last.y;
    last.width = w.x + w.width - last.x;
  });
  return lines;
}

/** Of spans in order and without overlap those that stand on this page. */
export function leafMarks(
  words: LeafWord[],
  spans: { from: number; to: number; measure: Measure | null }[],
): LeafMark[] {
  return spans.flatMap(({ from, to, measure }) => {
    const inside = measure ? words.filter((w) => w.from < to && w.to > from) : [];
    if (!measure || !inside.length) return [];
    return [{ measure, first: inside[0]!.from <= from + 12, lines: boxesOf(inside) }];
  });
}
