// One process of the shop of samples/, for benchmarks that ask it: started, until it listens, and ended.
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { createInterface } from 'node:readline';
import { fileURLToPath } from 'node:url';

const here = (name) => fileURLToPath(new URL(name, import.meta.url));
export const shopFolder = here('../samples/shop');

/**
 * @param {string[]} command what starts Node: its path, and what is put before it
 * @param {Record<string, string>} environment on top of this process' own
 */
export async function startShop(command, environment) {
  const [file, ...words] = [...command, '--require', here('_shop-process.cjs'), 'src/main.mjs'];
  const env = { ...process.env, PORT: '0', SHOP_REQUESTS_PER_MINUTE: '1000000000', ...environment };
  const child = spawn(file, words, { cwd: shopFolder, env, stdio: ['ignore', 'pipe', 'pipe', 'pipe'] });
  // The shop logs its failed requests; a pipe that nobody empties would stop it.
  const log = [];
  child.stderr.setEncoding('utf8').on('data', (text) => log.push(text));
  const ended = once(child, 'exit');
  for await (const line of createInterface({ input: child.stdout })) {
    const url = /^shop listening on (\S+)$/.exec(line)?.[1];
    if (url !== undefined)
      return { child, ended, url, log, told: createInterface({ input: child.stdio[3] }) };
  }
  throw new Error(`the shop did not start:\n${log.join('')}`);
}

export async function stopShop({ child, ended, log }) {
  child.kill('SIGTERM');
  const [code, signal] = await ended;
  if (code !== 0) throw new Error(`the shop ended with ${code ?? signal}:\n${log.join('')}`);
}

/** µs of processors that the shop has taken so far, all its threads. */
export async function cpuMicros({ child, told }) {
  const line = once(told, 'line');
  child.kill('SIGUSR2');
  return Number((await line)[0]);
}
