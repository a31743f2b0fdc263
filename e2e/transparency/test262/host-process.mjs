/**
 * One batch of runs in one or more host processes: a process that dies or makes no progress costs the run it was at, and
 * the rest goes on in the next. I/O: a work folder, which is the workspace of recordings and is emptied of them again.
 */
import { spawn, spawnSync } from 'node:child_process';
import { cpSync, existsSync, mkdirSync, readFileSync, readdirSync, rmSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { cleanEnvironment } from '../../_consumer.mjs';

const HOST = fileURLToPath(new URL('host.mjs', import.meta.url));
const CLI = fileURLToPath(new URL('../../../packages/intellimap/dist/command/main.js', import.meta.url));
/** A host that writes no result for so long hangs. */
const STALL_MS = 30_000;
const LOOK_MS = 200;

/**
 * @param {object} setup
 * @param {string} setup.node the binary
 * @param {string} setup.corpus the checkout
 * @param {string} setup.folder work folder of this worker alone
 * @param {'plain' | 'performance' | 'minimal'} setup.side
 * @param {boolean} setup.harness instrument the harness files, too
 * @returns {Promise<{id: string, outcome: object, left?: string}[]>} `left`: why the recorder left the text alone; `''` says that it
 *   did and nobody knows why
 */
export async function runBatch(setup, runs) {
  const { folder, side, corpus } = setup;
  prepare(folder, corpus, runs);
  const results = [];
  while (results.length < runs.length) {
    const rest = runs.slice(results.length);
    const { lines, ending } = await runHost(setup, rest);
    const facts = side === 'plain' ? undefined : instrumented(folder);
    const outcomes = lines.map(({ id, outcome }) => ({ id, outcome }));
    if (outcomes.length < rest.length)
      outcomes.push({ id: rest[outcomes.length].id, outcome: { phase: 'process', ...ending } });
    results.push(...outcomes.map((each, n) => ({ ...each, ...facts?.(rest[n]) })));
  }
  return results;
}

/** How many calls a recording of these runs holds: none would mean that nothing was compared. */
export async function recordedCalls(setup, runs) {
  const { node, folder, corpus } = setup;
  prepare(folder, corpus, runs);
  await runHost(setup, runs);
  const sql = 'select sum(hits) as calls from nodes_runtime';
  const { stdout, stderr } = spawnSync(node, [CLI, 'query', sql, '--json'], {
    cwd: folder,
    env: cleanEnvironment(),
    encoding: 'utf8',
  });
  rmSync(folder, { recursive: true, force: true });
  try {
    return Number(JSON.parse(stdout)[0].calls);
  } catch {
    throw new Error(`the recording cannot be read: ${stderr}`);
  }
}

/** Makes the folder a package of its own and puts the files there that Node itself is going to load. */
function prepare(folder, corpus, runs) {
  mkdirSync(folder, { recursive: true });
  writeFileSync(join(folder, 'package.json'), '{ "private": true, "type": "module" }');
  const folders = new Set(
    runs.filter(({ mode }) => mode === 'import').map(({ path }) => dirname(join('test', path))),
  );
  for (const path of folders) {
    if (existsSync(join(folder, path, '.whole'))) continue;
    cpSync(join(corpus, path), join(folder, path), { recursive: true });
    writeFileSync(join(folder, path, '.whole'), '');
  }
}

async function runHost({ node, folder, corpus, side, harness }, runs) {
  const batch = join(folder, 'batch.json');
  const results = join(folder, 'results.ndjson');
  writeFileSync(batch, JSON.stringify({ folder, corpus, runs }));
  rmSync(results, { force: true });
  const host = [node, '--experimental-vm-modules', '--expose-gc', '--no-warnings', HOST, batch, results];
  const exclude = harness ? [] : ['--exclude', 'harness/**'];
  const command =
    side === 'plain' ? host : [node, CLI, 'run', '--no-summary', '--tier', side, ...exclude, '--', ...host];
  const ending = await watched(command, folder, results);
  return { lines: linesOf(results).filter(({ id }) => id !== undefined), ending };
}

/** Runs to the end, or until nothing was written for too long. Kills only the host, by the id that it wrote itself. */
function watched([file, ...args], cwd, results) {
  return new Promise((done, fail) => {
    const child = spawn(file, args, { cwd, env: cleanEnvironment(), stdio: ['ignore', 'ignore', 'pipe'] });
    let stderr = '';
    child.stderr.setEncoding('utf8').on('data', (text) => (stderr = (stderr + text).slice(-2000)));
    let size = -1;
    let since = performance.now();
    let hangs = false;
    const timer = setInterval(() => {
      const now = existsSync(results) ? readFileSync(results).length : 0;
      if (now !== size) [size, since] = [now, performance.now()];
      if (performance.now() - since < STALL_MS || hangs) return;
      hangs = true;
      try {
        process.kill(linesOf(results)[0]?.pid ?? child.pid, 'SIGKILL');
      } catch (error) {
        // On a busy machine it may have ended just now.
        if (error.code !== 'ESRCH') throw error;
      }
    }, LOOK_MS);
    child.on('error', fail);
    child.on('close', (code, signal) => {
      clearInterval(timer);
      const message = hangs ? 'hangs' : `ended with ${signal ?? code}`;
      done({ name: 'host', message, ...(hangs ? {} : { stderr: firstFault(stderr) }) });
    });
  });
}

const firstFault = (stderr) =>
  stderr
    .split('\n')
    .find((line) => /error|fatal|assert/i.test(line))
    ?.slice(0, 200) ?? '';

/** What the recording says about the texts of the tests, in the order in which they came. Empties the folder of recordings. */
function instrumented(folder) {
  const told = new Map();
  const recordings = join(folder, '.intellimap', 'runs');
  for (const recording of existsSync(recordings) ? readdirSync(recordings) : []) {
    const modules = join(recordings, recording, 'modules');
    for (const file of existsSync(modules) ? readdirSync(modules) : []) {
      for (const { t, path, reason } of linesOf(join(modules, file))) {
        if (t !== 'load' && t !== 'skip') continue;
        if (!told.has(path)) told.set(path, []);
        told.get(path).push(t === 'skip' ? { left: reason } : {});
      }
    }
  }
  rmSync(recordings, { recursive: true, force: true });
  return ({ path }) => {
    const lines = told.get(`test/${path}`);
    // What is said once is not said again: the same reason, or the same text.
    return (lines?.length === 1 ? lines[0] : lines?.shift()) ?? { left: '' };
  };
}

function linesOf(file) {
  if (!existsSync(file)) return [];
  return readFileSync(file, 'utf8')
    .split('\n')
    .filter((line) => line.endsWith('}'))
    .map((line) => JSON.parse(line));
}
