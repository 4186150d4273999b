// Dates and numbers as an office writes them: dd/mm/yyyy, UTC+7, decimal comma.
import { language } from './text.svelte';

const zone = 'Asia/Ho_Chi_Minh';
const parts = new Intl.DateTimeFormat('en-GB', {
  timeZone: zone,
  year: 'numeric',
  month: '2-digit',
  day: '2-digit',
  hour: '2-digit',
  minute: '2-digit',
});

function partsOf(ms: number): Record<string, string> {
  return Object.fromEntries(parts.formatToParts(ms).map((p) => [p.type, p.value]));
}

/** "2026-12-15" -> "15/12/2026"; a shorter one keeps what it has. */
export function day(iso: string | null | undefined): string {
  const m = /^(\d{4})(?:-(\d{2}))?(?:-(\d{2}))?/.exec(iso ?? '');
  return m ? m.slice(1).filter(Boolean).reverse().join('/') : '';
}

/** "15/12" in the year of today, else "15/12/2027". */
export function shortDay(iso: string | null | undefined, today: string): string {
  const whole = day(iso);
  return whole.slice(-4) === today.slice(0, 4) ? whole.slice(0, 5) : whole;
}

/** "15/12/2026" as typed by a person -> "2026-12-15"; null when it is no day. */
export function isoDay(typed: string): string | null {
  const m = /^\s*(\d{1,2})[/.-](\d{1,2})[/.-](\d{4})\s*$/.exec(typed);
  if (!m) return null;
  const [d, mo, y] = [Number(m[1]), Number(m[2]), Number(m[3])];
  const at = new Date(Date.UTC(y, mo - 1, d));
  if (at.getUTCMonth() !== mo - 1 || at.getUTCDate() !== d) return null;
  return `${y}-${String(mo).padStart(2, '0')}-${String(d).padStart(2, '0')}`;
}

/** Milliseconds -> "30/11/2026 14:03" in Vietnam. */
export function moment(ms: number | null | undefined): string {
  if (ms === null || ms === undefined) return '';
  const p = partsOf(ms);
  return `${p.day}/${p.month}/${p.year} ${p.hour}:${p.minute}`;
}

/** Milliseconds -> "14:03" in Vietnam. */
export function clock(ms: number): string {
  const p = partsOf(ms);
  return `${p.hour}:${p.minute}`;
}

/** The local day of an instant, ISO. */
export function dayOf(ms: number): string {
  const p = partsOf(ms);
  return `${p.year}-${p.month}-${p.day}`;
}

/** "Thứ Hai, 30/11/2026" */
export function longDay(iso: string): string {
  const at = new Date(`${iso}T12:00:00Z`);
  const name = new Intl.DateTimeFormat(language.lang, { weekday: 'long', timeZone: 'UTC' }).format(at);
  return `${name}, ${day(iso)}`;
}

export function number(n: number): string {
  return new Intl.NumberFormat(language.lang).format(n);
}

/** Bytes as an office says them: 4,2 MB. */
export function size(bytes: number): string {
  const units = ['B', 'KB', 'MB', 'GB'];
  let n = bytes;
  let i = 0;
  while (n >= 1024 && i < 3) {
    n /= 1024;
    ++i;
  }
  return `${new Intl.NumberFormat(language.lang, { maximumFractionDigits: i > 1 ? 1 : 0 }).format(n)} ${units[i]}`;
}
