// Pictures of every page of a server that runs.
//   node dev/pictures.mjs OUT [--base URL] [--mode office|centre] [--widths 1366,390] [--themes light,dark]
//     [--langs vi,en] [--paths /today,/sources] [--full]
import { mkdirSync } from 'node:fs';
import { parseArgs } from 'node:util';
import { openBrowser, openPage } from './browser.mjs';
import { centrePages, officePages } from './page_list.mjs';

const { values, positionals } = parseArgs({
  allowPositionals: true,
  options: {
    base: { type: 'string', default: 'http://127.0.0.1:5180' },
    widths: { type: 'string', default: '1366,390' },
    themes: { type: 'string', default: 'light' },
    langs: { type: 'string', default: 'vi' },
    paths: { type: 'string' },
    mode: { type: 'string', default: 'office' },
    full: { type: 'boolean', default: false },
  },
});
const out = positionals[0] ?? 'pictures';
const paths = values.paths?.split(',') ?? (values.mode === 'centre' ? centrePages : officePages);

mkdirSync(out, { recursive: true });
const browser = await openBrowser();
for (const lang of values.langs.split(','))
  for (const theme of values.themes.split(','))
    for (const width of values.widths.split(',').map(Number)) {
      const page = await openPage(browser, {
        width,
        height: width < 500 ? 844 : 768,
        theme,
        lang,
        base: values.base,
      });
      for (const path of paths) {
        if (path.includes('#')) await page.goto('about:blank'); // else only the mark in the address would change
        await page.goto(values.base + path);
        await page.waitForSelector('main');
        await page.waitForLoadState('networkidle', { timeout: 1500 }).catch(() => {});
        await page.waitForTimeout(120);
        const name = `${path.slice(1).replace(/[/?=&#]/g, '-') || 'home'}-${width}-${theme}-${lang}.png`;
        await page.screenshot({ path: `${out}/${name}`, fullPage: values.full });
      }
      for (const e of new Set(page.errors)) console.log(`error: ${e}`);
      await page.context().close();
    }
await browser.close();
console.log(`${paths.length} pages in ${out}`);
