// Lists, and a dispatch's way down and back, in the console against the stand-in server.
import { spawnSync } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { openBrowser, openPage } from '../../web/dev/browser.mjs';
import { check, equal, finish, run, standIn, until } from './harness.mjs';

const browser = await openBrowser();
const folder = mkdtempSync(join(tmpdir(), 'khien-cascade-'));
const centre = await standIn(['--mode', 'centre', '--hostile']);
async function at(path, server = centre) {
  const page = await openPage(browser, { base: server.base });
  await page.goto(server.base + path);
  await page.waitForSelector('main');
  return page;
}
const text = (page) => page.evaluate(() => document.body.innerText);
const sees = (page, words) =>
  until(`“${words}” on the page`, async () => (await text(page)).includes(words), 9000);
const button = (page, name, exact = true) => page.getByRole('button', { name, exact });
const close = async (page) => {
  await page.context().close();
  equal(page.errors, [], 'errors of the page');
};
async function take(page, kind) {
  await page.locator('summary', { hasText: 'Xuất, ghi nhớ' }).click();
  const [download] = await Promise.all([page.waitForEvent('download'), button(page, `Xuất ${kind}`).click()]);
  const file = join(folder, `list.${kind.toLowerCase()}`);
  await download.saveAs(file);
  return file;
}

await run('a_column_orders_the_whole_list_not_the_page', async () => {
  const page = await at('/results/2/findings');
  await sees(page, '50 trong 120');
  await page.locator('thead').getByRole('link', { name: 'Ghi nhận' }).click();
  await until('in order', async () => (await page.locator('th[aria-sort="ascending"]').count()) === 1);
  await page.locator('thead').getByRole('link', { name: 'Ghi nhận' }).click();
  await until('the whole list', async () => (await text(page)).includes('50 trong 120'));
  const first = page.locator('tbody tr').first();
  await until('a row of the last page first', async () => (await first.innerText()).includes('210 ngày trước'));
  await page.reload();
  await until('kept in the address', async () => (await first.innerText()).includes('210 ngày trước'));
  await button(page, '50 dòng tiếp').click();
  equal(await page.locator('tbody tr').count(), 100, 'rows after more were asked for');
  await close(page);
});

await run('a_list_is_taken_out_whole_as_csv_and_xlsx', async () => {
  const page = await at('/results/2/findings');
  await sees(page, '50 trong 120');
  const lines = readFileSync(await take(page, 'CSV'), 'utf8').trim().split('\r\n');
  equal(lines.length, 121, 'rows of all pages and the head');
  check(lines.some((l) => l.includes('<script>alert(1)</script>')), 'a hostile name was lost');
  const file = await take(page, 'XLSX');
  const sheet = spawnSync('unzip', ['-p', file, 'xl/worksheets/sheet1.xml'], { encoding: 'utf8' });
  equal(sheet.status, 0, 'the workbook opens');
  equal(sheet.stdout.split('<row>').length - 1, 121, 'rows of the sheet');
  await close(page);
});

await run('filters_of_a_list_are_kept_beside_it', async () => {
  const page = await at('/tasks?state=late');
  await page.locator('summary', { hasText: 'Xuất, ghi nhớ' }).click();
  await button(page, 'Ghi nhớ bộ lọc này').click();
  await page.locator('.kept.on').waitFor();
  await page.goto(`${centre.base}/tasks`);
  await page.locator('.kept a', { hasText: 'late' }).click();
  await until('the filter is back', () => page.url().endsWith('/tasks?state=late'));
  await page.locator('.kept button').click();
  await until('forgotten', async () => (await page.locator('.kept').count()) === 0);
  await close(page);
});

await run('a_group_is_changed_and_looked_at_on_a_day', async () => {
  const page = await at('/groups');
  await sees(page, 'Sở Nông nghiệp và Môi trường');
  await page.getByLabel('Xem tại ngày').fill('01/06/2026');
  await page.getByLabel('Xem tại ngày').blur();
  await until('the day is in the address', () => page.url().includes('at=2026-06-01'));
  await button(page, 'Thêm nhóm').click();
  await page.getByLabel('Tên nhóm').fill('Phường <b>và</b> xã');
  await page.locator('dialog').getByLabel('Gồm các loại cơ quan').fill('UBND xã');
  await button(page, 'Lưu').click();
  await page.locator('.side-list a', { hasText: 'Phường <b>và</b> xã' }).click();
  await sees(page, 'Gồm: UBND xã.');
  await sees(page, 'UBND xã Vĩnh Hậu');
  await close(page);
});

await run('a_dispatch_is_issued_from_the_tree_and_recalled', async () => {
  const page = await at('/dispatches/4/recipients');
  await button(page, 'Giao văn bản').click();
  const dialog = page.locator('dialog');
  await dialog.getByLabel('Tìm cơ quan').fill('ky ngu');
  await dialog.getByLabel('UBND xã Kỳ Ngữ').check();
  await dialog.getByRole('button', { name: 'UBND xã Kỳ Ngữ ×' }).waitFor();
  await button(page, 'Giao').click();
  await until('issued', async () => (await dialog.count()) === 0);
  const row = page.locator('tr', { hasText: 'Sở Nội vụ' });
  await row.getByRole('button', { name: 'Thu hồi' }).click();
  await page.locator('dialog').getByRole('button', { name: 'Thu hồi' }).click();
  await until('recalled', async () => (await row.count()) === 0);
  equal(await page.locator('tr', { hasText: 'Sở Xây dựng' }).getByRole('button', { name: 'Thu hồi' }).count(), 0, 'recall of an opened one');
  await close(page);
});

