// The pictures of docs/vi/giao-dien-web.md and docs/en/console.md, from the stand-in server.
// The page of a scan is one of the real server.
//   node web/dev/guide_pictures.mjs [KHIEN]
import { spawnSync } from 'node:child_process';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { freePort, standIn } from '../../tests/console/harness.mjs';
import { startHub } from '../../tests/console/hub.mjs';
import { openBrowser, openPage } from './browser.mjs';

const out = fileURLToPath(new URL('../../docs/images/console/', import.meta.url));
const pictures = {
  office: [
    ['bat-dau', '/start'],
    ['doc-van-ban', '/dispatches/1?m=5'],
    ['nap-tep', '/sources'],
    ['ket-qua', '/results/2'],
    ['may', '/machines'],
    ['tai-khoan', '/accounts'],
    ['viec-hom-nay', '/today?open=4'],
    ['so-theo-doi', '/registers/duty'],
    ['can-cu', '/dispatches/1/chain'],
  ],
  centre: [
    ['trung-tam', '/centre'],
    ['toan-canh', '/rollup'],
    ['nhom-co-quan', '/groups'],
    ['noi-nhan', '/dispatches/4/recipients'],
    ['man-hinh-truc', '/wall#token=khien_dev_0123456789'],
  ],
};

const browser = await openBrowser();
for (const [mode, pages] of Object.entries(pictures)) {
  const server = await standIn(['--mode', mode]);
  const page = await openPage(browser, { width: 1120, height: 640, base: server.base });
  for (const [name, path] of pages) {
    if (path.includes('#')) await page.goto('about:blank');
    await page.goto(server.base + path);
    await page.waitForSelector('main h1, main h2');
    await page.waitForFunction(() => !document.querySelector('.waiting'));
    await page.waitForTimeout(300);
    await page.screenshot({ path: `${out}${name}.png` });
  }
  await page.context().close();
  await server.stop();
}
const khien = process.argv[2] ?? fileURLToPath(new URL('../../build/release/khien', import.meta.url));
const data = mkdtempSync(join(tmpdir(), 'khien-pictures-'));
const port = await freePort();
const hub = await startHub(khien, data, port);
const page = await openPage(browser, { width: 1120, height: 640, base: `http://127.0.0.1:${port}` });
await page.goto(`http://127.0.0.1:${port}/${hub.link}`);
await page.waitForSelector('.rail');
await page.goto(`http://127.0.0.1:${port}/dispatches`);
await page.locator('input[type=file]').setInputFiles(fileURLToPath(new URL('../../samples/cong-van-mau.pdf', import.meta.url)));
await page.waitForSelector('.leaf .ln');
await page.locator('.ms [data-open], .ln').first().click();
await page.waitForFunction(() => [...document.images].some((i) => i.naturalWidth > 0));
await page.waitForTimeout(600);
await page.screenshot({ path: `${out}trang-giay.png` });
await page.context().close();
await hub.stop();
rmSync(data, { recursive: true, force: true });
await browser.close();
// A page has few colours: a palette of them is a third of the bytes.
const files = [...Object.values(pictures).flat().map(([name]) => name), 'trang-giay'].map((name) => `${out}${name}.png`);
const made = spawnSync('pngquant', ['--force', '--ext', '.png', '--strip', '--nofs', '128', ...files], { stdio: 'inherit' });
if (made.error) console.log('pngquant is missing, the pictures stay large: apt-get install pngquant');
