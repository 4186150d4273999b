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
  return JSON.parse(result.value)
    .filter((v) => grave.includes(v.impact))
    .map((v) => `${v.id} at ${v.nodes[0].target.join(' ')}`);
}
async function settle(page) {
  await page.waitForSelector('main h1, main h2, main .note');
  await page.waitForFunction(() => !document.querySelector('.waiting'));
}

/** What is wrong with the page as it stands: width, texts, and with `axe` its grave faults. */
async function wrongAt(page, width, theme, withAxe) {
  await page.setViewportSize({ width, height: 800 });
  await page.evaluate((name) => (document.documentElement.dataset.theme = name), theme);
  const seen = await page.evaluate(() => ({
    over: document.documentElement.scrollWidth - innerWidth,
    missing: document.body.innerText.match(/⟦[^⟧]*⟧/g),
  }));
  const at = `at ${width} in ${theme}`;
  const wrong = withAxe ? (await faultsOf(page)).map((f) => `${f} ${at}`) : [];
  if (seen.over > 1) wrong.push(`${seen.over} pixels too wide ${at}`);
  if (seen.missing) wrong.push(`no text ${seen.missing.join(' ')}`);
  return wrong;
}

const browser = await openBrowser();
const servers = { office: await standIn(['--hostile']), centre: await standIn(['--mode', 'centre']) };
const paths = { office: officePages, centre: centrePages };
const views = [
  [1366, 'light', true],
  [1366, 'dark', true],
  [911, 'light', false],
  [390, 'light', true],
];

for (const mode of ['office', 'centre']) {
  for (const lang of ['vi', 'en']) {
    await run(`${mode}_pages_in_${lang}_fit_every_width_and_have_no_grave_fault`, async () => {
      const page = await openPage(browser, { lang, base: servers[mode].base });
      const found = [];
      for (const path of paths[mode]) {
        if (path.includes('#')) await page.goto('about:blank');
        await page.goto(servers[mode].base + path);
        await settle(page);
        for (const [width, theme, withAxe] of views) {
          const wrong = await wrongAt(page, width, theme, withAxe && lang === 'vi');
          found.push(...wrong.map((w) => `${path}: ${w}`));
        }
      }
      await page.context().close();
      equal(found, [], 'what is wrong');
      equal(page.errors, [], 'errors of the page');
    });
  }
}
await browser.close();
for (const s of Object.values(servers)) await s.stop();
finish();
