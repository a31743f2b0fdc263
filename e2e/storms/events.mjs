/** Events as fast as they come, and stacks as deep as they get. */
import assert from 'node:assert/strict';
import { availableParallelism } from 'node:os';
import { query } from '../_consumer.mjs';
import { both, folder } from './program.mjs';

/** @param scale how much is to be done: storms.mjs */
export const eventCases = (scale) => ({
  async 'storms in three threads at once: nothing is lost'() {
    const calls = scale.millions * 1e6;
    const cwd = folder({
      'app.cjs': `
        const { Worker, isMainThread } = require('node:worker_threads');
        function storm(n) { return n & 7; }
        function all() { let x = 0; for (let i = 0; i < ${calls}; i++) x += storm(i); return x; }
        if (isMainThread) for (let i = 0; i < 2; i++) new Worker(__filename).on('exit', (code) => console.log(code));
        const x = all();
        if (isMainThread) console.log(x);`,
    });
    await both(cwd, { timeout: 600_000 });
    const facts = await query(
      cwd,
      `
      select complete, t.events_lost::int as lost, t.calls::int as calls from runs, threads t order by tid`,
    );
    // The module, all, and those of storm; two listeners on the main thread.
    const each = { complete: true, lost: 0, calls: calls + 2 };
    assert.deepEqual(facts, [{ ...each, calls: calls + 4 }, each, each]);
  },
  async 'the densest storm there is, on all processors: with policy wait nothing is lost, with drop it is counted to the word'() {
    const cwd = folder({ 'app.cjs': DENSE });
    const words = {};
    for (const policy of ['wait', 'drop']) {
      const rounds = scale.millions * (policy === 'wait' ? 100_000 : 1_000_000);
      const args = [String(rounds), String(availableParallelism())];
      const { plain, recorded } = await both(cwd, { args, options: ['--policy', policy], timeout: 600_000 });
      const [facts] = await query(cwd, WORDS);
      const calls = Number(/calls (\d+)/.exec(plain.stdout)[1]);
      const ms = Number(/ms (\d+)/.exec(recorded.stderr)[1]);
      words[policy] = { ...facts, calls };
      console.log(
        `        ${policy}: ${(calls / 1e6).toFixed(0)} million calls, ${((calls * 2 * BYTES_A_WORD) / ms / 1e6).toFixed(2)} GB/s of words, ${facts.lost} of ${facts.words - facts.gaps + facts.lost} lost`,
      );
    }
    const { wait, drop } = words;
    assert.deepEqual([wait.complete, wait.lost, wait.gaps, wait.hits], [true, 0, 0, wait.calls]);
    // Two words a call, and those of modules, loops and listeners around them.
    const around = wait.words - 2 * wait.calls;
    assert.ok(around >= 0 && around < 200, JSON.stringify(wait));
    assert.ok(drop.lost > 0, 'the drain was late');
    // An event each tells of a loss.
    assert.equal(drop.words - drop.gaps + drop.lost, 2 * drop.calls + around);
    assert.equal(drop.complete, false);
    assert.ok(drop.hits < drop.calls && drop.hits * 2 + drop.lost >= 2 * drop.calls, JSON.stringify(drop));
  },
  async 'what a thread waits for the recorder is no time of its functions: they take what it had of a processor, or waited for one'() {
    const cwd = folder({ 'app.cjs': BURST });
    const { recorded } = await both(cwd, {
      args: [String(scale.millions * 12)],
      env: { INTELLIMAP_CHUNK_WORDS: String(1 << 16) },
      timeout: 600_000,
    });
    const { wall, cpu, queued } = JSON.parse(recorded.stderr);
    const [{ self, fib, later, stalled, busy, task, held, rows }] = await query(cwd, BURST_TIMES);
    const told = JSON.stringify({ wall, cpu, queued, self, fib, later, stalled, busy, task, held, rows });
    console.log(
      `        ${wall.toFixed(0)} ms: ${self.toFixed(0)} of functions, ${stalled.toFixed(0)} waiting for the recorder; ${cpu.toFixed(0)} of a processor`,
    );
    // The recorder takes several times as long for a call as the program.
    assert.ok(stalled > 0.2 * wall, told);
    // Nothing is missing, nothing is told twice.
    assert.ok(Math.abs(self + stalled - wall) < 0.05 * wall + 50, told);
    // Blocked, it does nothing.
    assert.ok(self < 1.1 * (cpu + queued) + 50, told);
    assert.ok(self > 0.5 * cpu, told);
    // Whatever else has times: the whole of an async call, its task, what held the event loop, rows of calls.
    for (const each of [fib, later, busy, task, held, rows]) assert.ok(each < 1.1 * self + 50, told);
  },
  async 'the stack overflows again and again: the same behaviour, the calls are right'() {
    const cwd = folder({
      'app.cjs': `
        const { Worker, isMainThread } = require('node:worker_threads');
        let count = 0;
        function down(n) { count++; return down(n + 1) + 1; }
        class Deep { down(n) { count++; const x = this.down(n + 1); return x; } }
        const arrow = (n) => { count++; try { return arrow(n + 1); } finally { n = 0; } };
        const names = new Map();
        for (let i = 0; i < 12; i++) for (const dive of [() => down(0), () => new Deep().down(0), () => arrow(0)])
          try { dive(); } catch (error) { names.set(error.name, (names.get(error.name) ?? 0) + 1); }
        console.log(names);
        console.error('count ' + count);`,
    });
    const { recorded } = await both(cwd);
    const [facts] = await query(
      cwd,
      `
      select complete, events_lost::int as lost, orphans::int as orphans, (select sum(calls_open)::int from threads) as open,
      (select sum(hits)::int from nodes_runtime join functions using (ast_node_id) where name in ('down', 'Deep.down', 'arrow')) as hits
      from runs`,
    );
    assert.deepEqual(facts, {
      complete: true,
      lost: 0,
      orphans: 0,
      open: 0,
      hits: Number(/count (\d+)/.exec(recorded.stderr)[1]),
    });
  },
  async 'a stack deeper than the ring: what does not fit is counted'() {
    const cwd = folder({
      'app.cjs': `
        const { Worker, isMainThread } = require('node:worker_threads');
        if (isMainThread) new Worker(__filename, { resourceLimits: { stackSizeMb: 200 } }).on('exit', (code) => console.log(code));
        else {
          let count = 0;
          function down(n) { count++; if (n > 0) down(n - 1); }
          for (let i = 0; i < 2; i++) { for (let k = 0; k < 50000; k++) down(0); down(400000); }
          console.log(count);
        }`,
    });
    const { plain } = await both(cwd);
    const count = Number(plain.stdout.split('\\n')[0].split('\n')[0]);
    const [facts] = await query(
      cwd,
      `
      select complete, t.events_lost::int as lost, (t.events)::int as words, t.calls::int as calls,
        (select hits::int from nodes_runtime join functions using (ast_node_id) where name = 'down') as hits
      from runs, threads t where tid > 0`,
    );
    console.log(`        ${JSON.stringify(facts)} of ${count} calls`);
    if (facts.complete) assert.equal(facts.hits, count);
    assert.ok(facts.hits <= count, 'no call is invented');
    assert.ok(facts.words + facts.lost >= 2 * count, 'what is missing is counted');
  },
});

