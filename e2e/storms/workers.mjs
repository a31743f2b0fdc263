/** Threads: the recorder's own end in the middle, those of the program come and go. */
import assert from 'node:assert/strict';
import { execute, intellimapBin, query } from '../_consumer.mjs';
import { MURDER } from './murder.mjs';
import { both, folder } from './program.mjs';

/** @param scale how much is to be done: storms.mjs */
export const workerCases = (scale) => ({
  async 'the threads of the recorder end in the middle: the program goes on at once'() {
    const cwd = folder({
      'murder.cjs': MURDER,
      'worker.cjs': `
        const { workerData } = require('node:worker_threads');
        const state = new Int32Array(workerData);
        function inWorker(n) { return n + 1; }
        let worst = 0;
        Atomics.store(state, 0, 1);
        Atomics.notify(state, 0);
        for (let last = Date.now(); state[1] === 0; last = Date.now()) {
          for (let i = 0; i < 1000; i++) inWorker(i);
          worst = Math.max(worst, Date.now() - last);
        }
        state[2] = worst;`,
      'app.cjs': `
        const { endOwnThreads } = require('./murder.cjs');
        const { Worker } = require('node:worker_threads');
        const state = new Int32Array(new SharedArrayBuffer(12));
        function add(a, b) { return a + b; }
        const worker = new Worker('./worker.cjs', { workerData: state.buffer });
        Atomics.wait(state, 0, 0, 20000);
        let worst = 0;
        let x = 0;
        const spin = (ms) => {
          const start = Date.now();
          for (let last = start; last - start < ms; ) {
            for (let i = 0; i < 1000; i++) x = add(x, i) & 1;
            const now = Date.now();
            worst = Math.max(worst, now - last);
            last = now;
          }
        };
        spin(100);
        const ended = endOwnThreads([worker]);
        spin(700);
        state[1] = 1;
        worker.on('exit', (code) => {
          spin(100);
          console.log('worker ended with', code);
          console.error(JSON.stringify({ ended, worst, worstInWorker: state[2] }));
          const leaving = Date.now();
          process.on('exit', () => console.error('exit'));
          process.exitCode = 7;
        });`,
    });
    const { plain, recorded } = await both(cwd);
    assert.equal(plain.code, 7);
    const told = JSON.parse(/^\{"ended.*$/m.exec(recorded.stderr)[0]);
    assert.ok(told.ended > 0, 'threads of the recorder were found');
    assert.ok(told.worst < 500 && told.worstInWorker < 500, `it stood still: ${JSON.stringify(told)}`);
    const [run] = await query(cwd, 'select complete, certain_until_us from runs');
    assert.equal(run.complete, false);
    const { stdout } = await execute(intellimapBin(), ['report'], { cwd });
    assert.match(stdout, /not complete: 2 threads cut off/);
    console.log(`        stood still for ${told.worst} ms, its worker ${told.worstInWorker} ms`);
  },
  async 'workers, one after the other: all are recorded, memory and files stay what they were'() {
    const all = scale.workers;
    const cwd = folder({ 'worker.cjs': COUNTING, 'app.cjs': ONE_BY_ONE });
    const calls = callsOfEach(all);
    const { plain, recorded } = await both(cwd, { args: [String(calls), String(all)], timeout: 3_000_000 });
    const use = (result) => JSON.parse(/^\{"warm.*$/m.exec(result.stderr)[0]);
    const [before, after] = [use(plain), use(recorded)];
    console.log(
      `        ${all} workers: ${mib(after.warm)} after the first ${after.warm.workers}, ${mib(after.end)} at the end, ` +
        `${after.end.ms} ms each (plain ${mib(before.warm)}, ${mib(before.end)}, ${before.end.ms} ms)`,
    );
    assert.deepEqual(await facts(cwd, 'work'), {
      complete: true,
      lost: 0,
      threads: all + 1,
      hits: all * calls,
    });
    assert.ok(after.end.files <= after.warm.files + 8, 'files are closed');
    // V8 does not collect at once what the program's own thread keeps of each worker, plain or recorded.
    const own = Math.max(0, before.end.rss - before.warm.rss);
    assert.ok(after.end.rss - own <= after.warm.rss * MEMORY_GROWTH, 'memory grows with workers that ended');
  },
  async 'workers by the dozen, again and again: all are recorded, memory is that of one round'() {
    const { atOnce } = scale;
    const rounds = 3;
    const cwd = folder({ 'worker.cjs': COUNTING, 'app.cjs': ROUNDS });
    const calls = callsOfEach(atOnce * rounds);
    const args = [String(calls), String(atOnce), String(rounds)];
    const { plain, recorded } = await both(cwd, { args, timeout: 600_000 });
    const use = (result) => JSON.parse(/^\[\{.*$/m.exec(result.stderr)[0]);
    const after = use(recorded);
    console.log(
      `        ${atOnce} at once: ${after.map(mib).join(', ')} after each round (plain ${use(plain).map(mib).join(', ')})`,
    );
    assert.deepEqual(await facts(cwd, 'work'), {
      complete: true,
      lost: 0,
      threads: atOnce * rounds + 1,
      hits: atOnce * rounds * calls,
    });
    assert.ok(after.at(-1).rss <= after[0].rss * MEMORY_GROWTH, 'memory grows with each round');
  },
  async 'workers that end in all ways: no call of one stands in the recording of another'() {
    const files = { 'app.cjs': ALL_WAYS };
    const all = Math.min(scale.workers, 60);
    for (let n = 0; n < all; n++) files[`worker${n}.cjs`] = ONE_OF_MANY.replaceAll('mine', `mine${n}`);
    const cwd = folder(files);
    const { plain } = await both(cwd, { args: [String(all)] });
    const truth = JSON.parse(plain.stdout);
    const rows = await query(
      cwd,
      `select thread_id, name, count(*)::int as calls from calls join functions using (function_id)
       where name like 'mine%' group by all`,
    );
    const owners = new Map();
    for (const { thread_id, name } of rows) owners.set(thread_id, [...(owners.get(thread_id) ?? []), name]);
    assert.deepEqual(
      [...owners.values()].filter((names) => names.length > 1),
      [],
      'a thread has calls of one function only',
    );
    assert.equal(
      new Set(rows.map(({ name }) => name)).size,
      rows.length,
      'a function runs in one thread only',
    );
    const hits = Object.fromEntries(
      (
        await query(
          cwd,
          `select name, hits::int as hits from nodes_runtime join functions using (ast_node_id) where name like 'mine%'`,
        )
      ).map((row) => [row.name, row.hits]),
    );
    const [{ lost, damaged }] = await query(
      cwd,
      'select events_lost::int as lost, (select sum(damaged)::int from segments) as damaged from runs',
    );
    assert.deepEqual({ lost, damaged }, { lost: 0, damaged: 0 });
    // Who was stopped in a storm had made so many before; nobody knows how far one came that was stopped while it began.
    for (const { n, calls, way } of truth) {
      const found = hits[`mine${n}`] ?? 0;
      const isRight = way === 'early' ? found <= calls : way === 'storm' ? found >= calls : found === calls;
      assert.ok(isRight, `worker ${n} (${way}): ${found} calls of ${calls}`);
    }
    console.log(`        ${rows.length} of ${all} workers recorded calls`);
  },
});

/** What a process may have grown by since it was warm: allocators leave holes. Rings that are not used again make it 1.5 to 4 times as large. */
const MEMORY_GROWTH = 1.35;

const mib = ({ rss }) => `${rss >> 10} MiB`;

/** Calls of each worker: so many of few workers that their rings fill, and not more of many than can be read back soon. */
const callsOfEach = (workers) => Math.min(400_000, Math.floor(10e6 / workers));

const COUNTING = `
const { parentPort, threadId } = require('node:worker_threads');
parentPort.postMessage(threadId);
function work(n) { return n + 1; }\nfor (let i = 0; i < Number(process.argv[2]); i++) work(i);`;

const USE = `
const { Worker } = require('node:worker_threads');
const { readdirSync } = require('node:fs');
const use = () => ({ rss: process.memoryUsage.rss() >> 10, files: readdirSync('/proc/self/fd').length });
const ids = [];
const one = () => new Promise((done, fail) => {
  const worker = new Worker('./worker.cjs', { argv: [process.argv[2]] });
  const { threadId } = worker;
  ids.push(threadId);
  worker.on('message', (own) => own === threadId || ids.push('not ' + own));
  worker.on('error', fail).on('exit', done);
});
// What was closed a second ago is let go.
const pause = () => new Promise((done) => setTimeout(done, 1200));
`;

const ONE_BY_ONE = `${USE}
const all = Number(process.argv[3]);
const warmAt = Math.min(100, Math.ceil(all / 4));
(async () => {
  let codes = 0;
  let warm;
  const began = Date.now();
  for (let n = 1; n <= all; n++) {
    codes += await one();
    if (n === warmAt) warm = { ...use(), workers: n };
  }
  const ms = Math.round((Date.now() - began) / all);
  await pause();
  console.log('codes', codes, 'threads', ids.join());
  console.error(JSON.stringify({ warm, end: { ...use(), ms } }));
})();`;

const ROUNDS = `${USE}
const [atOnce, rounds] = process.argv.slice(3).map(Number);
(async () => {
  const uses = [];
  let codes = 0;
  for (let round = 0; round < rounds; round++) {
    for (const code of await Promise.all(Array.from({ length: atOnce }, one))) codes += code;
    uses.push(use());
    await pause();
  }
  console.log('codes', codes, 'threads', ids.join());
  console.error(JSON.stringify(uses));
})();`;

/** Calls its own function so often, and says so; or until it is stopped. */
const ONE_OF_MANY = `
const { parentPort, workerData: { calls, way } } = require('node:worker_threads');
function mine(n) { return n & 7; }
function runs(times) { for (let i = 0; i < times; i++) mine(i); }
runs(calls);
if (way === 'throw') throw new Error('of its own');
if (way === 'exit') process.exit(3);
if (way === 'storm') { parentPort.postMessage('at work'); for (;;) { runs(1000); Atomics.wait(new Int32Array(new SharedArrayBuffer(4)), 0, 0, 2); } }
`;

/** Some workers at a time: most end by themselves, one in the middle of a storm, one while it starts. */
const ALL_WAYS = `
const { Worker } = require('node:worker_threads');
const all = Number(process.argv[2]);
const WAYS = ['end', 'throw', 'end', 'storm', 'exit', 'early', 'end'];
const one = (n) => new Promise((done) => {
  const way = WAYS[n % WAYS.length];
  // Every ninth one leaves its first chunk; some call nothing at all.
  const calls = n % 9 === 0 ? 90000 : n * 7 % 50;
  const worker = new Worker('./worker' + n + '.cjs', { workerData: { calls, way } });
  worker.on('error', () => {}).on('message', () => worker.terminate());
  if (way === 'early') setTimeout(() => worker.terminate(), n % 40);
  worker.on('exit', () => done({ n, calls, way }));
});
(async () => {
  const told = [];
  for (let n = 0; n < all; ) {
    const some = Array.from({ length: Math.min(1 + n % 4, all - n) }, () => one(n++));
    told.push(...(await Promise.all(some)));
  }
  console.log(JSON.stringify(told));
})();`;

/** How far a run is known, its threads, and how often a function ran. */
async function facts(cwd, name) {
  const [row] = await query(
    cwd,
    `
    select complete, events_lost::int as lost, (select count(*)::int from threads) as threads,
      (select hits::int from nodes_runtime join functions using (ast_node_id) where name = '${name}') as hits from runs`,
  );
  return row;
}
