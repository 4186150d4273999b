// People at work in the console, against the stand-in server.
import { openBrowser, openPage } from '../../web/dev/browser.mjs';
import { check, equal, finish, run, standIn, until } from './harness.mjs';

const browser = await openBrowser();
async function at(server, path, more = {}) {
  const page = await openPage(browser, { base: server.base, ...more });
  page.on('dialog', () => page.errors.push('a dialog of the browser opened'));
  await page.goto(server.base + path);
  await page.waitForSelector('main');
  return page;
}
const text = (page) => page.evaluate(() => document.body.innerText);
const sees = (page, words) =>
  until(`“${words}” on the page`, async () => (await text(page)).includes(words), 9000);
const upload = (page, nth, name) =>
  page
    .locator('input[type=file]')
    .nth(nth)
    .setInputFiles({ name, mimeType: 'application/octet-stream', buffer: Buffer.from('x') });
const close = async (page) => {
  await page.context().close();
  equal(page.errors, [], 'errors of the page');
};

await run('from_an_empty_hub_to_the_paper_without_a_command', async () => {
  const server = await standIn(['--fresh']);
  const page = await at(server, '/');
  await sees(page, 'Bắt đầu với cơ quan');
  await page.getByLabel('Tên cơ quan').fill('Sở Ngoại vụ');
  await page.getByLabel('Địa danh').fill('Lam Giang');
  await page.getByRole('button', { name: 'Lưu cơ quan' }).click();
  await sees(page, 'Đã lưu.');
  await until('the letterhead names the office', () =>
    page.locator('.letterhead', { hasText: 'Sở Ngoại vụ' }).count(),
  );
  await upload(page, 0, 'cong-van.docx');
  await sees(page, 'Còn 2 nội dung cần xem');
  check(
    await page.getByRole('button', { name: 'Xác nhận văn bản' }).isDisabled(),
    'confirmed with unsure measures',
  );
  for (const item of ['mục 2', 'mục 3'])
    await page.getByRole('button', { name: `Xác nhận ${item}`, exact: true }).click();
  await sees(page, 'Không còn chỗ nào chưa chắc');
  await page.getByRole('button', { name: 'Xác nhận văn bản' }).click();
  await until(
    'confirmed',
    async () => (await page.getByRole('button', { name: 'Xác nhận văn bản' }).count()) === 0,
  );
  await page.goto(`${server.base}/sources`);
  await upload(page, 0, 'Danh sách cán bộ.xlsx');
  await sees(page, 'Cần xem');
  await page.getByRole('button', { name: 'Hiểu đúng' }).click();
  await page.getByRole('button', { name: 'Rà soát', exact: true }).click();
  await until('the result opens', () => page.url().includes('/results/2'), 9000);
  await sees(page, 'CHƯA ĐẠT');
  const paper = await page.getByRole('link', { name: 'Tải DOCX' }).getAttribute('href');
  equal(paper, '/api/v1/dispatches/1/answer?format=docx&assessment=2', 'the address of the paper');
  await close(page);
  await server.stop();
});

const office = await standIn(['--hostile']);

await run('a_measure_is_corrected_added_and_dropped', async () => {
  const page = await at(office, '/dispatches/1?m=2');
  const card = page.locator('.ms.open');
  await card.getByLabel('Độ dài tối thiểu').fill('14');
  await card.getByLabel('Độ dài tối thiểu').blur();
  await card.getByLabel('Hạn', { exact: true }).fill('31/02/2027');
  await card.getByLabel('Hạn', { exact: true }).blur();
  await sees(page, '“31/02/2027” không phải ngày');
  await card.getByLabel('Hạn', { exact: true }).fill('01/12/2026');
  await card.getByRole('button', { name: /Xác nhận gạch/ }).click();
  await sees(page, 'Độ dài tối thiểu 14');
  await page.evaluate(() => {
    const pieces = [...document.querySelectorAll('[data-from]')];
    const contact = pieces.find((p) => p.textContent.startsWith('Trong quá trình')).firstChild;
    getSelection().setBaseAndExtent(contact, 0, contact, 26);
  });
  await page.getByRole('button', { name: 'Thêm thành nội dung yêu cầu' }).click();
  await page.locator('dialog').getByLabel('Thêm loại nhiệm vụ').selectOption('account.shared');
  await page.locator('dialog').getByRole('button', { name: 'Thêm', exact: true }).click();
  await page
    .locator('.meas')
    .getByRole('button', { name: /Đã chắc/ })
    .click();
  await sees(page, 'Thêm tay');
  await until('its words are marked', () =>
    page.locator('mark', { hasText: 'Trong quá trình thực hiện' }).count(),
  );
  await page
    .locator('.meas')
    .getByRole('button', { name: /Chưa chắc/ })
    .click();
  await page.getByRole('button', { name: 'Không phải yêu cầu' }).first().click();
  await until('a tab of those dropped', () =>
    page.locator('.meas').getByRole('button', { name: 'Đã bỏ 1' }).count(),
  );
  await close(page);
});

