/**
 * Sampling of whole tasks on a real server under load: each request has all its calls or none, what is left out is counted, and nothing that was left
 * out is called unused. Traces of tasks.
 *
 *   npm run e2e -- sampling --nodes 20,22,24          on other versions of Node (from npm)
 */
import assert from 'node:assert/strict';
import { spawn } from 'node:child_process';
import { get } from 'node:http';
import { setTimeout as sleep } from 'node:timers/promises';
import { parseArgs } from 'node:util';
import { runCases } from './_cases.mjs';
import {
  cleanEnvironment,
  execute,
  importInstalled,
  intellimapBin,
  query,
  workspaceOf,
} from './_consumer.mjs';
import { nodeOf, versionOf } from './transparency/versions.mjs';

export const ci = true;

let node = process.execPath;
/** Where everything that a request sets off is known to be its own: Node 22 says too little. */
const knowsAll = () => !versionOf(node).startsWith('v22.');

/** Answers of queries have 1000 rows at most. */
const REQUESTS = 900;
const PAGE = `module.exports.page = function page(n) { return 'page ' + n; };`;
/** Requests wait for one another: what ends in one goes on in the microtasks of the other. */
const SERVER = `
const http = require('node:http');
const { page } = require('./page.cjs');
const { setTimeout: later } = require('node:timers/promises');
const free = [1, 2, 3];
const waiting = [];
function take() { return new Promise(function taking(done) { waiting.push(done); pump(); }); }
function give(slot) { free.push(slot); pump(); }
function pump() { while (free.length > 0 && waiting.length > 0) waiting.shift()(free.pop()); }
function* steps(n) { for (let k = 0; k < n; k++) yield step(k); }
function step(k) { return k + 1; }
async function load(n) {
  const slot = await take();
  try { await later(1); if (n % 5 === 0) throw new Error('no'); return parse(n); } finally { give(slot); }
}
function parse(n) { let sum = 0; for (const one of steps(n % 4)) sum += one; return sum; }
const server = http.createServer(function handler(request, response) {
  const n = Number(request.url.slice(2));
  if (n < 0) return void response.end(page(n));
  request.on('end', async function onEnd() {
    let text;
    try { text = String(await load(n)); } catch (error) { text = failed(error); }
    setTimeout(function answer() { setImmediate(function last() { response.end(text); }); }, 1);
  }).resume();
});
function failed(error) { return error.message; }
server.listen(0, async function listening() {
  const { port } = server.address();
  const agent = new http.Agent({ keepAlive: true, maxSockets: 12 });
  let n = 0;
  async function client() {
    while (n < ${REQUESTS}) await new Promise((done, fail) => {
      const request = http.request({ port, path: '/r' + n++, method: 'POST', agent }, (response) => response.on('end', done).resume());
      request.on('error', fail);
      request.end('x');
    });
  }
  await Promise.all(Array.from({ length: 12 }, client));
  agent.destroy();
  server.close();
});`;

/** Task → how often each function was called in it. */
const SHAPES = `
  SELECT kind, name, string_agg(f || ' ' || n, ', ' ORDER BY f) AS shape FROM (
    SELECT t.thread_id, t.task_id, t.kind, t.name, f.name AS f, count(*) AS n
    FROM tasks t JOIN calls c USING (thread_id, task_id) JOIN functions f USING (function_id)
    WHERE t.kind IN ('main', 'request') GROUP BY ALL)
  GROUP BY thread_id, task_id, kind, name ORDER BY kind, name`;
const LEFT =
  'SELECT sum(tasks_left_out) AS n, sum(tasks_partly) AS partly, sum(orphans) AS orphans, sum(gaps) AS gaps FROM threads';

async function recorded(...options) {
  const cwd = folderWith({ 'main.cjs': SERVER, 'page.cjs': PAGE });
  const command = ['run', ...options, '--no-summary', '--', node, 'main.cjs'];
  const { code, stderr } = await execute(intellimapBin(), command, { cwd });
  assert.deepEqual({ code, stderr }, { code: 0, stderr: '' });
  const shapes = await query(cwd, SHAPES);
  const [left] = await query(cwd, LEFT);
  const [{ tasks_total: total }] = await query(cwd, 'SELECT tasks_total FROM runs');
  return {
    cwd,
    shapes,
    left,
    total: Number(total),
    requests: shapes.filter(({ kind }) => kind === 'request'),
  };
}

const folderWith = (files) => workspaceOf('sampling', files);

