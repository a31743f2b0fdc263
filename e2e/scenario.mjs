/**
 * Scenarios: a page and its server, driven in a real Chromium and recorded as one run; what goes wrong on the way, packs and their gates, and the fixtures of
 * Playwright's tests and of Puppeteer.
 */
import assert from 'node:assert/strict';
import { createServer } from 'node:http';
import {
  cpSync,
  existsSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  rmSync,
  symlinkSync,
  writeFileSync,
} from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { findChromium } from '../scripts/ensure.mjs';
import { runCases } from './_cases.mjs';
import { consumer, execute, freePort, intellimapBin, put, query, workspaceOf } from './_consumer.mjs';

export const ci = true;
export const seconds = 100;

const SERVER = `import { createServer } from 'node:http';
import { readFileSync } from 'node:fs';
import { priceOf } from './price.js';
const handle = (request, response) => {
  const { pathname } = new URL(request.url, 'http://shop');
  if (pathname.startsWith('/api/price/')) return response.end(JSON.stringify({ price: priceOf(pathname.slice(11)) }));
  if (pathname === '/favicon.ico') return response.writeHead(204).end();
  response.setHeader('content-type', pathname.endsWith('.js') ? 'text/javascript' : 'text/html');
  return response.end(readFileSync(pathname === '/' ? 'public/index.html' : 'public' + pathname));
};
const server = createServer(handle).listen(0, () => console.log('shop on http://localhost:' + server.address().port));
process.on('SIGTERM', () => { server.closeAllConnections(); server.close(); });
`;
const PRICE = `export function priceOf(id) {
  return 10 * Number(id);
}
export function neverAsked() {
  return 0;
}
`;
const PAGE = `<!doctype html><title>Shop</title>
<button id="add">Add to cart</button><button id="odd">Odd</button><p id="total">0</p>
<script type="module" src="/shop.js"></script>`;
const SHOP = `let total = 0;
function show(amount) {
  document.querySelector('#total').textContent = String(amount);
}
async function add(id) {
  const answer = await fetch('/api/price/' + id);
  const { price } = await answer.json();
  if (price < 0) {
    show('too cheap');
  }
  for (let piece = 0; piece < 3; piece++) total = sum(total, price);
  show(total);
}
const sum = (a, b) => a + b;
class Cart {
  never() { return 1; }
}
document.querySelector('#add').addEventListener('click', () => add(7));
document.querySelector('#odd').addEventListener('click', () => {
  console.error('something is odd');
  throw new TypeError('nobody catches this');
});
show(new Cart() ? 0 : 1);
`;
const BUY = `export default async ({ page, step, baseUrl }) => {
  await step('open the shop', () => page.goto('/'));
  const shown = await step('add to cart', async () => {
    await page.click('#add');
    await page.waitForFunction(() => document.querySelector('#total').textContent === '210');
    return await page.textContent('#total');
  });
  if (shown !== '210' || !baseUrl.startsWith('http://localhost:')) throw new Error('shown: ' + shown);
};
`;

const repository = fileURLToPath(new URL('..', import.meta.url));
const chromium = findChromium();

let installed;

/** A folder whose `node_modules` serves all shops below it. Playwright and Puppeteer are the user's own; here those of this repository. */
function machine() {
  if (installed !== undefined) return installed;
  installed = workspaceOf('scenario', {});
  const modules = join(installed, 'node_modules');
  mkdirSync(join(modules, '@playwright'), { recursive: true });
  for (const name of ['playwright-core', 'playwright', '@playwright/test', 'puppeteer-core'])
    symlinkSync(join(repository, 'node_modules', name), join(modules, name), 'dir');
  // As a user's: it finds the Playwright beside it.
  cpSync(join(consumer(), 'node_modules', 'intellimap'), join(modules, 'intellimap'), { recursive: true });
  return installed;
}

function shop(files = {}) {
  const cwd = mkdtempSync(join(machine(), 'shop-'));
  put(cwd, {
    'package.json': JSON.stringify({ name: 'shop', private: true, type: 'module' }),
    'server.js': SERVER,
    'price.js': PRICE,
    'public/index.html': PAGE,
    'public/shop.js': SHOP,
    ...files,
  });
  return cwd;
}

