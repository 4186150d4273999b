// The pages: where, which icon, who sees them, which letter after G goes there.
import type { Role } from './types';

export interface PageInfo {
  path: string;
  text: string;
  icon: string;
  key?: string;
  mode?: 'office' | 'centre';
  roles?: Role[];
  more?: boolean;
  end?: boolean;
}

// `more`: not in the bar at the foot of a phone.
export const pages: PageInfo[] = [
  { path: '/centre', text: 'nav.centre', icon: 'house', key: 'c', mode: 'centre' },
  { path: '/rollup', text: 'nav.rollup', icon: 'table', key: 'l', mode: 'centre' },
  { path: '/today', text: 'nav.today', icon: 'today', key: 'h', mode: 'office' },
  { path: '/dispatches', text: 'nav.dispatches', icon: 'doc', key: 'v' },
  { path: '/agencies', text: 'nav.agencies', icon: 'user', key: 'd', mode: 'centre' },
  { path: '/sources', text: 'nav.sources', icon: 'up', key: 'n' },
  { path: '/results', text: 'nav.results', icon: 'paper', key: 'k' },
  { path: '/registers', text: 'nav.registers', icon: 'book', key: 's', mode: 'office' },
  { path: '/tasks', text: 'nav.tasks', icon: 'check', key: 'g', more: true },
  { path: '/attestations', text: 'nav.attestations', icon: 'seal', key: 'x', more: true },
  { path: '/audit', text: 'nav.audit', icon: 'clock', more: true, end: true, roles: ['admin'] },
  { path: '/settings', text: 'nav.settings', icon: 'gear', key: 't', more: true, end: true },
];

export function pagesFor(mode: 'office' | 'centre', role: Role): PageInfo[] {
  return pages.filter((p) => (!p.mode || p.mode === mode) && (!p.roles || p.roles.includes(role)));
}
