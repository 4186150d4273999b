// A real `khien serve` for the tests of the console, and what they say about its pages.
import { spawn } from 'node:child_process';
import { join } from 'node:path';
import { check, until } from './harness.mjs';

/** Starts the hub on `port` with its data in `folder`; `link` is the one-time link it prints. */
export async function startHub(khien, folder, port) {
  const child = spawn(khien, ['serve', '--data', join(folder, 'hub'), '--listen', `127.0.0.1:${port}`], {
    env: { ...process.env, KHIEN_STATE: join(folder, 'state') },
  });
  let said = '';
  child.stdout.on('data', (bytes) => (said += bytes));
  child.stderr.on('data', (bytes) => (said += bytes));
  await until('a one-time link', () => {
    check(child.exitCode === null, `khien serve ended: ${said}`);
    return /#link=\S+/.test(said);
  }, 20_000);
  const stop = async () => {
    const ended = new Promise((resolve) => child.once('exit', resolve));
    child.kill();
    await ended;
  };
  process.on('exit', () => child.kill());
  return { link: /#link=\S+/.exec(said)[0], stop };
}

/** Accepts what is unsure in the open reader, one after the other, then the dispatch; however slow the machine. */
export async function confirmDispatch(page) {
  const confirm = page.getByRole('button', { name: 'Xác nhận văn bản' });
  const cards = page.locator('.ms').getByRole('button', { name: /^Xác nhận / });
  const ready = () => confirm.isEnabled();
  for (let left = 60; left > 0; --left) {
    await until('something to accept', async () => (await ready()) || (await cards.count()) > 0, 60_000);
    if (await ready()) break;
    const name = (await cards.first().innerText()).trim();
    await cards.first().click();
    const same = page.locator('.ms').getByRole('button', { name, exact: true });
    await until(`“${name}” is taken`, async () => (await ready()) || (await same.count()) === 0, 60_000);
  }
  await confirm.click();
  await until('confirmed', async () => (await confirm.count()) === 0, 60_000);
}

export const text = (page) => page.evaluate(() => document.body.innerText);
export const sees = (page, words, ms = 60_000) =>
  until(`“${words}” on the page`, async () => (await text(page)).includes(words), ms);

/** What is wrong with pages that are opened one after the other: errors shown, texts missing. */
export async function faultsOf(page, base, paths) {
  const wrong = [];
  for (const path of paths) {
    if (path.includes('#')) await page.goto('about:blank');
    await page.goto(base + path);
    await page.waitForSelector('main h1');
    await page.waitForFunction(() => !document.querySelector('.waiting'));
    const said = await page.locator('.note.err').allInnerTexts();
    const missing = (await text(page)).match(/⟦[^⟧]*⟧/g);
    if (said.length) wrong.push(`${path}: ${said.join(' ')}`);
    if (missing) wrong.push(`${path}: no text ${missing.join(' ')}`);
  }
  return wrong;
}
