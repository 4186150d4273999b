// What the duty room's screen shows: asked again and again, with a session or with a token of its own.
import { api } from './api';
import { useBearer } from './http';
import type { Dispatch, Page, RollupPage } from './types';

const beat_ms = 5_000;
const rollup_every = 12; // beats: once a minute
const silence_ms = 15_000;

/** The token behind # in the address of a screen without a user: /wall#token=... */
export function wallToken(): string {
  const given = location.pathname === '/wall' && /^#token=(.+)$/.exec(location.hash)?.[1];
  return given ? decodeURIComponent(given) : '';
}

const wholeRollup = async (): Promise<RollupPage> =>
  (await api.get<RollupPage>('/rollup/page', { order: 'worst', columns: 0, rows: 5000 })).body;

export class WallFeed {
  rollup = $state.raw<RollupPage | null>(null);
  dispatches = $state.raw<Dispatch[]>([]);
  now = $state(Date.now());
  lastAt = $state(Date.now());
  refused = $state(false);
  #beats = 0;

  get connected(): boolean {
    return this.now - this.lastAt < silence_ms;
  }

  start(): () => void {
    const clock = setInterval(() => (this.now = Date.now()), 1000);
    const beat = setInterval(() => void this.#ask(), beat_ms);
    void this.#ask();
    return () => {
      clearInterval(clock);
      clearInterval(beat);
    };
  }

  async #ask(): Promise<void> {
    try {
      this.dispatches = (await api.get<Page<Dispatch>>('/dispatches', { limit: 50 })).body.items;
      if (!this.rollup || this.#beats % rollup_every === 0) this.rollup = await wholeRollup();
      ++this.#beats;
      this.lastAt = Date.now();
      this.refused = false;
    } catch (error) {
      const status = (error as { status?: number }).status;
      this.refused = status === 401 || status === 403;
    }
  }
}

/** Nobody signs in at the screen: its token alone speaks. */
export const openWall = async (token: string): Promise<void> => useBearer(token);
