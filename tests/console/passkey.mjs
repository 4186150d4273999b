// Security keys: Chromium's own authenticator, made of software, against the real `khien serve`.
//   node tests/console/passkey.mjs KHIEN
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { openBrowser, openPage } from '../../web/dev/browser.mjs';
import { check, equal, finish, freePort, run, runOrEnd, until } from './harness.mjs';
import { sees, startHub, text } from './hub.mjs';

const khien = process.argv[2];
const data = mkdtempSync(join(tmpdir(), 'khien-passkey-'));
const port = await freePort();
const base = `http://localhost:${port}`;
const hub = await startHub(khien, data, port);
const browser = await openBrowser();
const admin = await openPage(browser, { base });
const lan = await openPage(browser, { base });
const word = 'Sen-hong7';

/** Asks the API as the page's own session. */
const ask = (page, method, path, body) =>
  page.evaluate(
    async ([how, where, what]) => {
      const session = await (await fetch('/api/v1/session')).json();
      const answer = await fetch(`/api/v1${where}`, {
        method: how,
        headers: { 'X-Khien-Token': session.csrf, ...(what ? { 'Content-Type': 'application/json' } : {}) },
        body: what ? JSON.stringify(what) : undefined,
      });
      const said = await answer.text();
      return { status: answer.status, body: said ? JSON.parse(said) : null };
    },
    [method, path, body],
  );
const cdp = await lan.context().newCDPSession(lan);
await cdp.send('WebAuthn.enable');
const { authenticatorId } = await cdp.send('WebAuthn.addVirtualAuthenticator', {
  options: {
    protocol: 'ctap2',
    ctap2Version: 'ctap2_1',
    transport: 'internal',
    hasResidentKey: true,
    hasUserVerification: true,
    isUserVerified: true,
    automaticPresenceSimulation: true,
  },
});
const keys = async () => (await cdp.send('WebAuthn.getCredentials', { authenticatorId })).credentials;
async function signIn(page, login, password) {
  await page.goto('about:blank');
  await page.goto(`${base}/`);
  await page.getByLabel('Tên đăng nhập').fill(login);
  await page.getByLabel('Mật khẩu').fill(password);
  await page.getByRole('button', { name: 'Đăng nhập', exact: true }).click();
}
async function signOut(page) {
  equal((await ask(page, 'DELETE', '/session')).status, 204, 'signing out');
}
async function openAccount(page) {
  await page.goto(`${base}/account`);
  await sees(page, 'Khóa bảo mật');
  await page.waitForFunction(() => !document.querySelector('.waiting'));
}

await runOrEnd('a_user_with_a_password_is_there', async () => {
  await admin.goto(`${base}/${hub.link}`);
  await sees(admin, 'Bắt đầu với cơ quan');
  const office = { name: 'Sở Mẫu', place: 'Tỉnh Mẫu' };
  const now = await admin.evaluate(async () => (await fetch('/api/v1/office')).headers.get('ETag'));
  await admin.evaluate(
    async ([what, etag]) => {
      const session = await (await fetch('/api/v1/session')).json();
      await fetch('/api/v1/office', {
        method: 'PUT',
        headers: { 'X-Khien-Token': session.csrf, 'If-Match': etag, 'Content-Type': 'application/json' },
        body: JSON.stringify(what),
      });
    },
    [office, now],
  );
  const made = await ask(admin, 'POST', '/users', { login: 'lan', name: 'Trần Thị Lan', role: 'officer' });
  equal(made.status, 201, 'a user');
  await signIn(lan, 'lan', made.body.password);
  await sees(lan, 'Đổi mật khẩu');
  const set = await ask(lan, 'PUT', '/session/password', { old: made.body.password, new: word });
  equal(set.status, 204, 'the new password');
});

await runOrEnd('a_key_is_added_and_its_recovery_codes_are_told_once', async () => {
  await openAccount(lan);
  await sees(lan, 'Chưa có khóa nào.');
  await lan.getByLabel('Tên để nhận ra khóa').fill('Khóa USB xanh');
  const form = lan.locator('section[aria-labelledby=passkeys]');
  await form.getByLabel('Mật khẩu hiện nay').fill('sai-mat-khau');
  await form.getByRole('button', { name: 'Thêm khóa' }).click();
  await sees(lan, 'K1314');
  check((await text(lan)).includes('Khóa bảo mật'), 'a wrong password ended the session');
  await form.getByLabel('Mật khẩu hiện nay').fill(word);
  await form.getByRole('button', { name: 'Thêm khóa' }).click();
  await sees(lan, 'Chỉ hiện một lần');
  equal(await lan.locator('.recovery code').count(), 10, 'recovery codes');
  await lan.getByRole('button', { name: 'Đã cất giữ' }).click();
  await sees(lan, 'Khóa USB xanh');
  await sees(lan, 'Đăng nhập được không cần mật khẩu');
  equal((await keys()).length, 1, 'keys in the authenticator');
  equal((await keys())[0].rpId, 'localhost', 'what the key is bound to');
});