await run('what_is_typed_stays_while_another_measure_is_accepted', async () => {
  const server = await standIn();
  const page = await at(server, '/dispatches/1');
  const cards = page.locator('.ms.unsure');
  await cards.nth(1).getByLabel('Giao cho').fill('Phòng Hành chính');
  await page.getByRole('button', { name: 'Xác nhận mục 2', exact: true }).click();
  await sees(page, 'Còn 1 nội dung cần xem');
  equal(await cards.first().getByLabel('Giao cho').inputValue(), 'Phòng Hành chính', 'what was typed');
  await close(page);
  await server.stop();
});

await run('machines_are_narrowed_opened_and_taken_out', async () => {
  const page = await at(office, '/today');
  await page.locator('nav.rail').getByRole('link', { name: 'Máy', exact: true }).click();
  await sees(page, 'có số liệu của');
  await page.getByRole('navigation', { name: 'Theo tình trạng' }).getByRole('link', { name: /Chưa có số liệu/ }).click();
  await until('the filter stands in the address', () => page.url().includes('state=not_seen'));
  await until('two machines are left', async () => (await page.locator('tbody tr').count()) === 2);
  await page.getByRole('link', { name: 'PC-CU-01' }).click();
  await sees(page, 'Đợt trước có số liệu của máy này, đợt này không có');
  await sees(page, 'Số liệu gần nhất lúc 02/10/2026');
  await page.goto(`${office.base}/machines?q=bando`);
  await sees(page, 'còn thiếu 4 bản vá bảo mật');
  await page.getByRole('link', { name: 'MAYCHU-BANDO' }).click();
  await sees(page, 'máy tự gửi');
  await page.getByRole('link', { name: 'Độ dài mật khẩu tối thiểu' }).click();
  await page.locator('dialog').getByRole('link', { name: 'Xem máy này' }).waitFor();
  await close(page);
});

await run('accounts_are_told_with_their_holder_and_their_faults', async () => {
  const page = await at(office, '/accounts');
  await sees(page, 'đã nghỉ, chuyển công tác');
  await page.getByLabel('Theo ứng dụng, máy').selectOption('MAYCHU-BANDO');
  await until('one account is left', async () => (await page.locator('tbody tr').count()) === 1);
  check(page.url().includes('application=MAYCHU-BANDO'), 'the filter is not in the address');
  await page.goto(`${office.base}/accounts?state=left`);
  await page.getByRole('link', { name: 'anh.tk' }).click();
  await sees(page, 'từ 01/07/2026. Khóa hoặc thu hồi tài khoản.');
  await page.getByRole('link', { name: 'Tài khoản của người đã nghỉ' }).click();
  await page.locator('dialog').getByText('Khóa tài khoản trên trang quản trị').waitFor();
  await close(page);
});

await run('without_a_result_the_page_of_machines_says_what_to_do', async () => {
  const server = await standIn(['--fresh']);
  const page = await at(server, '/machines');
  await sees(page, 'Nạp tệp số liệu của máy, danh sách tài khoản rồi bấm Rà soát');
  await close(page);
  await server.stop();
});

await run('a_register_takes_a_range_from_excel_and_names_the_wrong_cell', async () => {
  const page = await at(office, '/registers/duty');
  await page.locator('[data-cell="0-0"]').waitFor();
  const paste = (cell, words) =>
    page.evaluate(
      ([where, data]) => {
        const clipboard = new DataTransfer();
        clipboard.setData('text/plain', data);
        document
          .querySelector(`[data-cell="${where}"]`)
          .dispatchEvent(
            new ClipboardEvent('paste', { clipboardData: clipboard, bubbles: true, cancelable: true }),
          );
      },
      [cell, words],
    );
  await paste(
    '3-0',
    'Ngô Thị Bưởi\t0900.000.517\t31.02\t07/02/2027 14:00\nTạ Hữu Sĩ\t0900.000.518\t08/02/2027 06:00\t08/02/2027 14:00\n',
  );
  await sees(page, 'Đã dán 2 dòng');
  await page.getByRole('button', { name: /Lưu \d+ ô/ }).click();
  await sees(page, 'Dòng 4, cột Từ');
  await page.getByRole('button', { name: 'Đến ô lỗi' }).click();
  await page.keyboard.press('F2');
  await page.locator('td.edit input').fill('07/02/2027 06:00');
  await page.keyboard.press('Enter');
  await page.getByRole('button', { name: /Lưu \d+ ô/ }).click();
  await until('saved', () => page.getByRole('button', { name: 'Lưu', exact: true }).isDisabled());
  await page.reload();
  await sees(page, 'Tạ Hữu Sĩ');
  await close(page);
});

