// The keyboard: / search, Ctrl K commands, ? help, G + letter page, J K row. Enter opens what has
// the focus, as the browser does by itself.
import { pagesFor } from './pages';
import { route } from './router.svelte';
import { session } from './session.svelte';

class Keys {
  palette = $state(false);
  help = $state(false);
  #after_g = 0;

  start(): () => void {
    const listen = (event: KeyboardEvent) => this.#pressed(event);
    addEventListener('keydown', listen);
    return () => removeEventListener('keydown', listen);
  }

  #pressed(event: KeyboardEvent): void {
    if ((event.ctrlKey || event.metaKey) && event.key.toLowerCase() === 'k') {
      event.preventDefault();
      this.palette = !this.palette;
      return;
    }
    const target = event.target as HTMLElement;
    const typing = /^(INPUT|TEXTAREA|SELECT)$/.test(target.tagName) || target.isContentEditable;
    if (typing || event.ctrlKey || event.metaKey || event.altKey || event.defaultPrevented) return;
    if (document.querySelector('dialog[open]') && !'jk'.includes(event.key)) return;
    if (Date.now() - this.#after_g < 1500 && this.#toPage(event.key)) {
      this.#after_g = 0;
      event.preventDefault();
      return;
    }
    const act = this.#acts()[event.key];
    if (!act) return;
    event.preventDefault();
    act();
  }

  #acts(): Record<string, () => void> {
    return {
      '/': () => this.#find(),
      '?': () => (this.help = true),
      g: () => (this.#after_g = Date.now()),
      j: () => this.#row(1),
      k: () => this.#row(-1),
    };
  }

  #find(): void {
    const own = document.querySelector<HTMLInputElement>('main [data-find]');
    if (own) own.focus();
    else this.palette = true;
  }

  #toPage(key: string): boolean {
    const now = session.now;
    if (!now) return false;
    const page = pagesFor(now.mode, now.user.role).find((p) => p.key === key);
    if (page) route.go(page.path);
    return !!page;
  }

  #row(step: number): void {
    const inside = document.querySelector('dialog[open]') ?? document.getElementById('main');
    const rows = [...(inside?.querySelectorAll<HTMLElement>('[data-row]') ?? [])];
    const at = rows.findIndex((r) => r.contains(document.activeElement));
    const next = rows[at < 0 ? (step > 0 ? 0 : rows.length - 1) : at + step];
    const open = next?.matches('a,button') ? next : next?.querySelector<HTMLElement>('[data-open]');
    open?.focus();
    next?.scrollIntoView({ block: 'nearest' });
  }
}

export const keys = new Keys();
