/**
 * One page, written for four frameworks (`samples/pages`), made by six bundlers and two of them as dev server: shown in Chromium, it does the same with and without
 * us, and the same is expected of all recordings.
 */
import assert from 'node:assert/strict';
import { spawn } from 'node:child_process';
import {
  cpSync,
  existsSync,
  mkdirSync,
  readdirSync,
  readFileSync,
  statSync,
  symlinkSync,
  writeFileSync,
} from 'node:fs';
import { createServer } from 'node:http';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { openBrowser, openPage } from './_browser.mjs';
import { cleanEnvironment, intellimapBin, importInstalled, query, workspaceOf } from './_consumer.mjs';
import { runCases } from './_cases.mjs';
import { until } from './_until.mjs';
import { builders, compilers } from './bundlers/builders.mjs';
import { cacheCases } from './bundlers/caches.mjs';
import { serveBundles } from './bundlers/serve.mjs';
import { threadCases, threadsIn } from './bundlers/threads.mjs';

const repository = fileURLToPath(new URL('..', import.meta.url));
const PAGES = ['plain', 'react', 'vue', 'svelte'];
/** What runs in CI: each bundler once, each framework once in a bundle and once in a dev server. */
const QUICK = [
  ...PAGES.map((page) => ['vite', page]),
  ...Object.keys(builders)
    .filter((bundler) => bundler !== 'vite')
    .map((bundler) => [bundler, 'plain']),
];
const ALL = [...QUICK, ...['rolldown', 'webpack', 'rspack', 'esbuild'].map((bundler) => [bundler, 'react'])];

/** The sample, as a workspace of its own that finds what it needs. */
function pagesFolder(name) {
  const folder = workspaceOf(name, {});
  cpSync(join(repository, 'samples/pages'), folder, { recursive: true });
  for (const need of ['react', 'react-dom', 'vue', 'svelte', 'vite']) {
    mkdirSync(join(folder, 'node_modules'), { recursive: true });
    symlinkSync(join(repository, 'node_modules', need), join(folder, 'node_modules', need));
  }
  return folder;
}

const textIn = (folder, file) => readFileSync(join(folder, file), 'utf8');

/** Line and column, as recordings have them, of the first place where `text` stands in a file. */
function placeOf(folder, file, text) {
  const before = textIn(folder, file).split(text, 1)[0].split('\n');
  return { line: before.length, column: before.at(-1).length };
}

/** What a person does, and sees. Returns what the page shows, and what went wrong. */
async function usePage(page, problems) {
  const show = (id) => page.textContent(`#${id}`);
  await page.waitForSelector('#add');
  for (const count of ['1', '2', '3']) {
    await page.click('#add');
    await page.waitForFunction((wanted) => document.querySelector('#count').textContent === wanted, count);
  }
  await page.click('#sum');
  await page.waitForFunction(() => document.querySelector('#answer').textContent !== '');
  const failed = page.waitForEvent('pageerror');
  await page.click('#fail');
  const { message, stack } = await failed;
  return {
    shown: {
      count: await show('count'),
      total: await show('total'),
      answer: await show('answer'),
      error: message,
    },
    problems: problems.filter((problem) => !problem.startsWith('uncaught: out of stock')),
    stack,
  };
}

/** An error of the language: nobody throws it, so its stack alone tells where it was. */
async function breakPage(page) {
  await page.evaluate(() => {
    globalThis.setTimeout = undefined;
  });
  const failed = page.waitForEvent('pageerror');
  await page.click('#fail');
  assert.equal((await failed).message, BROKEN);
}

const BROKEN = 'setTimeout is not a function';
const USED = { shown: { count: '3', total: '6', answer: '6', error: 'out of stock' }, problems: [] };

/** Per page: its functions with how often they ran, who called them, where they stand. */
const CALLS = `
  SELECT json_extract_string(t.facts, '$.argv[0]') AS url, t.pid, t.tid, f.name, f.path, f.line, f."column", p.name AS caller, count(*) AS calls,
    sum(CASE WHEN c.wait_us > 0 THEN 1 ELSE 0 END) AS waited, any_value(t.events_lost) AS lost, bool_and(t.ended) AS ended
  FROM calls c JOIN threads t USING (thread_id) JOIN functions f USING (function_id)
    LEFT JOIN calls pc ON pc.thread_id = c.thread_id AND pc.call_id = c.parent_call_id LEFT JOIN functions p ON p.function_id = pc.function_id
  GROUP BY ALL`;
