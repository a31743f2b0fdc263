// Two shops of samples/ on one processor, asked the same at the same time from the other one: what each takes of the processor for a request.
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { createRequire } from 'node:module';
import { createInterface } from 'node:readline';
import { fileURLToPath } from 'node:url';

const here = (name) => fileURLToPath(new URL(name, import.meta.url));
const autocannon = createRequire(here('programs/package.json'))('autocannon');

/** As `_planned.mjs` wants it. */
export const shopProgram = { root: here('../samples/shop'), command: ['node', 'src/main.mjs'], include: [] };

const PATHS = [
  '/categories',
  '/products?page=2&sort=price',
  '/products/17',
  '/search?q=lantern',
  '/products?category=kitchen',
  '/products/40',
  '/products/9/thumbnail?size=64',
];
const CONNECTIONS = 4;
/** Blocks until code is warm. */
const WARM_UP = 2;

/**
 * @param {{ blocks: number, requests: number, processor: number, begun?: object }} options `begun`: of `beginPlanned`, for the second one
 * @returns {Promise<number[]>} of each block: processor time of the second one by that of the first
 */
export async function pairedShop({ blocks, requests, processor, begun }) {
  const shops = await Promise.all([start(processor, {}), start(processor, begun?.environment ?? {})]);
  try {
    const ratios = [];
    for (let block = 0; block < WARM_UP + blocks; block++) {
      const taken = await Promise.all(shops.map((shop) => cpuOf(shop, requests)));
      if (block >= WARM_UP) ratios.push(taken[1] / taken[0]);
    }
    await Promise.all(shops.map(stop));
    return ratios;
  } finally {
    for (const { child } of shops) child.kill('SIGKILL');
  }
}

/** µs of processors that so many requests take, all threads of the process. */
async function cpuOf({ child, url }, requests) {
  const before = await micros(child);
  const requested = PATHS.map((path) => ({ method: 'GET', path }));
  const { errors, timeouts, non2xx } = await autocannon({
    url,
    connections: CONNECTIONS,
    amount: requests,
    requests: requested,
  });
  if (errors + timeouts + non2xx > 0)
    throw new Error(`${errors} requests failed, ${timeouts} timed out, ${non2xx} were refused`);
  return (await micros(child)) - before;
}

async function micros(child) {
  const answer = once(child, 'message');
  child.send('cpu');
  return (await answer)[0].micros;
}

async function start(processor, environment) {
  const words = [
    '-c',
    String(processor),
    process.execPath,
    '--require',
    here('_shop-process.cjs'),
    'src/main.mjs',
  ];
  const env = { ...process.env, PORT: '0', SHOP_REQUESTS_PER_MINUTE: '1000000000', ...environment };
  const child = spawn('taskset', words, {
    cwd: shopProgram.root,
    env,
    stdio: ['ignore', 'pipe', 'pipe', 'ipc'],
  });
  const log = [];
  child.stderr.setEncoding('utf8').on('data', (text) => log.push(text));
  const ended = once(child, 'exit');
  for await (const line of createInterface({ input: child.stdout })) {
    const url = /^shop listening on (\S+)$/.exec(line)?.[1];
    if (url !== undefined) return { child, ended, url, log };
  }
  throw new Error(`the shop did not start:\n${log.join('')}`);
}

async function stop({ child, ended, log }) {
  child.kill('SIGTERM');
  const [code, signal] = await ended;
  if (code !== 0) throw new Error(`the shop ended with ${code ?? signal}:\n${log.join('')}`);
}
