/** Every place where a page's code runs (`fixtures/threads/`): frames in frames, workers of all kinds, behind a policy that lets scripts in by a nonce alone. */
import assert from 'node:assert/strict';
import { cpSync, existsSync, readdirSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { openBrowser, openPage } from '../_browser.mjs';
import { importInstalled, query, workspaceOf } from '../_consumer.mjs';
import { until } from '../_until.mjs';

const SHOWN = 'frame 60 inner 70 lazy 20 service 50 shared 40 worker 30';

/** Function → what it ran in, and how often it called `times` there. */
const EXPECTED = {
  start: ['page', 1],
  inFrame: ['frame', 1],
  inInner: ['frame', 1],
  inWorker: ['web worker', 1],
  inShared: ['shared worker', 1],
  inService: ['service worker', 1],
};

const RAN = `
  SELECT caller.name, t.name AS title, t.pid, t.tid, count(*) AS calls, any_value(t.events_lost) AS lost
  FROM calls c JOIN functions f USING (function_id) JOIN threads t USING (thread_id)
    JOIN calls p ON p.thread_id = c.thread_id AND p.call_id = c.parent_call_id JOIN functions caller ON caller.function_id = p.function_id
  WHERE f.name = 'times' GROUP BY ALL`;

const config = async (folder) => ({
  root: folder,
  configFile: false,
  logLevel: 'error',
  html: { cspNonce: 'once' },
  plugins: [(await importInstalled('intellimap/dist/plugin/vite.js')).default({ build: true })],
});

async function serveSources(folder) {
  const { createServer } = await import('vite');
  const server = await createServer({
    ...(await config(folder)),
    // The service worker is one for the page above its folder.
    server: { host: '127.0.0.1', port: 0, headers: { 'service-worker-allowed': '/' } },
  });
  return await server.listen();
}

async function serveBuild(folder) {
  const { build, preview } = await import('vite');
  const common = await config(folder);
  const pages = Object.fromEntries(['index', 'frame', 'inner'].map((name) => [name, `${name}.html`]));
  await build({
    ...common,
    build: {
      rollupOptions: {
        input: { ...pages, service: 'src/service.ts' },
        output: { entryFileNames: ({ name }) => (name === 'service' ? '[name].js' : 'assets/[name].js') },
      },
    },
  });
  return await preview({ ...common, preview: { host: '127.0.0.1', port: 0 } });
}

/** Threads that have begun to send. */
export function threadsIn(folder) {
  const runs = join(folder, '.intellimap/runs');
  return existsSync(runs)
    ? readdirSync(runs, { recursive: true }).filter((name) => name.endsWith('session.json')).length
    : 0;
}

/** What the page shows, what went wrong, and whether its policy is in force. */
async function visited(browser, folder, url) {
  const { page, context, journal } = await openPage(browser);
  page.setDefaultTimeout(15_000);
  await page.goto(url);
  await page.waitForFunction(
    (words) => document.querySelector('#shown').textContent.split(' ').length === words,
    12,
  );
  const shown = await page.textContent('#shown');
  const asked = await page.evaluate(async () => await (await fetch('/asked')).text());
  const colour = await page.evaluate(() => getComputedStyle(document.querySelector('#shown')).color);
  const problems = [...journal.problems];
  const isOpen = await page.evaluate(() => {
    const script = document.createElement('script');
    script.textContent = 'globalThis.isOpen = true';
    document.head.append(script);
    return globalThis.isOpen === true;
  });
  // A service worker is not told when it is ended.
  await until('all threads send', () => threadsIn(folder) === Object.keys(EXPECTED).length);
  await page.waitForTimeout(500);
  await context.close();
  return { shown, asked, colour, problems, isOpen };
}

async function recorded(serve) {
  const folder = workspaceOf('threads', {});
  cpSync(fileURLToPath(new URL('fixtures/threads', import.meta.url)), folder, { recursive: true });
  const before = process.cwd();
  // Others leave it behind, and a build is one for development then.
  delete process.env.NODE_ENV;
  process.chdir(folder);
  const browser = await openBrowser();
  let server;
  try {
    server = await serve(folder);
    const { port } = server.httpServer.address();
    assert.deepEqual(await visited(browser, folder, `http://127.0.0.1:${port}/`), {
      shown: SHOWN,
      asked: 'by the service worker',
      colour: 'rgb(0, 128, 0)',
      problems: [],
      isOpen: false,
    });
  } finally {
    await browser.close();
    await server?.close();
    process.chdir(before);
  }
  assert.deepEqual(await query(folder, 'SELECT message, stack FROM errors'), []);
  const rows = await query(folder, RAN);
  const kindOf = ({ title }) => /^(?:page|frame|\w+ worker)/.exec(title)?.[0];
  assert.deepEqual(
    Object.fromEntries(rows.map((row) => [row.name.split('.').at(-1), [kindOf(row), Number(row.calls)]])),
    EXPECTED,
  );
  assert.ok(rows.every(({ lost }) => Number(lost) === 0));
  // The page's worker is a thread of it, all others are processes of their own.
  const pidOf = (kind) => rows.filter((row) => kindOf(row) === kind).map(({ pid }) => pid);
  assert.deepEqual(pidOf('web worker'), pidOf('page'));
  assert.equal(new Set(rows.map(({ pid }) => pid)).size, 5);
}

export const threadCases = {
  'dev server: frames in frames, workers of all kinds, a policy of nonces': () => recorded(serveSources),
  'build: frames in frames, workers of all kinds, a policy of nonces': () => recorded(serveBuild),
};
