/** The database among many: recordings and questions at once, loaders that are killed, bytes that went bad. */
import assert from 'node:assert/strict';
import { spawn } from 'node:child_process';
import { cpSync, readdirSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { runCases } from './_cases.mjs';
import { cleanEnvironment, execute, intellimapBin, workspaceOf } from './_consumer.mjs';

export const ci = true;
export const seconds = 50;

/** Calls of `leaf` that a run makes: CALLS, and one function for each thousand of them. */
const PROGRAM = `
function leaf(x) { return (x * 1103515245 + 12345) & 0x7fffffff; }
function branch(x) { for (let i = 0; i < 1000; i += 1) x = leaf(x); return x; }
let x = 1;
for (let i = 0; i < Number(process.argv[2]) / 1000; i += 1) x = branch(x);
console.log(x);`;

/** A workspace with the program. */
const workspace = () => workspaceOf('store', { 'app.mjs': PROGRAM });

const intellimap = (cwd, ...args) =>
  execute(process.execPath, [intellimapBin(), ...args], { cwd, timeout: 300_000 });

/** @param calls of `leaf` */
async function recorded(cwd, calls) {
  const program = [process.execPath, 'app.mjs', String(calls)];
  const { code, stderr } = await intellimap(cwd, 'run', '--no-summary', '--', ...program);
  assert.equal(code, 0, stderr);
}

async function asked(cwd, sql, ...rest) {
  const { code, stdout, stderr } = await intellimap(cwd, 'query', sql, '--json', ...rest);
  assert.equal(code, 0, stderr);
  return JSON.parse(stdout);
}

/** A figure for each table that depends on all of its rows. */
async function fingerprint(cwd) {
  const tables = await asked(
    cwd,
    `SELECT c.table_name AS name FROM duckdb_columns() c SEMI JOIN duckdb_tables() t ON t.table_name = c.table_name
     WHERE c.database_name = 'all_runs' AND c.column_name = 'run_id' ORDER BY name`,
  );
  assert.ok(tables.length > 25, `${tables.length} tables`);
  const sums = tables.map(
    ({ name }) =>
      `SELECT '${name}' AS name, count(*) AS rows, sum(hash(t))::VARCHAR AS sum FROM (SELECT * FROM "${name}") t`,
  );
  const run = 'SELECT * EXCLUDE (cwd, root, loaded_state) FROM runs';
  return {
    tables: await asked(cwd, sums.join(' UNION ALL ') + ' ORDER BY name'),
    run: await asked(cwd, run),
  };
}

/** Starts a loader and kills it, when `isTime` says so. Returns whether it was still at it. */
async function loadAndKill(cwd, isTime) {
  const child = spawn(process.execPath, [intellimapBin(), 'query', 'select 1'], {
    cwd,
    env: cleanEnvironment(),
    stdio: 'ignore',
  });
  const ended = new Promise((done) => child.once('exit', (_code, signal) => done(signal === 'SIGKILL')));
  const began = performance.now();
  const isOver = () => child.exitCode !== null || child.signalCode !== null;
  while (!isOver() && !isTime(performance.now() - began)) await sleep(10);
  child.kill('SIGKILL');
  return await ended;
}

/** Whether the file was written since it was last asked. */
function watch(file) {
  const written = () => statSync(file, { throwIfNoEntry: false })?.mtimeMs ?? 0;
  const before = written();
  return () => written() !== before;
}

const cases = {
  'two recordings and questions at once': async () => {
    const cwd = workspace();
    await recorded(cwd, 100_000);
    const record = (calls) => intellimap(cwd, 'run', '--', process.execPath, 'app.mjs', String(calls));
    const questions = async () => {
      const counts = [];
      for (let turn = 0; turn < 5; turn++)
        counts.push(
          (await asked(cwd, `SELECT count(*) AS runs FROM all_runs.runs WHERE calls_total > 0`))[0].runs,
        );
      return counts;
    };
    const [a, b, counts] = await Promise.all([record(2_000_000), record(3_000_000), questions()]);
    for (const { code, stderr } of [a, b]) assert.equal(code, 0, stderr);
    assert.match(a.stderr, /recorded 2,002,001 calls/);
    assert.match(b.stderr, /recorded 3,003,001 calls/);
    assert.ok(
      counts.every((count, at) => count >= (counts[at - 1] ?? 1)),
      `runs seen: ${counts}`,
    );
    const runs = await asked(cwd, 'SELECT calls_total AS calls, complete FROM all_runs.runs ORDER BY calls');
    assert.deepEqual(
      runs,
      [100_101, 2_002_001, 3_003_001].map((calls) => ({ calls, complete: true })),
    );
  },

  'a loader that is killed at any moment: the next one goes on, and comes to the same': async () => {
    const cwd = workspace();
    await recorded(cwd, 40_000_000);
    const whole = workspace();
    cpSync(join(cwd, '.intellimap', 'runs'), join(whole, '.intellimap', 'runs'), {
      recursive: true,
      preserveTimestamps: true,
      // Sockets.
      filter: (file) => !file.endsWith('.sock'),
    });
    const expected = await fingerprint(whole);
    const [run] = readdirSync(join(cwd, '.intellimap', 'runs'));
    const checkpoint = join(cwd, '.intellimap', 'loading', run);
    let killed = 0;
    for (const ms of [300, 700, 1700, 900]) if (await loadAndKill(cwd, (passed) => passed >= ms)) killed++;
    // And just after one has written down how far it is.
    let wasWritten = watch(checkpoint);
    if (await loadAndKill(cwd, wasWritten)) killed++;
    assert.ok(wasWritten(), 'no loader wrote down how far it was');
    wasWritten = watch(checkpoint);
    if (await loadAndKill(cwd, wasWritten)) killed++;
    assert.ok(killed >= 4, `killed ${killed} times`);
    assert.deepEqual(await fingerprint(cwd), expected);
    for (const folder of [cwd, whole]) rmSync(folder, { recursive: true, force: true });
  },

  'a database whose bytes went bad is noticed, and made anew from the recordings': async () => {
    const cwd = workspace();
    await recorded(cwd, 300_000);
    const expected = await fingerprint(cwd);
    const file = join(cwd, '.intellimap', 'store.duckdb');
    const sound = readFileSync(file);
    const heart = Math.floor(sound.length / 2 / 262_144) * 262_144 + 12_288 + 64;
    // No two words alike: DuckDB's checksum is made of words by XOR, and eight that are the same come to nothing.
    const rubbish = Buffer.from(Array.from({ length: 64 }, (_, at) => at * 37));
    const bad = {
      'its head': (bytes) => bytes.fill(rubbish, 8, 64),
      'its heart': (bytes) => bytes.fill(rubbish, heart, heart + 64),
      'its end is gone': (bytes) => bytes.subarray(0, bytes.length >> 1),
      'nothing is left': () => Buffer.alloc(0),
    };
    for (const [what, damage] of Object.entries(bad)) {
      writeFileSync(file, damage(Buffer.from(sound)));
      assert.deepEqual(await fingerprint(cwd), expected, what);
    }
  },
};

export const run = (argv) => runCases(cases, argv);
