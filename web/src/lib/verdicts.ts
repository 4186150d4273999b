// The four verdicts in the order in which they are always shown, and their short class names.
import type { Counts, Verdict } from './types';

export const verdicts: Verdict[] = ['met', 'partly_met', 'not_met', 'undetermined'];

export const short: Record<Verdict, 'met' | 'partly' | 'not' | 'und'> = {
  met: 'met',
  partly_met: 'partly',
  not_met: 'not',
  undetermined: 'und',
};

export function totalOf(counts: Counts): number {
  return verdicts.reduce((sum, v) => sum + counts[v], 0);
}

/** What a finding says, as a verdict's mark. */
export function markOf(result: string): Verdict {
  if (result === 'pass') return 'met';
  return result === 'fail' ? 'not_met' : 'undetermined';
}
