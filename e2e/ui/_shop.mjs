/** A shop recorded twice with all it has (calls, values, state), its server, and a browser: made when first asked for, the same for all cases. */
import assert from 'node:assert/strict';
import { spawn } from 'node:child_process';
import { cpSync, mkdirSync, symlinkSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { openBrowser, openPage, picture } from '../_browser.mjs';
import { cleanEnvironment, execute, intellimapBin, workspaceOf } from '../_consumer.mjs';

const root = fileURLToPath(new URL('../..', import.meta.url));
/** A visit of every kind, and each planted fault, in some seconds. */
const REQUESTS = ['--requests', '240', '--think-ms', '5'];

const open = [];
let made;

/** @returns {Promise<{cwd: string, address: string, origin: string, browser: import('playwright-core').Browser}>} */
export function shop() {
  made ??= record();
  return made;
}

async function record() {
  const cwd = workspaceOf('shop', {});
  const from = join(root, 'samples/shop');
  for (const part of ['package.json', 'src', 'load'])
    cpSync(join(from, part), join(cwd, part), { recursive: true });
  symlinkSync(join(from, 'node_modules'), join(cwd, 'node_modules'));
  // Twice the same, so that there is something to compare with.
  for (let run = 0; run < 2; run++) {
    const drive = ['node', 'load/drive.mjs', ...REQUESTS];
    const { code, stderr } = await execute(
      intellimapBin(),
      ['run', '--no-summary', '--tier', 'full_trace', '--', ...drive],
      { cwd },
    );
    assert.equal(code, 0, stderr);
  }
  const address = await serve(cwd);
  const browser = await openBrowser();
  open.push(() => browser.close());
  return { cwd, address, origin: new URL(address).origin, browser };
}

/** `intellimap open` until the suite ends. @returns {Promise<string>} the printed address */
export async function serve(cwd, env = {}) {
  const child = spawn(intellimapBin(), ['open', '--no-browser'], {
    cwd,
    env: cleanEnvironment(env),
    stdio: ['ignore', 'pipe', 'pipe'],
  });
  open.push(async () => {
    if (child.exitCode !== null) return;
    child.kill('SIGINT');
    await new Promise((done) => child.once('exit', done));
  });
  let said = '';
  child.stderr.setEncoding('utf8').on('data', (text) => (said += text));
  for await (const text of child.stdout.setEncoding('utf8')) {
    const address = /http:\/\/\S+/.exec(text)?.[0];
    if (address !== undefined) return address;
  }
  throw new Error(`intellimap open ended: ${said}`);
}

/** Ends what cases have opened. */
export async function closeAll() {
  for (const close of open.splice(0).toReversed()) await close();
  made = undefined;
}

/**
 * A page that was let in, on a screen; at the end it must have asked nobody else, and nothing may have gone wrong in it.
 * @param {string} search of the URL: `?screen=home`
 * @param {object} options of the context; `address` of another server
 * @param {(page: import('playwright-core').Page) => Promise<void>} look
 */
export async function looking(search, { address: other, ...options }, look) {
  const { address: shops, browser } = await shop();
  const address = other ?? shops;
  const { origin } = new URL(address);
  const { page, context, journal } = await openPage(browser, { colorScheme: 'dark', ...options });
  try {
    // "2 min ago" is the same as long as one looks.
    await page.clock.setFixedTime(Date.now());
    await page.goto(address);
    await page.goto(`${origin}/${search}`);
    await settled(page);
    await look(page);
    assert.deepEqual(
      journal.asked.filter((url) => !url.startsWith(`${origin}/`) && !url.startsWith('blob:')),
      [],
      'asked somebody else',
    );
    assert.deepEqual(journal.problems, []);
  } catch (error) {
    await picture(page, failedPicture(`failed-${Date.now()}`));
    error.message += `\nat ${page.url()}\n${journal.problems.join('\n')}`;
    throw error;
  } finally {
    await context.close();
  }
}

/** Everything that was asked has been answered and drawn. */
export async function settled(page) {
  await page.waitForLoadState('networkidle', { timeout: 180_000 });
  await page.evaluate(() => document.fonts.ready);
  await page.evaluate(() => new Promise((done) => requestAnimationFrame(() => requestAnimationFrame(done))));
}

/** Where a picture goes that shows what went wrong. */
export const failedPicture = (name) => join(root, 'tmp/screenshots', `${name}.png`);
/** Keeps what is seen when nothing moves any more. */
export async function pictureOf(page, name) {
  const seen = await still(page);
  const file = join(root, process.env.INTELLIMAP_PICTURES, `${name}.png`);
  mkdirSync(dirname(file), { recursive: true });
  writeFileSync(file, seen);
  return seen;
}

/** The picture when nothing moves any more: twice the same. */
export async function still(page) {
  let last = await page.screenshot({ animations: 'disabled', caret: 'hide' });
  for (let tries = 0; tries < 40; tries++) {
    await page.waitForTimeout(250);
    const now = await page.screenshot({ animations: 'disabled', caret: 'hide' });
    if (now.equals(last)) return now;
    last = now;
  }
  throw new Error('the page never comes to rest');
}
