// Pages with their filters that this person keeps on this computer.

export interface View {
  text: string;
  to: string;
}

const key = 'khien-views';
const most = 30;

class Views {
  all = $state<View[]>(this.#read());

  keep(text: string, to: string): void {
    this.all = [{ text, to }, ...this.all.filter((v) => v.to !== to)].slice(0, most);
    this.#write();
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