const ERRORS = `
  SELECT e.message, e.path, e.line, f.name AS "function", e.count::INTEGER AS count, e.stack
  FROM errors e LEFT JOIN functions f ON f.ast_node_id = e."function" WHERE e.kind = 'uncaught'`;

/** @param rows of one page and its workers */
function expectCalls(rows, folder, page) {
  const here = rows.filter(({ tid }) => tid === 0);
  const of = (name, file) =>
    here.filter((row) => row.name === name && (file === undefined || row.path === file));
  const calls = (name) => of(name).reduce((sum, row) => sum + Number(row.calls), 0);
  assert.deepEqual(
    Object.fromEntries(
      ['load', 'lineOf', 'add', 'sumElsewhere', 'fail', 'neverUsed'].map((name) => [name, calls(name)]),
    ),
    { load: 3, lineOf: 3, add: 3, sumElsewhere: 1, fail: 1, neverUsed: 0 },
  );
  assert.ok(calls('titleOf') > 0, 'titleOf');
  // The chain goes on behind each await.
  const [load] = of('load');
  assert.deepEqual({ caller: load.caller, waited: Number(load.waited) }, { caller: 'add', waited: 3 });
  assert.equal(of('lineOf')[0].caller, 'load');
  const places = {
    load: 'export async function load',
    lineOf: 'function lineOf',
    total: 'export function total',
  };
  for (const [name, text] of Object.entries(places)) {
    const [{ path, line, column }] = of(name);
    const found = placeOf(folder, 'common/cart.ts', text);
    const skip = text.startsWith('export ') ? 'export '.length : 0;
    assert.deepEqual(
      { path, line, column },
      { path: 'common/cart.ts', line: found.line, column: found.column + skip },
      name,
    );
  }
  const own = {
    plain: 'plain/view.ts',
    react: 'react/app.tsx',
    vue: 'vue/app.vue',
    svelte: 'svelte/app.svelte',
  }[page];
  const [add] = of('add');
  const wanted = placeOf(folder, own, 'async function add');
  assert.deepEqual({ path: add.path, line: add.line, column: add.column }, { path: own, ...wanted });
  assert.equal(Math.max(...rows.map(({ lost }) => Number(lost))), 0, 'lost');
}

/** What the worker did: in a thread of the page. */
function expectWorker(rows) {
  const page = rows.find(({ tid }) => tid === 0);
  const worker = rows.filter(({ tid }) => tid > 0);
  const counts = Object.fromEntries(worker.map(({ name, calls }) => [name, Number(calls)]));
  assert.deepEqual({ total: counts.total, priceOf: counts.priceOf }, { total: 1, priceOf: 3 });
  assert.ok(
    worker.every(({ pid }) => pid === page.pid),
    'a worker is a thread of its page',
  );
}

/** The collector of a workspace, for as long as pages are shown. */
async function collecting(folder, body) {
  const child = spawn(intellimapBin(), ['collect', '--json', '--no-summary'], {
    cwd: folder,
    env: cleanEnvironment(),
    stdio: ['ignore', 'pipe', 'pipe'],
  });
  let said = '';
  let answer = '';
  child.stdout.setEncoding('utf8').on('data', (text) => (answer += text));
  await new Promise((done, fail) => {
    child.stderr.setEncoding('utf8').on('data', (text) => {
      said += text;
      if (said.includes('Ctrl-C')) done();
    });
    child.once('exit', (code) => fail(new Error(`intellimap collect ended with ${code}: ${said}`)));
  });
  try {
    await body();
  } finally {
    const ended = new Promise((done) => child.once('exit', done));
    child.kill('SIGINT');
    await ended;
  }
  return JSON.parse(answer);
}

const sizeOf = (folder) =>
  readdirSync(folder, { recursive: true })
    .filter((name) => name.endsWith('.js'))
    .reduce((sum, name) => sum + statSync(join(folder, name)).size, 0);

