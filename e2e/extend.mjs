/**
 * What a workspace adds to IntelliMap: the package of `samples/extension`, installed as any other, in all commands that it has to do with; events from threads, children and programs that
 * do not depend on anything; extensions that are broken.
 */
import assert from 'node:assert/strict';
import { spawn } from 'node:child_process';
import { cpSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { runCases } from './_cases.mjs';
import { cleanEnvironment, execute, intellimapBin, query, workspaceOf } from './_consumer.mjs';

export const ci = true;
export const seconds = 30;

const sample = fileURLToPath(new URL('../samples/extension', import.meta.url));
const docs = fileURLToPath(new URL('../docs/extending.md', import.meta.url));

/** A workspace that has the package, and the example's program. */
function workspace(files = {}) {
  const cwd = workspaceOf('extend', {
    'package.json': '{ "name": "shop", "type": "module", "private": true }',
  });
  cpSync(join(sample, 'example'), cwd, { recursive: true });
  cpSync(sample, join(cwd, 'node_modules', 'acme-intellimap'), { recursive: true });
  for (const [name, text] of Object.entries(files)) writeFileSync(join(cwd, name), text);
  return cwd;
}

async function intellimap(cwd, ...args) {
  const { code, stdout, stderr } = await execute(intellimapBin(), args, { cwd });
  assert.equal(code, 0, `${args.join(' ')}: ${stderr}`);
  return { stdout, stderr };
}
const json = async (cwd, ...args) => JSON.parse((await intellimap(cwd, ...args, '--json')).stdout);

async function recorded(files, program = 'app.js') {
  const cwd = workspace(files);
  const { stderr } = await intellimap(cwd, 'run', '--no-summary', '--', process.execPath, program);
  assert.equal(stderr, '');
  return cwd;
}

let example;
/** Recorded once: most cases only ask. */
const exampleRun = () => (example ??= recorded());

async function documented() {
  const blocks = [...readFileSync(docs, 'utf8').matchAll(/```js (\S+)\n(.*?)```/gs)];
  assert.equal(blocks.length, 7);
  for (const [, name, text] of blocks) {
    const file = name.startsWith('intellimap.config') ? join('example', name) : name;
    assert.equal(text, readFileSync(join(sample, file), 'utf8'), name);
  }
}

async function analysis() {
  const cwd = await exampleRun();
  const { analyses } = await json(cwd, 'report', '--explain');
  assert.ok(analyses.length > 10);
  const own = analyses.find(({ name }) => name === 'acme/free-orders');
  assert.equal(own.holds, 'yes');
  const [finding] = own.findings;
  assert.equal(finding.id, 'acme/free-orders:ts:app.js#order');
  assert.equal(finding.text, 'order took 1 orders for nothing');
  assert.deepEqual(finding.place, { path: 'app.js', line: 5 });
  assert.equal(own.sql.length, 1);
  assert.match(own.sql[0], /WHERE e\.total <= 0/);
  const { table, key } = finding.evidence[0];
  const rows = await query(cwd, `select "values" from ${table} where event_id = ${key.event_id}`);
  assert.equal(JSON.parse(rows[0].values).total, 0);
  assert.match(
    (await intellimap(cwd, 'report', '--only', 'acme/free-orders')).stdout,
    /Orders that cost nothing/,
  );
}

async function pattern() {
  const cwd = await exampleRun();
  const { findings } = await json(cwd, 'patterns');
  const [own, ...others] = findings.filter((each) => each.pattern === 'acme/raw-sql');
  assert.deepEqual(others, []);
  assert.deepEqual(own.place, { path: 'app.js', line: 7 });
  assert.deepEqual(own.proof, { ...own.proof, state: 'confirmed', count: 3 });
  assert.equal(own.parts[0].role, 'statement');
  assert.match(
    (await intellimap(cwd, 'patterns', '--explain', 'acme/raw-sql')).stdout,
    /bind values by name/,
  );
}

async function events() {
  const cwd = await exampleRun();
  const rows = await query(
    cwd,
    'select total, items, express, customer, call_id, task_id from events_acme_ordered',
  );
  assert.deepEqual(
    rows.map(({ total, items, express }) => [total, items, express]),
    [
      [12.5, 2, true],
      [3, 1, false],
      [0, 1, false],
    ],
  );
  assert.match(rows[0].customer, /^‹email:/);
  assert.equal(new Set(rows.map(({ call_id }) => call_id)).size, 3);
  const told = await query(
    cwd,
    'select f.name from custom_events e join calls c using (thread_id, call_id) join functions f using (function_id)',
  );
  assert.deepEqual(told, [{ name: 'order' }, { name: 'order' }, { name: 'order' }]);
  assert.match((await intellimap(cwd, 'show', 'order')).stdout, /3×\s+acme\/ordered/);
  assert.match((await intellimap(cwd, 'query', '--tables', 'events_acme_ordered')).stdout, /Unit: EUR/);
}

const EVERYWHERE = `
import diagnostics from 'node:diagnostics_channel';
import { fork } from 'node:child_process';
import { Worker, isMainThread } from 'node:worker_threads';
const tell = (from) => diagnostics.channel('intellimap:event').publish({ name: 'acme/seen', values: { from } });
if (process.argv[2] === 'child') tell('child');
else if (!isMainThread) tell('worker');
else {
  tell('main');
  new Worker(new URL(import.meta.url)).on('exit', () => fork(process.argv[1], ['child']));
}`;

async function everywhere() {
  const cwd = await recorded({ 'seen.mjs': EVERYWHERE }, 'seen.mjs');
  const rows = await query(cwd, `select name, "values" from custom_events order by "values"`);
  assert.deepEqual(
    rows,
    ['child', 'main', 'worker'].map((from) => ({ name: 'acme/seen', values: `{"from":"${from}"}` })),
  );
}

/** Tiers without calls know events all the same; unrecorded, nothing is different. */
async function without() {
  const cwd = workspace();
  const plain = await execute(process.execPath, ['app.js'], { cwd });
  assert.deepEqual([plain.code, plain.stderr], [0, '']);
  await intellimap(cwd, 'run', '--no-summary', '--tier', 'minimal', '--', process.execPath, 'app.js');
  const rows = await query(cwd, 'select total, call_id from events_acme_ordered');
  assert.deepEqual(
    rows,
    [12.5, 3, 0].map((total) => ({ total, call_id: null })),
  );
}

async function places() {
  const cwd = await exampleRun();
  const put = await json(cwd, 'export', '--place', 'acme/archive');
  assert.equal(put.place, 'acme/archive');
  const [stored, ...others] = await json(cwd, 'runs', '--place', 'acme/archive');
  assert.deepEqual([stored.id, others], [put.run, []]);
  const other = workspace();
  cpSync(join(cwd, 'runs'), join(other, 'runs'), { recursive: true });
  const got = await json(other, 'import', put.run.slice(0, -3), '--place', 'acme/archive');
  assert.equal(got.run, put.run);
  for (const sql of [
    'select * exclude (at_us) from custom_events',
    'from nodes_runtime',
    'select name, line from functions',
  ])
    assert.deepEqual(await query(other, sql), await query(cwd, sql));
  const [{ imported }] = await query(other, 'select imported from runs');
  assert.equal(JSON.parse(imported).from, 'acme/archive');
  const none = await execute(intellimapBin(), ['export', '--place', 'acme/attic'], { cwd });
  assert.equal(none.code, 3);
  assert.match(none.stderr, /there is no place for runs "acme\/attic"\n.*places: acme\/archive/);
  const [file] = readdirSync(join(other, 'runs'));
  writeFileSync(join(other, 'runs', file), 'damaged');
  const damaged = await execute(intellimapBin(), ['runs', '--place', 'acme/archive'], { cwd: other });
  assert.equal(damaged.code, 1);
  assert.match(damaged.stderr, /acme\/archive cannot tell its runs: incorrect header check/);
}

/** Node 20 finds no tests in a folder of packages: the file is named. */
async function contract() {
  const { code, stdout } = await execute(
    process.execPath,
    ['--test', 'node_modules/acme-intellimap/archive.test.js'],
    { cwd: workspace() },
  );
  assert.equal(code, 0, stdout);
  assert.match(stdout, /pass 7/);
}

const BROKEN = `
import { defineAnalysis, definePattern, defineStorage } from 'intellimap/extend';
const fail = (): never => { throw new Error('not today'); };
export default { extend: [
  './nowhere.js',
  defineAnalysis({ name: 'acme/broken', title: 'Broken', check: async () => fail() }),
  defineAnalysis({ name: 'acme/writes', title: 'Writes', check: async ({ sql }) => await sql('drop view calls') }),
  definePattern({ name: 'acme/throws', kind: 'anti', what: 'a', why: 'b', todo: 'c', severity: 1, nodes: ['CallExpression'], says: ['d'], match: () => fail() }),
  defineStorage({ name: 'acme/full', put: async () => fail(), list: async () => [], get: async () => fail() }),
  'acme-intellimap',
  'acme-intellimap',
] };`;

async function broken() {
  const cwd = workspace({ 'intellimap.config.ts': BROKEN });
  // The example's own.
  rmSync(join(cwd, 'intellimap.config.js'));
  const run = await intellimap(cwd, 'run', '--', process.execPath, 'app.js');
  assert.doesNotMatch(run.stderr, /extend|acme/);
  const report = await intellimap(cwd, 'report', '--json');
  assert.match(
    report.stderr,
    /intellimap\.config\.ts: extend\[0\] "\.\/nowhere\.js" cannot be used: there is no file .*nowhere\.js/,
  );
  assert.match(report.stderr, /extend\[6\] .* is not used: .*extend\[5\].* has the same name/);
  const answers = Object.fromEntries(
    JSON.parse(report.stdout).analyses.map(({ name, holds, why }) => [name, { holds, why }]),
  );
  assert.deepEqual(answers['acme/broken'], { holds: 'failed', why: 'acme/broken says: not today' });
  assert.equal(answers['acme/writes'].holds, 'failed');
  assert.match(answers['acme/writes'].why, /only SELECT statements/);
  assert.equal(answers['acme/free-orders'].holds, 'yes');
  assert.notEqual(answers['errors'].holds, 'failed');
  const patterns = await intellimap(cwd, 'patterns', '--json');
  assert.match(patterns.stderr, /pattern acme\/throws: its match failed at .*: not today/);
  assert.equal(JSON.parse(patterns.stdout).counts['acme/raw-sql'].found, 1);
  const full = await execute(intellimapBin(), ['export', '--place', 'acme/full'], { cwd });
  assert.equal(full.code, 1);
  assert.match(full.stderr, /acme\/full cannot take run .*: not today/);
}

async function inTheBrowser() {
  const cwd = await exampleRun();
  const server = spawn(intellimapBin(), ['open', '--no-browser'], { cwd, env: cleanEnvironment() });
  try {
    const address = await new Promise((done, fail) => {
      let said = '';
      server.stdout.setEncoding('utf8').on('data', (text) => {
        said += text;
        const found = /http:\S+/.exec(said);
        if (found !== null) done(new URL(found[0]));
      });
      server.on('exit', () => fail(new Error(`it ended: ${said}`)));
    });
    const entered = await fetch(address, { redirect: 'manual' });
    const cookie = entered.headers.get('set-cookie').split(';', 1)[0];
    const ask = async (path) => await (await fetch(new URL(path, address), { headers: { cookie } })).json();
    assert.ok((await ask('/api/reports')).some(({ name }) => name === 'acme/free-orders'));
    const report = await ask('/api/report?name=acme%2Ffree-orders');
    assert.equal(report.findings[0].text, 'order took 1 orders for nothing');
  } finally {
    server.kill('SIGINT');
    await new Promise((done) =>
      server.exitCode === null && server.signalCode === null ? server.on('exit', done) : done(),
    );
  }
}

const cases = {
  'the texts of docs/extending.md are those of the sample': documented,
  'an analysis is asked with ours: report, explained, as JSON': analysis,
  'an analysis is among the reports of the page': inTheBrowser,
  'a pattern is found with ours, and a run confirms it': pattern,
  'events have call and task, columns, and no secrets': events,
  'events of threads and children, told without depending on anything': everywhere,
  'events without calls, and without being recorded': without,
  'a run goes to a place, is listed there, and comes back': places,
  'a place keeps to the contract': contract,
  'what is broken is told with its name, and the rest goes on': broken,
};

/** @param {string[]} argv parts of names of cases; all by default */
export const run = async (argv) => await runCases(cases, argv);
