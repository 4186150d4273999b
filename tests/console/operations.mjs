// Every operation of the API has a screen that asks for it, or a reason why none does.
import { readdirSync, readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { check, equal, finish, run, web } from './harness.mjs';

const { parse } = createRequire(`${web}package.json`)('yaml');
const folder = `${web}../content/api/`;
const operations = readdirSync(folder)
  .filter((f) => f.endsWith('.yaml'))
  .flatMap((f) => Object.entries(parse(readFileSync(folder + f, 'utf8')).paths ?? {}))
  .flatMap(([path, methods]) =>
    Object.entries(methods).map(([method, o]) => ({ id: o.operationId, need: o['x-need'], method, path })),
  );

// Who asks for these in place of a person at a screen.
const elsewhere = {
  calendar_read: 'a calendar program, by the address that calendar_make gives',
  openid_return: 'the browser, sent back by the other server',
  rollup_read: 'programs: the whole table at once; screens read rollup_page',
  agent_enrol: 'the collector on a machine',
};

function filesOf(at) {
  return readdirSync(at, { withFileTypes: true }).flatMap((e) =>
    e.isDirectory() ? filesOf(`${at}/${e.name}`) : [`${at}/${e.name}`],
  );
}
// An address built in two steps: `const at = $derived(`/dispatches/${id}/pages/${n}`)`, then `${at}/words`.
function joined(text) {
  const steps = [...text.matchAll(/const (\w+) = (?:\$derived\()?`(\/[^`?]*)`/g)];
  return steps.reduce((all, [, name, path]) => all.replaceAll('${' + name + '}/', `${path}/`), text);
}
const code = filesOf(`${web}src`)
  .filter((f) => /\.(svelte|ts)$/.test(f))
  .map((f) => joined(readFileSync(f, 'utf8')))
  // What asks whether the server can do a thing does not ask for it.
  .map((text) => text.replace(/\bcan\(\s*'[a-z]+',\s*'[^']*'\s*\)/g, '').replace(/needs: '[^']*'/g, ''))
  .join('\n');

const escaped = (text) => text.replace(/[.*+?^${}()|[\]\\]/g, '\\$&');
const hole = String.raw`(?:\$\{(?:[^{}]|\{[^{}]*\})*\}|\{(?:[^{}]|\{[^{}]*\})*\})`;
const shapeOf = (path) => path.split(/\{[^}]*\}/).map(escaped).join(hole);
const asks = {
  get: String.raw`(?<!\b(?:post|put|patch|del|send|sendAll)(?:<[^()]*>)?\(\s*)`,
  post: String.raw`(?:\bpost(?:<[^()]*>)?\(|\bsend(?:All)?(?:<[^()]*>)?\(|changeToFile\(|path=)\s*`,
  put: String.raw`\bput(?:<[^()]*>)?\(\s*`,
  patch: String.raw`\bpatch(?:<[^()]*>)?\(\s*`,
  delete: String.raw`\bdel\(\s*`,
};
const hasScreen = ({ method, path }) =>
  new RegExp(`${asks[method]}["'\`](?:\\$?\\{root\\}|/api/v1)?${shapeOf(path)}["'\`?$]`).test(code);

await run('every_operation_has_its_screen', () => {
  check(operations.length > 90, `only ${operations.length} operations`);
  const lacking = operations
    .filter((o) => o.need !== 'agent' && !elsewhere[o.id] && !hasScreen(o))
    .map((o) => `${o.id}: ${o.method} ${o.path}`);
  equal(lacking, [], 'operations without a screen');
});
await run('what_has_no_screen_has_none_for_a_reason_that_still_holds', () => {
  const known = new Set(operations.map((o) => o.id));
  equal(Object.keys(elsewhere).filter((id) => !known.has(id)), [], 'reasons of operations that are gone');
});
finish();