const scriptsOf = (folder) =>
  readdirSync(folder, { recursive: true })
    .filter((name) => name.endsWith('.js'))
    .map((name) => textIn(folder, name))
    .join('\n');

/** The first place of the program in a stack of a bundle, led back by the map that the build keeps. */
async function sourcePlace(stack, folder, build) {
  const { originalPositionFor, TraceMap } = await importInstalled(
    '@jridgewell/trace-mapping/dist/trace-mapping.mjs',
  );
  const [, url, line, column] = /(http:\S+):(\d+):(\d+)/.exec(stack);
  const name = new URL(url).pathname.split('/').slice(2).join('/');
  const kept = [
    join(build, 'maps', `${name}.map`),
    join(folder, 'out', new URL(url).pathname.slice(1) + '.map'),
  ];
  const map = new TraceMap(
    readFileSync(
      kept.find((file) => existsSync(file)),
      'utf8',
    ),
  );
  return originalPositionFor(map, { line: Number(line), column: Number(column) - 1 });
}

/** Builds, shows, and asks for what each combination recorded. */
async function built(jobs) {
  const folder = pagesFolder('bundlers');
  const { collectorFile } = await importInstalled('intellimap/dist/collect/index.js');
  const { port } = collectorFile(folder);
  const before = process.cwd();
  process.chdir(folder);
  const browser = await openBrowser();
  const seen = new Map();
  try {
    for (const [bundler, page] of jobs) {
      const name = `${bundler}-${page}`;
      const builds = new Set(
        existsSync(join(folder, '.intellimap/builds')) ? readdirSync(join(folder, '.intellimap/builds')) : [],
      );
      await builders[bundler]({ folder, page, out: join(folder, 'out', name), options: { build: true } });
      const build = readdirSync(join(folder, '.intellimap/builds')).find((each) => !builds.has(each));
      seen.set(name, { bundler, page, build: join(folder, '.intellimap/builds', build) });
    }
    const server = await serveBundles(
      join(folder, 'out'),
      textIn(folder, 'public/prices.json'),
      `http://127.0.0.1:${port}`,
    );
    const collected = await collecting(folder, async () => {
      for (const [name, entry] of seen) {
        const { page, context, journal } = await openPage(browser);
        const threads = threadsIn(folder);
        await page.goto(`${server.url}/${name}/`);
        page.setDefaultTimeout(15_000);
        try {
          Object.assign(entry, await usePage(page, journal.problems), { asked: journal.asked });
          // Frameworks catch what fails in handlers.
          if (entry.page === 'plain') await breakPage(page);
          await until('page and worker send', () => threadsIn(folder) === threads + PAGE_AND_WORKER);
          await page.waitForTimeout(400);
        } catch (error) {
          entry.failed = new Error(`${error.message}\n${journal.problems.join('\n')}`);
        }
        await context.close();
      }
    });
    server.close();
    assert.equal(collected.lost, 0);
  } finally {
    process.chdir(before);
    await browser.close();
  }
  const rows = await query(folder, CALLS);
  const errors = await query(folder, ERRORS);
  return { folder, seen, rows, errors };
}

const PAGE_AND_WORKER = 2;
const THROWN = ['common/cart.ts', 'throw new Error'];
const CALLED = ['common/cart.ts', 'setTimeout(fail)'];

const errorsOf = (errors, wanted) =>
  errors
    .filter(({ message }) => message === wanted)
    .map(({ path, line, function: name, count }) => ({ path, line, function: name, count }));

