// A thing of the server, read again when the server says that it changed.
import { api, type Query } from './api';
import { events } from './events.svelte';
import { Problem } from './http';
import type { Page } from './types';

export class Resource<T> {
  data = $state.raw<T | null>(null);
  problem = $state.raw<Problem | null>(null);
  loading = $state(true);
  etag: string | null = null;
  #asked: AbortController | null = null;

  constructor(private readonly where: () => { path: string; query?: Query } | null) {}

  async load(): Promise<void> {
    const at = this.where();
    this.#asked?.abort();
    if (!at) {
      this.loading = false;
      return;
    }
    const asked = new AbortController();
    this.#asked = asked;
    this.loading = true;
    try {
      const answer = await api.get<T>(at.path, at.query, asked.signal);
      this.data = answer.body;
      this.etag = answer.etag;
      this.problem = null;
    } catch (error) {
      if (asked.signal.aborted) return;
      this.problem = error instanceof Problem ? error : new Problem(0, '', String(error));
    }
    if (!asked.signal.aborted) this.loading = false;
  }

  stop(): void {
    this.#asked?.abort();
  }

  /** Where it is read from, now. */
  get at(): { path: string; query?: Query } | null {
    return this.where();
  }
}

const pageMost = 200;

/** All rows of a list under its filters, page after page, at most `most`. */
export async function gather<T>(list: Resource<Page<T>>, most: number): Promise<T[]> {
  const at = list.at;
  if (!at) return list.data?.items ?? [];
  const rows: T[] = [];
  for (let cursor: string | null = ''; cursor !== null && rows.length < most; ) {
    const query: Query = { ...at.query, limit: pageMost, cursor };
    const page: Page<T> = (await api.get<Page<T>>(at.path, query)).body;
    rows.push(...page.items);
    cursor = page.next;
  }
  return rows.slice(0, most);
}

/**
 * Call while a component is made. `changes`: what of the server's `changed` events makes it read
 * again ("dispatches", "sources" ...).
 */
export function resource<T>(
  where: () => { path: string; query?: Query } | null,
  changes: string[] = [],
): Resource<T> {
  const it = new Resource<T>(where);
  $effect(() => {
    where();
    void it.load();
    return () => it.stop();
  });
  $effect(() => events.onChange(changes, () => void it.load()));
  return it;
}
