// What people read: /texts/{lang}.json, ICU MessageFormat patterns under ids that begin with
// "console.". No sentence stands in the source.
import { IntlMessageFormat } from 'intl-messageformat';
import { fetchJson } from './http';

export type Lang = 'vi' | 'en';
export type Args = Record<string, string | number | boolean | null | undefined>;

class Language {
  lang = $state<Lang>('vi');
  patterns = $state.raw<Record<string, string>>({});
  #ready = new Map<string, IntlMessageFormat>();

  async use(lang: Lang): Promise<void> {
    this.patterns = await fetchJson<Record<string, string>>(`/texts/${lang}.json`);
    this.#ready.clear();
    this.lang = lang;
    document.documentElement.lang = lang;
    document.cookie = `lang=${lang}; path=/; max-age=31536000; SameSite=Strict`;
  }

  has(id: string): boolean {
    return `console.${id}` in this.patterns;
  }

  say(id: string, args?: Args): string {
    const pattern = this.patterns[`console.${id}`];
    if (pattern === undefined) return `⟦${id}⟧`;
    if (!pattern.includes('{') && !pattern.includes("'")) return pattern;
    let format = this.#ready.get(id);
    if (!format) {
      format = new IntlMessageFormat(pattern, this.lang, undefined, { ignoreTag: true });
      this.#ready.set(id, format);
    }
    return String(format.format(args));
  }
}

export const language = new Language();

/** The text `console.<id>` in the reader's language. */
export function t(id: string, args?: Args): string {
  return language.say(id, args);
}

export function langFromCookie(): Lang {
  return /(?:^|;\s*)lang=en\b/.test(document.cookie) ? 'en' : 'vi';
}
