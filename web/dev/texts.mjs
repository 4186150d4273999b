// content/text/<lang>/console*.yaml as the flat object that the server delivers.
import { readdirSync, readFileSync } from 'node:fs';
import { parse } from 'yaml';

export function textsOf(lang) {
  const folder = new URL(`../../content/text/${lang}/`, import.meta.url);
  const out = {};
  const flatten = (node, at) => {
    for (const [key, value] of Object.entries(node)) {
      const id = at ? `${at}.${key}` : key;
      if (typeof value === 'object') flatten(value, id);
      else out[id] = String(value);
    }
  };
  for (const name of readdirSync(folder)) {
    if (/^console.*\.yaml$/.test(name)) flatten(parse(readFileSync(new URL(name, folder), 'utf8')), '');
  }
  return out;
}
