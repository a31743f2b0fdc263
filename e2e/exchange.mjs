/**
 * Runs in formats of other tools, and those of other tools as runs: a recorded program through all of them, profiles and coverage as Node itself writes them,
 * another workspace, damaged files, a reader that goes away.
 */
import assert from 'node:assert/strict';
import { spawn } from 'node:child_process';
import { readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { runCases } from './_cases.mjs';
import { cleanEnvironment, consumer, execute, intellimapBin, query, workspaceOf } from './_consumer.mjs';

export const ci = true;
export const seconds = 50;

const CART = `
export class Cart {
  lines = [];
  constructor(name) { this.name = name; }
  add(n) { this.lines.push(n); return this; }
  get total() { return this.lines.reduce((sum, n) => sum + n, 0); }
  async save() { await new Promise((done) => setTimeout(done, 4)); return spin(4); }
}
export function spin(ms) { const until = Date.now() + ms; let n = 0; while (Date.now() < until) n++; return n; }
export function never() { return 1; }
export function* counted() { yield 1; yield* [2, 3]; }
`;
const MAIN = `
import { Worker } from 'node:worker_threads';
import { Cart, counted, spin } from './src/cart.mjs';
const risky = (n) => { if (n % 3 === 0) throw new TypeError('no ' + n); return n; };
function fill(cart) { for (let n = 1; n < 10; n++) { try { cart.add(risky(n)); } catch {} } for (const n of counted()) cart.add(n); spin(60); }
async function main() {
  const cart = new Cart('mine');
  fill(cart);
  await Promise.all([cart.save(), cart.save()]);
  if (cart.total !== 33) process.exitCode = 1;
}
setTimeout(function later() { main(); }, 5);
if (process.argv[2] === 'worker') new Worker(new URL('worker.mjs', import.meta.url));
`;
const WORKER = "import { spin } from './src/cart.mjs';\nspin(2);\n";

const workspace = (files = { 'main.mjs': MAIN, 'worker.mjs': WORKER, 'src/cart.mjs': CART }) =>
  workspaceOf('exchange', files);

async function run(command, args, cwd, env = {}) {
  const { code, stdout, stderr } = await execute(command, args, { cwd, env });
  assert.equal(code, 0, `${args.join(' ')}: ${stderr}`);
  return stdout;
}
const intellimap = (cwd, ...args) => run(intellimapBin(), args, cwd);
const record = (cwd, ...args) => intellimap(cwd, 'run', '--no-summary', '--', process.execPath, ...args);

async function recorded(...args) {
  const cwd = workspace();
  await record(cwd, 'main.mjs', ...args);
  return cwd;
}

/** Text of an export. */
async function exported(cwd, format, ...args) {
  const answer = JSON.parse(await intellimap(cwd, 'export', '--format', format, '--json', ...args));
  return readFileSync(answer.files[0].path, 'utf8');
}

/** @returns what `import --json` says */
const imported = async (cwd, path, ...args) =>
  JSON.parse(await intellimap(cwd, 'import', path, '--json', ...args));

const ofRun = (run, sql) =>
  sql.replaceAll(
    /FROM (\w+)/g,
    (_, table) => `FROM (SELECT * FROM all_runs.${table} WHERE run_id = '${run}')`,
  );

const cases = {
  async 'chrome-trace: slices of each thread nest, and hold the calls of the run'() {
    const cwd = await recorded('worker');
    const { traceEvents, otherData } = JSON.parse(await exported(cwd, 'chrome-trace'));
    const stacks = new Map();
    const calls = new Set();
    let last = new Map();
    for (const event of traceEvents.filter(({ ph }) => ph === 'B' || ph === 'E')) {
      const thread = `${event.pid} ${event.tid}`;
      assert.ok(event.ts >= (last.get(thread) ?? 0), 'times of a thread go forward');
      last.set(thread, event.ts);
      const stack = stacks.get(thread) ?? stacks.set(thread, []).get(thread);
      if (event.ph === 'E') assert.equal(stack.pop().name, event.name);
      else {
        calls.add(`${thread} ${event.args.call}`);
        stack.push(event);
      }
    }
    assert.deepEqual([...stacks.values()].flat(), []);
    const [{ n }] = await query(cwd, 'SELECT count(*) AS n FROM calls');
    assert.equal(calls.size, n);
    assert.equal(stacks.size, 2);
    assert.equal(otherData.missing, undefined);
    const parents = await query(
      cwd,
      `SELECT f.name AS child, g.name AS parent FROM calls c JOIN calls p ON p.thread_id = c.thread_id AND p.call_id = c.parent_call_id
       JOIN functions f ON f.function_id = c.function_id JOIN functions g ON g.function_id = p.function_id WHERE f.name IN ('risky', 'Cart.add')`,
    );
    assert.equal(parents.length, 18);
    assert.equal(traceEvents.filter(({ ph }) => ph === 'i').length > 0, true, 'errors');
    const starts = traceEvents.filter(({ ph }) => ph === 's').map(({ id }) => id);
    const ends = traceEvents.filter(({ ph }) => ph === 'f').map(({ id }) => id);
    assert.equal(new Set(ends).size, ends.length);
    assert.ok(starts.length > 0 && ends.every((id) => starts.includes(id)), 'arrows have a beginning');
  },
  async 'otlp: each span lies in its trace, and the run is known again'() {
    const cwd = await recorded();
    const text = await exported(cwd, 'otlp');
    const spans = text
      .trim()
      .split('\n')
      .flatMap((line) => JSON.parse(line).resourceSpans[0].scopeSpans[0].spans);
    const byId = new Map(spans.map((span) => [span.spanId, span]));
    for (const { parentSpanId, traceId } of spans)
      if (parentSpanId !== undefined) assert.equal(byId.get(parentSpanId)?.traceId, traceId);
    writeFileSync(join(cwd, 'spans.jsonl'), text);
    const { run, attributed } = await imported(cwd, 'spans.jsonl');
    const [{ calls }] = await query(cwd, 'SELECT count(*) AS calls FROM calls');
    assert.equal(attributed.functions, calls);
    const rows = await query(
      cwd,
      ofRun(run, `SELECT name, count(*) AS n FROM spans WHERE ast_node_id LIKE '%#spin' GROUP BY ALL`),
    );
    assert.deepEqual(rows, [{ name: 'spin', n: 3 }]);
  },
  async 'speedscope, cpuprofile, collapsed: the time of the calls'() {
    const cwd = await recorded();
    const [{ self }] = await query(cwd, 'SELECT sum(self_us) AS self FROM calls');
    const folded = (await exported(cwd, 'collapsed')).trim().split('\n');
    const sum = folded.reduce((total, line) => total + Number(line.slice(line.lastIndexOf(' '))), 0);
    assert.ok(Math.abs(sum - self) <= folded.length, `${sum} of ${self}`);
    const { profiles, shared } = JSON.parse(await exported(cwd, 'speedscope'));
    const open = [];
    for (const { type, frame } of profiles[0].events)
      if (type === 'O') open.push(frame);
      else assert.equal(open.pop(), frame);
    assert.deepEqual(open, []);
    assert.ok(shared.frames.some(({ name, file }) => name === 'spin' && file === 'src/cart.mjs'));
    const profile = JSON.parse(await exported(cwd, 'cpuprofile'));
    const spin = profile.nodes
      .filter(({ callFrame }) => callFrame.functionName === 'spin')
      .map(({ id }) => id);
    let inSpin = 0;
    for (const [index, id] of profile.samples.entries())
      if (spin.includes(id)) inSpin += profile.timeDeltas[index + 1] ?? 0;
    assert.ok(inSpin > 50_000 && inSpin < 1_000_000, `${inSpin} µs in spin`);
    assert.equal(profile.samples.length, profile.timeDeltas.length);
  },
  async 'parts: a task, a function, a time'() {
    const cwd = await recorded();
    const names = async (...args) => {
      const { traceEvents } = JSON.parse(await exported(cwd, 'chrome-trace', ...args));
      return [
        ...new Set(traceEvents.filter(({ ph }) => ph === 'B').map(({ name }) => String(name))),
      ].toSorted((a, b) => (a < b ? -1 : 1));
    };
    assert.deepEqual(await names('--function', 'fill'), ['Cart.add', 'counted', 'fill', 'risky', 'spin']);
    const [{ start, end }] = await query(
      cwd,
      "SELECT start_us / 1000 AS start, end_us / 1000 AS end FROM calls JOIN functions USING (function_id) WHERE name = 'risky' LIMIT 1",
    );
    assert.ok((await names('--from', String(start), '--to', String(end))).includes('risky'));
    assert.deepEqual(await names('--from', '100000000'), []);
  },
  async 'parquet: another workspace tells the same'() {
    const cwd = await recorded('worker');
    const { run } = JSON.parse(
      await intellimap(cwd, 'export', '--format', 'parquet', '--out', 'out', '--json'),
    );
    const other = workspace({});
    assert.equal((await imported(other, join(cwd, 'out'))).run, run);
    // Sums may differ in the last digit, by the order in which DuckDB adds.
    const rounded = (_, value) => (typeof value === 'number' ? Number(value.toPrecision(9)) : value);
    // The text is of the workspace, not of the run.
    const ofText = ['dead-code', 'unused-dependencies', 'never-used-imports', 'flag-coverage'];
    const report = async (where) => {
      const { analyses, ...told } = JSON.parse(await intellimap(where, 'report', '--json'), rounded);
      return { ...told, analyses: analyses.filter(({ name }) => !ofText.includes(name)) };
    };
    const [ours, theirs] = [await report(cwd), await report(other)];
    delete ours.run.loaded_state;
    assert.deepEqual({ ...theirs, run: null }, { ...ours, run: null });
    // Views are made of tables.
    const hashes = readdirSync(join(cwd, 'out'))
      .filter((name) => name.endsWith('.parquet'))
      .map((name) => name.replace('.parquet', ''))
      .map((name) => {
        const columns = name === 'runs' ? '* EXCLUDE (loaded_state, imported)' : '*';
        return `SELECT '${name}' AS name, count(*) AS n, CAST(bit_xor(hash(t)) AS VARCHAR) AS hash FROM (SELECT ${columns} FROM ${name}) t`;
      });
    const sql = `${hashes.join(' UNION ALL ')} ORDER BY name`;
    const rows = await query(cwd, sql);
    assert.equal(rows.find(({ name }) => name === 'threads').n, 2);
    assert.deepEqual(await query(other, sql), rows);
  },
  async '.cpuprofile as Node writes it: samples belong to functions'() {
    const cwd = await recorded();
    await run(
      process.execPath,
      ['--cpu-prof', '--cpu-prof-dir=profile', '--cpu-prof-interval=500', 'main.mjs'],
      cwd,
    );
    const { run: id, format } = await imported(cwd, 'profile');
    assert.equal(format, 'cpuprofile');
    const rows = await query(
      cwd,
      ofRun(
        id,
        'SELECT ast_node_id AS id, sum(weight_us) / 1000 AS ms FROM cpu_samples s JOIN (SELECT * FROM cpu_nodes) n USING (thread_id, node_id) WHERE ast_node_id IS NOT NULL GROUP BY 1 ORDER BY 2 DESC',
      ),
    );
    assert.equal(rows[0].id, 'ts:src/cart.mjs#spin');
    assert.ok(rows[0].ms > 30 && rows[0].ms < 5000, JSON.stringify(rows));
    const [{ pid, tid }] = await query(cwd, ofRun(id, 'SELECT pid, tid FROM threads'));
    const [name] = readdirSync(join(cwd, 'profile'));
    assert.ok(name.includes(`.${pid}.${tid}.`), name);
    // Out and in again: the same.
    const text = readFileSync(join(cwd, 'profile', name), 'utf8');
    assert.equal(
      JSON.parse(await exported(cwd, 'cpuprofile', id)).samples.length,
      JSON.parse(text).samples.length,
    );
    // The recording is still what is meant.
    assert.equal((await query(cwd, 'SELECT imported FROM runs'))[0].imported, null);
  },
  async 'coverage as Node writes it: counts are those of the recording'() {
    const cwd = await recorded();
    for (let n = 0; n < 2; n++)
      await run(process.execPath, ['main.mjs'], cwd, { NODE_V8_COVERAGE: join(cwd, 'coverage') });
    const { run: id } = await imported(cwd, 'coverage');
    await countsAgree(cwd, id, 2, 11);
  },
  async 'coverage of compiled TypeScript: the counts are of its source'() {
    const cwd = workspace({
      'src/cart.ts':
        'interface Line { n: number }\n\n\nexport function total(lines: Line[]): number {\n  const add = (sum: number, line: Line): number => sum + line.n;\n  return lines.reduce(add, 0);\n}\nexport function unused(): void {}\n',
      'src/main.ts':
        "import { total } from './cart.js';\nexport enum Kind { A, B }\nfunction main(): void {\n  for (const n of [1, 2, 3]) total([{ n }, { n: Kind.B }]);\n}\nmain();\n",
      'tsconfig.json':
        '{ "compilerOptions": { "target": "es2022", "module": "nodenext", "outDir": "dist", "sourceMap": true, "rootDir": "src" }, "include": ["src"] }',
    });
    writeFileSync(join(cwd, 'package.json'), '{ "name": "exchange", "private": true, "type": "module" }');
    await run(process.execPath, [join(consumer(), 'node_modules/typescript/bin/tsc')], cwd);
    await record(cwd, 'dist/main.js');
    await run(process.execPath, ['dist/main.js'], cwd, { NODE_V8_COVERAGE: join(cwd, 'coverage') });
    const { run: id } = await imported(cwd, 'coverage');
    await countsAgree(cwd, id, 1, 4);
    // And samples.
    await run(
      process.execPath,
      ['--cpu-prof', '--cpu-prof-dir=profile', '--cpu-prof-interval=50', 'dist/main.js'],
      cwd,
    );
    const { run: profile } = await imported(cwd, 'profile');
    const rows = await query(
      cwd,
      ofRun(
        profile,
        "SELECT DISTINCT path, line, ast_node_id AS id FROM cpu_nodes WHERE name IN ('main', 'total')",
      ),
    );
    for (const { id, path } of rows)
      assert.match(`${path} ${id}`, /^src\/(main|cart)\.ts ts:src\/(main|cart)\.ts#(main|total)$/);
  },
  async 'lcov of the test runner: functions are those of the recording'() {
    const cwd = workspace();
    writeFileSync(
      join(cwd, 'cart.test.mjs'),
      "import { test } from 'node:test';\nimport { Cart } from './src/cart.mjs';\ntest('adds', () => { new Cart('x').add(1).add(2).total; });\n",
    );
    await record(cwd, 'main.mjs');
    const args = [
      '--test',
      '--experimental-test-coverage',
      '--test-reporter=lcov',
      '--test-reporter-destination=lcov.info',
      'cart.test.mjs',
    ];
    await run(process.execPath, args, cwd);
    const { run: id, format } = await imported(cwd, 'lcov.info');
    assert.equal(format, 'lcov');
    const rows = await query(
      cwd,
      ofRun(
        id,
        "SELECT ast_node_id AS id, count FROM coverage WHERE kind = 'function' AND ast_node_id IS NOT NULL ORDER BY 1",
      ),
    );
    const counts = Object.fromEntries(rows.map((row) => [row.id, row.count]));
    assert.equal(counts['ts:src/cart.mjs#class Cart/add'], 2, JSON.stringify(rows));
    assert.equal(counts['ts:src/cart.mjs#never'], 0);
    const text = await exported(cwd, 'lcov', id);
    writeFileSync(join(cwd, 'again.info'), text);
    const again = await imported(cwd, 'again.info');
    assert.equal(await exported(cwd, 'lcov', again.run), text);
  },
  async 'what is damaged is refused with its place, and makes no run'() {
    const cwd = await recorded();
    const runs = () => readdirSync(join(cwd, '.intellimap', 'runs')).length;
    const before = runs();
    await run(process.execPath, ['--cpu-prof', '--cpu-prof-dir=profile', 'main.mjs'], cwd);
    const file = join(cwd, 'profile', readdirSync(join(cwd, 'profile'))[0]);
    const text = readFileSync(file, 'utf8');
    for (const [damaged, code, message] of [
      [text.slice(0, text.length / 2), 2, 'no format'],
      [text.slice(0, -10), 4, 'is no JSON'],
      [text.replace('"id":1,', '"id":"../../x",'), 4, 'nodes[0].id is no whole number'],
      [text.replace(/"startTime":\d+/, '"startTime":1e400'), 4, 'startTime is no number'],
    ]) {
      writeFileSync(join(cwd, 'bad.json'), damaged);
      const answer = await execute(intellimapBin(), ['import', 'bad.json'], { cwd });
      assert.deepEqual([answer.code, answer.stdout], [code, ''], answer.stderr);
      assert.ok(answer.stderr.includes(message), answer.stderr);
    }
    assert.equal(runs(), before);
  },
  async 'a reader that goes away is no failure'() {
    const cwd = await recorded();
    const child = spawn(intellimapBin(), ['export', '--format', 'chrome-trace', '--out', '-'], {
      cwd,
      env: cleanEnvironment(),
      stdio: ['ignore', 'pipe', 'pipe'],
    });
    let stderr = '';
    child.stderr.on('data', (text) => (stderr += text));
    child.stdout.once('data', () => child.stdout.destroy());
    const code = await new Promise((done) => child.once('exit', done));
    assert.deepEqual([code, stderr], [0, '']);
    const text = await intellimap(cwd, 'export', '--format', 'chrome-trace', '--out', '-');
    assert.ok(JSON.parse(text).traceEvents.length > 10);
  },
};

/** Counts of V8 for functions against those of the recording, as often as the program ran. */
async function countsAgree(cwd, run, times, least) {
  const rows = await query(
    cwd,
    `SELECT f.ast_node_id AS id, coalesce(n.hits, 0) * ${times} AS hits, sum(v.count) AS counted
     FROM functions f LEFT JOIN nodes_runtime n USING (ast_node_id)
     LEFT JOIN all_runs.coverage v ON v.run_id = '${run}' AND v.ast_node_id = f.ast_node_id AND v.kind = 'function'
     WHERE f.kind <> 'module' AND NOT contains(f.ast_node_id, '#~generated') GROUP BY ALL ORDER BY 1`,
  );
  assert.ok(rows.length >= least, JSON.stringify(rows));
  // A function that V8 never compiled has no entry.
  for (const { id, hits, counted } of rows) assert.equal(Number(counted ?? 0), hits, id);
  assert.ok(rows.filter(({ counted }) => counted !== null).length >= least - 1, JSON.stringify(rows));
}

/** @param {string[]} argv parts of names of cases; all by default */
const suite = (argv) => runCases(cases, argv);
export { suite as run };
