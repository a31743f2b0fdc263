/**
 * Whatever happens to the recorder, the program never crashes nor hangs and behaves as without it; what is lost is counted, or the
 * recording says that it is not complete.
 */
import assert from 'node:assert/strict';
import { spawn, spawnSync } from 'node:child_process';
import { existsSync, mkdirSync, mkdtempSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { parseArgs } from 'node:util';
import { pathToFileURL } from 'node:url';
import { cleanEnvironment, consumer, execute, intellimapBin, query } from './_consumer.mjs';

export const ci = true;

/** What `run` is asked for: how much is to be done. */
let scale = { workers: 0, millions: 0, depth: 0 };

/** Process groups that run: a case that fails leaves none behind. */
const groups = new Set();
/** Small disks. */
const mounts = new Set();

/** Ends all threads that the recorder has in the process, from within: a debugger's session finds the objects of any class. */
const MURDER = `// intellimap-ignore-file
const { Session } = require('node:inspector');
const { Worker } = require('node:worker_threads');
exports.endOwnThreads = (spared = []) => {
  globalThis.storm = { prototype: Worker.prototype };
  const session = new Session();
  session.connect();
  const post = (method, parameters) => {
    let answer;
    session.post(method, parameters, (error, result) => { if (error) throw error; answer = result; });
    return answer;
  };
  const { result } = post('Runtime.evaluate', { expression: 'storm.prototype' });
  const { objects } = post('Runtime.queryObjects', { prototypeObjectId: result.objectId });
  post('Runtime.callFunctionOn', {
    objectId: objects.objectId,
    functionDeclaration: 'function () { storm.found = [...this]; }',
  });
  session.disconnect();
  // The thread of Node's own loader hooks is of a class below.
  const own = storm.found.filter(
    (each) =>
      Object.getPrototypeOf(each) === Worker.prototype &&
      Object.getOwnPropertySymbols(each).some((key) => String(key) === 'Symbol(kHandle)') &&
      !spared.includes(each),
  );
  for (const worker of own) worker.terminate();
  return own.length;
};
`;

const cases = {
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
  async 'workers, one after the other and some at a time: all are recorded, nothing is left behind'() {
    const cwd = folder({
      'worker.cjs': `function work(n) { return n + 1; }\nfor (let i = 0; i < 10; i++) work(i);`,
      'app.cjs': `
        const { Worker } = require('node:worker_threads');
        const { readdirSync } = require('node:fs');
        const all = Number(process.argv[2]);
        const use = () => ({ rss: process.memoryUsage.rss() >> 10, files: readdirSync('/proc/self/fd').length });
        const one = () => new Promise((done, fail) =>
          new Worker('./worker.cjs').on('error', fail).on('exit', (code) => done(code)));
        (async () => {
          let codes = 0;
          let warm;
          for (let n = 0; n < all; ) {
            const some = n % 12 < 8 ? 1 : Math.min(4, all - n);
            for (const code of await Promise.all(Array.from({ length: some }, one))) codes += code;
            n += some;
            if (warm === undefined && n >= all / 3) warm = use();
          }
          // What was closed a second ago is let go.
          await new Promise((done) => setTimeout(done, 1500));
          console.log('codes', codes);
          console.error(JSON.stringify({ warm, end: use() }));
        })();`,
    });
    const { plain, recorded } = await both(cwd, { args: [String(scale.workers)], timeout: 3_000_000 });
    const use = (result) => JSON.parse(/^\{"warm.*$/m.exec(result.stderr)[0]);
    const before = use(plain);
    const after = use(recorded);
    const growth = ({ warm, end }) => (end.rss - warm.rss) / ((scale.workers * 2) / 3);
    console.log(
      `        ${scale.workers} workers: growth a worker ${growth(after).toFixed(1)} KiB (plain ${growth(before).toFixed(1)}), ` +
        `${after.end.rss >> 10} MiB (plain ${before.end.rss >> 10}), ${after.end.files} open files (plain ${before.end.files})`,
    );
    const [facts] = await query(
      cwd,
      `
      select complete, events_lost::int as lost, (select count(*)::int from threads) as threads,
        (select hits::int from nodes_runtime join functions using (ast_node_id) where name = 'work') as hits from runs`,
    );
    assert.deepEqual(facts, {
      complete: true,
      lost: 0,
      threads: scale.workers + 1,
      hits: scale.workers * 10,
    });
    assert.ok(after.end.files <= after.warm.files + 8, 'files are closed');
    // Known (docs/open.md): rings of workers that ended are collected late, if ever: only told, so far.
    if (growth(after) > growth(before) + 64)
      console.log('        KNOWN: memory grows with workers that ended');
  },
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
  async 'policy drop: recorded and lost are what happened'() {
    const cwd = folder({
      'app.cjs': `
        function storm(n) { return n & 7; }
        let x = 0;
        for (let i = 0; i < 4e6; i++) x += storm(i);
        console.log(x);`,
    });
    await both(cwd, { options: ['--policy', 'drop'] });
    const [{ complete, lost, words, calls, gaps }] = await query(
      cwd,
      `
      select complete, events_lost::int as lost, (events + 2 * events_timed)::int as words, calls_total::int as calls,
        (select sum(gaps)::int from threads) as gaps from runs`,
    );
    await both(cwd);
    const [truth] = await query(
      cwd,
      `
      select complete, events_lost::int as lost, (events + 2 * events_timed)::int as words, calls_total::int as calls from runs`,
    );
    assert.deepEqual([truth.complete, truth.lost, truth.calls], [true, 0, 4e6 + 1]);
    console.log(`        lost ${lost} of ${truth.words} words, ${calls} calls are left`);
    assert.ok(lost > 0, 'the drain was late, at least while it started');
    // An event each tells of a loss.
    assert.equal(words - gaps + lost, truth.words);
    assert.equal(complete, false);
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
        for (let i = 0; i < 30; i++) for (const dive of [() => down(0), () => new Deep().down(0), () => arrow(0)])
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
          for (let i = 0; i < 10; i++) { for (let k = 0; k < 50000; k++) down(0); down(400000); }
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
  async 'the disk fills up in the middle'() {
    const cwd = folder({
      'app.cjs': `
        let x = 1;
        const a = (n) => { x ^= x << 13; x ^= x >>> 17; x ^= x << 5; return n; };
        function b(n) { return a(n) + 1; }
        function c(n) { return (x & 2 ? a : b)(n); }
        for (let i = 0; i < 25e5; i++) (x & 1 ? b : c)(i);
        console.log(x);
        process.exitCode = 3;`,
    });
    const disk = join(cwd, '.intellimap');
    mkdirSync(disk);
    if (spawnSync('mount', ['-t', 'tmpfs', '-o', 'size=1m', 'tmpfs', disk]).status !== 0) {
      console.log('        (no right to mount a small disk here)');
      return;
    }
    mounts.add(disk);
    const command = [process.execPath, 'app.cjs'];
    const plain = await ends(start(command, cwd));
    const recorded = await ends(start([intellimapBin(), 'run', '--', ...command], cwd));
    assert.deepEqual([recorded.code, recorded.stdout], [plain.code, plain.stdout], recorded.stderr);
    assert.match(recorded.stderr, /disk is full|no space|not complete/i);
  },
  async 'clocks that the program fakes, and a wall clock that is set back: times are right'() {
    const cwd = folder({
      // Of every process, the recorder included.
      'wall.cjs': `const now = Date.now; const began = now(); Date.now = () => now() - (now() - began > 300 ? 3.6e6 : 0);`,
      'app.cjs': `
        const { performance } = require('node:perf_hooks');
        const really = setTimeout;
        let t = 0;
        const jump = () => (t += t % 3 ? -1e7 : 2e7);
        globalThis.Date = class extends Date { static now() { return jump(); } };
        performance.now = jump;
        process.hrtime = Object.assign(() => [jump(), 0], { bigint: () => BigInt(jump()) });
        globalThis.setTimeout = globalThis.setImmediate = globalThis.queueMicrotask = undefined;
        async function waits(n) { await new Promise((done) => really(done, 5)); return works(n); }
        function works(n) { return n + 1; }
        (async () => { for (let i = 0; i < 100; i++) await waits(i); console.log('done'); })();`,
    });
    await both(cwd, { env: { NODE_OPTIONS: `--require ${join(cwd, 'wall.cjs')}` } });
    const [facts] = await query(
      cwd,
      `
      select complete, duration_ms, (select min(start_us) from threads) as first, (select max(end_us) from threads) as last,
        (select count(*)::int from calls join functions using (function_id) where name = 'waits') as waits,
        (select min(start_us) from calls) as least, (select max(end_us) from calls) as most,
        (select min(end_us - start_us) from calls) as shortest from runs`,
    );
    assert.equal(facts.complete, true, JSON.stringify(facts));
    assert.equal(facts.waits, 100);
    assert.ok(
      facts.least >= 0 && facts.shortest >= 0 && facts.most <= facts.last + 1000,
      JSON.stringify(facts),
    );
    assert.ok(facts.last - facts.first > 400_000 && facts.last - facts.first < 60e6, JSON.stringify(facts));
    assert.ok(facts.duration_ms > 0, `the run lasted ${facts.duration_ms} ms`);
  },
  async 'processes that fork processes, with a budget each: all end, and the budgets hold'() {
    const BYTES = 20_000;
    const all = (3 ** (scale.depth + 1) - 1) / 2;
    const cwd = folder({
      'app.cjs': `
        const { fork } = require('node:child_process');
        const { existsSync } = require('node:fs');
        const depth = Number(process.argv[2] ?? 0);
        let x = process.pid;
        const a = (n) => { x ^= x << 13; x ^= x >>> 17; x ^= x << 5; return n; };
        function b(n) { return a(n) + 1; }
        const children = depth < ${scale.depth} ? [1, 2, 3].map(() => fork(__filename, [String(depth + 1)])) : [];
        const nap = new Int32Array(new SharedArrayBuffer(4));
        while (!existsSync('go')) Atomics.wait(nap, 0, 0, 100);
        for (const end = Date.now() + 300; Date.now() < end; ) { for (let i = 0; i < 20000; i++) (x & 1 ? a : b)(i); Atomics.wait(nap, 0, 0, 1); }
        let ended = 0;
        for (const child of children) child.on('exit', (code) => { if (code !== 4) console.log('child', code); if (++ended === 3 && depth === 0) console.log('all'); });
        process.exitCode = 4;`,
    });
    const running = start([intellimapBin(), 'run', '--no-summary', '--', process.execPath, 'app.cjs'], cwd);
    const { attach } = await import(
      pathToFileURL(join(consumer(), 'node_modules', 'intellimap', 'dist', 'runtime', 'index.js')).href
    );
    let known = 0;
    for (let tries = 0; known < all; tries++) {
      assert.ok(tries < 300, `${known} of ${all} processes can be steered`);
      await sleep(100);
      known = await Promise.resolve()
        .then(() => attach({ root: cwd }).setLimits({ bytes: BYTES, seconds: 60 }))
        .then(
          (states) => states.length,
          () => 0,
        );
    }
    writeFileSync(join(cwd, 'go'), '');
    const { code, stdout, stderr } = await ends(running);
    assert.deepEqual([code, stdout], [4, 'all\n'], stderr);
    const rows = await query(
      cwd,
      `
      select pid, sum(bytes)::int as bytes from segments join threads using (run_id, thread_id) group by pid order by bytes`,
    );
    assert.equal(rows.length, all);
    console.log(`        ${rows[0].bytes} to ${rows.at(-1).bytes} bytes of ${BYTES}`);
    // A drain that gets no processor for a while finds up to a ring of words at its next look.
    assert.ok(rows.at(-1).bytes < BYTES + 300_000);
    const stopped = await query(
      cwd,
      "select distinct pid from gate_changes join threads using (run_id, thread_id) where reason like 'limit bytes%'",
    );
    assert.ok(stopped.length > 0, 'budgets were exceeded');
    const beyond = rows.filter(({ bytes }) => bytes > BYTES * 1.5).map(({ pid }) => pid);
    assert.ok(
      beyond.every((pid) => stopped.some((each) => each.pid === pid)),
      'recording stopped beyond the budget',
    );
  },
  async 'the program is stopped for a while, and goes on: nothing is lost'() {
    const { cwd, running, pid } = await endless();
    for (let i = 0; i < 3; i++) {
      process.kill(pid, 'SIGSTOP');
      await sleep(400);
      process.kill(pid, 'SIGCONT');
      await sleep(50);
    }
    writeFileSync(join(cwd, 'stop'), '');
    const { code, stdout, stderr } = await ends(running);
    assert.equal(code, 5, stderr);
    assert.deepEqual(await steps(cwd), { complete: true, lost: 0, hits: Number(stdout) });
  },
  async 'the recorder is killed in a storm: the program goes on to its end'() {
    const { cwd, running, pid } = await endless();
    running.child.kill('SIGKILL');
    await sleep(300);
    assert.ok(existsSync(`/proc/${pid}`), 'the program runs');
    writeFileSync(join(cwd, 'stop'), '');
    // Its output is a pipe that the program holds, too.
    const { stdout } = await ends(running);
    assert.deepEqual(await steps(cwd), { complete: false, lost: 0, hits: Number(stdout) });
  },
};

/** A storm that lasts until there is a file `stop`. */
async function endless() {
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

async function steps(cwd) {
  const [row] = await query(
    cwd,
    `
    select complete, events_lost::int as lost,
      (select hits::int from nodes_runtime join functions using (ast_node_id) where name = 'step') as hits from runs`,
  );
  return row;
}

/** A project with these files. */
function folder(files) {
  const cwd = mkdtempSync(join(consumer(), 'storm-'));
  writeFileSync(join(cwd, 'package.json'), '{ "name": "stormy", "private": true }');
  for (const [name, text] of Object.entries(files)) writeFileSync(join(cwd, name), text);
  return cwd;
}

/** Runs `app.cjs`, plain and recorded: the same output and exit code. */
async function both(cwd, { args = [], env = {}, timeout = 120_000, options = [] } = {}) {
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
function start([command, ...args], cwd, env = {}) {
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

async function ends({ child, ended, result }, timeout = 60_000) {
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

function cleanUp() {
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

/** @param {string[]} argv parts of cases' names; `--workers <n>`, `--millions <n>` calls of a storm's thread, `--depth <n>` of processes */
export async function run(argv) {
  const { values, positionals } = parseArgs({
    args: argv,
    allowPositionals: true,
    options: {
      workers: { type: 'string', default: '40' },
      millions: { type: 'string', default: '2' },
      depth: { type: 'string', default: '2' },
    },
  });
  scale = {
    workers: Number(values.workers),
    millions: Number(values.millions),
    depth: Number(values.depth),
  };
  consumer();
  const counts = { passed: 0, failed: 0 };
  for (const [name, body] of Object.entries(cases)) {
    if (positionals.length > 0 && !positionals.some((part) => name.includes(part))) continue;
    const began = performance.now();
    try {
      await body();
      counts.passed += 1;
      console.log(`  ok    ${name}  (${((performance.now() - began) / 1000).toFixed(1)} s)`);
    } catch (error) {
      counts.failed += 1;
      console.log(`  FAIL  ${name}\n${error.stack}`);
    } finally {
      cleanUp();
    }
  }
  return counts;
}