async function scenario(cwd, args, options = {}) {
  const command = ['scenario', '--browser', chromium, ...args, '--json'];
  const { code, stdout, stderr } = await execute(intellimapBin(), command, { cwd, ...options });
  return { code, stderr, answer: stdout === '' ? undefined : JSON.parse(stdout) };
}

const withServer = ['--server', 'node server.js'];

const cases = {
  async 'page and server are one run: steps, calls, coverage, samples, requests, pictures'() {
    const cwd = shop({ 'scenarios/buy.mjs': BUY });
    const { code, answer, stderr } = await scenario(cwd, withServer);
    assert.equal(code, 0, stderr + JSON.stringify(answer));
    const [{ name, file, result, steps, pictures, run }] = answer.scenarios;
    assert.deepEqual(
      [name, file, result, steps.map((step) => `${step.name} ${step.result}`)],
      ['buy', 'scenarios/buy.mjs', 'passed', ['open the shop passed', 'add to cart passed']],
    );
    assert.deepEqual(
      await query(
        cwd,
        "SELECT kind, name, result FROM tasks WHERE kind IN ('scenario', 'step') ORDER BY start_us",
      ),
      [
        { kind: 'scenario', name: 'buy', result: 'passed' },
        { kind: 'step', name: 'open the shop', result: 'passed' },
        { kind: 'step', name: 'add to cart', result: 'passed' },
      ],
    );
    assert.deepEqual(await query(cwd, 'SELECT DISTINCT kind FROM threads ORDER BY kind'), [
      { kind: 'main' },
      { kind: 'page' },
      { kind: 'scenario' },
    ]);
    const [{ hits }] = await query(
      cwd,
      "SELECT hits FROM nodes_runtime JOIN functions f USING (ast_node_id) WHERE f.name = 'priceOf'",
    );
    assert.equal(Number(hits), 1);
    await pageIsCounted(cwd);
    await oneClock(cwd);
    const files = await query(
      cwd,
      'SELECT p.name, path, t.name AS task FROM pictures p JOIN tasks t USING (thread_id, task_id) ORDER BY path',
    );
    assert.deepEqual(
      files.map((each) => [each.name, each.task]),
      [
        ['open the shop', 'open the shop'],
        ['add to cart', 'add to cart'],
      ],
    );
    const folder = join(cwd, '.intellimap', 'runs', run);
    assert.deepEqual(
      files.map(({ path }) => path),
      pictures,
    );
    for (const path of pictures)
      assert.equal(readFileSync(join(folder, path)).toString('latin1', 1, 4), 'PNG');
    const [row] = await query(cwd, 'SELECT complete, exit_code, labels, command FROM runs');
    assert.deepEqual(row, {
      complete: true,
      exit_code: 0,
      labels: '["buy"]',
      command: '["intellimap","scenario","scenarios/buy.mjs"]',
    });
  },

  async 'what fails is told with its step; what the page says and throws is in the run'() {
    const odd = `export default async ({ page, step }) => {
      await page.goto('/');
      await step('odd', () => page.click('#odd'));
      await step('never', () => page.waitForSelector('#nowhere', { timeout: 300 }));
      await step('not reached', () => page.click('#add'));
    };`;
    const cwd = shop({ 'scenarios/odd.mjs': odd });
    const { code, answer } = await scenario(cwd, [
      ...withServer,
      '--no-coverage',
      '--no-cpu-profile',
      '--no-screenshots',
    ]);
    const [{ result, steps, error, pictures }] = answer.scenarios;
    assert.deepEqual(
      [code, result, steps.map((step) => `${step.name} ${step.result}`), pictures],
      [1, 'failed', ['odd passed', 'never failed'], []],
    );
    assert.match(error, /Timeout 300ms exceeded/);
    assert.deepEqual(
      (
        await query(
          cwd,
          "SELECT name, kind, message, stack FROM errors WHERE name <> 'unknown' ORDER BY name",
        )
      ).map((row) => [row.name, row.kind, row.message.split('\n')[0], /public\/shop\.js:21/.test(row.stack)]),
      [
        ['TimeoutError', 'uncaught', 'page.waitForSelector: Timeout 300ms exceeded.', false],
        ['TypeError', 'uncaught', 'nobody catches this', true],
      ],
    );
    assert.deepEqual(await query(cwd, 'SELECT source, message FROM console_messages'), [
      { source: 'console', message: 'something is odd' },
    ]);
    assert.deepEqual(await query(cwd, "SELECT result FROM tasks WHERE kind = 'scenario'"), [
      { result: 'failed' },
    ]);
    assert.deepEqual(await query(cwd, 'SELECT what FROM v8_measured'), []);
    const [{ exit_code: exitCode }] = await query(cwd, 'SELECT exit_code FROM runs');
    assert.equal(exitCode, 1);
  },

  async 'a page that crashes, a server that ends, a scenario without an end, one that cannot be read: each fails, and the next goes on'() {
    const cwd = shop({
      'scenarios/a-crash.mjs': `export default async ({ page, step }) => {
        await page.goto('/');
        await step('crash', () => page.goto('chrome://crash'));
      };`,
      'scenarios/b-server.mjs': `export default async ({ page, step, baseUrl }) => {
        await page.goto('/');
        await step('end it', () => page.goto('/end'));
        await new Promise(() => {});
      };`,
      'scenarios/c-endless.mjs': `export default async ({ page, step, signal }) => {
        await page.goto('/');
        await step('wait', () => new Promise((done) => signal.addEventListener('abort', done)));
        await step('too late', () => {});
      };`,
      'scenarios/d-wrong.mjs': 'export default async ({ page, step }) => {',
      'scenarios/e-buy.mjs': BUY,
      'server.js': SERVER.replace(
        "if (pathname === '/fav",
        "if (pathname === '/end') process.exit(7);\n  if (pathname === '/fav",
      ),
    });
    const { code, answer } = await scenario(cwd, [...withServer, '--timeout', '6', '--no-screenshots']);
    const told = answer.scenarios.map(({ name, result, error }) => [
      name,
      result,
      (error ?? '').split('\n')[0],
    ]);
    assert.deepEqual(
      [code, told.map(([name, result]) => `${name} ${result}`)],
      [1, ['a-crash failed', 'b-server failed', 'c-endless failed', 'd-wrong failed', 'e-buy passed']],
    );
    assert.match(told[0][2], /the page crashed|Page crashed/);
    assert.match(told[1][2], /the server ended with exit code 7|ERR_EMPTY_RESPONSE|ERR_CONNECTION/);
    assert.equal(told[2][2], 'the scenario took more than 6 s');
    assert.match(told[3][2], /d-wrong.mjs cannot be run/);
    assert.equal(answer.scenarios[3].run, null);
    const { run } = answer.scenarios[2];
    assert.deepEqual(
      await query(
        cwd,
        `SELECT name, result, open FROM all_runs.tasks WHERE run_id = '${run}' AND kind = 'step'`,
      ),
      [{ name: 'wait', result: 'failed', open: false }],
    );
  },

  async 'a server that does not come, or that somebody else is: nothing is left running'() {
    const cwd = shop({
      'scenarios/buy.mjs': BUY,
      'dead.js': "console.log('no database'); process.exit(3);",
      'mute.js': 'setInterval(() => {}, 1000);',
    });
    const dead = await scenario(cwd, ['--server', 'node dead.js']);
    assert.match(
      dead.answer.scenarios[0].error,
      /the server "node dead.js" is not there: it ended with exit code 3\nIt said:\nno database/,
    );
    const mute = await scenario(cwd, [
      '--server',
      'node mute.js & echo $! > mute.pid; wait',
      '--server-timeout',
      '2',
    ]);
    assert.match(mute.answer.scenarios[0].error, /did not answer at any address.*within 2 s/);
    assert.ok(!isAlive(Number(readFileSync(join(cwd, 'mute.pid'), 'utf8'))), 'all of its group ends');
    const other = createServer((_, response) => response.end('other')).listen(0);
    try {
      const url = `http://localhost:${other.address().port}`;
      const taken = await scenario(cwd, [...withServer, '--base-url', url]);
      assert.match(
        taken.answer.scenarios[0].error,
        /somebody answers at http:\/\/localhost:\d+ before the server is started/,
      );
    } finally {
      other.close();
    }
    assert.deepEqual([dead.code, mute.code], [1, 1]);
  },

  async 'Ctrl-C ends server, browser and run'() {
    const cwd = shop({
      'scenarios/wait.mjs':
        "import { writeFileSync } from 'node:fs';\nexport default async ({ page }) => { await page.goto('/'); writeFileSync('here', ''); await new Promise(() => {}); };",
    });
    const server = `node server.js & echo $! > server.pid; wait`;
    const command = `${JSON.stringify(intellimapBin())} scenario --browser ${chromium} --server '${server}' & me=$!; while [ ! -e here ]; do sleep 0.1; done; kill -INT $me; wait $me`;
    const { code } = await execute('bash', ['-c', `set -m; ${command}`], { cwd });
    assert.equal(code, 130);
    assert.ok(!isAlive(Number(readFileSync(join(cwd, 'server.pid'), 'utf8'))));
    const [row] = await query(cwd, 'SELECT exit_code, ended_at IS NULL AS open FROM runs');
    assert.deepEqual(row, { exit_code: 1, open: false });
  },

  async 'a pack has a baseline for each scenario, and fails the gate that does less'() {
    const look =
      "export default async ({ page, step }) => { await step('open the shop', () => page.goto('/')); };";
    const cwd = shop({ 'scenarios/buy.mjs': BUY, 'scenarios/look.mjs': look });
    const run = async (...args) => await execute(intellimapBin(), args, { cwd });
    const good = await scenario(cwd, [...withServer, '--no-screenshots']);
    assert.equal(good.code, 0, JSON.stringify(good.answer));
    const saved = await run('baseline', 'save');
    assert.match(saved.stdout, /saved main\.buy: 1 run.*\n.*\nsaved main\.look: 1 run/);
    await scenario(cwd, [...withServer, '--no-screenshots']);
    const only = ['--only', 'runs,coverage,errors,counts'];
    const passed = await run('gate', ...only);
    assert.equal(passed.code, 0, passed.stdout + passed.stderr);
    // What no longer runs is in the page, which carries no probe.
    put(cwd, { 'public/shop.js': SHOP.replace('total = sum(total, price);', 'total += price;') });
    await scenario(cwd, [...withServer, '--no-screenshots']);
    const failed = await run('gate', ...only, '--json');
    const reports = failed.stdout
      .trim()
      .split('\n')
      .map((line) => JSON.parse(line));
    assert.deepEqual(
      [failed.code, reports.map(({ verdict, baseline }) => `${baseline.name} ${verdict}`)],
      [1, ['main.buy fail', 'main.look pass']],
      failed.stdout,
    );
    const { findings } = reports[0].gates.find(({ gate }) => gate === 'coverage');
    assert.match(JSON.stringify(findings), /\bsum\b/);
  },

  async 'code that only pages run is not dead; the scenario itself is none either'() {
    const cwd = shop({
      'scenarios/buy.mjs': BUY,
      'public/unused.js': 'export function forgotten() { return 1; }\n',
    });
    await scenario(cwd, [...withServer, '--no-screenshots']);
    const { stdout } = await execute(intellimapBin(), ['dead'], { cwd });
    assert.match(stdout, /public\/unused\.js/);
    assert.doesNotMatch(stdout, /public\/shop\.js \(|scenarios\/buy/);
    const summary = JSON.parse((await execute(intellimapBin(), ['report', '--json'], { cwd })).stdout);
    assert.ok(JSON.stringify(summary).includes('"hit"'));
  },

  async 'tests of Playwright: runs of their own with a server of their own, or part of the run around them'() {
    const spec = `import { expect, test } from 'intellimap/playwright';
      test('buys', async ({ page, intellimap }) => {
        await test.step('open the shop', async () => { await page.goto(intellimap.serverUrl ?? process.env.SHOP); });
        await page.click('#add');
        await expect(page.locator('#total')).toHaveText('210');
      });
      const mine = test.extend({ visitor: async ({ page }, use) => { await use(page); } }).extend({ gift: 7 });
      mine('cannot buy', async ({ visitor: page, intellimap }) => {
        await mine.step('come', async () => { await page.goto(intellimap.serverUrl ?? process.env.SHOP); });
        await intellimap.step('look', async () => { await expect(page.locator('#total')).toHaveText('1', { timeout: 200 }); });
      });`;
    const config = (
      more,
    ) => `export default { testDir: 'tests', workers: 1, reporter: 'line', outputDir: 'out',
      use: { launchOptions: { executablePath: ${JSON.stringify(chromium)}, args: ['--no-sandbox'] }, ${more} } };`;
    const cwd = shop({
      'tests/shop.spec.mjs': spec,
      // As the probe of a page does: its last words come when it goes.
      'public/index.html': `${PAGE}<script>addEventListener('pagehide', () => navigator.sendBeacon('/favicon.ico'));</script>`,
      'playwright.config.mjs': config("intellimapOptions: { server: 'node server.js' }"),
    });
    const tests = [join(machine(), 'node_modules/@playwright/test/cli.js'), 'test'];
    const own = await execute(process.execPath, tests, { cwd });
    assert.match(own.stdout, /1 failed[^]*1 passed/, own.stdout + own.stderr);
    assert.deepEqual(
      (
        await query(
          cwd,
          "SELECT r.labels, r.exit_code, t.name, t.result FROM all_runs.tasks t JOIN all_runs.runs r ON r.id = t.run_id WHERE t.kind IN ('scenario', 'step') ORDER BY r.ts, t.start_us",
        )
      ).map(({ labels, exit_code: exitCode, name, result }) => `${labels} ${exitCode} ${name} ${result}`),
      [
        '["buys"] 0 buys passed',
        '["buys"] 0 open the shop passed',
        '["cannot-buy"] 1 cannot buy failed',
        '["cannot-buy"] 1 come passed',
        '["cannot-buy"] 1 look failed',
      ],
    );
    await pageIsCounted(cwd, 'WHERE run_id = (SELECT min(id) FROM all_runs.runs)');
    assert.deepEqual(
      await query(
        cwd,
        `SELECT r.labels, r.complete, count(*) FILTER (t.name = 'POST /favicon.ico')::INTEGER AS last_words FROM all_runs.runs r
         JOIN all_runs.tasks t ON t.run_id = r.id GROUP BY ALL ORDER BY r.labels`,
      ),
      [
        { labels: '["buys"]', complete: true, last_words: 1 },
        { labels: '["cannot-buy"]', complete: true, last_words: 1 },
      ],
    );
    const failed = await query(cwd, 'SELECT name, count, message FROM all_runs.errors');
    assert.deepEqual(
      failed.map(({ name, count, message }) => [name, count, message.split('\n')[0]]),
      [['Error', 1, 'expect(locator).toHaveText(expected) failed']],
    );
    rmSync(join(cwd, '.intellimap'), { recursive: true });
    const port = await freePort();
    writeFileSync(
      join(cwd, 'playwright.config.mjs'),
      config('').replace(
        'testDir',
        `webServer: { command: 'node server.js ${port}', port: ${port} }, testDir`,
      ),
    );
    put(cwd, { 'server.js': SERVER.replace('listen(0', 'listen(Number(process.argv[2] ?? 0)') });
    const command = join(machine(), 'node_modules/intellimap/dist/command/main.js');
    const around = await execute(
      process.execPath,
      [command, 'run', '--no-summary', '--', process.execPath, ...tests],
      {
        cwd,
        env: { SHOP: `http://localhost:${port}` },
      },
    );
    assert.match(around.stdout, /1 failed[^]*1 passed/, around.stdout + around.stderr);
    assert.equal(readdirSync(join(cwd, '.intellimap', 'runs')).length, 1);
    assert.deepEqual(
      await query(
        cwd,
        "SELECT kind, count(*)::INTEGER AS n FROM tasks WHERE kind IN ('scenario', 'step') GROUP BY kind ORDER BY kind",
      ),
      [
        { kind: 'scenario', n: 2 },
        { kind: 'step', n: 3 },
      ],
    );
    const [{ n }] = await query(
      cwd,
      "SELECT sum(hits)::INTEGER AS n FROM nodes_runtime JOIN functions f USING (ast_node_id) WHERE f.name = 'priceOf'",
    );
    assert.equal(n, 1);
  },

  async 'a page of Puppeteer'() {
    const program = `import { spawn } from 'node:child_process';
      import puppeteer from 'puppeteer-core';
      import { record } from 'intellimap/puppeteer';
      const server = spawn(process.execPath, ['server.js'], { stdio: ['ignore', 'pipe', 'inherit'] });
      const url = await new Promise((done) => server.stdout.on('data', (text) => done(/http\\S+/.exec(String(text))[0])));
      const browser = await puppeteer.launch({ executablePath: ${JSON.stringify(chromium)}, args: ['--no-sandbox'] });
      const page = await browser.newPage();
      const recording = await record(page, { name: 'buy' });
      await recording.step('open the shop', () => page.goto(url));
      await recording.step('add to cart', async () => {
        await page.click('#add');
        await page.waitForFunction(() => document.querySelector('#total').textContent === '210');
      });
      await recording.end();
      await browser.close();
      server.kill();`;
    const cwd = shop({ 'main.mjs': program });
    const { code, stderr } = await execute(process.execPath, ['main.mjs'], { cwd });
    assert.equal(code, 0, stderr);
    await pageIsCounted(cwd);
    assert.deepEqual(
      await query(cwd, "SELECT name, result FROM tasks WHERE kind = 'step' ORDER BY start_us"),
      [
        { name: 'open the shop', result: 'passed' },
        { name: 'add to cart', result: 'passed' },
      ],
    );
  },
};

/** Counted by hand. */
async function pageIsCounted(cwd, where = '') {
  const rows = await query(
    cwd,
    `SELECT name, kind, line, count::INTEGER AS count FROM ${where === '' ? 'coverage' : `(FROM all_runs.coverage ${where})`} WHERE path = 'public/shop.js' AND name <> path ORDER BY line, kind DESC`,
  );
  assert.deepEqual(
    rows
      .map(({ name, kind, line, count }) => `${name} ${kind} ${line} ${count}`)
      .filter((row) => !row.includes('addEventListener')),
    [
      'show function 2 2',
      'add function 5 1',
      'add block 8 0',
      'add block 11 3',
      'sum function 14 3',
      'Cart.never function 16 0',
    ],
  );
}

/** Requests of the page begin within the steps that made them, samples within the run. */
async function oneClock(cwd) {
  const [{ inside }] = await query(
    cwd,
    `SELECT count(*)::INTEGER AS inside FROM resources r JOIN tasks s ON s.kind = 'step' AND s.name = 'add to cart'
     JOIN threads t ON t.thread_id = r.thread_id AND t.kind = 'page'
     WHERE r.url LIKE '%/api/price/7' AND r.status = 200 AND r.start_us BETWEEN s.start_us - 5000 AND s.end_us`,
  );
  assert.equal(inside, 1);
  const [{ samples, outside, unsure }] = await query(
    cwd,
    `SELECT count(*)::INTEGER AS samples, count(*) FILTER (at_us < 0 OR at_us > 1000 * duration_ms)::INTEGER AS outside, max(clock_unsure_us) AS unsure
     FROM cpu_samples JOIN threads USING (thread_id), runs WHERE kind = 'page'`,
  );
  assert.ok(samples > 5 && outside === 0, `${samples} samples, ${outside} outside`);
  assert.ok(unsure !== null && unsure < 200_000, `unsure by ${unsure} µs`);
}

function isAlive(pid) {
  try {
    return process.kill(pid, 0);
  } catch {
    return false;
  }
}

/** @param {string[]} argv parts of names of cases; all by default */
export async function run(argv) {
  if (chromium === undefined || !existsSync(chromium))
    throw new Error('no Chromium here; npm test installs one, or set CHROMIUM');
  return await runCases(cases, argv);
}
