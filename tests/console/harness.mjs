// Cases that print GTest's lines, and the stand-in server they look at.
import { spawn } from 'node:child_process';
import { createServer } from 'node:net';
import { fileURLToPath } from 'node:url';

export const web = fileURLToPath(new URL('../../web/', import.meta.url));
let failures = 0;

export async function run(name, body) {
  const begun = Date.now();
  console.log(`[ RUN      ] console.${name}`);
  try {
    await body();
    console.log(`[       OK ] console.${name} (${Date.now() - begun} ms)`);
  } catch (error) {
    ++failures;
    console.log(String(error?.message ?? error).slice(0, 2000));
    console.log(`[  FAILED  ] console.${name} (${Date.now() - begun} ms)`);
  }
}
// A case that failed half-way leaves nothing running.
const started = new Set();
process.on('exit', () => started.forEach((child) => child.kill()));
export const finish = () => process.exit(failures ? 1 : 0);

/** A case that the following ones stand on: when it fails, they are not tried. */
export async function runOrEnd(name, body) {
  await run(name, body);
  if (failures) finish();
}

export function check(condition, what) {
  if (!condition) throw new Error(what);
}
export function equal(got, wanted, what) {
  const [g, w] = [JSON.stringify(got), JSON.stringify(wanted)];
  if (g !== w) throw new Error(`${what}: got ${g}, wanted ${w}`);
}
/** Tries until it holds, at most `ms`. */
export async function until(what, test, ms = 6000) {
  const end = Date.now() + ms;
  for (;;) {
    if (await test()) return;
    if (Date.now() > end) throw new Error(`never: ${what}`);
    await new Promise((r) => setTimeout(r, 60));
  }
}

export const freePort = () =>
  new Promise((resolve) => {
    const s = createServer().listen(0, '127.0.0.1', () => {
      const { port } = s.address();
      s.close(() => resolve(port));
    });
  });

/** The stand-in server of web/dev on a free port, or on the given one. */
export async function standIn(args = [], port = undefined) {
  const at = port ?? (await freePort());
  const child = spawn('node', [`${web}dev/serve.mjs`, '--port', String(at), ...args], {
    stdio: ['ignore', 'pipe', 'inherit'],
  });
  started.add(child);
  await new Promise((resolve, reject) => {
    child.stdout.once('data', resolve);
    child.once('exit', () => reject(new Error('the stand-in server did not start')));
  });
  const stop = () => new Promise((resolve) => child.once('exit', resolve) && child.kill());
  return { base: `http://127.0.0.1:${at}`, port: at, stop };
}
