/**
 * Who scheduled what, in programs as they are: the table `links` says it call by call, and tasks go on in what they schedule. Garbage collections,
 * held event loops, and what makes a flight recorder keep.
 */
import assert from 'node:assert/strict';
import { spawn } from 'node:child_process';
import { readdirSync } from 'node:fs';
import { join } from 'node:path';
import { cleanEnvironment, consumer, execute, intellimapBin, query, workspaceOf } from './_consumer.mjs';

export const ci = true;
export const seconds = 60;

const LINKS = `
  SELECT a.name || ' ─' || l.kind || '─▶ ' || b.name AS link
  FROM links l
  JOIN calls f ON f.call_id = from_call_id AND f.thread_id = l.thread_id JOIN functions a ON a.function_id = f.function_id
  JOIN calls t ON t.call_id = to_call_id AND t.thread_id = l.thread_id JOIN functions b ON b.function_id = t.function_id
  ORDER BY link`;
const TASKS = `
  SELECT t.kind || ' ' || t.name || ': ' || string_agg(DISTINCT f.name, ' ' ORDER BY f.name) AS task
  FROM tasks t JOIN calls c USING (thread_id, task_id) JOIN functions f USING (function_id)
  WHERE f.kind <> 'module' GROUP BY t.thread_id, task_id, t.kind, t.name ORDER BY task`;

const TIMERS = `
const fs = require('node:fs');
const { promisify } = require('node:util');
function start() {
  setTimeout(function onTimeout() {
    setImmediate(function onImmediate() { process.nextTick(function onTick() { queueMicrotask(function onMicrotask() {}); }); });
  }, 5);
  fs.readFile(__filename, function onRead() { Promise.resolve().then(function onThen() {}); });
}
async function later() {
  await promisify(setTimeout)(20);
  const timer = setInterval(function onInterval() { clearInterval(timer); }, 2);
}
start();
later();`;

const SHOP = `
const http = require('node:http');
const server = http.createServer(function handler(request, response) {
  let body = '';
  request.on('data', function onData(chunk) { body += chunk; });
  request.on('end', function onEnd() { setTimeout(function answer() { response.end(body); }, 3); });
});
server.listen(0, async function listening() {
  const agent = new http.Agent({ keepAlive: true, maxSockets: 1 });
  const { port } = server.address();
  for (const path of ['/a', '/b']) await new Promise((done) => {
    const request = http.request({ port, path, method: 'POST', agent }, function onResponse(response) {
      response.on('end', function onClientEnd() { done(); }).resume();
    });
    request.end('x');
  });
  agent.destroy();
  server.close();
});`;

const WORKERS = `
const { Worker, MessageChannel } = require('node:worker_threads');
const { fork } = require('node:child_process');
function threads() {
  const worker = new Worker('const { parentPort } = require("node:worker_threads"); parentPort.once("message", (m) => parentPort.postMessage(m));', { eval: true });
  worker.on('message', function onMessage() {});
  worker.postMessage('hello');
}
function processes() {
  const child = fork(__dirname + '/child.cjs');
  child.on('message', function onChildMessage() { child.disconnect(); });
  child.send('hello');
}
threads();
processes();`;