function buildCases(jobs) {
  let making;
  const made = () => (making ??= built(jobs));
  const each = Object.fromEntries(
    jobs.map(([bundler, page]) => [
      `${bundler}, ${page}: behaves as written, and is recorded`,
      async () => {
        const { seen, rows, folder } = await made();
        const { shown, problems, stack, build, asked, failed } = seen.get(`${bundler}-${page}`);
        if (failed) throw failed;
        assert.deepEqual({ shown, problems }, USED);
        const isHere = ({ url }) => new URL(url).pathname.startsWith(`/${bundler}-${page}/`);
        const here = rows.filter(isHere);
        expectCalls(here, folder, page);
        expectWorker(here);
        const source = await sourcePlace(stack, folder, build);
        assert.ok(source.source?.endsWith('common/cart.ts'), `a map leads to ${source.source}`);
        assert.equal(source.line, placeOf(folder, ...THROWN).line);
        const others = asked.filter((url) => !/^(?:http|ws):\/\/(?:127\.0\.0\.1|localhost)[:/]/.test(url));
        assert.deepEqual(others, [], 'nothing leaves the machine');
      },
    ]),
  );
  return {
    ...each,
    async [`${jobs.length} built pages: what they throw is one error, at its place in the source`]() {
      const { folder, errors } = await made();
      const { line } = placeOf(folder, ...THROWN);
      assert.deepEqual(errorsOf(errors, 'out of stock'), [
        { path: THROWN[0], line, function: 'fail', count: jobs.length },
      ]);
    },
    async [`${jobs.length} built pages: an error of the language has its place in the source, whoever bundled it`]() {
      const { folder, errors } = await made();
      const { line } = placeOf(folder, ...CALLED);
      const seen = errorsOf(errors, BROKEN);
      const stacks = errors.map(({ stack }) => stack).join('\n');
      // Who called differs: some bundlers write one function into another.
      for (const error of seen)
        assert.deepEqual(error, { path: CALLED[0], line, function: 'failSoon', count: error.count }, stacks);
      const plain = jobs.filter(([, page]) => page === 'plain').length;
      assert.equal(
        seen.reduce((sum, { count }) => sum + count, 0),
        plain,
      );
    },
  };
}

/** A dev server shows the page; a component is edited while it is used. */
async function served(page) {
  const folder = pagesFolder(`dev-${page}`);
  const { createServer } = await import('vite');
  const { default: intellimap } = await importInstalled('intellimap/dist/plugin/vite.js');
  const before = process.cwd();
  process.chdir(folder);
  // Builds leave it behind, and compilers leave out hot updates then.
  delete process.env.NODE_ENV;
  const server = await createServer({
    root: join(folder, page),
    configFile: false,
    logLevel: 'error',
    publicDir: '../public',
    // The first page would be loaded anew when they turn up.
    optimizeDeps: { include: DEPENDENCIES[page] },
    server: { host: '127.0.0.1', port: 0, strictPort: false },
    plugins: [intellimap(), await compilers(page)],
  });
  const browser = await openBrowser();
  try {
    await server.listen();
    const { page: tab, journal } = await openPage(browser);
    tab.setDefaultTimeout(20_000);
    await tab.goto(`http://127.0.0.1:${server.httpServer.address().port}/`);
    const used = await usePage(tab, journal.problems);
    const own = join(folder, OWN[page]);
    const text = readFileSync(own, 'utf8');
    // A line more above, another text, a function more.
    const edited = text
      .replace(
        /^(\s*)(async )?function titleOf/m,
        '$1function fullName(): string {\n$1  return "Full basket";\n$1}\n\n$1function titleOf',
      )
      .replace(/'Full cart'(?=;\n\}$)|FULL(?=;\n\s*\})/m, 'fullName()');
    assert.notEqual(edited, text);
    const navigated = new Promise((done) => tab.once('framenavigated', () => done('loaded anew')));
    writeFileSync(own, edited);
    const refreshed = tab.waitForFunction(
      () =>
        document.querySelector('#title')?.textContent === 'Full basket' ||
        document.querySelector('#count')?.textContent === '0',
    );
    const how = await Promise.race([refreshed.then(() => 'refreshed'), navigated]);
    const kept = await tab.textContent('#count');
    await tab.click('#add');
    await tab.waitForFunction(
      (count) => document.querySelector('#count').textContent === count,
      String(Number(kept) + 1),
    );
    await tab.waitForFunction(() => document.querySelector('#title').textContent === 'Full basket');
    await tab.waitForTimeout(400);
    await tab.context().close();
    return { ...used, how, kept, folder };
  } finally {
    await browser.close();
    await server.close();
    process.chdir(before);
  }
}