await run('five_hundred_rows_are_pasted_and_shown_by_the_hundred', async () => {
  const page = await at(office, '/registers/assignments');
  await page.getByRole('button', { name: 'Thêm dòng' }).first().click();
  await page.locator('[data-cell="0-0"]').waitFor();
  const begun = Date.now();
  await page.evaluate(() => {
    const clipboard = new DataTransfer();
    clipboard.setData(
      'text/plain',
      Array.from({ length: 500 }, (_, i) => `Cán bộ phụ trách\tNgười ${i}\t01/02/2026`).join('\n'),
    );
    document
      .querySelector('[data-cell="0-0"]')
      .dispatchEvent(
        new ClipboardEvent('paste', { clipboardData: clipboard, bubbles: true, cancelable: true }),
      );
  });
  await sees(page, 'Dòng 1–100 trong 500');
  check(Date.now() - begun < 3000, `${Date.now() - begun} ms`);
  equal(await page.locator('.grid tbody tr').count(), 100, 'rows on the page');
  await close(page);
});

await run('hostile_names_are_words_on_the_page', async () => {
  const page = await at(office, '/sources');
  await sees(page, '<script>alert(1)</script>.csv');
  check((await text(page)).includes('bao-cao⟨U+202E⟩xslx.exe'), 'a name that turns the writing is not shown');
  const long = page.locator('th a', { hasText: 'Phòng Ngựa Vằn' });
  check((await long.innerText()).length <= 60, 'a long name is not clipped');
  check((await long.getAttribute('title')).length > 9000, 'a long name cannot be read');
  await page.goto(`${office.base}/results/2/findings?open=6`);
  await sees(page, '<script>alert(1)</script>.csv');
  await close(page);
});

await run('one_refused_file_is_named_and_the_others_arrive', async () => {
  const page = await at(office, '/sources');
  await sees(page, 'danh-sach-can-bo-2811.xlsx');
  const file = (name, words) => ({ name, mimeType: 'text/csv', buffer: Buffer.from(words) });
  await page
    .locator('input[type=file]')
    .first()
    .setInputFiles([file('mot.csv', 'a'), file('rong.csv', ''), file('ba.csv', 'b')]);
  await sees(page, '1 tệp chưa gửi được');
  check((await text(page)).includes('rong.csv: Tệp không có byte nào'), 'why it was refused is not told');
  await until(
    'the other two',
    async () => (await page.locator('th a', { hasText: /^(mot|ba)\.csv$/ }).count()) === 2,
  );
  await close(page);
});

await run('a_page_with_its_filters_is_kept_and_found_again', async () => {
  const page = await at(office, '/results/2/findings?verdict=fail');
  await sees(page, '50 trong 118');
  await page.keyboard.press('Control+k');
  await page.keyboard.type('ghi nho');
  await page.keyboard.press('Enter');
  await page.goto(`${office.base}/today`);
  await sees(page, 'Việc cần làm hôm nay');
  await page.keyboard.press('Control+k');
  await page.keyboard.type('ton tai');
  await page.keyboard.press('Enter');
  await until('the kept page', () => page.url().endsWith('/results/2/findings?verdict=fail'));
  await close(page);
});

await run('the_keyboard_reaches_rows_pages_and_commands', async () => {
  const page = await at(office, '/results/2/findings');
  await sees(page, 'PC-TIEPDAN-03');
  await page.keyboard.press('j');
  await page.keyboard.press('j');
  await page.keyboard.press('k');
  await page.keyboard.press('Enter');
  await page.locator('dialog', { hasText: 'net accounts' }).waitFor();
  await page.keyboard.press('Escape');
  await page.keyboard.press('/');
  await page.keyboard.type('mien nnmt');
  await until('searched without marks', async () => (await page.locator('[data-row]').count()) === 1);
  check(page.url().includes('q=mien'), 'the filter is not in the address');
  await page.keyboard.press('Tab');
  await page.locator('main').focus();
  await page.keyboard.press('g');
  await page.keyboard.press('v');
  await until('the dispatches', () => page.url().endsWith('/dispatches'));
  await page.keyboard.press('Control+k');
  await page.keyboard.type('nhat ky');
  await page.keyboard.press('Enter');
  await until('the audit log', () => page.url().endsWith('/audit'));
  await page.locator('main').focus();
  await page.keyboard.press('?');
  await sees(page, 'Phím tắt');
  await close(page);
});

