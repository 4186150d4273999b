// The address is the state: /path?filter=value. Pages read `route`, links are plain <a href>.

class Route {
  path = $state(location.pathname);
  query = $state.raw(new URLSearchParams(location.search));

  constructor() {
    addEventListener('popstate', () => this.#read());
    document.addEventListener('click', (event) => this.#click(event));
  }

  get(name: string): string {
    return this.query.get(name) ?? '';
  }

  go(to: string, replace = false): void {
    if (to === location.pathname + location.search) return;
    if (replace) history.replaceState(null, '', to);
    else history.pushState(null, '', to);
    const before = this.path;
    this.#read();
    if (this.path !== before) {
      scrollTo(0, 0);
      document.getElementById('main')?.focus({ preventScroll: true });
    }
  }

  /** Filters set in the address; an empty value takes one away. */
  set(values: Record<string, string | null>, replace = true): void {
    const next = new URLSearchParams(this.query);
    for (const [name, value] of Object.entries(values)) {
      if (value) next.set(name, value);
      else next.delete(name);
    }
    const tail = next.toString();
    this.go(this.path + (tail ? `?${tail}` : ''), replace);
  }

  /** This address with other filters, for a link. */
  with(values: Record<string, string | null>): string {
    const next = new URLSearchParams(this.query);
    for (const [name, value] of Object.entries(values)) {
      if (value) next.set(name, value);
      else next.delete(name);
    }
    const tail = next.toString();
    return this.path + (tail ? `?${tail}` : '');
  }

  #read(): void {
    this.path = location.pathname;
    this.query = new URLSearchParams(location.search);
  }

  #click(event: MouseEvent): void {
    if (event.defaultPrevented || event.button || event.ctrlKey || event.metaKey || event.shiftKey) return;
    // Of a page or of a drawing: the two kinds of <a> share their attributes only.
    const link = (event.target as Element | null)?.closest?.('a');
    const href = link?.getAttribute('href');
    if (!link || !href || href.startsWith('#') || link.hasAttribute('target') || link.hasAttribute('download')) return;
    const to = new URL(href, location.href);
    if (to.origin !== location.origin || to.pathname.startsWith('/api/')) return;
    event.preventDefault();
    this.go(to.pathname + to.search);
  }
}

export const route = new Route();
