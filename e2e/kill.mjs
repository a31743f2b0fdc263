/**
 * SIGKILL at random moments. The program keeps telling, through a file of its own, how far it is and when; afterwards the
 * recording must open, verify to its last whole frame, and miss at most the last 50 ms.
 */
import assert from 'node:assert/strict';
import { spawn } from 'node:child_process';
import { readFileSync, readdirSync } from 'node:fs';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { cleanEnvironment, intellimapBin, query, workspaceOf } from './_consumer.mjs';

/** What program and recording agree on: step n is the nth call of `step`; each appends (n, µs of the monotonic clock) to a file. */
const PROGRAM = `
import { openSync, writeSync } from 'node:fs';
const log = openSync(process.env.PROGRESS, 'w');
const line = new Float64Array(2);
function busy(n) { let x = n; for (let i = 0; i < 20; i += 1) x = spin(x); return x; }
function spin(x) { return (x * 1103515245 + 12345) & 0x7fffffff; }
function step(n) {
  busy(n);
  line[0] = n; line[1] = Number(process.hrtime.bigint() / 1000n);
  writeSync(log, line, 0, 16);
}
async function main() {
  for (let n = 1; ; n += 1) {
    step(n);
    if (n % 64 === 0) await new Promise((done) => setImmediate(done));
  }
}
main();
`;

const FACTS = `
  select id, complete, certain_until_us as certain,
    (select coalesce(sum(damaged), 0) from segments) as damaged,
    (select coalesce(max(hits), 0) from nodes_runtime join functions using (ast_node_id) where name = 'step') as hits
  from runs`;

const LIMIT_MS = 50;

/** @param {string[]} argv how many kills (default 50) */
export const run = (argv) => kills(Number(argv[0] ?? 50));
export const runCi = () => kills(12);
/** What is missing at the end is measured in milliseconds. */
export const alone = true;

async function kills(count) {
  let failed = 0;
  const missing = [];
  const check = async (round, killed) => {
    try {
      missing.push(await gapOf(round, await killed));
    } catch (error) {
      failed += 1;
      console.log(`  FAIL  kill ${round}: ${error.stack}`);
    }
  };
  // What is left of a program is looked at while the next one starts.
  let checked;
  for (let round = 0; round < count; round += 1) {
    const killed = killOnce();
    await Promise.allSettled([killed, checked]);
    checked = check(round, killed);
  }
  await checked;
  missing.sort((a, b) => a - b);
  console.log(
    `  missing at the end, ms: median ${missing[missing.length >> 1]?.toFixed(1)}, worst ${missing.at(-1)?.toFixed(1)}`,
  );
  return { passed: count - failed, failed };
}

/** @returns {Promise<{ cwd: string, ended: Promise<{ signal: string|null, stderr: string }> }>} where the program was, and how its recorder ends */
async function killOnce() {
  const cwd = workspaceOf('kill', { 'app.mjs': PROGRAM });
  const progress = join(cwd, 'progress');
  const recorder = spawn(intellimapBin(), ['run', '--', process.execPath, 'app.mjs'], {
    cwd,
    env: cleanEnvironment({ PROGRESS: progress }),
    stdio: ['ignore', 'ignore', 'pipe'],
  });
  let stderr = '';
  recorder.stderr.on('data', (chunk) => (stderr += chunk));
  const ended = new Promise((done) => recorder.on('close', (_code, signal) => done({ signal, stderr })));
  const pid = await programPid(cwd);
  await sleep(Math.random() * 1500);
  process.kill(pid, 'SIGKILL');
  return { cwd, ended };
}

/** @returns {Promise<number>} ms between the last step that the program knows of and the last recorded one */
async function gapOf(round, { cwd, ended }) {
  const { signal, stderr } = await ended;
  assert.equal(signal, 'SIGKILL', `the recorder ends as its program did; ${stderr}`);

  const [{ id, complete, damaged, hits, certain }] = await query(cwd, FACTS);
  assert.equal(complete, false, 'the run says that it was cut off');
  assert.equal(damaged, 0, `segments of ${id} verify`);
  const times = readProgress(join(cwd, 'progress'));
  const n = times.length;
  assert.ok(hits <= n + 1, `no step is invented: ${hits} of ${n}`);
  // By the program's own clock: from the end of the last step that is in the recording (or of the first one) to that of the last one.
  const gap = hits >= n ? 0 : (times[n - 1] - times[Math.max(0, hits - 1)]) / 1000;
  assert.ok(gap <= LIMIT_MS, `${gap.toFixed(1)} ms missing (round ${round}: ${hits} of ${n} steps)`);

  const { startedMicros } = JSON.parse(
    readFileSync(join(cwd, '.intellimap', 'runs', id, 'run.json'), 'utf8'),
  );
  const claimed = startedMicros + (certain ?? 0);
  const known = times.filter((time) => time <= claimed).length;
  assert.ok(hits >= known, `what is said to be certain is there: ${hits} of ${known} steps up to then`);
  return gap;
}

/** Waits until the program's first step; its pid is in the recording's thread folder names. */
async function programPid(cwd) {
  for (let tries = 0; tries < 400; tries += 1) {
    await sleep(25);
    try {
      const runs = join(cwd, '.intellimap', 'runs');
      const [id] = readdirSync(runs);
      const [thread] = readdirSync(join(runs, id, 'threads'));
      if (readProgress(join(cwd, 'progress')).length > 0) return Number(thread.split('-')[0]);
    } catch {
      // Not there yet.
    }
  }
  throw new Error('the program did not start');
}

/** @returns {number[]} when each step ended, µs */
function readProgress(file) {
  const bytes = readFileSync(file);
  return Array.from({ length: Math.floor(bytes.length / 16) }, (_, index) =>
    bytes.readDoubleLE(16 * index + 8),
  );
}