await run('the_chain_leads_from_paper_to_paper', async () => {
  const page = await at('/dispatches/1/chain');
  await sees(page, '14/CT-TTg');
  equal(await page.locator('.paper-node.away a, a.paper-node.away').count(), 0, 'links to papers that are not here');
  await page.evaluate(() => (window.stays = true));
  await page.locator('a.paper-node', { hasText: '77/CAT-PA05' }).click();
  await until('the other dispatch', () => page.url().endsWith('/dispatches/3'));
  check(await page.evaluate(() => window.stays), 'the page was loaded again');
  await close(page);
});

await run('an_answer_gets_number_paper_and_is_sent', async () => {
  const page = await at('/dispatches/2/answer');
  check(await button(page, 'Ghi số, ngày').isDisabled(), 'a number without a number');
  await page.locator('input[type=file]').setInputFiles({ name: 'da-ky.pdf', mimeType: 'application/pdf', buffer: Buffer.from('%PDF-1.4') });
  await sees(page, 'da-ky.pdf');
  await page.getByLabel('Số, ký hiệu').fill('412/SNNMT-VP');
  await button(page, 'Ghi số, ngày').click();
  await button(page, 'Ghi đã gửi').click();
  await sees(page, 'Đã trả lời xong');
  await close(page);
});

await run('more_time_is_asked_for_and_refused', async () => {
  const page = await at('/dispatches/2');
  await button(page, 'Đề nghị gia hạn').click();
  check(await button(page, 'Gửi đề nghị duyệt').isDisabled(), 'asked without a day or a reason');
  await page.getByLabel('Đề nghị đến ngày').fill('20/12/2026');
  await page.getByLabel('Lý do').fill('Chờ nhà cung cấp.');
  await button(page, 'Gửi đề nghị duyệt').click();
  await page.locator('dialog').waitFor({ state: 'detached' });
  await page.goto(`${centre.base}/attestations?tab=extensions`);
  const row = page.locator('tbody tr', { hasText: 'Chờ nhà cung cấp.' });
  await row.getByRole('button', { name: 'Từ chối' }).click();
  await page.getByLabel('Ý kiến').fill('Làm được ngay.');
  await page.locator('dialog').getByRole('button', { name: 'Từ chối' }).click();
  await until('refused', async () => (await row.innerText()).includes('Đã từ chối'));
  await close(page);
});

await run('an_enterprise_replies_by_its_link_without_signing_in', async () => {
  const page = await at('/reply#thu-0123456789');
  const asked = [];
  page.on('request', (r) => asked.push(r.url()));
  await sees(page, 'Công ty TNHH Hạ tầng số Mẫu');
  check(await button(page, 'Gửi trả lời').isDisabled(), 'an empty reply may be sent');
  await page.getByLabel('Tiến độ').first().selectOption('done');
  await page.getByRole('textbox', { name: 'Nội dung trả lời' }).fill('Đã cập nhật bản vá cho 12 máy chủ.');
  await page.getByLabel('Người trả lời, chức vụ').fill('Lý Gia Mẫu, Giám đốc kỹ thuật');
  await button(page, 'Gửi trả lời').click();
  await sees(page, 'Đã gửi trả lời.');
  check(!asked.some((u) => /\/session|\/events|\/dispatches/.test(u)), `it asks for more than its own: ${asked}`);
  await page.goto('about:blank');
  await page.goto(`${centre.base}/reply#sai`);
  await sees(page, 'Liên kết không dùng được');
  await close(page);
});

await run('the_director_s_page_is_one_sheet_with_every_dispatch_and_agency', async () => {
  const page = await at('/rollup');
  await sees(page, '12/20 cơ quan đạt');
  const file = join(folder, 'toan-canh.pdf');
  await page.pdf({ path: file, preferCSSPageSize: true });
  const told = spawnSync('pdfinfo', [file], { encoding: 'utf8' }).stdout;
  check(/Pages:\s+1\n/.test(told) && told.includes('(A4)'), `it is no single A4 sheet: ${told}`);
  const words = spawnSync('pdftotext', ['-layout', file, '-'], { encoding: 'utf8' }).stdout;
  const missing = ['128/SKHCN-CĐS', '156/SKHCN-CĐS', '77/CAT-PA05', '2044/UBND-KGVX', '93/CAT-PA05', 'UBND xã Mỹ Ẩn'].filter((w) => !words.includes(w));
  equal(missing, [], 'cut off');
  await close(page);
});

await run('the_wall_lives_on_its_token_and_says_when_it_is_cut_off', async () => {
  const server = await standIn(['--mode', 'centre']);
  const page = await at('/wall#token=khien_dev_0123456789', server);
  await sees(page, 'trong 81 kết luận');
  check(!(await text(page)).includes('Đỗ Thị Quỳnh Nga'), 'a name of a person on the wall');
  await server.stop();
  await until('MẤT KẾT NỐI', async () => (await text(page)).includes('MẤT KẾT NỐI'), 22_000);
  const back = await standIn(['--mode', 'centre'], server.port);
  await until('found again', async () => (await text(page)).includes('Đang cập nhật'), 12_000);
  await page.goto('about:blank');
  await page.goto(`${back.base}/wall#token=khac`);
  await sees(page, 'không còn dùng được');
  await page.context().close();
  await back.stop();
});

await centre.stop();
await browser.close();
rmSync(folder, { recursive: true });
finish();
