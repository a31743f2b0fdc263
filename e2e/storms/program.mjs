/** Programs of storms: started plain and recorded, each in a process group of its own, so that none outlives its case. */
import assert from 'node:assert/strict';
import { spawn, spawnSync } from 'node:child_process';
import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { cleanEnvironment, intellimapBin, workspaceOf } from '../_consumer.mjs';

/** Process groups that run: a case that fails leaves none behind. */
const groups = new Set();
/** Small disks. */
export const mounts = new Set();

/** A project with these files. */
export const folder = (files) => workspaceOf('storm', files);

/** Runs `app.cjs`, plain and recorded: the same output and exit code. */
export async function both(cwd, { args = [], env = {}, timeout = 120_000, options = [] } = {}) {
  const program = [process.execPath, 'app.cjs', ...args];
  const plain = await ends(start(program, cwd, {}), timeout);
  const recorded = await ends(
    start([intellimapBin(), 'run', ...options, '--no-summary', '--', ...program], cwd, env),
    timeout,
  );
  assert.deepEqual(
    { code: recorded.code, signal: recorded.signal, stdout: recorded.stdout },
    { code: plain.code, signal: plain.signal, stdout: plain.stdout },
    recorded.stderr,
  );
  return { plain, recorded };
}

/** Starts a command in a process group of its own. */
export function start([command, ...args], cwd, env = {}) {
  const child = spawn(command, args, {
    cwd,
    env: cleanEnvironment(env),
    stdio: ['ignore', 'pipe', 'pipe'],
    detached: true,
  });
  groups.add(child.pid);
  const result = { stdout: '', stderr: '' };
  child.stdout.setEncoding('utf8').on('data', (text) => (result.stdout += text));
  child.stderr.setEncoding('utf8').on('data', (text) => (result.stderr += text));
  const ended = new Promise((done, fail) => {
    child.on('error', fail);
    child.on('close', (code, signal) => done({ ...result, code, signal }));
  });
  return { child, ended, result };
}

export async function ends({ child, ended, result }, timeout = 60_000) {
  const late = new AbortController();
  const limit = sleep(timeout, undefined, { signal: late.signal }).then(
    () => {
      throw new Error(
        `${child.spawnargs.join(' ')} did not end in ${timeout / 1000} s\n${result.stdout}${result.stderr}`,
      );
    },
    () => undefined,
  );
  try {
    return await Promise.race([ended, limit]);
  } finally {
    late.abort();
  }
}

export function cleanUp() {
  for (const group of groups) {
    try {
      process.kill(-group, 'SIGKILL');
    } catch {
      // All of them have ended.
    }
  }
  groups.clear();
  for (const mount of mounts) spawnSync('umount', ['-l', mount]);
  mounts.clear();
}

/** A storm that lasts until there is a file `stop`. */
export async function endless() {
  const cwd = folder({
    'app.cjs': `
      const { existsSync, writeFileSync } = require('node:fs');
      let count = 0;
      function step(n) { return n + 1; }
      writeFileSync('pid', String(process.pid));
      const nap = new Int32Array(new SharedArrayBuffer(4));
      while (!existsSync('stop')) { for (let i = 0; i < 20000; i++) step(count++); Atomics.wait(nap, 0, 0, 1); }
      console.log(count);
      process.exitCode = 5;`,
  });
  const running = start([intellimapBin(), 'run', '--no-summary', '--', process.execPath, 'app.cjs'], cwd);
  for (let tries = 0; !existsSync(join(cwd, 'pid')); tries++) {
    assert.ok(tries < 200, 'the program starts');
    await sleep(50);
  }
  await sleep(200);
  return { cwd, running, pid: Number(readFileSync(join(cwd, 'pid'), 'utf8')) };
}
