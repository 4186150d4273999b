// How old the newest judgement is; older than a week turns the page amber.
import { can } from './abilities.svelte';
import { api } from './api';
import { events } from './events.svelte';
import { dayOf } from './format';
import type { Assessment, Page } from './types';

const old_days = 7;

class Freshness {
  at = $state<number | null>(null);
  id = $state('');
  known = $state(false);

  /** A server that does not answer leaves it as it was; the pages say why themselves. */
  async load(): Promise<void> {
    try {
      if (can('get', '/assessments')) {
        const page = (await api.get<Page<Assessment>>('/assessments', { limit: 1 })).body;
        this.at = page.items[0]?.made_at ?? null;
        this.id = page.items[0]?.id ?? '';
      }
    } catch {
      // Told by the page that is open.
    }
    this.known = true;
  }

  start(): () => void {
    void this.load();
    return events.onChange(['assessments'], () => void this.load());
  }

  /** Days since the newest judgement on the day `today`; null when there is none. */
  days(today: string): number | null {
    if (this.at === null) return null;
    return Math.round((Date.parse(today) - Date.parse(dayOf(this.at))) / 86_400_000);
  }

  stale(today: string): boolean {
    const days = this.days(today);
    return days !== null && days > old_days;
  }
}

export const freshness = new Freshness();
