// What a result says of one machine, account or site: its findings put together.
import type { Finding } from './types';

export interface Subject {
  name: string;
  controls: string[];
  fails: number;
  unknowns: number;
  worst: string | null;
}

const grave = ['critical', 'high', 'medium', 'low', 'info'];

export function subjectsOf(findings: Finding[]): Subject[] {
  const all = new Map<string, Subject>();
  for (const f of findings) {
    if (!f.subject) continue;
    const it = all.get(f.subject) ?? { name: f.subject, controls: [], fails: 0, unknowns: 0, worst: null };
    all.set(f.subject, it);
    if (f.result === 'fail') ++it.fails;
    else ++it.unknowns;
    if (!it.controls.includes(f.control_title)) it.controls.push(f.control_title);
    const at = grave.indexOf(f.severity ?? '');
    if (f.result === 'fail' && at >= 0 && (it.worst === null || at < grave.indexOf(it.worst))) it.worst = f.severity;
  }
  return [...all.values()].sort(
    (a, b) => b.fails - a.fails || b.unknowns - a.unknowns || a.name.localeCompare(b.name, 'vi'),
  );
}