const BYTES_A_WORD = 4;

/** Words of a run, and how often the function of the storm ran. */
/** Calls upon calls, plain and after an `await`; tells its times, and what the thread had of a processor and waited for one, in ms. */
const BURST = `
const { readFileSync } = require('node:fs');
const rounds = Number(process.argv[2]);
function fib(n) { return n < 2 ? n : fib(n - 1) + fib(n - 2); }
function burst() { let sum = 0; for (let i = 0; i < rounds; i++) sum += fib(24); return sum; }
async function later() { await null; return burst(); }
const processor = () => readFileSync('/proc/thread-self/schedstat', 'utf8').split(' ').map((ns) => ns / 1e6);
const began = performance.now();
const [cpuBefore, queuedBefore] = processor();
console.log(burst());
later().then((sum) => {
  const [cpu, queued] = processor();
  console.log(sum);
  console.error(JSON.stringify({ wall: performance.now() - began, cpu: cpu - cpuBefore, queued: queued - queuedBefore }));
});`;

/** In ms. Stalls of the start and of the end, when nothing of the program runs, are in no task. */
const BURST_TIMES = `
  select (select sum(self_ms) from nodes_runtime) as self,
    (select total_ms from nodes_runtime join functions using (ast_node_id) where name = 'fib') as fib,
    (select total_ms from nodes_runtime join functions using (ast_node_id) where name = 'later') as later,
    (select sum(stalled_ms) from tasks) as stalled,
    (select sum(busy_ms) from tasks) as busy,
    (select max(duration_ms) from tasks) as task,
    (select max(duration_us) / 1000 from pauses where kind = 'loop') as held,
    (select sum(self_us) / 1000 from calls) as rows`;

const WORDS = `
  select complete, events_lost::bigint::double as lost, (events + 2 * events_timed)::double as words,
    (select sum(gaps)::int from threads) as gaps,
    (select hits::double from nodes_runtime join functions using (ast_node_id) where name = 'nothing') as hits from runs`;

/** Calls of an empty function, in as many threads as there are processors, which begin together: two words in a few instructions. */
const DENSE = `
const { Worker, isMainThread, workerData } = require('node:worker_threads');
const [rounds, threads] = process.argv.slice(2).map(Number);
const state = isMainThread ? new Int32Array(new SharedArrayBuffer(4)) : new Int32Array(workerData);
function nothing() {}
function dense(times) {
  for (let i = 0; i < times; i++) {
    nothing(); nothing(); nothing(); nothing(); nothing(); nothing(); nothing(); nothing();
    nothing(); nothing(); nothing(); nothing(); nothing(); nothing(); nothing(); nothing();
  }
}
let running = threads;
const ended = () => {
  if (--running === 0) console.error('ms', Math.max(1, Math.round(performance.now() - began)));
};
if (isMainThread) for (let n = 1; n < threads; n++) new Worker(__filename, { workerData: state.buffer, argv: process.argv.slice(2) }).on('exit', ended);
Atomics.add(state, 0, 1);
Atomics.notify(state, 0);
for (let seen; (seen = Atomics.load(state, 0)) < threads; ) Atomics.wait(state, 0, seen);
const began = performance.now();
dense(rounds);
if (isMainThread) {
  console.log('calls', rounds * 16 * threads);
  ended();
}`;
