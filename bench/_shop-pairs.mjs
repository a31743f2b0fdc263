// Two shops of samples/ on one processor, asked the same at the same time from the other one: what each takes of the processor for a request.
import { createRequire } from 'node:module';
import { fileURLToPath } from 'node:url';
import { cpuMicros, shopFolder, startShop, stopShop } from './_shop-process.mjs';

const here = (name) => fileURLToPath(new URL(name, import.meta.url));
const autocannon = createRequire(here('programs/package.json'))('autocannon');

/** As `_planned.mjs` wants it. */
export const shopProgram = { root: shopFolder, command: ['node', 'src/main.mjs'], include: [] };

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
  const shops = await Promise.all(
    [{}, begun?.environment ?? {}].map((environment) =>
      startShop(['taskset', '-c', String(processor), process.execPath], environment),
    ),
  );
  try {
    const ratios = [];
    for (let block = 0; block < WARM_UP + blocks; block++) {
      const taken = await Promise.all(shops.map((shop) => cpuOf(shop, requests)));
      if (block >= WARM_UP) ratios.push(taken[1] / taken[0]);
    }
    await Promise.all(shops.map(stopShop));
    return ratios;
  } finally {
    for (const { child } of shops) child.kill('SIGKILL');
  }
}

/** µs of processors that so many requests take, all threads of the process. */
async function cpuOf(shop, requests) {
  const before = await cpuMicros(shop);
  const requested = PATHS.map((path) => ({ method: 'GET', path }));
  const { errors, timeouts, non2xx } = await autocannon({
    url: shop.url,
    connections: CONNECTIONS,
    amount: requests,
    requests: requested,
  });
  if (errors + timeouts + non2xx > 0)
    throw new Error(`${errors} requests failed, ${timeouts} timed out, ${non2xx} were refused`);
  return (await cpuMicros(shop)) - before;
}