await run('a_list_is_paged_by_the_server_and_the_address_keeps_the_page', async () => {
  const page = await at(office, '/results/2/findings?verdict=fail');
  await sees(page, '50 trong 118');
  await page.getByRole('link', { name: '50 dòng tiếp' }).click();
  await until('the next page', () => page.url().includes('cursor=50'));
  await page.goBack();
  await until('back', () => !page.url().includes('cursor'));
  await close(page);
});

await run('a_long_job_survives_a_reload', async () => {
  const page = await at(office, '/results');
  await page.getByRole('button', { name: 'Rà soát', exact: true }).click();
  await page.locator('.tray').waitFor();
  await page.reload();
  await page.locator('.tray', { hasText: 'Rà soát' }).waitFor();
  await until('it ends', async () => (await page.locator('.tray').count()) === 0, 9000);
  await close(page);
});

await run('who_may_only_read_finds_no_button_to_write', async () => {
  const server = await standIn(['--role', 'auditor']);
  const page = await at(server, '/dispatches/1');
  await sees(page, 'Mục 2');
  for (const path of [
    '/dispatches/1',
    '/sources',
    '/results',
    '/registers/duty',
    '/attestations',
    '/tasks?open=1',
  ]) {
    await page.goto(server.base + path);
    await page.waitForSelector('main h1');
    const buttons = await page.locator('main button.main, main input[type=file]').count();
    equal(buttons, 0, `buttons to write on ${path}`);
  }
  await close(page);
  await server.stop();
});

await run('sign_in_says_what_is_wrong_and_asks_for_a_new_password', async () => {
  const server = await standIn();
  const page = await at(server, '/account');
  await page.getByRole('button', { name: 'Thoát' }).click();
  await page.getByLabel('Tên đăng nhập').fill('nga.dtq');
  await page.getByLabel('Mật khẩu').fill('sai');
  await page.getByRole('button', { name: 'Đăng nhập' }).click();
  await sees(page, 'Tên đăng nhập hoặc mật khẩu không đúng');
  await page.getByLabel('Mật khẩu').fill('lan-dau');
  await page.getByRole('button', { name: 'Đăng nhập' }).click();
  await page.getByLabel('Mật khẩu hiện nay').fill('lan-dau');
  await page.getByLabel('Mật khẩu mới', { exact: true }).fill('matkhaumoi');
  await sees(page, 'Cần thêm một loại');
  await page.getByLabel('Mật khẩu mới', { exact: true }).fill('Mat-khau-2026');
  await page.getByLabel('Gõ lại mật khẩu mới').fill('Mat-khau-2026');
  await page.getByRole('button', { name: 'Đổi mật khẩu' }).click();
  await until('inside', () => page.locator('.rail').count());
  await close(page);
  await server.stop();
});

await run('a_lost_server_is_told_and_found_again', async () => {
  const server = await standIn();
  const page = await at(server, '/today');
  await sees(page, 'Việc cần làm hôm nay');
  await server.stop();
  await until('told within 16 seconds', () => page.locator('.band.lost').count(), 17_000);
  const back = await standIn([], server.port);
  await until('found again', async () => (await page.locator('.band.lost').count()) === 0, 15_000);
  await page.context().close();
  await back.stop();
});

await run('a_centre_issues_urges_and_imports', async () => {
  const server = await standIn(['--mode', 'centre']);
  const page = await at(server, '/dispatches/4/recipients');
  await page.getByRole('button', { name: 'Giao văn bản' }).click();
  await page.getByLabel(/UBND cấp xã/).check();
  await page.getByRole('button', { name: 'Giao', exact: true }).click();
  await page.getByRole('button', { name: 'Chọn nơi quá hạn' }).click();
  check(await page.getByRole('button', { name: /Soạn đôn đốc \d nơi/ }).isEnabled(), 'nobody to urge');
  await page.goto(`${server.base}/agencies`);
  await page.getByRole('button', { name: 'Nhập danh sách' }).click();
  await upload(page, 0, 'co-quan.xlsx');
  await sees(page, 'Không có cơ quan nào mang mã H99.99');
  check(
    await page.getByRole('button', { name: 'Nhập', exact: true }).isDisabled(),
    'a wrong list may be imported',
  );
  await page.goto(`${server.base}/rollup`);
  await sees(page, '12/20 cơ quan đạt');
  await close(page);
  await server.stop();
});
await office.stop();
await browser.close();
finish();
