/**
 * What V8 itself measures: CPU samples, coverage and heaps of all threads and processes, however they end; by function, also where a compiler made the text. And the
 * program is as without.
 *
 *   npm run e2e -- v8 --nodes 20,22,24,26   on other versions of Node (from npm)
 *   npm run e2e -- v8 heap                  cases with this in their name
 */
import assert from 'node:assert/strict';
import { mkdtempSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { parseArgs } from 'node:util';
import { runCases } from './_cases.mjs';
import { consumer, execute, intellimapBin, project, query } from './_consumer.mjs';

/** Command that runs Node. */
let node = [process.execPath];

/** Functions that hold the processor for `ms`, called by name. */
const BURN = `
function burn(ms) { const until = process.hrtime.bigint() + BigInt(ms) * 1000000n; let n = 0; while (process.hrtime.bigint() < until) n = spin(n); return n; }
function spin(n) { for (let k = 0; k < 1000; k++) n = (n * 31 + k) | 0; return n; }`;

function folderOf(files) {
  const cwd = mkdtempSync(join(consumer(), 'v8-'));
  for (const [name, text] of Object.entries({ 'package.json': '{"name":"v8","private":true}', ...files }))
    writeFileSync(join(cwd, name), text);
  return cwd;
}

/** Runs a program plain and measured; both must end and print the same. */
async function both(files, options, args = ['main.cjs']) {
  const [command, ...own] = node;
  const plain = await execute(command, [...own, ...args], { cwd: folderOf(files) });
  const cwd = folderOf(files);
  const measured = await record(cwd, options, [...node, ...args]);
  assert.equal(measured.stdout, plain.stdout, 'standard output');
  assert.equal(
    measured.stderr.replaceAll(cwd, ''),
    plain.stderr.replaceAll(/\/\S*\/v8-\w+/g, ''),
    'standard error',
  );
  assert.deepEqual([measured.code, measured.signal], [plain.code, plain.signal], 'exit');
  return cwd;
}

const record = (cwd, options, command, env = {}) =>
  execute(intellimapBin(), ['run', '--no-summary', ...options, '--', ...command], { cwd, env });

/** Functions whose calls V8 and the recorder count differently; each must have been seen by both. */
const DIFFERENT = `
  SELECT f.path || ' ' || f.name || ': V8 ' || coalesce(c.count, -1) || ', hits ' || coalesce(n.hits, 0) AS difference
  FROM functions f LEFT JOIN nodes_runtime n USING (ast_node_id)
  LEFT JOIN (SELECT ast_node_id, count FROM coverage WHERE kind = 'function') c USING (ast_node_id)
  WHERE coalesce(c.count, -1) <> coalesce(n.hits, 0)`;

/** Nodes with all that are above them, themselves first. */
const ABOVE = `
  WITH RECURSIVE above AS (
    SELECT thread_id, node_id AS below, node_id FROM cpu_nodes
    UNION ALL SELECT a.thread_id, a.below, n.parent_id FROM above a JOIN cpu_nodes n USING (thread_id, node_id) WHERE n.parent_id IS NOT NULL)`;

/** ms of all samples of a function, with what it called, by thread. */
async function msOf(cwd, name) {
  const rows = await query(
    cwd,
    `${ABOVE} SELECT s.thread_id, sum(weight_us) / 1000 AS ms FROM cpu_samples s
     JOIN above a ON a.thread_id = s.thread_id AND a.below = s.node_id
     JOIN cpu_nodes n ON n.thread_id = a.thread_id AND n.node_id = a.node_id WHERE n.name = '${name}' GROUP BY ALL`,
  );
  assert.ok(rows.length > 0, `no sample of ${name}`);
  return rows.map(({ ms }) => Number(ms));
}

const counting = (name, command) => async () => {
  const cwd = project(name);
  const expected = JSON.parse(readFileSync(new URL(`programs/${name}/case.json`, import.meta.url), 'utf8'));
  const { code, stderr } = await record(
    cwd,
    ['--coverage'],
    command ?? [...node, ...expected.command.slice(1)],
  );
  assert.equal(code, expected.exitCode, stderr);
  assert.deepEqual(await query(cwd, DIFFERENT), []);
  const [{ functions }] = await query(
    cwd,
    "SELECT count(*) AS functions FROM coverage WHERE kind = 'function' AND count > 0",
  );
  assert.ok(functions > 5, `${functions} functions were called`);
};

const cases = {
  'V8 counts what was recorded: ES modules': counting('esm'),
  'V8 counts what was recorded: CommonJS': counting('cjs'),
  'V8 counts what was recorded: compiled TypeScript': counting('tsx', ['npx', 'tsx', 'app.ts']),
  'V8 counts what was recorded: workers': counting('workers'),
  'V8 counts what was recorded: child processes': counting('fork'),
  'V8 counts what was recorded: jest': counting('jest', ['npx', 'jest']),
  'V8 counts what was recorded: vitest, whose processes are killed': counting('vitest', [
    'npx',
    'vitest',
    'run',
  ]),
  'V8 counts what was recorded: vitest, whose workers are terminated': counting('vitest', [
    'npx',
    'vitest',
    'run',
    '--pool=threads',
  ]),

  async 'blocks that were never passed, on the lines that V8 says without us'() {
    const program = `
function pick(n) {
  if (n > 5) {
    return 'large';
  } else if (n > 100) {
    return 'huge';
  }
  for (const each of []) {
    console.log(each);
  }
  try { if (n === 3) throw new Error('3'); } catch { return 'three'; } finally { n += 1; }
  return n > 0 ? 'small' : 'none';
}
const never = () => { return 1; };
class Box { #n = 1; get n() { return this.#n; } set n(v) { this.#n = v; } }
console.log([1, 3, 7].map(pick), new Box().n);
async function later(n) { await null; switch (n) { case 1: return 'one'; case 2: return 'two'; default: return 'many'; } }
function* count() { yield 1; yield 2; return 3; }
later(2).then(() => console.log([...count()]));`;
    const cwd = await both({ 'main.cjs': program }, ['--coverage']);
    const rows = await query(
      cwd,
      `SELECT kind, line, "column" AS "from", end_line, end_column AS "to", count FROM coverage ORDER BY line, "column", end_line DESC, end_column DESC`,
    );
    const plain = folderOf({ 'main.cjs': program });
    const [command, ...own] = node;
    await execute(command, [...own, 'main.cjs'], {
      cwd: plain,
      env: { NODE_V8_COVERAGE: join(plain, 'coverage') },
    });
    const [file] = readdirSync(join(plain, 'coverage'));
    const { result } = JSON.parse(readFileSync(join(plain, 'coverage', file), 'utf8'));
    const { functions } = result.find(({ url }) => url.endsWith('main.cjs'));
    const starts = [...program.matchAll(/^/gm)].map(({ index }) => index);
    const ours = rows.map((row) => [
      starts[row.line - 1] + row.from,
      starts[row.end_line - 1] + row.to,
      Number(row.count),
    ]);
    const theirs = functions.flatMap(({ ranges }) =>
      ranges.map((range) => [range.startOffset, range.endOffset, range.count]),
    );
    // What is not blank and was passed 0 times.
    const picture = (ranges) => {
      const counts = Array.from({ length: program.length }, () => 1);
      for (const [from, to, count] of ranges.toSorted((a, b) => a[0] - b[0] || b[1] - a[1]))
        counts.fill(count, from, to);
      return program
        .split('')
        .map((letter, at) => (/[\s{}]/.test(letter) ? letter : counts[at] === 0 ? '0' : '-'))
        .join('');
    };
    assert.equal(picture(ours), picture(theirs));
    assert.match(picture(ours), /0{5}/);
  },

  async 'CPU samples of main thread, workers and child processes, by function and on the clock of the recording'() {
    const files = {
      'main.cjs': `const { Worker } = require('node:worker_threads'); const { fork } = require('node:child_process');${BURN}
function inMain() { burn(300); }
inMain();
new Worker(__dirname + '/worker.mjs', { name: 'w' }).on('exit', () => fork(__dirname + '/child.cjs').on('exit', (code) => { console.log('child', code); }));`,
      'worker.mjs': `${BURN}
function inWorker() { burn(300); }
inWorker();`,
      'child.cjs': `${BURN}
function inChild() { burn(300); }
inChild();`,
    };
    const cwd = await both(files, ['--cpu-profile=1000']);
    const rows = await query(
      cwd,
      `
      ${ABOVE}
      SELECT f.name, sum(s.weight_us) / 1000 AS ms, count(*) FILTER (s.at_us BETWEEN c.start_us AND c.end_us) AS within, count(*) AS samples
      FROM cpu_samples s JOIN above a ON a.thread_id = s.thread_id AND a.below = s.node_id
      JOIN cpu_nodes n ON n.thread_id = a.thread_id AND n.node_id = a.node_id JOIN functions f ON f.ast_node_id = n.ast_node_id
      JOIN calls c ON c.function_id = f.function_id AND c.thread_id = s.thread_id
      WHERE f.name IN ('inMain', 'inWorker', 'inChild') GROUP BY f.name ORDER BY f.name`,
    );
    assert.deepEqual(
      rows.map(({ name }) => name),
      ['inChild', 'inMain', 'inWorker'],
    );
    for (const { name, ms, within, samples } of rows) {
      assert.ok(ms > 250 && ms < 450, `${name} took ${ms} ms`);
      assert.ok(
        Number(within) >= 0.95 * Number(samples),
        `${within} of ${samples} samples of ${name} within its call`,
      );
    }
    const [whole] = await query(
      cwd,
      'SELECT count(*) AS threads, bool_and("whole") AS "whole" FROM v8_measured',
    );
    assert.deepEqual([Number(whole.threads), whole.whole], [3, true]);
  },

  async 'TypeScript that tsx compiles has its own lines'() {
    const cwd = folderOf({
      'app.ts': `interface Told { n: number }\n\ntype Many = Told[];\n${BURN.replace('spin(n) {', 'spin(n: number) {').replace('burn(ms) {', 'burn(ms: number) {')}\n\nexport class Shop {\n  constructor(private readonly name: string) {}\n  open(): string { burn(200); return this.name; }\n}\nconsole.log(new Shop('a').open(), [] as Many);\n`,
    });
    const { code, stdout, stderr } = await record(
      cwd,
      ['--cpu-profile=1000', '--coverage'],
      ['npx', 'tsx', 'app.ts'],
    );
    assert.equal(code, 0, stderr);
    assert.equal(stdout, 'a []\n');
    const rows = await query(
      cwd,
      "SELECT DISTINCT f.name, n.path, n.line FROM cpu_nodes n JOIN functions f USING (ast_node_id) WHERE f.kind <> 'module' ORDER BY n.line",
    );
    assert.deepEqual(
      rows.filter(({ name }) => name === 'burn' || name === 'Shop.open'),
      [
        { name: 'burn', path: 'app.ts', line: 5 },
        { name: 'Shop.open', path: 'app.ts', line: 10 },
      ],
    );
    assert.deepEqual(await query(cwd, DIFFERENT), []);
  },

  async 'it is written when the program calls process.exit, when an error ends it, and when nothing does'() {
    const ends = {
      exit: `process.on('exit', () => { console.log('bye'); }); setTimeout(() => { burn(150); process.exit(3); }, 5);`,
      error: `setTimeout(() => { burn(150); throw new TypeError('no cart'); }, 5);`,
      rejection: `(async () => { await null; burn(150); throw new TypeError('no cart'); })();`,
      end: `setTimeout(() => { burn(150); process.exitCode = 4; Promise.resolve().then(() => console.log('late')); process.nextTick(() => console.log('tick')); }, 5);`,
    };
    for (const [name, text] of Object.entries(ends)) {
      const cwd = await both({ 'main.cjs': `${BURN}\n${text}` }, ['--cpu-profile=1000', '--coverage']);
      const [ms] = await msOf(cwd, 'burn');
      assert.ok(ms > 100 && ms < 300, `${name}: ${ms} ms`);
      assert.deepEqual(await query(cwd, DIFFERENT), [], name);
      assert.deepEqual(await query(cwd, 'SELECT what FROM v8_measured WHERE NOT "whole"'), [], name);
    }
  },

  async 'workers that are terminated and processes that are killed by the program write first'() {
    const files = {
      'main.cjs': `const { Worker } = require('node:worker_threads'); const { fork } = require('node:child_process');
const worker = new Worker(__dirname + '/worker.cjs');
worker.on('message', () => worker.terminate().then((code) => {
  console.log('worker', code);
  const child = fork(__dirname + '/child.cjs');
  child.on('message', () => child.kill()).on('exit', (status, signal) => console.log(status, signal));
}));`,
      'worker.cjs': `const { parentPort } = require('node:worker_threads');${BURN}
function inWorker() { burn(150); parentPort.postMessage('done'); setInterval(() => {}, 1000); }
inWorker();`,
      'child.cjs': `${BURN}
function inChild() { burn(150); process.send('done'); setInterval(() => {}, 1000); }
inChild();`,
    };
    const cwd = await both(files, ['--cpu-profile=1000', '--coverage']);
    assert.deepEqual(await query(cwd, DIFFERENT), []);
    const rows = await msOf(cwd, 'burn');
    assert.equal(rows.length, 2);
    for (const ms of rows) assert.ok(ms > 100, `${ms} ms`);
  },

  async 'a process that is killed from outside leaves its first parts'() {
    const cwd = folderOf({
      'main.cjs': `${BURN}\nsetInterval(() => burn(15), 20); setTimeout(() => require('node:child_process').execSync('kill -9 ' + process.pid), 2500);`,
    });
    const { signal } = await record(cwd, ['--cpu-profile=1000', '--coverage'], [...node, 'main.cjs']);
    assert.equal(signal, 'SIGKILL');
    const rows = await query(
      cwd,
      'SELECT what, "whole", (until_us - from_us) / 1000 AS ms FROM v8_measured ORDER BY what',
    );
    assert.deepEqual(
      rows.map(({ what, whole }) => [what, whole]),
      [
        ['cpu', false],
        ['coverage', false],
      ],
    );
    for (const { what, ms } of rows) assert.ok(ms > 900, `${what} reaches to ${ms} ms`);
    const [busy] = await msOf(cwd, 'burn');
    assert.ok(busy > 100, `${busy} ms`);
  },

  async 'a program that is busy for long writes parts all the same'() {
    const cwd = await both({ 'main.cjs': `${BURN}\nburn(2500);` }, ['--cpu-profile=1000']);
    const [thread] = readdirSync(join(cwd, '.intellimap/runs')).map((id) =>
      join(cwd, '.intellimap/runs', id, 'v8'),
    );
    const [folder] = readdirSync(thread);
    const parts = readdirSync(join(thread, folder)).filter((name) => name.endsWith('.cpuprofile'));
    assert.ok(parts.length >= 2, `${parts.length} parts`);
    const profile = JSON.parse(readFileSync(join(thread, folder, parts[0]), 'utf8'));
    assert.deepEqual(Object.keys(profile).toSorted(), [
      'endTime',
      'nodes',
      'samples',
      'startTime',
      'timeDeltas',
    ]);
  },

  async 'heap: a class that is held, what holds it, and its file'() {
    const program = `
class Session { constructor(id) { this.id = id; this.data = new Array(100).fill(id); } }
class Gone { constructor() { this.data = new Array(100).fill(1); } }
const cache = new Map();
exports.cache = cache;
let n = 0;
const timer = setInterval(() => {
  for (let k = 0; k < 100; k++) { cache.set(n, new Session(n++)); new Gone(); }
  if (n === 2000) { clearInterval(timer); console.log('done'); }
}, 5);`;
    const cwd = await both({ 'main.cjs': program }, ['--heap']);
    const [{ before, after, path, id, held }] = await query(
      cwd,
      `
      SELECT (SELECT coalesce(sum(objects), 0) FROM heap_constructors WHERE snapshot = 1 AND constructor = 'Session' AND path = 'main.cjs') AS before,
        objects AS after, path, ast_node_id AS id, held_by AS held
      FROM heap_constructors WHERE snapshot = 2 AND constructor = 'Session' AND path = 'main.cjs'`,
    );
    assert.deepEqual(
      [Number(before), Number(after), path, id],
      [0, 2000, 'main.cjs', 'ts:main.cjs#class Session/constructor'],
    );
    assert.match(held, /Map\.table → .*Session$/);
    assert.deepEqual(
      await query(cwd, "SELECT objects FROM heap_constructors WHERE snapshot = 2 AND constructor = 'Gone'"),
      [],
    );
    const runs = join(cwd, '.intellimap/runs');
    const files = readdirSync(runs, { recursive: true }).filter((name) => name.includes('heap-'));
    assert.ok(files.length === 2 && files.every((name) => name.endsWith('.json')), files.join());
    const { stdout } = await execute(intellimapBin(), ['v8'], { cwd });
    assert.match(stdout, /0 → 2,000 +\+1\.\d MiB +Session +main\.cjs:2/);
  },

  async 'heap: snapshots stay where they are asked for, and there is one at least'() {
    const cwd = await both({ 'main.cjs': `console.log('short');` }, ['--heap=keep']);
    const files = readdirSync(join(cwd, '.intellimap/runs'), { recursive: true }).filter((name) =>
      name.endsWith('.heapsnapshot'),
    );
    assert.ok(files.length > 0);
    const [kept] = files.map((name) => readFileSync(join(cwd, '.intellimap/runs', name), 'utf8'));
    assert.match(kept, /^\{"snapshot":/);
  },

  async 'a program that uses the inspector itself has all of it, and what IntelliMap counts ends'() {
    const program = `
const inspector = require('node:inspector');
function before() { return 1; }
before(); before();
const session = new inspector.Session();
session.connect();
session.post('Profiler.enable');
session.post('Profiler.startPreciseCoverage', { callCount: true, detailed: true });
function after() { return 2; }
after(); after(); after();
session.post('Profiler.takePreciseCoverage', (error, { result }) => {
  const { functions } = result.find(({ url }) => url.endsWith('main.cjs'));
  console.log(error, functions.find(({ functionName }) => functionName === 'after').ranges[0].count, inspector.url());
});
session.disconnect();`;
    const cwd = await both({ 'main.cjs': program }, ['--coverage', '--cpu-profile']);
    assert.deepEqual(await query(cwd, 'SELECT what, "whole", ended FROM v8_measured ORDER BY what'), [
      { what: 'cpu', whole: true, ended: null },
      { what: 'coverage', whole: false, ended: "the program uses V8's profiler itself" },
    ]);
    const [{ count }] = await query(
      cwd,
      "SELECT count FROM coverage WHERE name = 'before' AND kind = 'function'",
    );
    assert.equal(Number(count), 2);
  },

  async 'NODE_V8_COVERAGE of the program is as without, and ours is not counted'() {
    const program = `function twice() { return 2; }\ntwice(); twice();\nconsole.log('done');`;
    const counts = [];
    for (const options of [undefined, ['--coverage', '--cpu-profile=1000']]) {
      const cwd = folderOf({ 'main.cjs': program });
      const env = { NODE_V8_COVERAGE: join(cwd, 'coverage') };
      const [command, ...own] = node;
      const { code } = options
        ? await record(cwd, options, [...node, 'main.cjs'], env)
        : await execute(command, [...own, 'main.cjs'], { cwd, env });
      assert.equal(code, 0);
      for (const file of readdirSync(join(cwd, 'coverage'))) {
        const { result } = JSON.parse(readFileSync(join(cwd, 'coverage', file), 'utf8'));
        const script = result.find(({ url }) => url.endsWith('main.cjs'));
        if (script) counts.push(script.functions.map(({ functionName, ranges }) => [functionName, ranges]));
      }
      if (options)
        assert.deepEqual(
          await query(cwd, 'SELECT "whole", ended FROM v8_measured WHERE what = \'coverage\''),
          [{ whole: false, ended: 'NODE_V8_COVERAGE: the program has V8 count for itself' }],
        );
    }
    assert.deepEqual(counts[1], counts[0]);
  },

  async 'what a program sees of itself'() {
    const program = `
console.log('a first line opens the stream');
console.log(require('node:inspector').url(), process.getActiveResourcesInfo().length < 3, process._getActiveHandles().length > 2, process.eventNames());
console.log(Object.keys(process.env).filter((name) => /INTELLIMAP|NODE_OPTIONS/.test(name)), process.execArgv, process.listenerCount('exit'));
console.log(require('node:worker_threads').threadId, process.kill.name, process.kill.length, require('node:worker_threads').Worker.prototype.terminate.name);
process.on('beforeExit', () => console.log('before exit'));
process.on('exit', (code) => { console.log('exit', code); Promise.resolve().then(() => console.log('never?')); process.nextTick(() => console.log('never')); });
setTimeout(() => { process.nextTick(() => console.log('tick')); Promise.resolve().then(() => console.log('microtask')); setImmediate(() => console.log('immediate')); }, 1200);
try { process.kill(2 ** 22 + 1, 'SIGTERM'); } catch (error) { console.log(error.code, error.stack.split('\\n').length); }`;
    await both({ 'main.cjs': program }, ['--cpu-profile=1000', '--coverage', '--heap']);
  },

  async 'nothing of it unless it is asked for'() {
    const cwd = await both({ 'main.cjs': `console.log('plain');` }, []);
    const [run] = readdirSync(join(cwd, '.intellimap/runs'));
    assert.ok(
      !readdirSync(join(cwd, '.intellimap/runs', run)).some((name) => ['v8', 'texts'].includes(name)),
    );
    const { code, stderr } = await execute(intellimapBin(), ['v8'], { cwd });
    assert.deepEqual([code, stderr.split('\n')[0]], [3, 'intellimap: V8 measured nothing in this run']);
  },

  async 'warm-up is found where there is one, and none where the program goes on to change'() {
    // Amounts of work, not of time: the machine may be busy.
    const work = (mix) => `${BURN}
function load() { return [...Array(20000).keys()].map(String).sort().length; }
function serve() { let s = 0; for (let k = 0; k < 40000; k++) s += JSON.stringify({ k }).length; return s; }
let n = 0;
(function step() { n += 1; ${mix} if (n < 500) setImmediate(step); })();`;
    const steady = folderOf({ 'main.cjs': work('if (n <= 60) load(); else serve();') });
    const changing = folderOf({ 'main.cjs': work('if (n <= 300) serve(); else load();') });
    const said = [];
    for (const cwd of [steady, changing]) {
      assert.equal((await record(cwd, ['--cpu-profile=1000', '--no-links'], [...node, 'main.cjs'])).code, 0);
      const { stdout } = await execute(intellimapBin(), ['v8', '--json'], { cwd });
      said.push(JSON.parse(stdout).warmUp);
    }
    const [{ start, end }] = await query(
      steady,
      "SELECT min(start_us) AS start, max(end_us) AS end FROM calls JOIN functions USING (function_id) WHERE name = 'serve'",
    );
    const from = (said[0].steadyFromUs - Number(start)) / (Number(end) - Number(start));
    assert.ok(said[0].why === null && from > -0.1 && from < 0.4, JSON.stringify({ ...said[0], from }));
    assert.deepEqual(said[1], {
      steadyFromUs: null,
      samplesBefore: 0,
      why: 'what ran changed until the end',
    });
  },
};

export const ci = true;

/** @param {string[]} argv */
export async function run(argv) {
  const { values, positionals } = parseArgs({
    args: argv,
    options: { nodes: { type: 'string' } },
    allowPositionals: true,
  });
  const sum = { passed: 0, failed: 0 };
  for (const version of values.nodes?.split(',') ?? [undefined]) {
    if (version !== undefined)
      node = version.includes('/') ? [version] : ['npx', '-y', '-p', `node@${version}`, 'node'];
    if (version !== undefined) console.log(`Node ${version}`);
    const { passed, failed } = await runCases(cases, positionals);
    sum.passed += passed;
    sum.failed += failed;
  }
  return sum;
}