const OWN = {
  plain: 'plain/view.ts',
  react: 'react/app.tsx',
  vue: 'vue/app.vue',
  svelte: 'svelte/app.svelte',
};
const DEPENDENCIES = {
  plain: [],
  react: ['react', 'react-dom/client', 'react/jsx-dev-runtime'],
  vue: ['vue'],
  svelte: ['svelte'],
};

const devCases = Object.fromEntries(
  PAGES.map((page) => [
    `dev server, ${page}: refreshed with its state, and recorded before and after`,
    async () => {
      const { shown, problems, how, kept, folder } = await served(page);
      assert.deepEqual({ shown, problems }, USED);
      // Vue begins a component anew whose script was edited, with or without us.
      assert.deepEqual({ how, kept }, { how: 'refreshed', kept: page === 'vue' ? '0' : '3' });
      const rows = await query(folder, CALLS);
      const calls = (name) =>
        rows
          .filter((row) => row.tid === 0 && row.name === name)
          .reduce((sum, row) => sum + Number(row.calls), 0);
      assert.deepEqual(
        {
          load: calls('load'),
          lineOf: calls('lineOf'),
          add: calls('add'),
          fail: calls('fail'),
          fullName: calls('fullName') > 0,
        },
        { load: 4, lineOf: 4, add: 4, fail: 1, fullName: true },
      );
      const file = readFileSync(join(folder, OWN[page]), 'utf8').split('\n');
      const full = rows.find(({ name }) => name === 'fullName');
      assert.match(file[full.line - 1].slice(full.column), /^function fullName/);
      const [run] = await query(folder, `SELECT * FROM runs`);
      assert.equal(Number(run.exit_code), 0);
      const about = JSON.parse(
        readFileSync(join(folder, '.intellimap/runs', run.id ?? run.run_id, 'run.json'), 'utf8'),
      );
      assert.equal(about.bundled.by, 'vite');
      assert.ok(about.bundled.files >= 5, String(about.bundled.files));
    },
  ]),
);

/** Sources as they turn up: CommonJS, directives, what a bundler makes of other files. */
const ODD = {
  'package.json': '{ "name": "odd", "private": true }',
  'legacy.js': `'use strict';
const { twice } = require('./other.cjs');
function legacy(n) { return twice(n) + 1; }
module.exports = { legacy };`,
  'other.cjs': `exports.twice = function twice(n) { return 2 * n; };`,
  // No strict code: arguments and parameters are one.
  'sloppy.js': `function sloppy(a) { arguments[0] = 5; return a; }
globalThis.sloppy = sloppy(1);`,
  'fields.js': `"use client";
import data from './data.json' with { type: 'json' };
export class Fields {
  static made = 0;
  #secret = data.secret;
  reveal = () => this.#secret;
  static { Fields.made = data.secret + 1; }
}
export const later = await Promise.resolve(3);`,
  'data.json': '{ "secret": 20 }',
  'main.js': `import { legacy } from './legacy.js';
import './sloppy.js';
import { Fields, later } from './fields.js';
const lazy = () => import('./lazy.js');
async function start() {
  const { shown } = await lazy();
  shown([legacy(3), globalThis.sloppy, new Fields().reveal(), Fields.made, later]);
}
start();`,
  'lazy.js': `export function shown(all) { document.querySelector('#app').textContent = all.join(' '); }`,
};

const oddBuilders = {
  async webpack(folder, plugins) {
    const { default: webpack } = await import('webpack');
    return packed(webpack, folder, plugins);
  },
  async rspack(folder, plugins) {
    const { rspack } = await import('@rspack/core');
    return packed(rspack, folder, plugins);
  },
  async esbuild(folder, plugins) {
    const { build } = await import('esbuild');
    // The name of a JSON file is enough for it.
    await build({
      absWorkingDir: folder,
      entryPoints: ['main.js'],
      outdir: 'out',
      bundle: true,
      splitting: true,
      format: 'esm',
      logLevel: 'error',
      plugins,
    });
  },
  async rolldown(folder, plugins) {
    const { rolldown } = await import('rolldown');
    const bundle = await rolldown({
      cwd: folder,
      input: join(folder, 'main.js'),
      logLevel: 'silent',
      plugins,
    });
    await bundle.write({ dir: join(folder, 'out'), format: 'esm' });
    await bundle.close();
  },
};