let all;
const cases = {
  async 'each request has all its calls or none, and what is left out is counted'() {
    all ??= await recorded();
    assert.equal(all.requests.length, REQUESTS);
    const some = await recorded('--sample', '0.1');
    // Three in a thousand times, chance alone would be further off.
    const share = some.requests.length / REQUESTS;
    assert.ok(Math.abs(share - 0.1) < 3 * Math.sqrt(0.09 / REQUESTS), `${share}`);
    assert.deepEqual(
      { partly: Number(some.left.partly), orphans: Number(some.left.orphans), gaps: Number(some.left.gaps) },
      { partly: 0, orphans: 0, gaps: 0 },
    );
    if (knowsAll()) {
      const whole = new Map(all.requests.map(({ name, shape }) => [name, shape]));
      for (const { name, shape } of some.requests) assert.equal(shape, whole.get(name), name);
      assert.equal(some.total + Number(some.left.n), REQUESTS + 1);
      const [{ hits }] = await query(
        some.cwd,
        "SELECT hits FROM nodes_runtime JOIN functions USING (ast_node_id) WHERE name = 'last'",
      );
      assert.equal(hits, some.requests.length);
      assert.deepEqual(
        some.shapes.find(({ kind }) => kind === 'main'),
        all.shapes.find(({ kind }) => kind === 'main'),
      );
    } else {
      const known = new Set(all.requests.map(({ shape }) => shape));
      for (const { name, shape } of some.requests) assert.ok(known.has(shape), `${name}: ${shape}`);
      assert.ok(some.total + Number(some.left.n) > REQUESTS);
    }
    const { stdout } = await execute(intellimapBin(), ['report'], { cwd: some.cwd });
    assert.match(
      stdout,
      /tasks +[\d,]+ of [\d,]+ tasks recorded \(sampled\): calls and functions are of\s+those/,
    );
    assert.match(stdout, /functions +at least /);
  },
  async 'what was left out is not called unused'() {
    const cwd = folderWith({
      'page.cjs': PAGE,
      'main.cjs': `
      const http = require('node:http');
      const { page } = require('./page.cjs');
      const server = http.createServer(function handler(request, response) { response.end(page(1)); });
      server.listen(0, () => http.get({ port: server.address().port }, (response) => response.on('end', () => server.close()).resume()));`,
    });
    const run = async (rate) => {
      await execute(intellimapBin(), ['run', '--sample', rate, '--no-summary', '--', node, 'main.cjs'], {
        cwd,
      });
      const [row] = await query(cwd, "SELECT used FROM imports WHERE specifier = './page.cjs'");
      const { stdout } = await execute(intellimapBin(), ['show', 'page'], { cwd });
      return { used: row.used, stdout };
    };
    assert.match((await run('1')).stdout, /1 call/);
    const { stdout } = await run('0.000001');
    assert.match(stdout, /not called in the tasks that were recorded; \d tasks? left out/);
    const unused = await query(cwd, 'SELECT * FROM imports WHERE NOT used');
    assert.deepEqual(unused, []);
  },
  async 'at a rate of 1, nothing differs'() {
    all ??= await recorded();
    const same = await recorded('--sample', '1');
    assert.equal(Number(same.left.n), 0);
    if (knowsAll()) assert.deepEqual(same.shapes, all.shapes);
    if (knowsAll()) assert.equal(same.total, REQUESTS + 1);
    for (const sql of [
      'SELECT name, hits, threw FROM nodes_runtime JOIN functions USING (ast_node_id) ORDER BY ALL',
      'SELECT events_lost, orphans, calls_total, complete FROM runs',
    ])
      assert.deepEqual(await query(same.cwd, sql), await query(all.cwd, sql));
  },
  async 'tasks that somebody traces are kept at any rate, and the flight recorder keeps for them'() {
    const program = await serving('--sample', '0.000001', '--flight', '4');
    await program.ask('/cart/1');
    const [trace] = await program.runtime.traceTask({ name: 'GET /cart*', status: 404 }, { expires: 30 });
    for (const path of ['/cart/2', '/other', '/cart/missing', '/cart/3']) await program.ask(path);
    await sleep(300);
    const [listed] = await program.runtime.listTraces();
    assert.deepEqual(
      { id: listed.id, label: listed.label, tasks: listed.tasks },
      { id: trace.id, label: 'task GET /cart*, status 404', tasks: 1 },
    );
    assert.ok(listed.secondsLeft > 0 && listed.secondsLeft < 30);
    assert.equal((await program.runtime.stopTrace(trace.id)).tasks, 1);
    assert.deepEqual(await program.runtime.listTraces(), []);
    await program.ask('/cart/4');
    await program.end();
    const names = (
      await query(program.cwd, "SELECT name FROM tasks WHERE kind = 'request' ORDER BY start_us")
    ).map(({ name }) => name);
    assert.deepEqual(names.slice(0, 2), ['GET /cart/2', 'GET /cart/missing']);
    assert.ok(
      !names.includes('GET /other') && !names.includes('GET /cart/1') && !names.includes('GET /cart/4'),
      names.join(),
    );
    const [{ reason }] = await query(program.cwd, 'SELECT reason FROM keeps');
    assert.match(reason, /^task GET \/cart\/missing: 404, [\d.]+ ms \(trace 1\)$/);
  },
  async 'auto: fewer tasks while much is written, and the rate is changed from outside'() {
    const program = await serving('--sample', 'auto');
    const until = Date.now() + 4000;
    const load = async () => {
      while (Date.now() < until) await program.ask('/much');
    };
    await Promise.all([load(), load(), load(), load()]);
    const [state] = await program.runtime.status();
    assert.ok(state.sampleRate < 1, `${state.sampleRate}`);
    const [{ sampleRate, limits }] = await program.runtime.setLimits({ sample: 0.5 });
    assert.deepEqual({ sampleRate, limits }, { sampleRate: 0.5, limits: { sample: 0.5 } });
    await program.end();
    const changes = await query(program.cwd, 'SELECT rate, reason FROM rate_changes ORDER BY at_us');
    assert.equal(changes[0].rate, 0.5);
    assert.match(changes[0].reason, /^auto: \d+ KiB a second were written, of 256$/);
    assert.deepEqual(changes.at(-1), { rate: 0.5, reason: 'sample 0.5' });
    const [{ n }] = await query(program.cwd, LEFT);
    assert.ok(Number(n) > 0);
  },
};

