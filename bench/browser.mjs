// node bench/browser.mjs [--rounds 20] [--apps todo,storefront] [--variants plain,intellimap,istanbul,otel]
// What recording costs pages, as production builds in Chromium: loading them, and using them. Of TodoMVC (bench/browser/todo: 100 added, completed, removed, three
// times, as Speedometer does) and the storefront (samples/storefront in front of the shop, with real input). Plain, recorded, with istanbul's counters and with
// OpenTelemetry's web SDK, side by side: each round has a visit of each in an order of its own, in a fresh context. Processor time of the page's process, and the
// time its main thread spent in scripts; ratios to plain are of the same round, their median with an interval of 95 % (bootstrap). The last line is JSON.
// Build first (npm run build).
import fs from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { fileURLToPath } from 'node:url';
import { parseArgs } from 'node:util';
import { gzipSync } from 'node:zlib';
import { openBrowser } from '../e2e/_browser.mjs';
import { startShop } from '../samples/shop/load/shop-process.mjs';
import { median, percentile, rounded } from './_figures.mjs';
import { serve, VARIANTS } from './browser/variants.mjs';
import { APPS } from './browser/visits.mjs';

const { values } = parseArgs({
  options: {
    rounds: { type: 'string', default: '20' },
    apps: { type: 'string', default: Object.keys(APPS).join() },
    variants: { type: 'string', default: Object.keys(VARIANTS).join() },
  },
});
/** What docs promise of processor time, for each application. */
const GOAL = 1.05;
/** ms after which what was recorded has been sent. */
const SETTLE_MS = 600;
const BOOTSTRAPS = 2_000;
const METRICS = ['ready_ms', 'load_ms', 'load_script_ms', 'use_ms', 'use_script_ms'];

const here = fileURLToPath(new URL('.', import.meta.url));
const scratch = fs.mkdtempSync(path.join(fs.realpathSync(os.tmpdir()), 'intellimap-bench-'));
const ends = [];

try {
  const result = {};
  for (const app of values.apps.split(',')) result[app] = await measured(app, values.variants.split(','));
  const over = Object.entries(result).flatMap(([app, { intellimap }]) =>
    ['load_ms', 'use_ms'].filter((name) => intellimap?.[name].ratio > GOAL).map((name) => `${app} ${name}`),
  );
  console.log(JSON.stringify({ rounds: Number(values.rounds), goal: GOAL, ...result, over }));
} finally {
  for (const end of ends.toReversed()) await end();
  fs.rmSync(scratch, { recursive: true, force: true });
}

async function measured(app, variants) {
  const root = workspace(app);
  const shop = app === 'storefront' ? await startShop([]) : undefined;
  ends.push(() => shop?.stop());
  const served = {};
  for (const name of variants) {
    // What a plugin finds around it is what it finds in a project.
    process.chdir(root);
    served[name] = await serve(name, root, shop ? { '/api': shop.url } : {});
    ends.push(served[name].close);
  }
  const browser = await openBrowser();
  ends.push(() => browser.close());
  const visits = Object.fromEntries(variants.map((name) => [name, []]));
  // The first of each is for the processes and caches that all share.
  for (let round = -1; round < Number(values.rounds); round++)
    for (const name of shuffled(variants)) {
      const cost = await visit(browser, served[name].url, APPS[app]);
      if (round >= 0) visits[name].push(cost);
    }
  if (variants.includes('intellimap')) checkRecorded(root);
  const figures = {};
  for (const name of variants) {
    const own = { js_kb: kilobytes(served[name].output) };
    for (const metric of METRICS) own[metric] = compared(visits[name], visits.plain, metric);
    figures[name] = own;
    console.log(
      `${app.padEnd(11)}${VARIANTS[name].says.padEnd(42)}${METRICS.map((metric) => shownOf(own[metric])).join('  ')}  ${own.js_kb} kB`,
    );
  }
  return figures;
}

/** The application with a package of its own, as it would lie at a user's. */
function workspace(app) {
  const from = app === 'todo' ? path.join(here, 'browser/todo') : path.join(here, '../samples', app);
  const root = path.join(scratch, app);
  for (const part of ['package.json', 'index.html', 'src'])
    fs.cpSync(path.join(from, part), path.join(root, part), { recursive: true });
  fs.symlinkSync(path.join(here, 'browser/node_modules'), path.join(root, 'node_modules'));
  return root;
}

/** A page that was not recorded costs less: each visit has left words. */
function checkRecorded(root) {
  const folder = path.join(root, '.intellimap/runs');
  const kept = fs
    .readdirSync(folder, { recursive: true })
    .filter((file) => file.endsWith('-0/000001.seg') && fs.statSync(path.join(folder, file)).size > 1_000);
  if (kept.length <= Number(values.rounds)) throw new Error(`${kept.length} pages were recorded`);
}