function packed(bundler, folder, plugins) {
  return new Promise((done, fail) => {
    const options = {
      context: folder,
      mode: 'production',
      entry: './main.js',
      output: { path: join(folder, 'out'), filename: 'main.js', publicPath: 'auto' },
      plugins,
    };
    bundler(options, (error, stats) =>
      error || stats.hasErrors()
        ? fail(error ?? new Error(stats.toString({ all: false, errors: true })))
        : done(),
    );
  });
}

/** What the page shows, and which functions were recorded, by how often they ran. */
async function oddPage(bundler, browser) {
  const results = [];
  for (const isRecorded of [false, true]) {
    const folder = workspaceOf(`odd-${bundler}`, ODD);
    const { collectorFile } = await importInstalled('intellimap/dist/collect/index.js');
    const { default: intellimap } = await importInstalled(`intellimap/dist/plugin/${bundler}.js`);
    const before = process.cwd();
    process.chdir(folder);
    try {
      await oddBuilders[bundler](folder, isRecorded ? [intellimap({ build: true })] : []);
    } finally {
      process.chdir(before);
    }
    const server = await serveBundles(folder, '{}', `http://127.0.0.1:${collectorFile(folder).port}`);
    const show = async () => {
      const { page, context, journal } = await openPage(browser);
      page.setDefaultTimeout(15_000);
      await page.goto(`${server.url}/out/`);
      await page.waitForFunction(() => document.querySelector('#app').textContent !== '');
      const shown = await page.textContent('#app');
      await page.waitForTimeout(400);
      await context.close();
      return { shown, problems: journal.problems };
    };
    if (isRecorded) {
      await collecting(folder, async () => results.push(await show()));
      const rows = await query(folder, CALLS);
      const names = ['legacy', 'twice', 'sloppy', 'start', 'lazy', 'shown'];
      results.push(
        Object.fromEntries(
          names.map((name) => [
            name,
            Number(rows.find((row) => row.name.split('.').at(-1) === name)?.calls ?? 0),
          ]),
        ),
      );
    } else results.push(await show());
    server.close();
  }
  return results;
}

const oddCases = Object.fromEntries(
  Object.keys(oddBuilders).map((bundler) => [
    `${bundler}: CommonJS, sloppy code, directives, JSON, class fields, top-level await, import()`,
    async () => {
      const browser = await openBrowser();
      try {
        const [plain, recorded, calls] = await oddPage(bundler, browser);
        assert.deepEqual(recorded, plain);
        const isSloppy = plain.shown.split(' ')[1] === '5';
        assert.equal(plain.shown, `7 ${isSloppy ? 5 : 1} 20 21 3`);
        assert.deepEqual(calls, { legacy: 1, twice: 1, sloppy: 1, start: 1, lazy: 1, shown: 1 });
      } finally {
        await browser.close();
      }
    },
  ]),
);

const sizeCase = {
  async 'what nobody uses is in no bundle, recorded or not'() {
    const folder = pagesFolder('size');
    const before = process.cwd();
    process.chdir(folder);
    const sizes = {};
    try {
      for (const bundler of Object.keys(builders)) {
        const [plain, recorded] = [join(folder, 'out', 'plain'), join(folder, 'out', 'recorded')].map(
          (out) => `${out}-${bundler}`,
        );
        await builders[bundler]({ folder, page: 'plain', out: plain });
        await builders[bundler]({ folder, page: 'plain', out: recorded, options: { build: true } });
        for (const out of [plain, recorded])
          assert.doesNotMatch(scriptsOf(out), /MARK-NEVER/, `${bundler}: ${out}`);
        assert.doesNotMatch(scriptsOf(plain), /intellimap/i);
        sizes[bundler] = [sizeOf(plain), sizeOf(recorded)];
      }
    } finally {
      process.chdir(before);
    }
    console.log(`  bytes of the plain page without and with us: ${JSON.stringify(sizes)}`);
  },
};

/** Adds one thing to the cart. */
async function addOnce(browser, url) {
  const { page, context, journal } = await openPage(browser);
  page.setDefaultTimeout(15_000);
  await page.goto(url);
  await page.click('#add');
  await page.waitForFunction(() => document.querySelector('#count').textContent === '1');
  await page.waitForTimeout(400);
  await context.close();
  return journal.problems;
}

