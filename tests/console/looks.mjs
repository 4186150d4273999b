// Every page of both modes: errors, texts, width, what axe-core finds in both themes.
import { readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { openBrowser, openPage } from '../../web/dev/browser.mjs';
import { centrePages, officePages } from '../../web/dev/page_list.mjs';
import { equal, finish, run, standIn, web } from './harness.mjs';

const axe = readFileSync(createRequire(`${web}package.json`).resolve('axe-core/axe.min.js'), 'utf8');
const grave = ['serious', 'critical'];

async function faultsOf(page) {
  const cdp = await page.context().newCDPSession(page);
  await cdp.send('Page.setBypassCSP', { enabled: true });
  const { result } = await cdp.send('Runtime.evaluate', {
    expression: `${axe}; axe.run(document, {resultTypes: ['violations']}).then((r) => JSON.stringify(r.violations))`,
    awaitPromise: true,
  });
  await cdp.detach();
  return JSON.parse(result.value).filter((v) => grave.includes(v.impact))
    .map((v) => `${v.id} at ${v.nodes[0].target.join(' ')}`);
}
async function settle(page) {
  await page.waitForSelector('main h1, main h2, main .note');
  await page.waitForFunction(() => !document.querySelector('.waiting'));
}

const browser = await openBrowser();
const servers = { office: await standIn(), centre: await standIn(['--mode', 'centre']) };
const paths = { office: officePages, centre: centrePages };

for (const mode of ['office', 'centre']) {
  for (const [theme, width] of [['light', 1366], ['dark', 1366], ['light', 390]]) {
    await run(`${mode}_pages_in_${theme}_at_${width}_have_no_grave_fault`, async () => {
      const page = await openPage(browser, { width, height: 800, theme, base: servers[mode].base });
      const found = [];
      for (const path of paths[mode]) {
        await page.goto(servers[mode].base + path);
        await settle(page);
        found.push(...(await faultsOf(page)).map((f) => `${path}: ${f}`));
      }
      await page.context().close();
      equal(found, [], 'found by axe-core');
      equal(page.errors, [], 'errors of the page');
    });
  }
  for (const width of [390, 911, 1366]) {
    await run(`${mode}_pages_fit_${width}_pixels_in_both_languages`, async () => {
      const wrong = [];
      for (const lang of ['vi', 'en']) {
        const page = await openPage(browser, { width, height: 700, lang, base: servers[mode].base });
        for (const path of paths[mode]) {
          await page.goto(servers[mode].base + path);
          await settle(page);
          const seen = await page.evaluate(() => ({
            over: document.documentElement.scrollWidth - innerWidth,
            missing: document.body.innerText.match(/⟦[^⟧]*⟧/g),
          }));
          if (seen.over > 1) wrong.push(`${path} ${lang}: ${seen.over} pixels too wide`);
          if (seen.missing) wrong.push(`${path} ${lang}: no text ${seen.missing.join(' ')}`);
        }
        wrong.push(...page.errors);
        await page.context().close();
      }
      equal(wrong, [], 'what does not fit');
    });
  }
}
await browser.close();
for (const s of Object.values(servers)) await s.stop();
finish();