/** One page in a context of its own: loaded, used, closed. */
async function visit(browser, url, { ready, act }) {
  const context = await browser.newContext({ viewport: { width: 1280, height: 900 } });
  const page = await context.newPage();
  const problems = [];
  page.on('pageerror', (error) => problems.push(error.message));
  const system = await browser.newBrowserCDPSession();
  const session = await context.newCDPSession(page);
  await session.send('Performance.enable');
  const figures = async () => {
    const { metrics } = await session.send('Performance.getMetrics');
    const script = metrics.find(({ name }) => name === 'ScriptDuration').value * 1000;
    return { cpu: await processorTimes(system), script };
  };
  const before = await figures();
  await page.goto(url);
  const look = await asideOf(page);
  const readyAt = await look(waitFor, ready);
  await page.waitForTimeout(SETTLE_MS);
  const loaded = await figures();
  await act(page, look);
  await page.waitForTimeout(SETTLE_MS);
  const used = await figures();
  await context.close();
  if (problems.length > 0) throw new Error(`${url}: ${problems.join('\n')}`);
  return {
    // What people wait for: from the navigation on, on the clock.
    ready_ms: readyAt,
    load_ms: spent(before.cpu, loaded.cpu),
    // A page that was loaded has a main thread of its own.
    load_script_ms: loaded.script,
    use_ms: spent(loaded.cpu, used.cpu),
    use_script_ms: used.script - loaded.script,
  };
}

/** Runs functions beside the page, in a world with the same document and natives of its own: who waits for a page is no part of it, and not recorded. */
async function asideOf(page) {
  const session = await page.context().newCDPSession(page);
  const { frameTree } = await session.send('Page.getFrameTree');
  const { executionContextId } = await session.send('Page.createIsolatedWorld', {
    frameId: frameTree.frame.id,
  });
  return async (run, ...values) => {
    const { result, exceptionDetails } = await session.send('Runtime.callFunctionOn', {
      functionDeclaration: String(run),
      executionContextId,
      arguments: values.map((value) => ({ value })),
      awaitPromise: true,
      returnByValue: true,
    });
    if (exceptionDetails) throw new Error(exceptionDetails.exception?.description ?? exceptionDetails.text);
    return result.value;
  };
}

/** Beside the page. @returns {Promise<number>} ms since the navigation began */
async function waitFor(selector) {
  while (document.querySelector(selector) === null) await new Promise((done) => requestAnimationFrame(done));
  return performance.now();
}

/** ms of processor time by process, of all that show pages. */
async function processorTimes(system) {
  const { processInfo } = await system.send('SystemInfo.getProcessInfo');
  return new Map(
    processInfo
      .filter(({ type }) => type === 'renderer')
      .map(({ id, cpuTime }) => [id, onProcessors(id) ?? cpuTime * 1000]),
  );
}

/** Linux counts ns for each thread; Chromium itself tells what all had together, in steps of 10 ms. */
function onProcessors(pid) {
  const folder = `/proc/${pid}/task`;
  if (!fs.existsSync(folder)) return undefined;
  return fs
    .readdirSync(folder)
    .reduce((sum, thread) => sum + nanosOf(path.join(folder, thread, 'schedstat')) / 1e6, 0);
}

/** 0: it has ended in the meantime. */
function nanosOf(file) {
  try {
    return Number(fs.readFileSync(file, 'utf8').split(' ')[0]);
  } catch {
    return 0;
  }
}

function spent(before, after) {
  return [...after].reduce((sum, [id, ms]) => sum + ms - (before.get(id) ?? 0), 0);
}

/** Median in ms, and the ratio to plain of the same rounds. */
function compared(visits, plain, metric) {
  const ratios = visits.map((each, round) => each[metric] / plain[round][metric]);
  const medians = Array.from({ length: BOOTSTRAPS }, () =>
    median(ratios.map(() => ratios[Math.floor(Math.random() * ratios.length)])),
  );
  return {
    ms: rounded(median(visits.map((each) => each[metric])), 1),
    ratio: rounded(median(ratios), 3),
    low: rounded(percentile(medians, 0.025), 3),
    high: rounded(percentile(medians, 0.975), 3),
  };
}

function shownOf({ ms, ratio, low, high }) {
  return `${ms.toFixed(0).padStart(5)} ms ${ratio.toFixed(2)} [${low.toFixed(2)}, ${high.toFixed(2)}]`;
}

function shuffled(names) {
  return names
    .map((name) => [Math.random(), name])
    .toSorted(([a], [b]) => a - b)
    .map(([, name]) => name);
}

/** What is sent of scripts, compressed. */
function kilobytes(folder) {
  const files = fs.readdirSync(folder, { recursive: true }).filter((file) => file.endsWith('.js'));
  return rounded(
    files.reduce((sum, file) => sum + gzipSync(fs.readFileSync(path.join(folder, file))).length, 0) / 1000,
    1,
  );
}
