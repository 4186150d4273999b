// Pictures of every page, and what axe-core says of them.
//   node dev/pictures.mjs OUT [--base URL] [--widths 1366,390] [--themes light,dark] [--langs vi] [--only text] [--axe]
import { mkdirSync, readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { parseArgs } from 'node:util';
import { openBrowser, openPage } from './browser.mjs';

const { values, positionals } = parseArgs({
  allowPositionals: true,
  options: {
    base: { type: 'string', default: 'http://127.0.0.1:5180' }, widths: { type: 'string', default: '1366,390' },
    themes: { type: 'string', default: 'light' }, langs: { type: 'string', default: 'vi' }, only: { type: 'string' },
    paths: { type: 'string' }, axe: { type: 'boolean', default: false }, full: { type: 'boolean', default: false },
  },
});
const out = positionals[0] ?? 'pictures';
const axe = readFileSync(createRequire(import.meta.url).resolve('axe-core/axe.min.js'), 'utf8');
const office = [
  '/start', '/today', '/today?open=4', '/dispatches', '/dispatches/1', '/dispatches/1?m=2', '/dispatches/5', '/sources', '/results', '/results/2',
  '/results/2/findings', '/results/2/findings?open=3', '/compare?old=1&new=2', '/registers', '/registers/duty', '/tasks', '/tasks?open=1',
  '/attestations', '/attestations?tab=exceptions', '/settings/office', '/settings/users', '/settings/tokens', '/settings/backup', '/settings/general',
  '/settings/jobs', '/audit', '/account', '/nowhere',
];
const centre = ['/centre', '/rollup', '/agencies', '/agencies/2', '/dispatches/4/recipients', '/wall'];
const paths = values.paths?.split(',') ?? [...office, ...centre].filter((p) => !values.only || p.includes(values.only));

mkdirSync(out, { recursive: true });
const browser = await openBrowser();
let faults = 0;
for (const lang of values.langs.split(','))
  for (const theme of values.themes.split(','))
    for (const width of values.widths.split(',').map(Number)) {
      const page = await openPage(browser, { width, height: width < 500 ? 844 : 768, theme, lang, base: values.base });
      for (const path of paths) {
        await page.goto(values.base + path);
        await page.waitForSelector('main');
        await page.waitForLoadState('networkidle', { timeout: 1500 }).catch(() => {});
        await page.waitForTimeout(120);
        const name = `${path.slice(1).replace(/[/?=&]/g, '-') || 'home'}-${width}-${theme}-${lang}.png`;
        await page.screenshot({ path: `${out}/${name}`, fullPage: values.full });
        const wide = await page.evaluate(() => document.documentElement.scrollWidth - innerWidth);
        if (wide > 1) console.log(`${path} ${width}: ${wide} px too wide`);
        const missing = await page.evaluate(() => document.body.innerText.match(/⟦[^⟧]*⟧/g));
        if (missing) console.log(`${path}: no text ${missing.join(' ')}`);
        if (values.axe) {
          const found = await page.context().newCDPSession(page).then(async (cdp) => {
            await cdp.send('Page.setBypassCSP', { enabled: true });
            const { result } = await cdp.send('Runtime.evaluate', {
              expression: `${axe}; axe.run(document, {resultTypes: ['violations']}).then((r) => JSON.stringify(r.violations))`,
              awaitPromise: true,
            });
            return JSON.parse(result.value);
          });
          for (const v of found) {
            ++faults;
            console.log(`${path} ${theme} ${width}: ${v.impact} ${v.id}: ${v.nodes.slice(0, 3).map((n) => n.target.join(' ')).join(' | ')}`);
          }
        }
      }
      for (const e of new Set(page.errors)) console.log(`error: ${e}`);
      await page.context().close();
    }
await browser.close();
console.log(`${paths.length} pages, ${faults} findings of axe`);
