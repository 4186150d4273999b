// What this server can do: the operations of its own description. What is absent there is absent
// here, too; no button leads nowhere.
import { root } from './api';
import { fetchJson } from './http';

interface Operation {
  parameters?: { name: string }[];
}
type Method = 'get' | 'post' | 'put' | 'patch' | 'delete';

const shape = (path: string) => path.replace(/\{[^}]*\}/g, '{}');

class Abilities {
  #known = $state.raw<Set<string> | null>(null);
  #filters = new Set<string>();

  #asked: Promise<void> | null = null;

  /** Asked once; again after it failed. */
  load(): Promise<void> {
    this.#asked ??= this.#read().catch((error) => {
      this.#asked = null;
      throw error;
    });
    return this.#asked;
  }

  async #read(): Promise<void> {
    const document = await fetchJson<{ paths: Record<string, Record<string, Operation>> }>(`${root}/openapi.json`);
    for (const [path, operations] of Object.entries(document.paths)) {
      for (const p of operations.get?.parameters ?? []) this.#filters.add(`${shape(path)} ${p.name}`);
    }
    this.#known = new Set(
      Object.entries(document.paths).flatMap(([path, operations]) =>
        Object.keys(operations).map((method) => `${method} ${shape(path)}`),
      ),
    );
  }

  /** "get", "/dispatches/{id}/changes" as the description writes it, names of arguments aside. */
  can(method: Method, path: string): boolean {
    return this.#known?.has(`${method} ${shape(path)}`) ?? false;
  }

  /** A list that takes this filter. */
  takes(path: string, name: string): boolean {
    return !!this.#known && this.#filters.has(`${shape(path)} ${name}`);
  }
}

export const abilities = new Abilities();

export const can = (method: Method, path: string): boolean => abilities.can(method, path);
