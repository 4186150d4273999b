// A register as a table that a person edits: cells, paste from Excel, undo, what is wrong where.
import type { RowProblem } from './http';
import { cellsOf } from './paste';
import type { Register } from './types';

const mostRows = 5000;

export class Grid {
  rows = $state.raw<string[][]>([]);
  saved = $state.raw<string[][]>([]);
  problems = $state.raw<RowProblem[]>([]);
  #past: string[][][] = [];

  constructor(private readonly columns: Register['columns']) {}

  take(rows: string[][]): void {
    this.rows = rows;
    this.saved = rows;
    this.problems = [];
    this.#past = [];
  }

  /** How many cells differ from what the server has. */
  get changed(): number {
    let n = Math.max(0, this.saved.length - this.rows.length) * this.columns.length;
    this.rows.forEach((row, r) =>
      row.forEach((cell, c) => (n += cell !== (this.saved[r]?.[c] ?? '') ? 1 : 0)),
    );
    return n;
  }

  isNew(r: number, c: number): boolean {
    return this.rows[r]?.[c] !== (this.saved[r]?.[c] ?? '');
  }

  /** What is wrong in a cell, as the server said at the last attempt to save. */
  wrongAt(r: number, c: number): string {
    const id = this.columns[c]?.id;
    const title = this.columns[c]?.title;
    return this.problems.find((p) => p.row === r + 1 && (p.column === id || p.column === title))?.text ?? '';
  }

  set(r: number, c: number, value: string): void {
    if (this.rows[r]?.[c] === value) return;
    this.#remember();
    this.rows = this.rows.map((row, i) => (i === r ? row.map((cell, j) => (j === c ? value : cell)) : row));
    this.problems = this.problems.filter((p) => !(p.row === r + 1 && p.column === this.columns[c]?.id));
  }

  addRow(): number {
    this.#remember();
    this.rows = [...this.rows, this.columns.map(() => '')];
    return this.rows.length - 1;
  }

  dropRow(r: number): void {
    this.#remember();
    this.rows = this.rows.filter((_, i) => i !== r);
    this.problems = [];
  }

  /** Pasted cells from (r, c) on; rows are added as needed. Returns how many rows were taken. */
  paste(r: number, c: number, pasted: string): number {
    const cells = cellsOf(pasted).slice(0, mostRows - r);
    this.#remember();
    const next = this.rows.map((row) => [...row]);
    cells.forEach((line, i) => {
      while (next.length <= r + i) next.push(this.columns.map(() => ''));
      line.forEach((cell, j) => {
        if (c + j < this.columns.length) next[r + i]![c + j] = cell;
      });
    });
    this.rows = next;
    this.problems = [];
    return cells.length;
  }

  undo(): boolean {
    const before = this.#past.pop();
    if (before) this.rows = before;
    this.problems = [];
    return !!before;
  }

  #remember(): void {
    this.#past.push(this.rows);
    if (this.#past.length > 200) this.#past.shift();
  }
}
