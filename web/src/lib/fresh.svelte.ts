// How old the newest judgement is; older than a week turns the page amber.
import { api } from './api';
import { events } from './events.svelte';
import { dayOf } from './format';
import type { Assessment, Page } from './types';

const old_days = 7;

class Freshness {
  at = $state<number | null>(null);

  async load(): Promise<void> {
    const page = (await api.get<Page<Assessment>>('/assessments', { limit: 1 })).body;
    this.at = page.items[0]?.made_at ?? null;
  }

  start(): () => void {
    void this.load().catch(() => {});
    return events.onChange(['assessments'], () => void this.load().catch(() => {}));
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
