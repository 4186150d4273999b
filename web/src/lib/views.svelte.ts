// Pages with their filters that this person keeps on this computer.
import { route } from './router.svelte';

export interface View {
  text: string;
  to: string;
}

const key = 'khien-views';
const most = 30;
const apart = ['cursor', 'open', 'sort']; // not what the list is about

class Views {
  all = $state<View[]>(this.#read());

  keep(text: string, to: string): void {
    this.all = [{ text, to }, ...this.all.filter((v) => v.to !== to)].slice(0, most);
    this.#write();
  }

  /** The page that is open, under its title and the words of its filters. */
  keepHere(): void {
    const title = document.title.replace(/ · [^·]*$/, '');
    const said = [...route.query].filter(([name, v]) => !apart.includes(name) && !/^\d+$/.test(v));
    const filters = said.map(([, v]) => v).join(', ');
    const to = route.with({ cursor: null, open: null });
    this.keep(filters ? `${title} (${filters})` : title, to);
  }

  /** Those of one page. */
  of(path: string): View[] {
    return this.all.filter((v) => v.to.split('?')[0] === path);
  }

  drop(to: string): void {
    this.all = this.all.filter((v) => v.to !== to);
    this.#write();
  }

  #read(): View[] {
    try {
      const kept = JSON.parse(localStorage.getItem(key) ?? '[]') as View[];
      return kept.filter((v) => typeof v.text === 'string' && /^\/(?!\/)/.test(v.to));
    } catch {
      return [];
    }
  }
  #write(): void {
    try {
      localStorage.setItem(key, JSON.stringify(this.all));
    } catch {
      // Kept until the page is left.
    }
  }
}

export const views = new Views();
