/** What analyses say of programs as they are: signatures of errors across versions of a program, what a run does otherwise, labels, feature flags. */
import assert from 'node:assert/strict';
import { mkdirSync, mkdtempSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { consumer, execute, intellimapBin, query } from './_consumer.mjs';
import { runCases } from './_cases.mjs';

export const ci = true;

/** Errors of each kind: thrown, by the language, by a helper for two callers, with a cause, after an await, uncaught. */
const CARTS = `
import { check } from './check.mjs';
export function find(id) { const cart = undefined; if (id < 0) throw new RangeError('no cart ' + id); return cart.lines; }
export function pay(amount) { check(amount > 0, 'no amount'); }
export function ship(weight) { check(weight > 0, 'no amount'); }
export async function load(id) {
  await null;
  try { throw new Error('connect ECONNREFUSED 10.0.0.' + id + ':80'); } catch (reason) { throw new Error('cannot load ' + id, { cause: reason }); }
}`;
const CHECK = `export function check(holds, message) { if (!holds) throw new TypeError(message); }`;
const MAIN = `
import { find, load, pay, ship } from './carts.mjs';
function quietly(work) { try { work(); } catch (error) { return error; } }
const id = Number(process.argv[2]);
quietly(() => find(-id));
quietly(() => find(id));
quietly(() => pay(0));
quietly(() => ship(0));
await load(id).catch(() => {});
find(-id - 1);`;

/** The same with other lines and names of variables, and more code around it. */
const CARTS_LATER = `
import { check } from './check.mjs';
// A comment.
export function added() { return 1; }

export function find(number) {
  const found = undefined;
  if (number < 0)
    throw new RangeError('no cart ' + number);
  return found.lines;
}
export function ship(grams) { check(grams > 0, 'no amount'); }
export function pay(cents) { check(cents > 0, 'no amount'); }
export async function load(number) {
  await null;

  try { throw new Error('connect ECONNREFUSED 10.0.0.' + number + ':80'); } catch (e) { throw new Error('cannot load ' + number, { cause: e }); }
}`;

const FLAGS = `
class Flags {
  isOn(name) { return process.env['SHOP_FLAG_' + name.toUpperCase()] === '1'; }
}
const flags = new Flags();
function wrapped() { return 'paper'; }
function plain() { return 'box'; }
function pack() { return flags.isOn('gift') ? wrapped() : plain(); }
pack();
pack();`;

const cases = {
  async 'an error has one signature in all versions of a program'() {
    const cwd = folderWith({ 'main.mjs': MAIN, 'carts.mjs': CARTS, 'check.mjs': CHECK });
    await record(cwd, ['main.mjs', '7'], 1);
    put(cwd, { 'carts.mjs': CARTS_LATER, 'check.mjs': `\n\n// Moved down.\n${CHECK}` });
    await record(cwd, ['main.mjs', '9'], 1);
    const rows = await query(
      cwd,
      'SELECT signature, count(DISTINCT run_id) AS runs, count(DISTINCT line) AS lines, any_value(name) AS name, any_value(template) AS template FROM all_runs.errors GROUP BY signature ORDER BY template',
    );
    assert.deepEqual(
      rows.map(({ name, template, runs }) => `${name}: ${template} ${runs}`),
      [
        "TypeError: Cannot read properties of undefined (reading 'lines') 2",
        'Error: cannot load # 2',
        'Error: connect ECONNREFUSED # 2',
        // Of the helper, one for each of its callers.
        'TypeError: no amount 2',
        'TypeError: no amount 2',
        // The same throw, asked for from two places.
        'RangeError: no cart # 2',
        'RangeError: no cart # 2',
      ],
    );
    assert.ok(
      rows.some(({ lines }) => Number(lines) > 1),
      'lines did shift',
    );
  },
  async 'diff tells what somebody changed from what behaves otherwise'() {
    const program = `
function left() {}
function right() {}
function twice() { left(); if (process.env.MORE) left(); }
function main() { twice(); if (process.env.MORE) right(); }
main();`;
    const cwd = folderWith({ 'main.mjs': program });
    for (let k = 0; k < 3; k++) await record(cwd, ['main.mjs']);
    await record(cwd, ['main.mjs'], 0, [], { MORE: '1' });
    assert.deepEqual(await differences(cwd), [
      'behaviour function added right certain',
      'behaviour calls more twice → left likely',
    ]);
    put(cwd, { 'main.mjs': program.replace('function main() {', '\n// Moved.\nfunction main() { left();') });
    await record(cwd, ['main.mjs']);
    const changed = (await differences(cwd)).filter((each) => each.startsWith('code'));
    assert.deepEqual(changed, ['code edge added main → left certain']);
    const text = (await diff(cwd)).stdout;
    assert.match(text, /Where the code changed\n +main → left +main\.mjs:\d+\n +is a new call \(1 times\)/);
    assert.ok(
      text.split('\n').every((line) => line.length <= 80),
      text,
    );
  },
  async 'what cannot be compared is said'() {
    const cwd = folderWith({ 'main.mjs': '1;' });
    await record(cwd, ['main.mjs']);
    const first = await diff(cwd);
    assert.equal(first.code, 3);
    assert.match(first.stderr, /there is no earlier complete run of the same command and tier/);
    await record(cwd, ['main.mjs'], 0, ['--tier', 'minimal']);
    const [{ id }] = await query(cwd, "SELECT id FROM all_runs.runs WHERE tier = 'performance'");
    const [{ id: minimal }] = await query(cwd, "SELECT id FROM all_runs.runs WHERE tier = 'minimal'");
    const other = await diff(cwd, [minimal, id]);
    assert.match(other.stdout, /tiers differ: performance before, minimal now/);
  },
  async 'labels, and flags with what ran under each of their values'() {
    const cwd = folderWith({ 'main.mjs': FLAGS });
    await record(cwd, ['main.mjs'], 0, ['--flags', '--label', 'prod', '--label', 'eu']);
    await record(cwd, ['main.mjs'], 0, ['--flags', '--label', 'test'], {
      SHOP_FLAG_GIFT: '1',
      FEATURE_SECRET: 'x',
    });
    const rows = await query(
      cwd,
      'SELECT r.labels, f.name, f.source, f.value, f.reads FROM all_runs.flags f JOIN all_runs.runs r ON r.id = f.run_id ORDER BY r.ts, f.source',
    );
    assert.deepEqual(
      rows.map((row) => Object.values(row).join(' ')),
      [
        '["eu","prod"] gift call false 2',
        '["test"] gift call true 2',
        '["test"] SHOP_FLAG_GIFT environment "1" 1',
      ],
    );
    const refused = await execute(
      intellimapBin(),
      ['run', '--label', '../x', '--', process.execPath, 'main.mjs'],
      { cwd },
    );
    assert.equal(refused.code, 2);
    assert.match(refused.stderr, /bad label/);
  },
};

async function record(cwd, words, code = 0, options = [], env = {}) {
  const args = ['run', '--no-summary', ...options, '--', process.execPath, ...words];
  const ended = await execute(intellimapBin(), args, { cwd, env });
  assert.equal(ended.code, code, ended.stderr);
}

const diff = (cwd, args = []) => execute(intellimapBin(), ['diff', ...args], { cwd });

/** But for times, which differ from run to run. */
async function differences(cwd) {
  const { stdout, stderr, code } = await diff(cwd, ['--json']);
  assert.equal(code, 0, stderr);
  return JSON.parse(stdout)
    .changes.filter(({ kind }) => !['self', 'latency', 'task'].includes(kind))
    .map(({ kind, what, subject, because, confidence }) =>
      [because, kind, what, subject, confidence].join(' '),
    );
}

function folderWith(files) {
  const cwd = mkdtempSync(join(consumer(), 'analyses-'));
  put(cwd, { 'package.json': '{"name":"x","private":true,"type":"module"}', ...files });
  return cwd;
}

function put(cwd, files) {
  for (const [name, text] of Object.entries(files)) {
    mkdirSync(dirname(join(cwd, name)), { recursive: true });
    writeFileSync(join(cwd, name), text);
  }
}

export const run = async (parts) => runCases(cases, parts);
