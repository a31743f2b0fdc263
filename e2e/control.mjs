/**
 * A recorded program is steered from other processes while it runs, its event loop stuck: traces, limits, the emergency stop. Whoever dies of
 * those who watch it, the program runs on, and to its end.
 */
import assert from 'node:assert/strict';
import { spawn } from 'node:child_process';
import { readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { createConnection } from 'node:net';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { runCases } from './_cases.mjs';
import {
  cleanEnvironment,
  execute,
  importInstalled,
  intellimapBin,
  query,
  workspaceOf,
} from './_consumer.mjs';

export const ci = true;
/** How soon a program obeys is measured in milliseconds. */
export const alone = true;

const median = (values) => values.toSorted((a, b) => a - b)[values.length >> 1];

/** Programs that run: a case that fails leaves none behind. */
const running = new Set();

/** Never gives its event loop a turn; says how often it went round. `stop` in its folder ends it. */
const SPINNING = `
const { existsSync } = require('node:fs');
class Cart { total(n) { return add(n, 1); } }
function add(a, b) { return a + b; }
function other(n) { return n; }
function once() {}
once();
const cart = new Cart();
let rounds = 0;
for (; !existsSync('stop'); rounds++) for (let i = 0; i < 2000; i++) { cart.total(i); other(i); }
console.log(JSON.stringify({ rounds }));
`;

/** Its event loop turns, then is stuck in a function until `stop` is there. */
const STUCK = `
const { existsSync } = require('node:fs');
function round(n) { return n + 1; }
let rounds = 0;
function stuck() { clearInterval(timer); while (!existsSync('stop')) rounds = round(rounds); console.log(JSON.stringify({ rounds })); }
const timer = setInterval(function tick() { round(1); }, 5);
setTimeout(stuck, 1500);
`;

/** Does little: a timer's function works for 20 ms, calls others that work for half a ms, and says how long each took. */
const IDLING = `
const took = { tick: [], long: [], short: [] };
const now = () => performance.now();
function busy(ms) { for (const end = now() + ms; now() < end; ); }
function long() { const t = now(); busy(20); took.long.push(now() - t); }
function short() { const t = now(); busy(0.5); took.short.push(now() - t); }
function tick() {
  const t = now();
  long();
  short();
  took.tick.push(now() - t);
  if (took.tick.length < 40) return;
  clearInterval(timer);
  console.log(JSON.stringify(took));
}
const timer = setInterval(tick, 190);
`;

/** How soon gates must be closed. */
const LIMIT_MS = 100;

const cases = {
  async 'the emergency stop closes all gates of a program in a busy loop'() {
    const program = await start('open');
    await sleep(300);
    const began = performance.now();
    const [state] = await program.runtime.emergencyStop('enough');
    const ms = performance.now() - began;
    assert.ok(ms < LIMIT_MS, `it took ${ms.toFixed(1)} ms`);
    assert.equal(state.stopped.reason, 'enough');
    assert.deepEqual([state.functions.open, state.functions.count], [0, 0]);
    // What was in the ring is still written down.
    await sleep(500);
    const [soon] = await program.runtime.status();
    await sleep(300);
    const [later] = await program.runtime.status();
    assert.equal(later.events, soon.events);
    const { rounds } = await program.end();
    const hits = Number(
      await program.ask(
        "select hits from nodes_runtime join functions using (ast_node_id) where name = 'other'",
      ),
    );
    assert.ok(hits > 0 && hits < rounds * 2000, `${hits} of ${rounds * 2000}`);
  },
  async 'a trace opens its functions, and only them; all others are counted exactly'() {
    const program = await start('count');
    const [trace] = await program.runtime.traceFunction('**/*.cjs', 'Cart.total', { seconds: 0.5 });
    assert.equal(trace.functions, 1);
    await sleep(800);
    assert.deepEqual(await program.runtime.listTraces(), []);
    const { rounds } = await program.end();
    const rows = await query(
      program.cwd,
      'select name, hits from nodes_runtime join functions using (ast_node_id)',
    );
    const of = Object.fromEntries(rows.map((row) => [row.name, row]));
    assert.equal(Number(of.other.hits), rounds * 2000);
    assert.equal(Number(of.add.hits), rounds * 2000);
    assert.equal(Number(of['Cart.total'].hits), rounds * 2000);
    const calls = await query(
      program.cwd,
      'select distinct name from calls join functions using (function_id)',
    );
    assert.deepEqual(
      calls.map(({ name }) => name).filter((name) => !name.endsWith('.cjs')),
      ['Cart.total'],
    );
  },
  async 'what recording may take of the processors: hot functions are counted, and the next run has less of them'() {
    const first = await start('open', '--budget', '2');
    const state = await first.after(1500);
    assert.equal(state.limits.cpu, 2);
    assert.ok(state.overhead.percent >= 0, JSON.stringify(state.overhead));
    assert.ok(state.functions.count > 0, JSON.stringify(state.functions));
    const { rounds } = await first.end();
    const hits = 'select name, hits, kept from nodes_runtime join functions using (ast_node_id)';
    const of = (rows) => Object.fromEntries(rows.map((row) => [row.name, row]));
    const then = of(await query(first.cwd, hits));
    for (const name of ['other', 'add', 'Cart.total'])
      assert.equal(Number(then[name].hits), rounds * 2000, name);
    const reason = await first.ask("select min(reason) from gate_changes where gate = 'count'");
    assert.match(reason, /^budget 2 %: recording took [\d.]+ %$/);

    const second = await startIn(first.cwd, '--budget', '2');
    await second.after(500);
    const { rounds: more } = await second.end();
    const kept = await query(
      first.cwd,
      "select name, kept, planned_rate from functions where kept <> 'calls'",
    );
    assert.ok(kept.length > 0);
    const now = of(await query(first.cwd, hits));
    for (const { name, kept: what, planned_rate: rate } of kept) {
      assert.ok(Number(rate) > 1000, `${name} ${rate}`);
      assert.equal(Number(now[name]?.hits ?? 0), what === 'count' ? more * 2000 : 0, name);
    }
  },
  async 'who is called rarely is told, and when; under a budget, too, where the reader looks rarely'() {
    const told = async (options, micros) => {
      const cwd = folderWith(IDLING);
      const { stdout } = await execute(
        intellimapBin(),
        ['run', ...options, '--', process.execPath, 'app.cjs'],
        { cwd },
      );
      const took = JSON.parse(stdout.split('\n').find((line) => line.startsWith('{')));
      for (const [name, own] of Object.entries(took)) {
        const calls = await query(
          cwd,
          `select (end_us - start_us) / 1000 as ms, uncertainty_us as unsure from calls join functions using (function_id) where name = '${name}' order by start_us`,
        );
        assert.equal(calls.length, own.length, name);
        const wrong = median(calls.map(({ ms }, at) => Math.abs(ms - own[at])));
        const unsure = median(calls.map((call) => Number(call.unsure)));
        assert.ok(wrong < 0.2 && unsure < micros, `${options} ${name}: ${wrong} ms, ${unsure} µs`);
      }
    };
    // Without a budget the loops of `busy` are told, too: `now`, again and again, between times that are 250 µs apart.
    await Promise.all([told([], 500), told(['--budget', '3'], 200)]);
  },
  async 'a budget that is exceeded stops the recording, and says why'() {
    const program = await start('open');
    await program.runtime.setLimits({ eventsPerSecond: 1000 });
    const state = await program.stopped();
    assert.match(state.stopped.reason, /limit eventsPerSecond: \d+ of 1000/);
    await program.end();
  },
  async 'a stuck event loop is told while it lasts, and so is memory'() {
    const cwd = folderWith(STUCK);
    const program = await startIn(cwd, '--gates', 'open');
    const before = await program.runtime.status();
    assert.deepEqual(before[0].held, []);
    assert.ok(before[0].memory.rss > 2 ** 24, JSON.stringify(before[0].memory));
    await program.after(2500);
    const [{ held, memory }] = await program.runtime.status();
    assert.deepEqual(
      held.map(({ ms, ...where }) => ({ ...where, isLong: ms > 300 })),
      [{ thread: 0, name: 'stuck', file: 'app.cjs', isLong: true }],
    );
    assert.ok(memory.recorder > 0 && memory.recorder < memory.rss, JSON.stringify(memory));
    const { stdout } = await execute(intellimapBin(), ['limits'], { cwd });
    assert.match(stdout, /held {7}the event loop of thread 0 for [\d.]+ m?s by stuck \(app\.cjs\)/);
    await program.end();
    const [worst] = await query(cwd, 'select max(held_ms) as held, min(rss) as rss from costs');
    const [pause] = await query(cwd, "select max(duration_us) / 1000 as ms from pauses where kind = 'loop'");
    assert.ok(worst.rss > 0 && worst.held > 300, JSON.stringify(worst));
    // It is the least that it can be.
    assert.ok(worst.held <= pause.ms + 5, JSON.stringify([worst, pause]));
  },
  async 'a process that takes too much memory is no longer recorded; a flight recorder keeps before'() {
    const program = await start('open', '--flight', '1');
    await program.runtime.setLimits({ memory: 10 });
    const state = await program.stopped();
    assert.match(state.stopped.reason, /^limit memory: \d+ MiB of 10 MiB$/);
    await program.end();
    assert.equal(await program.ask('select reason from keeps'), state.stopped.reason);
  },
  async 'commands do the same as the programming interface'() {
    const program = await start('count');
    const cli = async (...args) => {
      const { code, stdout, stderr } = await execute(intellimapBin(), args, { cwd: program.cwd });
      assert.equal(code, 0, stderr);
      return stdout;
    };
    assert.match(
      await cli('trace', '**', 'add', '--for', '30', '--calls', '1e15'),
      /^\d+:1 {2}\*\* add: 1 function, /,
    );
    const { traces } = JSON.parse(await cli('trace', '--json'));
    assert.equal(traces.length, 1);
    assert.match(await cli('stop', traces[0].id), /^\d+:1 /);
    assert.match(await cli('limits', '--memory', '4000'), /memory 4000/);
    assert.match(await cli('limits', '--memory', 'none'), /limits {5}none/);
    assert.match(await cli('panic', 'by', 'hand'), /stopped \(by hand\)/);
    await program.end();
    const none = await execute(intellimapBin(), ['trace'], { cwd: program.cwd });
    assert.equal(none.code, 3, none.stderr);
    assert.match(none.stderr, /no recorded program is running here/);
  },
  async 'clients that die in the middle, talk nonsense or say nothing harm nobody'() {
    const program = await start('open');
    const { socket } = program.control();
    for (const text of ['{"op":"trace","fi', '\0\n\n{]\n', 'x'.repeat(1 << 18), ''])
      await new Promise((done) => {
        const client = createConnection(socket, () => client.write(text, () => client.destroy()));
        client.on('error', () => {});
        client.on('close', done);
      });
    const [state] = await program.runtime.status();
    assert.equal(state.stopped, undefined);
    await program.end();
  },
  async 'a flight recorder keeps the last of it when somebody asks, in a busy loop, too'() {
    const program = await start('open', '--flight', '0.01');
    await sleep(500);
    await program.runtime.keep('have a look');
    await sleep(200);
    await program.end();
    const [thread] = await query(
      program.cwd,
      'select calls, gaps, words_let_go, complete from threads, (select complete from runs)',
    );
    assert.ok(Number(thread.words_let_go) > 0 && Number(thread.calls) > 0, JSON.stringify(thread));
    assert.deepEqual([Number(thread.gaps), thread.complete], [0, true]);
    assert.deepEqual(await program.ask('select reason from keeps'), 'have a look');
  },
  async 'a flight recorder keeps what came before an uncaught error, and what the program asks for; else nothing'() {
    const kept = async (body) => {
      const cwd = folderWith(
        `function called() { return 1; }\nfor (let i = 0; i < 100; i++) called();\n${body}`,
      );
      await execute(
        intellimapBin(),
        ['run', '--flight', '1', '--no-summary', '--', process.execPath, 'app.cjs'],
        { cwd },
      );
      const [{ calls }] = await query(cwd, 'select calls_total as calls from runs');
      return [
        Number(calls),
        (await query(cwd, 'select reason from keeps order by at_us')).map(({ reason }) => reason),
      ];
    };
    assert.deepEqual(await kept(''), [0, []]);
    assert.deepEqual(await kept('throw new TypeError("no way")'), [
      101,
      ['uncaught TypeError: no way', 'exit code 1'],
    ]);
    assert.deepEqual(await kept('process.exitCode = 3'), [101, ['exit code 3']]);
    const publish =
      "require('node:diagnostics_channel').channel('intellimap:keep').publish({ reason: 'odd' })";
    assert.deepEqual(await kept(`setTimeout(() => ${publish}); setTimeout(() => {}, 100)`), [102, ['odd']]);
  },
  async 'requests that fail within a second of each other are all kept, at the end of the program at the latest'() {
    const cwd = folderWith(`
      const http = require('node:http');
      function handle(request, response) {
        response.statusCode = 500;
        response.end();
      }
      const server = http.createServer(handle).listen(0, async () => {
        for (let i = 0; i < 5; i++) {
          await (await fetch('http://127.0.0.1:' + server.address().port)).text();
          await new Promise((done) => setTimeout(done, 60));
        }
        process.exit(0);
      });`);
    const command = ['run', '--flight', '1', '--no-summary', '--', process.execPath, 'app.cjs'];
    await execute(intellimapBin(), command, { cwd });
    const [{ handled }] = await query(cwd, "select count(*) as handled from tasks where kind = 'request'");
    const keeps = await query(cwd, 'select reason from keeps');
    assert.deepEqual([Number(handled), keeps], [5, [{ reason: 'GET / failed' }, { reason: 'GET / failed' }]]);
  },
  async 'the program outlives its recorder'() {
    const program = await start('open');
    process.kill(program.recorder.pid, 'SIGKILL');
    await program.recorded;
    const [state] = await program.runtime.emergencyStop();
    assert.ok(state.stopped);
    writeFileSync(join(program.cwd, 'stop'), '');
    for (let wait = 0; isAlive(state.pid); wait++) {
      assert.ok(wait < 100, 'the program ends');
      await sleep(50);
    }
  },
};

function isAlive(pid) {
  try {
    return process.kill(pid, 0);
  } catch {
    return false;
  }
}

/** Starts the program with gates in that state, and waits until it can be steered. */
async function start(gates, ...options) {
  // Some of the programs lie so deep that the path of a socket there is longer than systems take.
  const cwd = folderWith(SPINNING, gates === 'count' ? 100 : 0);
  return startIn(cwd, '--gates', gates, ...options);
}

const folderWith = (program, depth = 0) =>
  workspaceOf(`control-${'x'.repeat(depth)}`, { 'app.cjs': program });

/** The program in a folder where it is; another run of it, perhaps. */
async function startIn(cwd, ...options) {
  rmSync(join(cwd, 'stop'), { force: true });
  const { attach } = await importInstalled('intellimap/dist/runtime/index.js');
  const command = ['run', ...options, '--no-summary', '--', process.execPath, 'app.cjs'];
  const recorder = spawn(intellimapBin(), command, {
    cwd,
    env: cleanEnvironment({}),
    stdio: ['ignore', 'pipe', 'inherit'],
  });
  let output = '';
  recorder.stdout.on('data', (chunk) => (output += chunk));
  const recorded = new Promise((done) => recorder.on('exit', done));
  const folder = () => {
    const runs = join(cwd, '.intellimap', 'runs');
    return join(runs, readdirSync(runs).toSorted().at(-1), 'control');
  };
  const control = () => {
    const name = readdirSync(folder()).find((each) => each.endsWith('.json'));
    return JSON.parse(readFileSync(join(folder(), name), 'utf8'));
  };
  // It listens a little before the program's file is loaded.
  let runtime;
  for (let wait = 0; ; wait++) {
    try {
      runtime = attach({ root: cwd });
      const [{ functions }] = await runtime.status();
      if (functions.open + functions.count > 0) break;
    } catch (error) {
      if (wait > 200) throw error;
    }
    await sleep(20);
  }
  running.add(control().pid);
  return {
    cwd,
    recorder,
    recorded,
    control,
    runtime,
    /** Its state when it has had so much of the processors. */
    async after(cpuMs) {
      for (let wait = 0; wait < 600; wait++) {
        const [state] = await runtime.status();
        if (state.overhead.cpuMs >= cpuMs) return state;
        await sleep(100);
      }
      throw new Error(`it did not get ${cpuMs} ms of processors`);
    },
    /** Its state when the recorder has stopped by itself, which it must within 2.5 s. */
    async stopped() {
      const until = performance.now() + 2500;
      for (;;) {
        const isLast = performance.now() >= until;
        const [state] = await runtime.status();
        if (state.stopped) return state;
        assert.ok(!isLast, 'the recorder did not stop within 2.5 s');
        await sleep(100);
      }
    },
    ask: async (sql) => Object.values((await query(cwd, sql))[0] ?? {})[0],
    async end() {
      writeFileSync(join(cwd, 'stop'), '');
      assert.equal(await recorded, 0);
      return JSON.parse(output);
    },
  };
}

/** @param {string[]} argv parts of cases' names; none: all */
export const run = (argv) =>
  runCases(cases, argv, () => {
    for (const pid of running) if (isAlive(pid)) process.kill(pid, 'SIGKILL');
    running.clear();
  });
