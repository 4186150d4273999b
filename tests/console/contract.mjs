// The stand-in server answers as content/api says, so that what is tried against it holds.
import { readdirSync, readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { check, equal, finish, run, standIn, web } from './harness.mjs';

const { parse } = createRequire(`${web}package.json`)('yaml');
const folder = `${web}../content/api/`;
const files = readdirSync(folder)
  .filter((f) => f.endsWith('.yaml'))
  .map((f) => parse(readFileSync(folder + f, 'utf8')));
const schemas = Object.assign({}, ...files.map((f) => f.components?.schemas ?? {}));
const paths = Object.assign({}, ...files.map((f) => f.paths ?? {}));

const typeOf = (v) =>
  v === null ? 'null' : Array.isArray(v) ? 'array' : Number.isInteger(v) ? 'integer' : typeof v;

/** What of `value` does not fit `schema`: "$.items[0].id: string, wanted integer". */
function misfits(value, schema, at = '$') {
  if (schema.$ref) return misfits(value, schemas[schema.$ref.split('/').pop()], at);
  if (schema.oneOf || schema.anyOf) {
    const tried = (schema.oneOf ?? schema.anyOf).map((s) => misfits(value, s, at));
    return tried.some((t) => !t.length) ? [] : tried[0];
  }
  const types = schema.type === undefined ? [] : [schema.type].flat();
  const type = typeOf(value);
  if (types.length && !types.includes(type) && !(type === 'integer' && types.includes('number'))) {
    return [`${at}: ${type}, wanted ${types.join(' or ')}`];
  }
  if (schema.enum && value !== null && !schema.enum.includes(value))
    return [`${at}: ${value} is none of ${schema.enum}`];
  if (type === 'array')
    return value.slice(0, 20).flatMap((v, i) => misfits(v, schema.items ?? {}, `${at}[${i}]`));
  if (type !== 'object') return [];
  const missing = (schema.required ?? [])
    .filter((name) => !(name in value))
    .map((name) => `${at}.${name}: missing`);
  return [
    ...missing,
    ...Object.entries(schema.properties ?? {}).flatMap(([name, s]) =>
      name in value ? misfits(value[name], s, `${at}.${name}`) : [],
    ),
  ];
}

const ids = {
  '/dispatches': '1',
  '/sources': '1',
  '/assessments': '2',
  '/registers': 'duty',
  '/agencies': '2',
  '/jobs': '1',
  '/tasks': '1',
};
const server = await standIn(['--mode', 'centre']);
await run('the_stand_in_server_answers_in_the_shapes_of_the_api', async () => {
  await fetch(`${server.base}/api/v1/assessments`, {
    method: 'POST',
    headers: { 'Content-Type': 'application/json' },
    body: '{}',
  });
  const wrong = [];
  let asked = 0;
  for (const [path, operations] of Object.entries(paths)) {
    const schema = operations.get?.responses?.['200']?.content?.['application/json']?.schema;
    // What programs on machines ask of the server, no page ever asks.
    if (!schema || path === '/openapi.json' || operations.get['x-need'] === 'agent') continue;
    const known = Object.entries(ids).find(([start]) => path.startsWith(`${start}/`));
    const answer = await fetch(`${server.base}/api/v1${path.replace(/\{[^}]*\}/g, known?.[1] ?? '1')}`);
    ++asked;
    if (!answer.ok) wrong.push(`${path}: ${answer.status}`);
    else wrong.push(...misfits(await answer.json(), schema).map((m) => `${path} ${m}`));
  }
  check(asked > 5, `only ${asked} operations`);
  equal(wrong, [], 'shapes that differ');
});
await server.stop();
finish();
