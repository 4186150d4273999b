// One office, whole: the real `khien serve`, from an empty folder to the paper, in the browser alone.
//   node tests/console/real.mjs KHIEN
import { spawnSync } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { openBrowser, openPage } from '../../web/dev/browser.mjs';
import { check, equal, finish, freePort, run, until, web } from './harness.mjs';
import { confirmDispatch, faultsOf, sees, startHub, text } from './hub.mjs';

const khien = process.argv[2];
const samples = `${web}../samples/`;
const data = mkdtempSync(join(tmpdir(), 'khien-console-'));
const port = await freePort();
const base = `http://127.0.0.1:${port}`;

const hub = await startHub(khien, data, port);
const browser = await openBrowser();
const page = await openPage(browser, { base });

await run('the_one_time_link_opens_the_first_page', async () => {
  await page.goto(`${base}/${hub.link}`);
  await sees(page, 'Bắt đầu với cơ quan');
  check(!page.url().includes('link='), 'the link stays in the address');
  await page.getByLabel('Tên cơ quan').fill('Sở Mẫu');
  await page.getByLabel('Địa danh').fill('Tỉnh Mẫu');
  await page.getByRole('button', { name: 'Lưu cơ quan' }).click();
  await sees(page, 'Đã lưu.');
});

await run('a_dispatch_is_read_corrected_and_confirmed', async () => {
  await page.goto(`${base}/dispatches`);
  await page.locator('input[type=file]').setInputFiles(`${samples}cong-van-mau.docx`);
  await sees(page, 'Văn bản gốc');
  await confirmDispatch(page);
});

await run('a_pdf_is_shown_as_its_pages_with_the_measures_on_them', async () => {
  await page.goto(`${base}/dispatches`);
  await page.locator('input[type=file]').setInputFiles(`${samples}cong-van-mau.pdf`);
  await page.waitForSelector('.leaf .ln', { timeout: 60_000 });
  await until('the first page is drawn', () => page.evaluate(() => document.querySelector('.leaf img').naturalWidth > 600), 60_000);
  // A number in the margin opens its measure, and the mark lies on the page.
  await page.locator('.leaf .ln').first().press('Enter');
  await until('its mark stands out', async () => (await page.locator('.leaf .lm.on rect').count()) > 0, 30_000);
  const [leaf, mark] = [await page.locator('.leaf img').first().boundingBox(), await page.locator('.lm.on rect').first().boundingBox()];
  check(mark.width > 20 && mark.x > leaf.x && mark.x + mark.width < leaf.x + leaf.width, 'the mark lies beside the page');
  // The words on the page are those of the text, and can be marked.
  const shown = await page.evaluate(() => [...document.querySelectorAll('.leaf svg > text')].map((t) => t.textContent).join(' '));
  check(shown.includes('Kính gửi'), `the words of the page: ${shown.slice(0, 200)}`);
  await page.locator('.leaf svg > text').nth(120).dblclick();
  await page.getByRole('button', { name: 'Thêm thành nội dung yêu cầu' }).waitFor();
  await page.getByRole('button', { name: 'Phóng to' }).click();
  const larger = await page.locator('.leaf img').first().boundingBox();
  check(larger.width > leaf.width * 1.15, `zoomed from ${leaf.width} to ${larger.width}`);
  await page.getByRole('link', { name: 'Chữ đã đọc' }).click();
  await page.waitForSelector('.orig .paper mark');
});

await run('lists_and_bundles_are_recognised', async () => {
  await page.goto(`${base}/sources`);
  const files = ['danh-sach-can-bo.xlsx', 'tai-khoan-tdoffice.xlsx', 'tai-khoan-mot-cua.csv'];
  await page.locator('input[type=file]').first().setInputFiles(files.map((f) => `${samples}agency/nguon/${f}`));
  await until('all are read', async () => {
    const said = await text(page);
    return files.every((f) => said.includes(f)) && !said.includes('Đang đọc');
  }, 60_000);
});

await run('the_verdicts_come_with_the_paper', async () => {
  await page.getByRole('button', { name: 'Rà soát', exact: true }).click();
  await until('the result opens', () => /\/results\/\d+$/.test(page.url()), 120_000);
  await sees(page, 'CHƯA ĐẠT');
  const [download] = await Promise.all([
    page.waitForEvent('download'),
    page.getByRole('link', { name: 'Tải DOCX' }).click(),
  ]);
  const file = join(data, 'bao-cao.docx');
  await download.saveAs(file);
  equal(readFileSync(file).subarray(0, 2).toString(), 'PK', 'the beginning of the DOCX');
  const words = spawnSync('unzip', ['-p', file, 'word/document.xml'], { encoding: 'utf8' }).stdout;
  check(words.includes('CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM'), 'the paper is no official paper');
  check(words.includes('SỞ MẪU') || words.includes('Sở Mẫu'), 'the paper does not name the office');
});

await run('an_account_is_found_by_its_holder_and_opens_with_its_faults', async () => {
  await page.goto(`${base}/accounts?state=left`);
  await until('the leavers are there', async () => (await page.locator('tbody tr').count()) > 0, 20_000);
  const login = (await page.locator('tbody th a').first().innerText()).trim();
  await page.locator('tbody th a').first().click();
  await sees(page, 'đã nghỉ việc hoặc chuyển công tác');
  equal((await page.locator('h1').innerText()).trim(), login, 'the page of that account');
  check((await page.locator('tbody tr').count()) > 0, 'nothing was found about it');
  await page.goto(`${base}/machines`);
  await sees(page, 'Chưa biết máy nào'); // three lists of people were given, no machine
});

await run('every_page_of_the_real_hub_opens_without_an_error', async () => {
  const paths = ['/today', '/dispatches', '/sources', '/results', '/registers', '/tasks', '/subjects',
    '/machines', '/accounts', '/attestations',
    '/attestations?tab=exceptions', '/settings/office', '/settings/users', '/settings/tokens', '/settings/backup',
    '/settings/general', '/settings/jobs', '/audit', '/account'];
  const wrong = await faultsOf(page, base, paths);
  equal(wrong, [], 'pages with an error');
  equal(page.errors, [], 'errors of the page');
});

await browser.close();
await hub.stop();
rmSync(data, { recursive: true, force: true });
finish();