const ON_DEMAND = `
const http = require('node:http');
function one(n) { return n; }
function two(n) { return one(n); }
async function three(n) { await null; return two(n); }
async function much() { for (let k = 0; k < 2000; k++) await [one, two, three][Math.floor(Math.random() * 3)](k); }
http.createServer(async function handler(request, response) {
  if (request.url === '/much') await much();
  if (request.url.endsWith('missing')) response.statusCode = 404;
  setTimeout(function answer() { response.end('x'); }, 1);
}).listen(0, function listening() { console.log(this.address().port); });
process.on('SIGTERM', () => process.exit(0));`;

/** Programs that run: a case that fails leaves none behind. */
const running = new Set();

async function serving(...options) {
  const { attach } = await importInstalled('intellimap/dist/runtime/index.js');
  const cwd = folderWith({ 'main.cjs': ON_DEMAND });
  const command = ['run', ...options, '--no-summary', '--', node, 'main.cjs'];
  const recorder = spawn(intellimapBin(), command, {
    cwd,
    env: cleanEnvironment({}),
    stdio: ['ignore', 'pipe', 'inherit'],
  });
  running.add(recorder);
  const ended = new Promise((done) => recorder.on('exit', done));
  const port = await new Promise((up) => recorder.stdout.once('data', (text) => up(Number(text))));
  let runtime;
  for (let wait = 0; runtime === undefined; wait++) {
    await sleep(50);
    try {
      runtime = attach({ root: cwd });
      await runtime.status();
    } catch (error) {
      runtime = undefined;
      if (wait > 100) throw error;
    }
  }
  return {
    cwd,
    runtime,
    ask: (path) =>
      new Promise((done, fail) =>
        get({ port, path }, (response) => response.on('end', done).resume()).on('error', fail),
      ),
    async end() {
      recorder.kill('SIGTERM');
      assert.equal(await ended, 0);
      running.delete(recorder);
    },
  };
}

function endRunning() {
  for (const recorder of running) recorder.kill('SIGTERM');
  running.clear();
}

/** @param {string[]} argv parts of cases' names; none: all */
export async function run(argv) {
  const { values, positionals } = parseArgs({
    args: argv,
    allowPositionals: true,
    options: { nodes: { type: 'string' } },
  });
  const total = { passed: 0, failed: 0 };
  for (const version of values.nodes?.split(',') ?? [undefined]) {
    node = version === undefined ? process.execPath : nodeOf(version);
    all = undefined;
    console.log(`  Node ${versionOf(node)}`);
    const counts = await runCases(cases, positionals, endRunning);
    total.passed += counts.passed;
    total.failed += counts.failed;
  }
  return total;
}

export const runCi = () => run([]);
