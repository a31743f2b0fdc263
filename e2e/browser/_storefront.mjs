/** The storefront and its shop, recorded while Chromium visits it: once for each way to serve it, the same recording for all cases. */
import assert from 'node:assert/strict';
import { spawn } from 'node:child_process';
import { cpSync, symlinkSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { openBrowser, openPage } from '../_browser.mjs';
import { cleanEnvironment, execute, freePort, intellimapBin, query, workspaceOf } from '../_consumer.mjs';
import { countPrecisely } from './_precise.mjs';

const samples = fileURLToPath(new URL('../../samples', import.meta.url));
/** Both halves; the suite's runner installs what they need. */
export const SAMPLES = ['shop', 'storefront'];
const LISTENS = /^(?:storefront|shop listening) on (http\S+)$/m;
const START_MS = 60_000;

const NODE = process.execPath;
const VITE = 'node_modules/vite/bin/vite.js';
const RECORDED = ['--config', 'vite.recorded.config.ts'];

/** How the storefront is served: what is done before, options of `intellimap run`, and the command. */
const WAYS = {
  dev: (port) => ({
    command: [NODE, 'scripts/dev.mjs', ...RECORDED, '--port', port],
  }),
  build: (port) => ({
    before: [NODE, VITE, 'build', ...RECORDED],
    options: ['--collect'],
    command: [NODE, 'scripts/serve.mjs'],
    env: { PORT: port },
  }),
};

/**
 * What was recorded, and what is known of it otherwise.
 * @typedef {object} Recording
 * @property {string} cwd the workspace: shop and storefront are members of it
 * @property {import('./_precise.mjs').Script[]} scripts what V8 counted
 * @property {string[]} asked addresses that the page asked, its sockets' included
 * @property {string[]} problems errors that nobody caught, and messages of the console
 * @property {(sql: string) => Promise<object[]>} rows of the database
 */

/**
 * @param {'dev' | 'build'} way
 * @param {(page: import('playwright-core').Page, cwd: string) => Promise<void>} visit
 * @returns {Promise<Recording>}
 */
export async function record(way, visit) {
  const cwd = workspace();
  const port = String(await freePort());
  const { before, options = [], command, env } = WAYS[way](port);
  const inside = join(cwd, 'storefront');
  if (before) await succeed(before[0], before.slice(1), inside);
  const run = await start(['run', '--no-summary', ...options, '--', ...command], inside, env);
  try {
    const seen = await visited(run.url, visit, cwd);
    await run.stop();
    return { cwd, ...seen, rows: (sql) => query(cwd, sql) };
  } finally {
    await run.stop();
  }
}

function workspace() {
  const cwd = workspaceOf('storefront', {
    'package.json': JSON.stringify({ name: 'storefront-and-shop', private: true, workspaces: SAMPLES }),
  });
  for (const name of SAMPLES) {
    const from = join(samples, name);
    const isOwn = (path) => !/[/\\](node_modules|dist|test|\.intellimap)$/.test(path);
    cpSync(from, join(cwd, name), { recursive: true, filter: isOwn });
    symlinkSync(join(from, 'node_modules'), join(cwd, name, 'node_modules'));
  }
  return cwd;
}

async function succeed(command, args, cwd) {
  const { code, stdout, stderr } = await execute(command, args, { cwd });
  assert.equal(code, 0, stdout + stderr);
}

/** `intellimap` until it is told to stop, which must go well. */
async function start(args, cwd, env) {
  const child = spawn(intellimapBin(), args, {
    cwd,
    env: cleanEnvironment(env),
    stdio: ['ignore', 'pipe', 'pipe'],
  });
  let said = '';
  for (const stream of [child.stdout, child.stderr])
    stream.setEncoding('utf8').on('data', (text) => (said += text));
  const ended = new Promise((done) => child.once('exit', (...how) => done(how)));
  const deadline = performance.now() + START_MS;
  while (!LISTENS.test(said)) {
    if (child.exitCode !== null || performance.now() > deadline)
      throw new Error(`the storefront did not start:\n${said}`);
    await new Promise((done) => setTimeout(done, 50));
  }
  let stopped;
  return {
    url: LISTENS.exec(said)[1],
    stop: () =>
      (stopped ??= (async () => {
        child.kill('SIGINT');
        const [code, signal] = await ended;
        assert.equal(signal ?? code, 0, said);
      })()),
  };
}

async function visited(url, visit, cwd) {
  // Whoever is not this machine is not found: nothing can leave it unseen.
  const browser = await openBrowser({
    flags: ['--host-resolver-rules=MAP * ~NOTFOUND , EXCLUDE localhost , EXCLUDE 127.0.0.1'],
  });
  try {
    const { page, journal } = await openPage(browser);
    page.on('websocket', (socket) => journal.asked.push(socket.url()));
    const counted = await countPrecisely(page);
    await page.goto(url);
    await visit(page, cwd);
    const scripts = await counted();
    // Leaving the page is what sends the rest.
    await page.goto('about:blank');
    await page.waitForTimeout(300);
    return { scripts, ...journal };
  } finally {
    await browser.close();
  }
}
