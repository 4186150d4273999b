// What an agency's row and a dispatch's column of the roll-up add up to.
import type { Cell, Counts, Rollup } from './types';

const none = (): Counts => ({ met: 0, partly_met: 0, not_met: 0, undetermined: 0 });

export function countsOf(cells: (Cell | null)[] | undefined): Counts {
  const counts = none();
  for (const c of cells ?? []) if (c?.verdict) ++counts[c.verdict];
  return counts;
}

export interface AgencyRow {
  id: string;
  name: string;
  counts: Counts;
  late: number;
  coverage: number | null;
}

/** Agencies with what they add up to, worst first. */
export function league(r: Rollup): AgencyRow[] {
  return r.agencies
    .map((a, i) => {
      const cells = r.cells[i] ?? [];
      const covered = cells.flatMap((c) =>
        c?.coverage !== null && c?.coverage !== undefined ? [c.coverage] : [],
      );
      return {
        ...a,
        counts: countsOf(cells),
        late: cells.filter((c) => c?.late).length,
        coverage: covered.length ? covered.reduce((x, y) => x + y, 0) / covered.length : null,
      };
    })
    .sort(
      (a, b) =>
        b.late - a.late ||
        b.counts.not_met - a.counts.not_met ||
        b.counts.undetermined - a.counts.undetermined ||
        a.name.localeCompare(b.name, 'vi'),
    );
}
