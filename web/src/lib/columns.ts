// What a list shows of a row: how it looks, and what is sorted by and taken out of it.
import type { Snippet } from 'svelte';

export type Plain = string | number | null;

export interface Column<T> {
  id: string;
  text: string;
  cell: Snippet<[T]>;
  /** The bare value: sorted by, written to CSV and XLSX. A column without one is neither. */
  plain?: (row: T) => Plain | undefined;
  /** The column that names its row. */
  head?: boolean;
  class?: string;
  /** Its heading is for readers of screens alone. */
  quiet?: boolean;
}

const words = new Intl.Collator('vi', { numeric: true });

/** Empty ones last, whichever way the rest goes. */
export function compare(a: Plain | undefined, b: Plain | undefined, way: number): number {
  const none = (x: Plain | undefined) => x === null || x === undefined || x === '';
  if (none(a) || none(b)) return Number(none(a)) - Number(none(b));
  if (typeof a === 'number' && typeof b === 'number') return way * (a - b);
  return way * words.compare(String(a), String(b));
}

/** Rows by "due" or "-due", the name of a column that has a bare value; else as they are. */
export function sorted<T>(rows: T[], columns: Column<T>[], by: string): T[] {
  const plain = columns.find((c) => c.id === by.replace(/^-/, ''))?.plain;
  if (!plain) return rows;
  const way = by.startsWith('-') ? -1 : 1;
  return [...rows].sort((a, b) => compare(plain(a), plain(b), way));
}
