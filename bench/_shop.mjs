// The shop of samples/ under autocannon: one fresh process, warmed up, then loaded for so many seconds by connections that ask again as
// soon as they are answered. Throughput, latency, CPU time of the whole process for each request; and whether as many requests were recorded
// as the program counted itself (`RequestStats`, shown by GET /health).
import fs from 'node:fs';
import { createRequire } from 'node:module';
import { setTimeout as sleep } from 'node:timers/promises';
import { fileURLToPath } from 'node:url';
import { countsIn, storage } from './_counts.mjs';
import { median, rounded } from './_figures.mjs';
import { recordedBy } from './_recorded.mjs';
import { cpuMicros, shopFolder as folder, startShop, stopShop } from './_shop-process.mjs';

const here = (name) => fileURLToPath(new URL(name, import.meta.url));
const autocannon = createRequire(here('programs/package.json'))('autocannon');

/** Called once by each answer, and by nothing else. */
const COUNTED = 'ts:src/http/middleware/access-log.mjs#class RequestStats/record';
const WARM_UP_SECONDS = 3;
const CONNECTIONS = 16;

/**
 * What is asked, by turns: pages, products, a search without misspelt words (one of those takes 400,000 calls of one function), a picture made
 * in a worker, and what belongs to a customer (a query for each order). Nothing is written: that would measure the disk.
 */
const PATHS = [
  '/categories',
  '/products?page=2&sort=price',
  '/products/17',
  '/search?q=lantern',
  '/products?category=kitchen',
  '/me/orders',
  '/products/40',
  '/products/9/thumbnail?size=64',
];

/**
 * @param {{ node: string, seconds: number, runDir: string, tier?: string, own: string[] }} options `own`: globs of dependencies to instrument
 * @returns {Promise<{ perSecond: number, p50: number, p99: number, cpuMicros: number, counted?: object }>} latencies in ms; CPU in µs a request
 */
export async function measureShop({ node, seconds, runDir, tier, own }) {
  const shop = await startShop([node], tier ? recordedBy(runDir, folder, tier, own) : {});
  try {
    const headers = { authorization: `Bearer ${await signIn(shop.url)}` };
    await load(shop.url, headers, WARM_UP_SECONDS);
    const before = await cpuMicros(shop);
    const { latencies, elapsed } = await load(shop.url, headers, seconds);
    const cpu = (await cpuMicros(shop)) - before;
    const answered = await requestsOf(shop.url);
    await stopShop(shop);
    const counted = tier && { tier, ...checked(runDir, answered) };
    const sorted = Float64Array.from(latencies).toSorted();
    const at = (share) => sorted[Math.min(sorted.length - 1, Math.floor(sorted.length * share))];
    return {
      perSecond: latencies.length / elapsed,
      p50: at(0.5),
      p99: at(0.99),
      cpuMicros: cpu / latencies.length,
      counted,
    };
  } finally {
    shop.child.kill('SIGKILL');
    fs.rmSync(runDir, { recursive: true, force: true });
  }
}

/** What the ratios are of. */
const FIGURES = {
  perSecond: 'requests/s',
  p50: 'p50',
  p99: 'p99',
  cpuMicros: 'cpu a request',
};

/**
 * @param {object} seen variant → what `measureShop` told of each of its processes; the first is the one to compare with
 * @returns {{ line: string, found: object }} for people, for the last line: of the first variant the figures, of others ratios to them
 */
export function compareShop(seen) {
  const [[first, plainRuns], ...others] = Object.entries(seen);
  const mid = (runs, key) => median(runs.map((each) => each[key]));
  const plain = figures((key) => rounded(mid(plainRuns, key)));
  const found = { [first]: plain };
  const parts = [
    `${first} ${plain.perSecond.toFixed(0)} requests/s, p50 ${plain.p50.toFixed(1)} ms, p99 ${plain.p99.toFixed(1)} ms, cpu ${(plain.cpuMicros / 1000).toFixed(2)} ms a request`,
  ];
  for (const [variant, runs] of others) {
    found[variant] = figures((key) => rounded(mid(runs, key) / plain[key], 3));
    const ratios = Object.entries(FIGURES).map(
      ([key, name]) => `${name} × ${found[variant][key].toFixed(2)}`,
    );
    parts.push(`${variant} ${ratios.join(', ')}`);
  }
  const recordings = others.flatMap(([, runs]) => runs.map(({ counted }) => counted));
  const stored = storage(recordings);
  const wrong = recordings.filter(({ answered, recorded }) => answered !== recorded);
  const answered = recordings.reduce((sum, each) => sum + each.answered, 0);
  const verdict =
    wrong.length === 0
      ? 'each recorded'
      : `DIFFERS: ${wrong.map((each) => `${each.tier} ${each.recorded} of ${each.answered}`).join()}`;
  parts.push(stored.text, `${answered} requests answered, ${verdict}`);
  return { line: parts.join(' | '), found: { ...found, ...stored.found, answered, wrong: wrong.length } };
}

const figures = (of) => Object.fromEntries(Object.keys(FIGURES).map((key) => [key, of(key)]));

async function signIn(url) {
  const response = await fetch(`${url}/sessions`, {
    method: 'POST',
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify({ email: 'customer3@shop.example', password: 'basket-number-3' }),
  });
  if (response.status !== 201) throw new Error(`signing in was answered with ${response.status}`);
  return (await response.json()).token;
}

async function load(url, headers, seconds) {
  const latencies = [];
  const started = performance.now();
  const instance = autocannon({
    url,
    connections: CONNECTIONS,
    duration: seconds,
    requests: PATHS.map((each) => ({
      method: 'GET',
      path: each,
      headers: each.startsWith('/me') ? headers : {},
    })),
  });
  instance.on('response', (_client, _status, _bytes, ms) => latencies.push(ms));
  const { errors, timeouts, non2xx } = await instance;
  if (errors + timeouts + non2xx > 0)
    throw new Error(`${errors} requests failed, ${timeouts} timed out, ${non2xx} were refused`);
  return { latencies, elapsed: (performance.now() - started) / 1000 };
}

/** Requests that the program says it has answered, this one included. What was on its way when the load stopped is waited for. */
async function requestsOf(url) {
  for (let last = -1; ;) {
    const { requests } = await (await fetch(`${url}/health`)).json();
    if (requests.total === last + 1) return requests.total + 1;
    last = requests.total;
    await sleep(100);
  }
}

function checked(runDir, answered) {
  const { calls, events, bytes, lost, cut, total } = countsIn(runDir);
  return { answered, recorded: calls.get(COUNTED) ?? 0, events, bytes, lost, cut, calls: total };
}
