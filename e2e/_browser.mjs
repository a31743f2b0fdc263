/** A real Chromium with nothing of the user's in it, pages that tell what they asked for and what went wrong, and pictures. */
import { mkdirSync } from 'node:fs';
import { dirname } from 'node:path';
import { chromium } from 'playwright-core';
import { findChromium } from '../scripts/ensure.mjs';

const FLAGS = [
  '--headless',
  '--no-sandbox',
  '--disable-gpu',
  '--disable-quic',
  '--no-first-run',
  '--disable-background-networking',
  '--disable-component-update',
  '--disable-sync',
];

/**
 * @param {object} [options] `flags`: more of them
 * @returns a browser with a fresh profile, which is removed when it is closed
 */
export async function openBrowser({ flags = [] } = {}) {
  const executablePath = findChromium();
  if (executablePath === undefined)
    throw new Error('no Chromium here; npm test installs one, or set CHROMIUM');
  return chromium.launch({ executablePath, args: [...FLAGS, ...flags] });
}

/**
 * A page with a journal: addresses that it asked for, errors that nobody caught, what its policy refused.
 * @param {import('playwright-core').Browser} browser
 * @param {import('playwright-core').BrowserContextOptions} [options]
 */
export async function openPage(browser, options = {}) {
  const context = await browser.newContext({ viewport: { width: 1440, height: 900 }, ...options });
  const page = await context.newPage();
  const journal = { asked: [], problems: [] };
  context.on('request', (request) => journal.asked.push(request.url()));
  page.on('pageerror', (error) => journal.problems.push(`uncaught: ${error.message}`));
  page.on('console', (message) => {
    if (message.type() === 'error') journal.problems.push(`console: ${message.text()}`);
  });
  return { page, context, journal };
}

/** A picture of what is seen. */
export async function picture(page, file) {
  mkdirSync(dirname(file), { recursive: true });
  await page.screenshot({ path: file, animations: 'disabled' });
}
