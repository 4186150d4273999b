// Lighthouse's score for accessibility of the console's pages, from the stand-in server; asks
// nothing of the network.
//   npm install --prefix build/lighthouse lighthouse@12.8.2 && node bench/lighthouse.mjs [PATH...]
import { existsSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { openBrowser } from '../web/dev/browser.mjs';
import { freePort, standIn } from '../tests/console/harness.mjs';

const home = process.env.LIGHTHOUSE ?? fileURLToPath(new URL('../build/lighthouse', import.meta.url));
const module = `${home}/node_modules/lighthouse/core/index.js`;
if (!existsSync(module)) {
  console.error('Lighthouse is not here: npm install --prefix build/lighthouse lighthouse@12.8.2');
  process.exit(3);
}
const { default: lighthouse } = await import(module);
const bar = 95;
const pages = {
  office: ['/start', '/today', '/dispatches', '/dispatches/1', '/sources', '/results/2', '/registers/duty', '/settings/general'],
  centre: ['/centre', '/rollup', '/agencies', '/groups', '/dispatches/4/recipients', '/reminders', '/reply#thu-0123456789'],
};
const wanted = process.argv.slice(2);
const port = await freePort();
const browser = await openBrowser([`--remote-debugging-port=${port}`]);
let worst = 100;
for (const [mode, paths] of Object.entries(pages)) {
  const server = await standIn(['--mode', mode]);
  for (const path of paths.filter((p) => !wanted.length || wanted.includes(p))) {
    const { lhr } = await lighthouse(server.base + path, {
      port,
      onlyCategories: ['accessibility'],
      logLevel: 'error',
      formFactor: 'desktop',
      screenEmulation: { mobile: false, width: 1366, height: 768, deviceScaleFactor: 1, disabled: false },
      throttlingMethod: 'provided',
    });
    const score = Math.round(lhr.categories.accessibility.score * 100);
    worst = Math.min(worst, score);
    const faults = Object.values(lhr.audits).filter((a) => a.score === 0 && a.scoreDisplayMode === 'binary');
    console.log(`${path}: ${score}${faults.length ? ` (${faults.map((f) => f.id).join(', ')})` : ''}`);
  }
  await server.stop();
}
await browser.close();
console.log(`lowest ${worst}, bar ${bar}`);
process.exit(worst >= bar ? 0 : 1);
