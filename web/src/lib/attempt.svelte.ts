// One change asked of the server by a person: what went wrong is kept for the page to show.
import { Problem } from './http';

export class Attempt {
  problem = $state.raw<Problem | null>(null);
  busy = $state(false);

  /** True when it was done. */
  async run(what: () => Promise<unknown>): Promise<boolean> {
    this.busy = true;
    this.problem = null;
    try {
      await what();
      return true;
    } catch (error) {
      this.problem = error instanceof Problem ? error : new Problem(-1, '', String(error));
      return false;
    } finally {
      this.busy = false;
    }
  }

  clear(): void {
    this.problem = null;
  }
}