const cases = {
  async 'timers, ticks, files, microtasks, what comes after an await'() {
    const { links, tasks } = await causesOf(TIMERS);
    const awaited = links.find((link) => link.endsWith('onInterval'));
    // Node 24 carries on the turn in which the async call began.
    assert.match(awaited, /^(later|main\.cjs) ─interval─▶ onInterval$/);
    assert.deepEqual(
      links.filter((link) => link !== awaited),
      [
        'main.cjs ─fs─▶ onRead',
        'main.cjs ─timeout─▶ onTimeout',
        'onImmediate ─tick─▶ onTick',
        'onRead ─microtask─▶ onThen',
        'onTick ─resource─▶ onMicrotask',
        'onTimeout ─immediate─▶ onImmediate',
      ],
    );
    assert.deepEqual(tasks, [
      'main main.cjs: later onImmediate onInterval onMicrotask onRead onThen onTick onTimeout start',
    ]);
  },
  async 'requests on one connection: each has what it caused, and the client what it waits for'() {
    const { links, tasks } = await causesOf(SHOP);
    assert.deepEqual(tasks, [
      'main main.cjs: listening new Promise callback onClientEnd onResponse',
      'request POST /a: answer handler onData onEnd',
      'request POST /b: answer handler onData onEnd',
    ]);
    assert.equal(links.filter((link) => link === 'onEnd ─timeout─▶ answer').length, 2);
    assert.equal(
      links.filter((link) => link.startsWith('handler ─') && link.endsWith('─▶ onData')).length,
      2,
    );
    assert.ok(!links.some((link) => link.endsWith('▶ handler')), 'requests come from outside');
    assert.equal(links.filter((link) => link.endsWith('─http client─▶ onResponse')).length, 2);
  },
  async 'messages of workers and children belong to who started them'() {
    const { links, tasks } = await causesOf(WORKERS, {
      'child.cjs': `process.once('message', function onParent(m) { process.send(m); });`,
    });
    assert.ok(links.includes('main.cjs ─message─▶ onMessage'), links.join('\n'));
    assert.ok(
      links.some((link) => /^main\.cjs ─.*─▶ onChildMessage$/.test(link)),
      links.join('\n'),
    );
    assert.ok(tasks.includes('main main.cjs: onChildMessage onMessage processes threads'), tasks.join('\n'));
  },
  async 'garbage, and a call that holds the event loop'() {
    const program = `
      function fill(n) { const all = []; for (let k = 0; k < n; k++) all.push({ k }); return all.length; }
      function hold() { const until = Date.now() + 80; while (Date.now() < until); }
      setTimeout(function first() { fill(400_000); setTimeout(hold, 20); }, 5);
      setTimeout(() => {}, 300);`;
    const { cwd } = await record(program, ['--gc']);
    const rows = await query(
      cwd,
      'SELECT p.kind, name, duration_us, detail, uncertainty_us FROM pauses p LEFT JOIN functions USING (function_id)',
    );
    const held = rows.find(({ kind, name }) => kind === 'loop' && name === 'hold');
    // Its beginning and its end may each be off.
    const most = Number(held.duration_us) + 2 * Number(held.uncertainty_us);
    assert.ok(most >= 79_000, JSON.stringify(rows));
    assert.ok(
      rows.some(({ kind, name }) => kind === 'gc' && name === 'fill'),
      JSON.stringify(rows),
    );
    const plain = await record(program);
    assert.deepEqual(await query(plain.cwd, "SELECT * FROM pauses WHERE kind = 'gc'"), []);
  },
  async 'a flight recorder keeps for requests that fail or are slow, and for rejections'() {
    const { cwd } = await record(FLIGHT, ['--flight', '4', '--keep-slower', '700']);
    const reasons = (await query(cwd, 'SELECT reason FROM keeps ORDER BY at_us')).map(({ reason }) => reason);
    assert.deepEqual(
      reasons.map((reason) => reason.replace(/[\d.]+ ms, /, '… ms, ')),
      ['GET /bad failed', 'GET /slow took … ms, more than 700 ms', 'unhandled rejection TypeError: nobody'],
    );
    const names = await query(cwd, "SELECT name FROM tasks WHERE kind = 'request' ORDER BY start_us");
    assert.ok(
      names.some(({ name }) => name === 'GET /slow'),
      JSON.stringify(names),
    );
  },
  async 'a flight recorder keeps for a failing test, whoever ran it: threads and children that ended well or were killed'() {
    const files = { 'part.cjs': PART };
    const failed = await fly(PARTS, ['1'], files);
    assert.deepEqual(failed.code, 1);
    const parts = ['killed child', 'ended child', 'worker'];
    assert.deepEqual(
      failed.rows.filter(({ part }) => part !== null),
      parts.toSorted().map((part) => ({ part, reasons: 'exit code 1' })),
    );
    assert.deepEqual(readdirSync(failed.folder).includes('held'), false);
    const well = await fly(PARTS, ['0'], files);
    assert.deepEqual([well.code, well.rows.filter(({ part, reasons }) => part ?? reasons)], [0, []]);
    assert.deepEqual(readdirSync(well.folder).includes('held'), false);
  },
  async 'a flight recorder keeps for a failing test of vitest and node --test'() {
    const bin = (name) => join(consumer(), 'node_modules', name);
    const library = { 'sum.mjs': 'export function sum(a, b) { return a - b; }' };
    const expectation = (from, assertion) =>
      `${from}\nimport { sum } from './sum.mjs';\ntest('adds', () => { ${assertion} });`;
    const vitest = expectation("import { expect, test } from 'vitest';", 'expect(sum(1, 2)).toBe(3);');
    const node = expectation(
      "import { test } from 'node:test';\nimport assert from 'node:assert';",
      'assert.equal(sum(1, 2), 3);',
    );
    for (const [args, test] of [
      [[bin('vitest/vitest.mjs'), 'run', '--pool', 'forks'], vitest],
      [[bin('vitest/vitest.mjs'), 'run', '--pool', 'threads'], vitest],
      [['--test'], node],
    ]) {
      const { code, cwd } = await flown(args, { ...library, 'sum.test.mjs': test });
      assert.equal(code, 1, args.join(' '));
      const reasons = await query(
        cwd,
        "SELECT DISTINCT reason FROM keeps JOIN calls USING (thread_id) JOIN functions USING (function_id) WHERE name = 'sum'",
      );
      assert.deepEqual(reasons, [{ reason: 'exit code 1' }], args.join(' '));
    }
  },
  async 'a signal to the recorder keeps, and does not reach the program'() {
    const cwd = folderWith({ 'main.cjs': `setTimeout(() => process.exit(3), 2500); console.log('up');` });
    const args = [
      'run',
      '--flight',
      '4',
      '--keep-on',
      'SIGUSR2',
      '--no-summary',
      '--',
      process.execPath,
      'main.cjs',
    ];
    const child = spawn(intellimapBin(), args, {
      cwd,
      env: cleanEnvironment({}),
      stdio: ['ignore', 'pipe', 'inherit'],
    });
    const exited = new Promise((done) => child.once('exit', (code) => done(code)));
    await new Promise((up) => child.stdout.once('data', up));
    await new Promise((soon) => setTimeout(soon, 700));
    child.kill('SIGUSR2');
    assert.equal(await exited, 3);
    const reasons = (await query(cwd, 'SELECT reason FROM keeps ORDER BY at_us')).map(({ reason }) => reason);
    assert.deepEqual(reasons, ['SIGUSR2', 'exit code 3']);
  },
};

