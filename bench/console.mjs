// How long a person waits for the console, with a province in the hub (bench/console_seed.py): the first
// useful paint of a page that is loaded, and the change from one page to the next.
//   node bench/console.mjs [KHIEN]
import { spawnSync } from 'node:child_process';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { openBrowser, openPage } from '../web/dev/browser.mjs';
import { freePort } from '../tests/console/harness.mjs';
import { startHub } from '../tests/console/hub.mjs';

const here = fileURLToPath(new URL('.', import.meta.url));
const khien = process.argv[2] ?? `${here}../build/release/khien`;
const bars = { load: 1000, change: 200 };
const turns = 5;
const data = mkdtempSync(join(tmpdir(), 'khien-bench-'));
const port = await freePort();
const base = `http://127.0.0.1:${port}`;

let hub = await startHub(khien, data, port);
await hub.stop();
const seeded = spawnSync('python3', [`${here}console_seed.py`, join(data, 'hub', 'hub.db')], { stdio: 'inherit' });
if (seeded.status !== 0) process.exit(3);
hub = await startHub(khien, data, port);

// A page is useful when what it is for is there: rows, the sentence, the figures.
const useful = 'main tbody tr, main p.fact, main .measure, main .meas';
const browser = await openBrowser();
const page = await openPage(browser, { base });
await page.addInitScript((what) => {
  const look = () => {
    if (document.querySelector(what)) requestAnimationFrame(() => (window.usefulAt ??= performance.now()));
    else requestAnimationFrame(look);
  };
  look();
}, useful);
await page.goto(`${base}/${hub.link}`);
await page.waitForSelector('.rail');

const median = (list) => [...list].sort((a, b) => a - b)[Math.floor(list.length / 2)];
let over = 0;
function tell(what, times, bar) {
  const worst = Math.max(...times);
  over += median(times) > bar ? 1 : 0;
  console.log(`${what}: median ${Math.round(median(times))} ms, worst ${Math.round(worst)} ms, bar ${bar} ms`);
}
const result = await page.evaluate(async () => (await (await fetch('/api/v1/assessments?limit=1')).json()).items[0].id);
const loads = ['/centre', '/rollup', '/agencies', '/dispatches', `/results/${result}/findings`];
for (const path of loads) {
  const times = [];
  for (let i = 0; i < turns; ++i) {
    await page.goto(base + path);
    times.push(await page.waitForFunction(() => window.usefulAt).then((handle) => handle.jsonValue()));
  }
  tell(`load ${path}`, times, bars.load);
}
const changes = [['/agencies', '/dispatches'], ['/dispatches', '/agencies'], ['/agencies', '/results'], ['/results', '/rollup'], ['/rollup', '/agencies']];
for (const [from, to] of changes) {
  const times = [];
  for (let i = 0; i < turns; ++i) {
    await page.goto(base + from);
    await page.waitForFunction(() => window.usefulAt);
    times.push(
      await page.evaluate(
        ([path, what]) =>
          new Promise((resolve) => {
            const title = document.querySelector('main h1')?.textContent;
            const begun = performance.now();
            document.querySelector(`.rail a[href="${path}"]`).click();
            const look = () => {
              const other = document.querySelector('main h1')?.textContent !== title;
              if (other && document.querySelector(what)) resolve(performance.now() - begun);
              else requestAnimationFrame(look);
            };
            look();
          }),
        [to, useful],
      ),
    );
  }
  tell(`change ${from} to ${to}`, times, bars.change);
}
await browser.close();
await hub.stop();
rmSync(data, { recursive: true, force: true });
process.exit(over ? 1 : 0);