const serverCases = {
  async 'vite preview takes in what pages of a build send'() {
    const folder = pagesFolder('preview');
    const { preview } = await import('vite');
    const { default: intellimap } = await importInstalled('intellimap/dist/plugin/vite.js');
    const out = join(folder, 'out/vite-plain');
    await builders.vite({ folder, page: 'plain', out, options: { build: true } });
    const browser = await openBrowser();
    const server = await preview({
      root: join(folder, 'plain'),
      configFile: false,
      logLevel: 'error',
      build: { outDir: out },
      preview: { host: '127.0.0.1', port: 0 },
      plugins: [intellimap()],
    });
    try {
      const { port } = server.httpServer.address();
      assert.deepEqual(await addOnce(browser, `http://127.0.0.1:${port}/`), []);
    } finally {
      await browser.close();
      await server.close();
    }
    const rows = await query(folder, CALLS);
    assert.deepEqual(
      rows.filter(({ name }) => name === 'load').map(({ calls }) => Number(calls)),
      [1],
    );
  },

  async 'a page that a server renders: the page is recorded where it runs, and what the server renders is not taken for it'() {
    const folder = pagesFolder('rendered');
    writeFileSync(
      join(folder, 'react/server.tsx'),
      `import { renderToString } from 'react-dom/server';\nimport { App } from './app.tsx';\nexport const render = (): string => renderToString(<App />);\n`,
    );
    const main = textIn(folder, 'react/main.tsx').replace(
      /createRoot\((.*?)\)\.render\(<App \/>\)/,
      'hydrateRoot($1, <App />)',
    );
    writeFileSync(join(folder, 'react/main.tsx'), main.replace('{ createRoot }', '{ hydrateRoot }'));
    const { createServer: createVite } = await import('vite');
    const { default: intellimap } = await importInstalled('intellimap/dist/plugin/vite.js');
    let vite;
    const server = createServer((request, response) => {
      vite.middlewares(request, response, async () => {
        const { render } = await vite.ssrLoadModule('/server.tsx');
        const page = textIn(folder, 'react/index.html').replace('<div id="app">', `$&${render()}`);
        response.setHeader('content-type', 'text/html').end(await vite.transformIndexHtml(request.url, page));
      });
    });
    delete process.env.NODE_ENV;
    vite = await createVite({
      root: join(folder, 'react'),
      configFile: false,
      logLevel: 'error',
      appType: 'custom',
      publicDir: '../public',
      optimizeDeps: { include: ['react', 'react-dom/client', 'react/jsx-dev-runtime'] },
      server: { middlewareMode: true, hmr: { server } },
      plugins: [intellimap(), await compilers('react')],
    });
    await new Promise((done) => server.listen(0, '127.0.0.1', done));
    const browser = await openBrowser();
    try {
      assert.deepEqual(await addOnce(browser, `http://127.0.0.1:${server.address().port}/`), []);
    } finally {
      await browser.close();
      server.close();
      await vite.close();
    }
    const rows = await query(folder, CALLS);
    const calls = (name) =>
      rows.filter((row) => row.name === name).reduce((sum, row) => sum + Number(row.calls), 0);
    assert.deepEqual({ load: calls('load'), render: calls('render') }, { load: 1, render: 0 });
    assert.ok(calls('App') >= 2, 'App');
    assert.deepEqual([...new Set(rows.map(({ pid }) => pid >= 10_000_001))], [true]);
  },
};

const quickCases = { ...buildCases(QUICK), ...devCases, ...sizeCase };
const cases = { ...quickCases, ...oddCases, ...serverCases, ...threadCases, ...cacheCases };

export const seconds = 90;
/** The rest takes as long again. */
export const runCi = () => runCases({ ...quickCases, ...threadCases }, []);

/** @param {string[]} argv `--all`: each bundler with what it can build; parts of names of cases */
export async function run(argv) {
  const parts = argv.filter((each) => !each.startsWith('--'));
  return runCases(
    argv.includes('--all') ? { ...cases, ...buildCases(ALL.slice(QUICK.length)) } : cases,
    parts,
  );
}
