// The dispatch a reader has open: what it says, what was read in it, what the person changes.
import { api } from './api';
import { Attempt } from './attempt.svelte';
import { resource } from './resource.svelte';
import { route } from './router.svelte';
import type { DispatchFull, DispatchText, Kind, KindInfo, Measure } from './types';

export type Tab = 'unsure' | 'sure' | 'others' | 'dropped';
export const tabs: Tab[] = ['unsure', 'sure', 'others', 'dropped'];

export interface MeasureChange {
  kinds?: { kind: string; parameters: Record<string, unknown> }[];
  due_on?: string | null;
  actor?: string | null;
  mine?: boolean;
  dropped?: boolean;
  accepted?: boolean;
}

export function tabOf(m: Measure): Tab {
  if (m.state === 'dropped') return 'dropped';
  if (!m.mine) return 'others';
  return m.unsure && m.state === 'read' && !m.title ? 'unsure' : 'sure';
}

export function kindsBody(kinds: Kind[]): NonNullable<MeasureChange['kinds']> {
  return kinds.map((k) => ({
    kind: k.kind,
    parameters: Object.fromEntries(
      k.parameters.filter((p) => p.value !== null && p.value !== '').map((p) => [p.id, p.value]),
    ),
  }));
}

export class OpenDispatch {
  readonly attempt = new Attempt();
  readonly about;
  readonly text;
  readonly kinds;
  #selected = $state(route.get('m'));

  constructor(readonly id: string) {
    this.about = resource<DispatchFull>(() => ({ path: `/dispatches/${id}` }), ['dispatches']);
    this.text = resource<DispatchText>(() => ({ path: `/dispatches/${id}/text` }), ['dispatches']);
    this.kinds = resource<KindInfo[]>(() => ({ path: '/kinds' }));
  }

  /** The measure that is open: one a person chose, or the one of the address by id or place. */
  get selected(): string {
    const place = route.get('cite');
    return this.#selected || (place && this.measures.find((m) => m.cite === place)?.id) || '';
  }
  set selected(id: string) {
    this.#selected = id;
    if (route.get('cite')) route.set({ cite: null });
  }

  get measures(): Measure[] {
    return this.about.data?.measures ?? [];
  }
  /** Corrections end when the dispatch is confirmed. */
  get editable(): boolean {
    return this.about.data?.state === 'unconfirmed';
  }
  inTab(tab: Tab): Measure[] {
    return this.measures.filter((m) => tabOf(m) === tab);
  }

  async change(m: Measure, body: MeasureChange): Promise<boolean> {
    return this.#do(() => api.patch(`/dispatches/${this.id}/measures/${m.id}`, body, this.about.etag));
  }
  async add(from: number, to: number, kinds: MeasureChange['kinds']): Promise<boolean> {
    return this.#do(() => api.post(`/dispatches/${this.id}/measures`, { from, to, kinds }));
  }
  async patch(body: Record<string, unknown>): Promise<boolean> {
    return this.#do(() => api.patch(`/dispatches/${this.id}`, body, this.about.etag));
  }
  async confirm(): Promise<boolean> {
    return this.#do(() => api.post(`/dispatches/${this.id}/confirm`));
  }
  /** Into the incoming book, under the next number of the year. */
  async register(): Promise<boolean> {
    return this.#do(() => api.post(`/dispatches/${this.id}/register`, {}));
  }
  async remove(): Promise<boolean> {
    return this.attempt.run(() => api.del(`/dispatches/${this.id}`, this.about.etag));
  }

  async #do(what: () => Promise<unknown>): Promise<boolean> {
    const done = await this.attempt.run(what);
    await this.about.load();
    return done;
  }
}
