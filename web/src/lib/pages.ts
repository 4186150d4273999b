// The pages: where, which icon, who sees them, which letter after G goes there.
import { can } from './abilities.svelte';
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
  needs?: string;
}

// `needs`: what the server must be able to list; `more`: not in the bar at the foot of a phone.
export const pages: PageInfo[] = [
  { path: '/centre', needs: '/rollup', text: 'nav.centre', icon: 'house', key: 'c', mode: 'centre' },
  { path: '/rollup', needs: '/rollup', text: 'nav.rollup', icon: 'table', key: 'l', mode: 'centre' },
  { path: '/today', needs: '/today', text: 'nav.today', icon: 'today', key: 'h', mode: 'office' },
  { path: '/dispatches', needs: '/dispatches', text: 'nav.dispatches', icon: 'doc', key: 'v' },
  { path: '/agencies', needs: '/agencies', text: 'nav.agencies', icon: 'user', key: 'd', mode: 'centre' },
  { path: '/sources', needs: '/sources', text: 'nav.sources', icon: 'up', key: 'n' },
  { path: '/results', needs: '/assessments', text: 'nav.results', icon: 'paper', key: 'k' },
  { path: '/registers', needs: '/registers', text: 'nav.registers', icon: 'book', key: 's', mode: 'office' },
  { path: '/tasks', needs: '/tasks', text: 'nav.tasks', icon: 'check', key: 'g', more: true },
  { path: '/reminders', needs: '/reminders', text: 'nav.reminders', icon: 'bell', key: 'r', mode: 'centre', more: true },
  { path: '/machines', needs: '/assessments/{id}/machines', text: 'nav.machines', icon: 'pc', key: 'm', mode: 'office', more: true },
  { path: '/accounts', needs: '/assessments/{id}/accounts', text: 'nav.accounts', icon: 'user', key: 'u', mode: 'office', more: true },
  { path: '/subjects', needs: '/assessments/{id}/findings', text: 'nav.subjects', icon: 'warn', key: 'b', mode: 'office', more: true },
  { path: '/attestations', needs: '/attestations', text: 'nav.attestations', icon: 'seal', key: 'x', more: true },
  { path: '/audit', needs: '/audit', text: 'nav.audit', icon: 'clock', more: true, end: true, roles: ['admin', 'auditor', 'leader'] },
  { path: '/settings', text: 'nav.settings', icon: 'gear', key: 't', more: true, end: true },
];

export function pagesFor(mode: 'office' | 'centre', role: Role): PageInfo[] {
  return pages.filter(
    (p) =>
      (!p.mode || p.mode === mode) &&
      (!p.roles || p.roles.includes(role)) &&
      (!p.needs || can('get', p.needs)),
  );
}
