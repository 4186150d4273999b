// Debian's Chromium, headless, for pictures and tests.
import { chromium } from 'playwright-core';

export async function openBrowser(more = []) {
  return chromium.launch({
    executablePath: '/usr/bin/chromium',
    args: ['--no-sandbox', '--disable-gpu', '--font-render-hinting=none', ...more],
  });
}

/** A page of the given look; errors of the page itself and of its policy are gathered in `errors`. */
export async function openPage(browser, { width = 1366, height = 768, theme = 'light', lang = 'vi', base }) {
  const context = await browser.newContext({
    viewport: { width, height },
    colorScheme: theme,
    locale: 'vi-VN',
    reducedMotion: 'reduce',
    timezoneId: 'Asia/Ho_Chi_Minh',
  });
  await context.addCookies([{ name: 'lang', value: lang, url: base }]);
  const page = await context.newPage();
  page.errors = [];
  page.on('pageerror', (e) => page.errors.push(String(e)));
  page.on('console', (m) => {
    if (m.type() === 'error' && !/Failed to load resource/.test(m.text())) page.errors.push(m.text());
  });
  return page;
}