const FLIGHT = `
const http = require('node:http');
const server = http.createServer(function handler(request, response) {
  if (request.url === '/bad') response.statusCode = 503;
  setTimeout(() => response.end(), request.url === '/slow' ? 1000 : 0);
});
process.on('unhandledRejection', () => {});
server.listen(0, async () => {
  for (const path of ['/good', '/bad', '/good', '/slow']) await (await fetch('http://localhost:' + server.address().port + path)).text();
  Promise.reject(new TypeError('nobody'));
  setTimeout(() => { server.close(); server.closeAllConnections(); }, 50);
});`;

/** Says what it is by the function that it calls. */
const PART = `
function worker() {}
function endedChild() {}
function killedChild() {}
({ worker, endedChild, killedChild })[process.argv[2]]();
if (process.argv[2] === 'killedChild') { process.send('done'); setInterval(() => {}, 1000); }`;

/** Fails, or not, when its parts have done theirs. */
const PARTS = `
const { Worker } = require('node:worker_threads');
const { fork } = require('node:child_process');
const part = __dirname + '/part.cjs';
new Worker(part, { argv: ['worker'] }).on('exit', () => {
  fork(part, ['endedChild']).on('exit', () => {
    const child = fork(part, ['killedChild']);
    // Words of the last few ms may be lost to a signal like this.
    child.on('message', () => setTimeout(() => child.kill('SIGKILL'), 100));
    child.on('exit', () => { process.exitCode = Number(process.argv[2]); });
  });
});`;

async function flown(args, files) {
  const cwd = folderWith(files);
  const command = ['run', '--flight', '4', '--no-summary', '--', process.execPath, ...args];
  const { code } = await execute(intellimapBin(), command, { cwd });
  const runs = join(cwd, '.intellimap', 'runs');
  return { code, cwd, folder: join(runs, readdirSync(runs)[0]) };
}

/** Which parts are there, each thread with what it was kept for. */
async function fly(program, args, files) {
  const { cwd, ...rest } = await flown(['main.cjs', ...args], { ...files, 'main.cjs': program });
  const rows = await query(
    cwd,
    `SELECT any_value(CASE f.name WHEN 'worker' THEN 'worker' WHEN 'endedChild' THEN 'ended child' WHEN 'killedChild' THEN 'killed child' END) AS part,
       any_value((SELECT string_agg(reason, '; ') FROM keeps k WHERE k.thread_id = t.thread_id)) AS reasons
     FROM threads t LEFT JOIN calls c USING (thread_id) LEFT JOIN functions f USING (function_id) GROUP BY thread_id ORDER BY part`,
  );
  return { ...rest, rows };
}

const folderWith = (files) => workspaceOf('causes', files);

async function record(program, options = [], files = {}) {
  const cwd = folderWith({ ...files, 'main.cjs': program });
  const command = ['run', ...options, '--no-summary', '--', process.execPath, 'main.cjs'];
  const { code, stderr } = await execute(intellimapBin(), command, { cwd });
  assert.deepEqual({ code, stderr }, { code: 0, stderr: '' });
  return { cwd };
}

async function causesOf(program, files) {
  const { cwd } = await record(program, [], files);
  return {
    links: (await query(cwd, LINKS)).map(({ link }) => link),
    tasks: (await query(cwd, TASKS)).map(({ task }) => task).filter((task) => !task.includes('onParent')),
  };
}

/** @param {string[]} argv a part of a case's name; all by default */
export async function run([only = '']) {
  const counts = { passed: 0, failed: 0 };
  for (const [name, body] of Object.entries(cases).filter(([name]) => name.includes(only))) {
    try {
      await body();
      counts.passed += 1;
    } catch (error) {
      counts.failed += 1;
      console.log(`  FAIL  ${name}\n${error.stack}`);
    }
  }
  return counts;
}
