// A province, whole: the real `khien serve` with twelve agencies, from their list to the report, in
// the browser alone.   node tests/console/real_centre.mjs KHIEN
import { spawnSync } from 'node:child_process';
import { mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { openBrowser, openPage } from '../../web/dev/browser.mjs';
import { check, equal, finish, freePort, run, runOrEnd, until, web } from './harness.mjs';
import { faultsOf, sees, startHub, text } from './hub.mjs';

const khien = process.argv[2];
const samples = `${web}../samples/`;
const data = mkdtempSync(join(tmpdir(), 'khien-centre-'));
const port = await freePort();
const base = `http://127.0.0.1:${port}`;
const unit = 'Sở Mẫu tỉnh Mẫu'; // whose result is made from samples/agency
const hostile = '<script>alert(1)</script> \u202Exslx.exe';
const password = 'Mat-khau-2026';

/** A list of agencies as a province keeps it. */
function listOf(rows) {
  const head = 'Mã,Tên cơ quan,Loại,Mã cấp trên,Người liên hệ,Điện thoại trực';
  return Buffer.from(`\ufeff${[head, ...rows].join('\r\n')}\r\n`, 'utf8');
}
const communes = Array.from({ length: 9 }, (_, i) => `X.${10 + i},UBND xã Mẫu ${10 + i},UBND xã,,Lý Thị Mẫu,0900.000.${500 + i}`);
const twelve = [`S.01,${unit},Sở,,Lý Gia Mẫu,0900.000.501`, ...communes, `X.20,"${hostile}",UBND xã,,,`, 'D.01,Công ty Mẫu,Doanh nghiệp,,,'];

let hub = await startHub(khien, data, port);
const browser = await openBrowser();
const page = await openPage(browser, { base });
page.setDefaultTimeout(15_000);
page.on('dialog', () => page.errors.push('a dialog of the browser opened'));
let unitPage;
let dispatch = '';

const button = (at, name) => at.getByRole('button', { name, exact: true });
async function download(at, click, name) {
  const [file] = await Promise.all([at.waitForEvent('download', { timeout: 60_000 }), click()]);
  await file.saveAs(join(data, name));
  return readFileSync(join(data, name));
}
const wordsOf = (name) => spawnSync('unzip', ['-p', join(data, name), 'word/document.xml'], { encoding: 'utf8' }).stdout;
const importFile = (buffer, name = 'co-quan.csv') =>
  page.locator('dialog input[type=file]').setInputFiles({ name, mimeType: 'text/csv', buffer });

await runOrEnd('a_list_with_a_fault_is_named_row_by_row_and_kept_out', async () => {
  await page.goto(`${base}/${hub.link}`);
  await sees(page, 'Bắt đầu với cơ quan');
  await page.getByLabel('Tên cơ quan').fill('Ủy ban nhân dân tỉnh Mẫu');
  await page.getByLabel('Địa danh').fill('Mẫu');
  await button(page, 'Lưu cơ quan').click();
  await sees(page, 'Đã lưu.');
  await page.goto(`${base}/settings/office`);
  await page.getByRole('link', { name: 'Mở danh sách đơn vị' }).click();
  await button(page, 'Nhập danh sách').click();
  await importFile(listOf([...twelve, 'X.21,UBND xã Lạc,UBND xã,KHONG.CO,,']));
  await sees(page, 'KHONG.CO');
  check(await button(page, 'Nhập').isDisabled(), 'a wrong list may be imported');
});

await runOrEnd('twelve_agencies_are_imported_and_the_office_becomes_a_centre', async () => {
  await importFile(listOf(twelve));
  await sees(page, 'thêm 12');
  await button(page, 'Nhập').click();
  await page.locator('.rail a', { hasText: 'Cơ quan' }).waitFor({ timeout: 20_000 });
  await sees(page, 'UBND xã Mẫu 18');
  check((await text(page)).includes('<script>alert(1)</script>'), 'a hostile name is not shown as it is');
});

await runOrEnd('a_group_stands_for_the_communes_of_a_day', async () => {
  await page.goto(`${base}/groups`);
  await button(page, 'Thêm nhóm').click();
  await page.getByLabel('Tên nhóm').fill('Xã vùng mẫu');
  await page.locator('dialog').getByLabel('Gồm các loại cơ quan').fill('UBND xã');
  await button(page, 'Lưu').click();
  await page.locator('.side-list a', { hasText: 'Xã vùng mẫu' }).click();
  await sees(page, '10 trong 10');
});

await runOrEnd('a_dispatch_is_confirmed_and_issued_to_a_group_and_an_agency', async () => {
  await page.goto(`${base}/dispatches`);
  await page.locator('input[type=file]').setInputFiles(`${samples}cong-van-mau.docx`);
  await sees(page, 'Văn bản gốc');
  const confirm = button(page, 'Xác nhận văn bản');
  for (let left = 30; left > 0 && (await confirm.isDisabled()); --left) {
    await page.locator('.ms').getByRole('button', { name: /^Xác nhận / }).first().click();
    await page.waitForTimeout(300);
  }
  await confirm.click();
  await page.getByRole('link', { name: 'Giao đơn vị' }).click();
  dispatch = /\/dispatches\/(\d+)/.exec(page.url())[1];
  await button(page, 'Giao văn bản').click();
  const dialog = page.locator('dialog');
  await dialog.getByLabel(/Xã vùng mẫu/).check();
  await dialog.getByLabel('Tìm cơ quan').fill('so mau');
  await dialog.getByLabel(unit).check();
  await dialog.getByLabel('Tìm cơ quan').fill('cong ty');
  await dialog.getByLabel('Công ty Mẫu').check();
  await dialog.getByLabel('Hạn thực hiện').fill('01/10/2026');
  await dialog.getByLabel('Hạn thực hiện').blur();
  await button(page, 'Giao').click();
  await dialog.waitFor({ state: 'detached' });
  await sees(page, '0/12 nơi đã mở');
});

await runOrEnd('a_unit_gets_an_account_and_signs_in_with_a_password_of_its_own', async () => {
  await page.goto(`${base}/settings/users`);
  await button(page, 'Thêm người dùng').click();
  const dialog = page.locator('dialog');
  await dialog.getByLabel('Họ và tên').fill('Lý Gia Mẫu');
  await dialog.getByLabel('Tên đăng nhập').fill('mau.lg');
  await dialog.getByLabel('Tìm cơ quan').fill('so mau');
  await dialog.getByLabel(unit).check();
  await button(page, 'Tạo').click();
  const first = await page.locator('code.once').innerText();
  unitPage = await openPage(browser, { base });
  unitPage.setDefaultTimeout(15_000);
  await unitPage.goto(base);
  await unitPage.getByLabel('Tên đăng nhập').fill('mau.lg');
  await unitPage.getByLabel('Mật khẩu').fill(first);
  await button(unitPage, 'Đăng nhập').click();
  await unitPage.getByLabel('Mật khẩu hiện nay').fill(first);
  await unitPage.getByLabel('Mật khẩu mới', { exact: true }).fill(password);
  await unitPage.getByLabel('Gõ lại mật khẩu mới').fill(password);
  await button(unitPage, 'Đổi mật khẩu').click();
  await unitPage.locator('.rail').waitFor();
  check(!(await unitPage.locator('.rail').innerText()).includes('Cơ quan'), 'a unit sees the tree');
});

await runOrEnd('the_unit_opens_it_and_says_how_far_it_is', async () => {
  await unitPage.goto(`${base}/dispatches`);
  await unitPage.locator('tbody a[data-open]').first().click();
  await sees(unitPage, 'Ủy ban nhân dân tỉnh Mẫu giao ngày');
  await unitPage.goto(`${base}/tasks`);
  await unitPage.locator('tbody a[data-open]').first().click();
  await unitPage.getByLabel('Tiến độ', { exact: true }).selectOption('doing');
  await button(unitPage, 'Lưu').click();
  await until('said', async () => (await unitPage.locator('tbody', { hasText: 'Đang thực hiện' }).count()) === 1);
});

await runOrEnd('the_unit_hands_in_a_sealed_result_and_a_changed_one_is_refused', async () => {
  const sealed = join(data, 'ket-qua.khien');
  const made = spawnSync(khien, ['assess', '--agency', `${samples}agency/agency.yaml`, '--dispatch', `${samples}cong-van-mau.docx`, '--out', sealed], {
    env: { ...process.env, KHIEN_STATE: join(data, 'state-unit') },
  });
  check([0, 1].includes(made.status), `no result was made: ${made.stderr}`);
  await unitPage.goto(`${base}/results`);
  await button(unitPage, 'Nộp tệp kết quả').click();
  const input = unitPage.locator('dialog input[type=file]');
  await input.setInputFiles(sealed);
  await sees(unitPage, 'Đã nhận 1 tệp', 90_000);
  const broken = readFileSync(sealed);
  broken[5000] ^= 1;
  await input.setInputFiles({ name: 'bi-sua.khien', mimeType: 'application/octet-stream', buffer: broken });
  await sees(unitPage, '1 tệp chưa gửi được', 90_000);
  check((await text(unitPage)).includes('bi-sua.khien'), 'the refused file is not named');
});

await run('the_centre_sees_receipt_rollup_and_heat', async () => {
  await page.goto(`${base}/dispatches/${dispatch}/recipients`);
  await sees(page, '1/12 nơi đã mở');
  const row = page.locator('tbody tr', { hasText: unit });
  check((await row.innerText()).includes('Lý Gia Mẫu'), 'who opened it is not told');
  check((await row.locator('svg.bar').count()) === 1, 'no verdicts of the unit');
  await page.goto(`${base}/rollup`);
  await page.locator('p.fact').waitFor();
  check(/\d/.test(await page.locator('p.fact').innerText()), 'a sentence without a figure');
  const cell = page.locator('.heat tbody tr', { hasText: unit }).locator('td').first();
  check((await cell.innerText()).includes('Chưa đạt'), `the cell says ${await cell.innerText()}`);
  equal(await page.locator('.heat tbody tr').count(), 12, 'rows of the table');
});

await run('an_enterprise_replies_once_by_its_link_and_the_centre_reads_it', async () => {
  await page.goto(`${base}/dispatches/${dispatch}/recipients`);
  const row = page.locator('tbody tr', { hasText: 'Công ty Mẫu' });
  await row.getByRole('button', { name: 'Liên kết trả lời' }).click();
  const link = await page.locator('code.once').innerText();
  const guest = await openPage(browser, { base });
  await guest.goto(link);
  await sees(guest, 'Gửi Công ty Mẫu');
  await guest.getByRole('textbox', { name: 'Nội dung trả lời' }).fill('Đã rà quét <b>12</b> máy chủ.');
  await guest.getByLabel('Người trả lời, chức vụ').fill('Bế Thị Mẫu, Giám đốc');
  await guest.getByLabel('Tệp kèm theo').setInputFiles({ name: 'danh-sach.csv', mimeType: 'text/csv', buffer: Buffer.from('a') });
  await button(guest, 'Gửi trả lời').click();
  await sees(guest, 'Đã gửi trả lời.');
  await guest.reload();
  await until('used up', async () => !(await text(guest)).includes('Gửi trả lời\n') && (await guest.locator('form').count()) === 0);
  equal(guest.errors, [], 'errors of the guest');
  await guest.context().close();
  await page.reload();
  await row.getByRole('button', { name: /^trả lời/ }).click();
  await sees(page, 'Đã rà quét <b>12</b> máy chủ.');
  check((await text(page)).includes('danh-sach.csv'), 'the file of the reply is not there');
});

await run('the_late_ones_are_urged_by_a_paper', async () => {
  await page.goto(`${base}/dispatches/${dispatch}/recipients`);
  await button(page, 'Chọn nơi quá hạn').click();
  const urge = page.getByRole('button', { name: /Soạn đôn đốc \d+ nơi/ });
  await download(page, () => urge.click(), 'don-doc.docx');
  check(wordsOf('don-doc.docx').includes('UBND xã Mẫu 10'), 'the paper does not name who is late');
  await page.goto(`${base}/reminders`);
  await sees(page, 'công văn đôn đốc');
});

await run('the_report_of_the_province_is_an_official_paper', async () => {
  await page.goto(`${base}/rollup`);
  await download(page, () => page.getByRole('link', { name: 'Báo cáo DOCX' }).click(), 'tong-hop.docx');
  check(wordsOf('tong-hop.docx').includes('CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM'), 'the report is no official paper');
});

/** A DOCX of one paragraph, as who asks for a report sends it. */
function formOf(name, words) {
  const folder = join(data, name.replace('.docx', ''));
  mkdirSync(join(folder, 'word'), { recursive: true });
  mkdirSync(join(folder, '_rels'));
  const main = 'application/vnd.openxmlformats-officedocument.wordprocessingml.document.main+xml';
  const relation = 'http://schemas.openxmlformats.org/officeDocument/2006/relationships/officeDocument';
  const files = {
    '[Content_Types].xml': `<Types xmlns="http://schemas.openxmlformats.org/package/2006/content-types"><Default Extension="rels" ContentType="application/vnd.openxmlformats-package.relationships+xml"/><Default Extension="xml" ContentType="application/xml"/><Override PartName="/word/document.xml" ContentType="${main}"/></Types>`,
    '_rels/.rels': `<Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships"><Relationship Id="a" Type="${relation}" Target="word/document.xml"/></Relationships>`,
    'word/document.xml': `<w:document xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main"><w:body>${words.map((w) => `<w:p><w:r><w:t>${w}</w:t></w:r></w:p>`).join('')}</w:body></w:document>`,
  };
  for (const [path, xml] of Object.entries(files)) writeFileSync(join(folder, path), `<?xml version="1.0" encoding="UTF-8"?>${xml}`);
  const made = spawnSync('zip', ['-q', '-X', join(data, name), ...Object.keys(files)], { cwd: folder });
  equal(made.status, 0, 'zip');
  return join(data, name);
}

await run('the_requester_s_own_form_is_tried_kept_and_filled', async () => {
  await page.goto(`${base}/rollup`);
  await button(page, 'Theo mẫu riêng').click();
  const panel = page.getByRole('dialog');
  await panel.locator('input[type=file]').setInputFiles(formOf('mau-sai.docx', ['{{điều không có}}']));
  await panel.locator('.note.err').waitFor();
  equal(await panel.getByRole('link', { name: 'Tải báo cáo theo mẫu' }).count(), 0, 'a form that cannot be filled was kept');
  await panel.locator('input[type=file]').setInputFiles(formOf('mau-tinh.docx', ['Biểu của tỉnh', '{{kết quả chung}}', '{{đơn vị quá hạn}}']));
  await panel.getByText('mau-tinh.docx').waitFor();
  await download(page, () => panel.getByRole('link', { name: 'Tải báo cáo theo mẫu' }).click(), 'theo-mau.docx');
  const words = wordsOf('theo-mau.docx');
  check(words.includes('Biểu của tỉnh') && !words.includes('{{'), 'the form is not filled');
  check(words.includes('UBND xã Mẫu 10'), 'the filled form does not name who is late');
  await page.reload();
  await button(page, 'Theo mẫu riêng').click();
  await page.getByRole('dialog').getByText('mau-tinh.docx').waitFor();
});

await run('what_a_dispatch_asks_is_shown_column_by_column', async () => {
  await page.goto(`${base}/rollup`);
  await page.locator('.heat thead small a').first().click();
  await until('its measures are the columns', async () => /^(?:mục|gạch|\d)/i.test(await page.locator('.heat thead th span').first().innerText().catch(() => '')));
  await page.getByRole('link', { name: 'Xem mọi văn bản' }).click();
  await page.locator('.heat thead small a').first().waitFor();
});

await run('what_is_due_is_reminded_of_at_once', async () => {
  await page.goto(`${base}/reminders`);
  await button(page, 'Nhắc việc ngay').click();
  await until('the job has ended', async () => {
    const jobs = await page.evaluate(async () => (await (await fetch('/api/v1/jobs?limit=10')).json()).items);
    return jobs.some((j) => j.kind === 'remind' && j.state === 'done');
  }, 60_000);
});

await run('a_unit_has_no_page_of_the_centre_s_and_is_told_so', async () => {
  await unitPage.goto(`${base}/settings/users`);
  await unitPage.waitForSelector('main h1');
  check(!(await text(unitPage)).includes('Thêm người dùng'), 'a unit may add users');
  const other = await unitPage.evaluate(async () => (await fetch('/api/v1/agencies/1')).status);
  check([403, 404].includes(other), `the root agency answers ${other} to a unit`);
});

await run('five_hundred_agencies_are_paged_ordered_and_taken_out', async () => {
  await page.goto(`${base}/agencies`);
  await button(page, 'Nhập danh sách').click();
  await importFile(listOf(Array.from({ length: 500 }, (_, i) => `T.${i},Trường Mẫu ${i},Trường học,S.01,,`)), 'truong.csv');
  await sees(page, 'thêm 500');
  await button(page, 'Nhập').click();
  await page.locator('dialog').waitFor({ state: 'detached' });
  await page.goto(`${base}/agencies?q=truong+mau`);
  await page.getByRole('link', { name: '50 dòng tiếp' }).waitFor();
  await page.locator('thead').getByRole('link', { name: 'Tên cơ quan' }).click();
  await sees(page, '50 trong 500');
  await page.locator('thead').getByRole('link', { name: 'Tên cơ quan' }).click();
  await until('the last one first', async () => (await page.locator('tbody tr').first().innerText()).includes('Trường Mẫu 499'));
  await page.locator('summary', { hasText: 'Xuất, ghi nhớ' }).click();
  const csv = await download(page, () => button(page, 'Xuất CSV').click(), 'truong-ra.csv');
  equal(csv.toString('utf8').trim().split('\r\n').length, 501, 'rows taken out');
});

await run('a_long_job_survives_a_reload_and_a_lost_server_is_told', async () => {
  await unitPage.goto(`${base}/results`);
  await button(unitPage, 'Rà soát').click();
  await unitPage.locator('.tray').waitFor();
  await unitPage.reload();
  await unitPage.locator('.tray', { hasText: 'Rà soát' }).waitFor();
  await hub.stop();
  await until('told within 16 seconds', () => unitPage.locator('.band.lost').count(), 17_000);
  hub = await startHub(khien, data, port);
  await until('found again', async () => (await unitPage.locator('.band.lost').count()) === 0, 20_000);
});

await run('the_wall_shows_the_province_on_a_token_alone', async () => {
  await page.goto(`${base}/settings/tokens`);
  await button(page, 'Thêm mã truy cập').click();
  await page.locator('dialog').getByLabel('Dùng cho').fill('Màn hình phòng trực');
  await page.locator('dialog').getByLabel('Phạm vi').selectOption('wall');
  await button(page, 'Tạo').click();
  const address = await page.locator('code.once', { hasText: '/wall#token=' }).innerText();
  const screen = await openPage(browser, { base });
  await screen.goto(address);
  await sees(screen, 'Đang cập nhật');
  await until('the figures', async () => /trong \d+ kết luận/.test(await text(screen)));
  check(!(await text(screen)).includes('Lý Gia Mẫu'), 'a name of a person on the wall');
  const secret = decodeURIComponent(address.split('#token=')[1]);
  const asked = async (path) => (await fetch(`${base}/api/v1${path}`, { headers: { Authorization: `Bearer ${secret}` } })).status;
  equal([await asked('/rollup'), await asked('/assessments'), await asked('/tasks'), await asked('/audit')], [200, 403, 403, 403], 'what the token opens');
  equal(screen.errors, [], 'errors of the screen');
  await screen.context().close();
});

await run('every_page_of_the_centre_opens_without_an_error', async () => {
  const paths = ['/centre', '/rollup', '/rollup?at=2026-11-01', '/agencies', '/agencies?at=2026-01-01', '/agencies/2', '/groups',
    `/dispatches/${dispatch}`, `/dispatches/${dispatch}/recipients`, `/dispatches/${dispatch}/chain`, `/dispatches/${dispatch}/answer`,
    '/reminders', '/results', '/tasks', '/attestations', '/attestations?tab=exceptions', '/attestations?tab=extensions',
    '/sources', '/settings/users', '/settings/general', '/audit', '/account'];
  equal(await faultsOf(page, base, paths), [], 'pages with an error');
  equal(page.errors, [], 'errors of the page');
  equal(unitPage.errors, [], 'errors of the unit\'s page');
});

await browser.close();
await hub.stop();
rmSync(data, { recursive: true, force: true });
finish();
