/**
 * What people and pipelines ask, with the packed packages: the configuration of a workspace, SQL in and rows out, the report and the JSON that it promises,
 * which recordings stay.
 */
import assert from 'node:assert/strict';
import { spawn } from 'node:child_process';
import { existsSync, readdirSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { runCases } from './_cases.mjs';
import { cleanEnvironment, execute, intellimapBin, workspaceOf } from './_consumer.mjs';
import { busy } from './_processor.mjs';
import { described, valid } from './_schemas.mjs';

export const ci = true;
export const seconds = 50;

const PROGRAM = `
const { helper } = require('./helper.js');
class CartError extends Error { constructor(m) { super(m); this.name = 'CartError'; } }
function fib(n) { return n < 2 ? n : fib(n - 1) + fib(n - 2); }
function risky(n) { if (n % 3 === 0) throw new CartError('=cart "' + n + '"'); return helper(n); }
for (let n = 0; n < 9; n++) try { risky(n); } catch {}
fib(12);`;
const HELPER = `exports.helper = function helper(n) { return n * 2; }; exports.idle = function idle() {};`;

const workspace = (files = {}) =>
  workspaceOf('answers', { 'main.js': PROGRAM, 'helper.js': HELPER, ...files });

const intellimap = (cwd, args, more) => execute(intellimapBin(), args, { cwd, ...more });

/** @returns stdout of a command that ends well */
async function answered(cwd, args, more) {
  const { code, stdout, stderr } = await intellimap(cwd, args, more);
  assert.deepEqual({ code, stderr }, { code: 0, stderr: '' }, args.join(' '));
  return stdout;
}

async function refused(cwd, args, exitCode, message, more) {
  const { code, stdout, stderr } = await intellimap(cwd, args, more);
  assert.deepEqual([code, stdout], [exitCode, ''], `${args.join(' ')}: ${stderr}`);
  assert.match(stderr, message);
}

const record = (cwd, options = []) =>
  intellimap(cwd, ['run', '--no-summary', ...options, '--', process.execPath, 'main.js']);
const runs = (cwd) => readdirSync(join(cwd, '.intellimap', 'runs')).toSorted();

/** @returns the id of one more recording. Ids of the same second are in no order. */
async function another(cwd) {
  const before = runs(cwd);
  await record(cwd);
  return runs(cwd).find((id) => !before.includes(id));
}

async function recorded(files) {
  const cwd = workspace(files);
  const { code, stderr } = await record(cwd);
  assert.deepEqual({ code, stderr }, { code: 0, stderr: '' });
  return cwd;
}

const cases = {
  async 'a configuration in TypeScript, typed, holds for all commands; the command line wins'() {
    const cwd = workspace({
      'shared.mjs': 'export const rows = 2;',
      'intellimap.config.mts': `import { defineConfig, type Config } from 'intellimap';
import { rows } from './shared.mjs';
interface Mine { tier: 'edges' }
const mine: Mine = { tier: 'edges' };
export default defineConfig({ record: { ...mine, exclude: ['helper.js'], summary: false }, report: { rowsAfterRun: rows } } satisfies Config);`,
    });
    const told = JSON.parse(await answered(cwd, ['config', '--json']));
    valid('config', told);
    assert.deepEqual(told.said, ['record.tier', 'record.exclude', 'record.summary', 'report.rowsAfterRun']);
    assert.match(await answered(cwd, ['config']), /tier +"edges" +file\n/);
    const run = ['run', '--', process.execPath, 'main.js'];
    await answered(cwd, run);
    const flags = "select tier, (select count(*) from modules where path = 'helper.js') as helper from runs";
    const ask = async () => JSON.parse(await answered(cwd, ['query', flags, '--json']));
    assert.deepEqual(await ask(), [{ tier: 'edges', helper: 0 }]);
    const doctor = JSON.parse((await intellimap(cwd, ['doctor', '--json'])).stdout);
    assert.equal(doctor.files, 1 + 1 + 1, 'main.js, shared.mjs, the configuration');
    const { stderr } = await intellimap(cwd, [
      'run',
      '--tier',
      'performance',
      '--exclude',
      'none.js',
      '--summary',
      ...run.slice(1),
    ]);
    assert.match(stderr, /^\nintellimap recorded [\d,]+ calls/);
    assert.deepEqual(await ask(), [{ tier: 'performance', helper: 1 }]);
  },

  async 'in JavaScript of both kinds, and in JSON'() {
    for (const [name, text] of [
      [
        'intellimap.config.js',
        "const { defineConfig } = require('intellimap/config');\nmodule.exports = defineConfig({ query: { limit: 2 } });",
      ],
      ['intellimap.config.mjs', 'export default { query: { limit: 2 } };'],
      ['intellimap.config.json', '{ "$schema": "x", "query": { "limit": 2 } }'],
    ]) {
      const cwd = await recorded({ [name]: text });
      const { code, stdout, stderr } = await intellimap(cwd, [
        'query',
        'select * from range(9)',
        '--format',
        'ndjson',
      ]);
      assert.deepEqual([code, stdout], [0, '{"range":0}\n{"range":1}\n'], name);
      assert.match(stderr, /more rows than these 2/);
    }
  },

  async 'what is wrong with a configuration is named, and nothing is started'() {
    for (const [name, text, message] of [
      [
        'intellimap.config.json',
        '{ "record": { "tierr": "edges" } }',
        /intellimap\.config\.json: record\.tierr is not known; did you mean record\.tier\?/,
      ],
      [
        'intellimap.config.mjs',
        'export default { record: { budget: "5" } };',
        /record\.budget is "5"; a number above 0, or null is wanted/,
      ],
      ['intellimap.config.ts', 'export default {', /intellimap\.config\.ts/],
      ['intellimap.config.mjs', "throw new Error('no');", /intellimap\.config\.mjs cannot be run: Error: no/],
      ['intellimap.config.mjs', 'export const a = 1;', /has no default export/],
      ['intellimap.config.mjs', 'process.exit(0);', /intellimap\.config\.mjs ended the process/],
      ['intellimap.config.mjs', 'await new Promise(() => {});', /intellimap\.config\.mjs never comes to its/],
      ['intellimap.config.mjs', 'export default new Promise(() => {});', /never comes to its end/],
    ]) {
      const cwd = workspace({ [name]: text });
      for (const args of [
        ['config'],
        ['doctor'],
        ['run', '--', process.execPath, 'main.js'],
        ['report'],
        ['clean'],
      ])
        await refused(cwd, args, 2, message);
      assert.equal(existsSync(join(cwd, '.intellimap')), false);
    }
    const cwd = workspace({ 'intellimap.config.json': '{}', 'intellimap.config.js': '' });
    await refused(cwd, ['config'], 2, /there are 2 configurations/);
  },

  async 'a recording folder that is a file is named, with the codes of what cannot be read or written'() {
    const cwd = workspace({ '.intellimap': '' });
    const message = /\.intellimap.*: a part of the path is a file/;
    for (const args of [
      ['runs'],
      ['report'],
      ['query', 'SELECT 1'],
      ['open', '--no-browser'],
      ['limits'],
      ['clean'],
    ])
      await refused(cwd, args, 4, message);
    await refused(cwd, ['run', '--', process.execPath, 'main.js'], 5, message);
    await refused(cwd, ['graph'], 5, /\.intellimap.*: a file is in its place/);
    const doctor = await intellimap(cwd, ['doctor']);
    assert.equal(doctor.code, 1);
    assert.match(doctor.stdout, /no {2}recording folder: .*\.intellimap is a file/);
  },

  async 'SQL from the command line, a file, standard input and the history'() {
    const cwd = await recorded({
      'question.sql': "select name, hits from hot_functions\nwhere name = 'helper';\n",
    });
    const helper = [{ name: 'exports.helper', hits: 6 }];
    const sql = "select name, hits from hot_functions where name like '%helper' and kind <> 'module'";
    const asked = async (args, more) => JSON.parse(await answered(cwd, ['query', '--json', ...args], more));
    assert.deepEqual(await asked([sql]), helper);
    assert.deepEqual(await asked(['-'], { input: sql }), helper);
    assert.deepEqual(await asked(['--file', 'question.sql']), []);
    assert.deepEqual(await asked(['--again', '1']), helper);
    const history = await asked(['--history']);
    assert.deepEqual(
      history.map(({ n, rows }) => [n, rows]),
      [
        [1, 1],
        [2, 1],
        [3, 0],
        [4, 1],
      ],
    );
    assert.equal(statSync(join(cwd, '.intellimap', 'history.ndjson')).mode & 0o777, 0o600);
    await refused(
      cwd,
      ['query', '--file', 'none.sql'],
      2,
      /cannot read the SQL: none\.sql: it does not exist/,
    );
    await refused(cwd, ['query', 'select 1', '--again', '1'], 2, /one question at a time/);
    await refused(cwd, ['query', '--again', '77'], 3, /there is no query 77/);
    await refused(cwd, ['query', "copy (select 1) to 'x.csv'"], 2, /only SELECT/);
    assert.equal(existsSync(join(cwd, 'x.csv')), false);
  },

  async 'rows as a table, upright, as JSON and as CSV that no spreadsheet runs'() {
    const cwd = await recorded();
    const sql = 'select message, count, null as nothing from error_places order by 1';
    const csv = await answered(cwd, ['query', sql, '--format', 'csv']);
    assert.equal(csv, `message,count,nothing\r\n"'=cart ""0""",3,\r\n`);
    assert.match(
      await answered(cwd, ['query', sql, '--format', 'csv', '--raw']),
      /\r\n"=cart ""0""",3,\r\n$/,
    );
    const json = JSON.parse(await answered(cwd, ['query', sql, '--format', 'json']));
    valid('query', json);
    assert.deepEqual(json, [{ message: '=cart "0"', count: 3, nothing: null }]);
    assert.match(
      await answered(cwd, ['query', sql]),
      /message +count +nothing\n +=cart "0" +3 +null\n {2}\(1 row\)\n$/,
    );
    assert.match(
      await answered(cwd, ['query', sql, '--format', 'vertical']),
      /^row 1\n {2}message {2}=cart "0"\n {4}count {2}3\n/,
    );
    await refused(cwd, ['query', sql, '--format', 'xml'], 2, /unknown format "xml"/);
  },

  async 'Ctrl-C stops a query, and it ends as one that was stopped'() {
    const cwd = await recorded();
    const sql = 'select sum(a.range * b.range % 7) from range(4000000) a, range(4000000) b';
    const child = spawn(intellimapBin(), ['query', sql, '--timeout', '0'], {
      cwd,
      env: cleanEnvironment(),
      stdio: ['ignore', 'pipe', 'pipe'],
    });
    let stderr = '';
    child.stderr.setEncoding('utf8').on('data', (text) => (stderr += text));
    await busy(child.pid, 1.5);
    child.kill('SIGINT');
    const code = await new Promise((done) => child.once('exit', done));
    assert.deepEqual([code, stderr], [130, 'intellimap: the query was stopped\n']);
    assert.deepEqual(
      readdirSync(join(cwd, '.intellimap')).filter((name) => name.startsWith('spill')),
      [],
    );
    await refused(cwd, ['query', sql, '--timeout', '0.3'], 2, /took longer than 0\.3 s/);
  },

  async 'tables and views are explained'() {
    const cwd = workspace();
    assert.match(await answered(cwd, ['query', '--tables']), /\nviews\n {2}run_overview /);
    assert.match(await answered(cwd, ['query', '--tables', 'edges_by_frame']), /src\|dst\|frame\|flags/);
    await refused(cwd, ['query', '--tables', 'call_tre'], 2, /did you mean "call_tree"\?/);
  },

  async 'the report: verdict first, every analysis by one pattern, in 80 columns'() {
    const cwd = await recorded();
    const text = await answered(cwd, ['report']);
    const lines = text.split('\n');
    assert.match(lines[0], /^intellimap recorded \d+ calls in /);
    assert.match(text, /\n {2}analyses {3}\d of \d+ analyses found something/);
    assert.match(text, /\n\nErrors\n {2}3 errors at 1 place, 0 uncaught\n {2}3× {2}thrown /);
    assert.deepEqual(
      lines.filter((line) => line.length > 80 && !line.startsWith('intellimap recorded')),
      [],
    );
    const errors = await answered(cwd, ['report', '--only', 'errors', '--width', '60']);
    assert.deepEqual(errors.split('\n')[0], 'Errors');
    await refused(cwd, ['report', '--only', 'eror'], 2, /there is no analysis "eror"/);
  },

  async 'JSON is what the published schemas say'() {
    const cwd = await recorded();
    const asked = async (...args) => JSON.parse(await answered(cwd, args));
    const report = await asked('report', '--json', '--explain');
    valid('report', report);
    assert.equal(report.version, 1);
    const named = report.analyses.find(({ name }) => name === 'errors');
    assert.deepEqual([named.holds, named.count, named.findings[0].confidence], ['yes', 1, 'certain']);
    const again = await asked('query', '--json', named.sql[0]);
    assert.equal(again[0].name, 'CartError');
    valid('runs', await asked('runs', '--json'));
    valid('show', await asked('show', 'risky', '--json'));
    valid('call', await asked('show', '--call', '1:0', '--json'));
    valid('clean', await asked('clean', '--dry-run', '--json'));
    const { stderr } = await intellimap(cwd, ['run', '--json', '--', process.execPath, 'main.js']);
    valid('run', JSON.parse(stderr));
    described('doctor', await asked('doctor', '--json'));
  },

  async 'recordings go by number, age and size; protected ones stay'() {
    const cwd = await recorded();
    const [first] = runs(cwd);
    const second = await another(cwd);
    const third = await another(cwd);
    await answered(cwd, ['clean', '--protect', first, 'the first one']);
    const would = JSON.parse(await answered(cwd, ['clean', '--keep', '1', '--dry-run', '--json']));
    assert.deepEqual([would.removed, would.held], [[second], { [first]: 'protected: the first one' }]);
    assert.deepEqual(new Set(runs(cwd)), new Set([first, second, third]));
    assert.match(await answered(cwd, ['clean', '--keep', '1']), /removed: 1 recording, .*; 2 kept/);
    assert.deepEqual(new Set(runs(cwd)), new Set([first, third]));
    assert.match(await answered(cwd, ['clean', '--older-than', '1d']), /^nothing to remove, 2 kept/);
    await refused(cwd, ['clean', '--older-than', '30'], 2, /--older-than takes a number and m, h, d or w/);
    writeFileSync(join(cwd, 'intellimap.config.json'), '{ "retention": { "maxSize": "1K" } }');
    const { code, stderr } = await record(cwd);
    assert.deepEqual([code, runs(cwd).length, runs(cwd).includes(first)], [0, 2, true]);
    assert.match(stderr, /removed 1 old recording .*retention/);
    await answered(cwd, ['clean', '--release', first]);
    await answered(cwd, ['clean', '--all']);
    assert.equal(existsSync(join(cwd, '.intellimap')), false);
  },

  async 'a recording that goes on stays'() {
    const cwd = workspace({
      'wait.js': `console.log('up'); process.stdin.once('data', () => process.exit());`,
    });
    const child = spawn(intellimapBin(), ['run', '--no-summary', '--', process.execPath, 'wait.js'], {
      cwd,
      env: cleanEnvironment(),
      stdio: ['pipe', 'pipe', 'inherit'],
    });
    await new Promise((up) => child.stdout.once('data', up));
    const told = JSON.parse(await answered(cwd, ['clean', '--keep', '0', '--json']));
    assert.deepEqual([told.removed, Object.values(told.held)], [[], ['running']]);
    child.stdin.end('\n');
    assert.equal(await new Promise((done) => child.once('exit', done)), 0);
    assert.deepEqual(JSON.parse(await answered(cwd, ['clean', '--keep', '0', '--json'])).removed.length, 1);
    rmSync(cwd, { recursive: true });
  },
};

/** @param {string[]} argv parts of names of cases; all by default */
export const run = (argv) => runCases(cases, argv);
