// Starts the shop as a process of its own, as it would run anywhere, and ends it with SIGTERM.

import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { createInterface } from 'node:readline';
import { fileURLToPath } from 'node:url';

const MAIN = fileURLToPath(new URL('../src/main.mjs', import.meta.url));
const READY = /^shop listening on (\S+)$/;

/** Generous, since a recorder or a debugger may be loaded first. */
const START_TIMEOUT_MS = 60_000;

export async function startShop(nodeOptions) {
  const child = spawn(process.execPath, [...nodeOptions, MAIN], {
    env: { ...process.env, PORT: '0' },
    stdio: ['ignore', 'pipe', 'pipe'],
  });
  const log = [];
  child.stderr.setEncoding('utf8').on('data', (text) => log.push(text));
  // Listened for from the start: the child may end at any time.
  const exited = once(child, 'exit');

  const url = await Promise.race([readUrl(child), failOnExit(exited, log)]);
  return {
    url,
    /** What the shop wrote to stderr so far. */
    get log() {
      return log.join('');
    },
    async stop() {
      child.kill('SIGTERM');
      const [code, signal] = await exited;
      return code ?? signal;
    },
  };
}

async function readUrl(child) {
  const timeout = setTimeout(() => child.kill(), START_TIMEOUT_MS);
  try {
    for await (const line of createInterface({ input: child.stdout })) {
      const url = READY.exec(line)?.[1];
      if (url) return url;
    }
    // The stream ended; whoever waits for the exit knows why.
    return new Promise(() => {});
  } finally {
    clearTimeout(timeout);
    // Nobody reads the rest, and a full pipe would stop the child.
    child.stdout.resume();
  }
}

async function failOnExit(exited, log) {
  const [code, signal] = await exited;
  throw new Error(`the shop ended at start with ${code ?? signal}\n${log.join('')}`);
}