await run('the_password_alone_opens_nothing_and_with_the_key_it_does', async () => {
  await signOut(lan);
  await signIn(lan, 'lan', word);
  await lan.getByRole('button', { name: 'Dùng khóa bảo mật' }).waitFor();
  equal(await lan.evaluate(async () => (await fetch('/api/v1/session')).status), 401, 'without the key');
  await lan.getByRole('button', { name: 'Dùng khóa bảo mật' }).click();
  await lan.locator('nav a').first().waitFor();
  equal((await ask(lan, 'GET', '/session')).body.user.login, 'lan', 'who is signed in');
});

await run('a_key_that_knows_its_owner_signs_in_alone', async () => {
  await signOut(lan);
  await lan.goto('about:blank');
  await lan.goto(`${base}/`);
  await lan.getByRole('button', { name: 'Đăng nhập bằng khóa bảo mật' }).click();
  await lan.locator('nav a').first().waitFor();
  equal((await ask(lan, 'GET', '/session')).body.user.login, 'lan', 'who is signed in');
  await signOut(lan);
  await cdp.send('WebAuthn.setUserVerified', { authenticatorId, isUserVerified: false });
  await lan.goto('about:blank');
  await lan.goto(`${base}/`);
  await lan.getByRole('button', { name: 'Đăng nhập bằng khóa bảo mật' }).click();
  await sees(lan, 'Trình duyệt chưa nhận được khóa');
  await cdp.send('WebAuthn.setUserVerified', { authenticatorId, isUserVerified: true });
});

await run('a_counter_that_went_back_is_told_in_words', async () => {
  const [key] = await keys();
  await cdp.send('WebAuthn.removeCredential', { authenticatorId, credentialId: key.credentialId });
  await cdp.send('WebAuthn.addCredential', { authenticatorId, credential: { ...key, signCount: 0 } });
  await signIn(lan, 'lan', word);
  await lan.getByRole('button', { name: 'Dùng khóa bảo mật' }).click();
  await sees(lan, 'bộ đếm của khóa “Khóa USB xanh” lùi lại');
  await cdp.send('WebAuthn.removeCredential', { authenticatorId, credentialId: key.credentialId });
  await cdp.send('WebAuthn.addCredential', { authenticatorId, credential: { ...key, signCount: 50 } });
  await lan.getByRole('button', { name: 'Dùng khóa bảo mật' }).click();
  await lan.locator('nav a').first().waitFor();
});

await run('where_the_server_has_no_name_the_page_says_where_to_go', async () => {
  const numbers = await openPage(browser, { base: `http://127.0.0.1:${port}` });
  await numbers.goto(`http://127.0.0.1:${port}/`);
  await numbers.getByLabel('Tên đăng nhập').fill('lan');
  await numbers.getByLabel('Mật khẩu').fill(word);
  await numbers.getByRole('button', { name: 'Đăng nhập', exact: true }).click();
  await numbers.getByLabel('Mã dự phòng').waitFor();
  equal(await numbers.getByRole('button', { name: 'Dùng khóa bảo mật' }).count(), 0, 'a key is offered');
  await numbers.context().close();
  const keysThere = await admin.evaluate(async () => (await fetch('/api/v1/session/passkeys')).json());
  equal(keysThere.unfit, null, 'keys on the page with a name');
});

await run('the_administrator_takes_a_lost_key_away', async () => {
  await admin.goto(`${base}/settings/users`);
  await admin.getByRole('button', { name: 'Khóa bảo mật (1)' }).click();
  await sees(admin, 'Khóa USB xanh');
  await admin.getByRole('button', { name: 'Gỡ khóa Khóa USB xanh' }).click();
  await sees(admin, 'Chưa có khóa nào.');
  await signOut(lan);
  await signIn(lan, 'lan', word);
  await until('in by the password', async () => (await lan.locator('nav a').count()) > 0);
  await admin.goto(`${base}/audit`);
  await sees(admin, 'Gỡ khóa bảo mật');
  equal(lan.errors, [], 'errors of the page');
});

await browser.close();
await hub.stop();
rmSync(data, { recursive: true, force: true });
finish();
