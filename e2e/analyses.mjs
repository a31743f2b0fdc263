/** What analyses say of programs as they are: signatures of errors across versions of a program, what a run does otherwise, labels, feature flags. */
import assert from 'node:assert/strict';
import { execute, intellimapBin, put, query, workspaceOf } from './_consumer.mjs';
import { runCases } from './_cases.mjs';

export const ci = true;
export const seconds = 40;

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

/** Flags that are read within code: a variable compared, one through a constant of another file, one of a switch, one nobody sets, properties. */
const READS = `
import { isBeta, flags } from './flags.mjs';
function newPay() {}
function oldPay() {}
export function pay() {
  if (process.env.NEW_CHECKOUT === '1') return newPay();
  return oldPay();
}
function wrapped() {}
function plain() {}
function pack(settings) { return settings.features.gift ? wrapped() : plain(); }
function beta() {}
function shout() {}
function near() {}
function far() {}
function lost() {}
function route() {
  switch (process.env['ROUTE'] ?? 'a') { case 'a': near(); break; case 'b': far(); break; default: lost(); }
}
function main() {
  pay(); pay(); pay();
  pack({ features: { gift: true } }); pack({ features: {} });
  if (isBeta()) beta();
  flags.loud && shout();
  route();
}
function unused() { if (process.env.DEBUG_SQL) shout(); }
process.env.LATE = 'yes';
function late() {}
if (process.env.LATE === 'yes') late();
main();`;
const READ_FLAGS = `
const { BETA } = process.env;
export const isBeta = () => BETA === 'yes';
export const flags = { loud: process.env.LOUD === 'true' };
export const port = process.env.PORT ?? '80';
export const url = process.env.SHOP_URL || 'http://localhost';`;

const FULL_STACK = `
function deep(n) { try { return deep(n + 1) + 1; } catch (error) { if (n === 9) handle(n); throw error; } }
function even(n) { return odd(n + 1); }
function odd(n) { return even(n + 1); }
class Tree { get parent() { return this.parent; } }
function handle(n) { return n; }
function go() {
  try { deep(1); } catch { handle(0); }
  try { even(1); } catch { handle(0); }
  try { new Tree().parent; } catch { handle(0); }
}
async function later() { try { even(1); } catch { await null; handle(0); } }
go();
later();`;

const cases = {
  async 'a full stack: calls that could not tell their ends are over where it is caught, and it has its name'() {
    const cwd = folderWith({ 'main.js': FULL_STACK });
    await record(cwd, ['main.js'], 0);
    const calls = await query(
      cwd,
      `SELECT p.name || ' → ' || f.name AS name, bool_or(c.outcome = 'returned') AS returned FROM calls c JOIN functions f USING (function_id)
       JOIN calls q ON q.thread_id = c.thread_id AND q.call_id = c.parent_call_id JOIN functions p ON p.function_id = q.function_id GROUP BY 1 ORDER BY 1`,
    );
    const namesOf = (wanted) => calls.filter(({ returned }) => returned === wanted).map(({ name }) => name);
    // prettier-ignore
    assert.deepEqual(namesOf(false), ['deep → deep', 'even → odd', 'get Tree.parent → get Tree.parent', 'go → deep', 'go → even', 'go → get Tree.parent', 'later → even', 'odd → even']);
    // prettier-ignore
    assert.deepEqual(namesOf(true), ['deep → handle', 'go → handle', 'later → handle', 'main.js → go', 'main.js → later']);
    assert.deepEqual(await query(cwd, 'SELECT DISTINCT kind::VARCHAR AS kind, name, message FROM errors'), [
      { kind: 'caught', name: 'RangeError', message: 'Maximum call stack size exceeded' },
    ]);
  },
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
    assert.match(text, /Where the code changed\n +main → left +main\.mjs:\d+\n +is a new call \(1 time\)/);
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
  async 'flags that are read within code: which runs took which side, under which value'() {
    const cwd = folderWith({ 'main.mjs': READS, 'flags.mjs': READ_FLAGS });
    const options = ['--flags', '--values', 'main.mjs#pack'];
    const set = { NEW_CHECKOUT: '1', BETA: 'yes', ROUTE: 'b', SHOP_URL: 'http://shop', PORT: 'alice' };
    for (const env of [{}, set, {}]) await record(cwd, ['main.mjs'], 0, options, env);
    const told = await query(
      cwd,
      "SELECT f.name, f.value FROM all_runs.flags f JOIN all_runs.runs r ON r.id = f.run_id WHERE f.source = 'environment' AND r.ts = (SELECT ts FROM all_runs.runs ORDER BY ts LIMIT 1 OFFSET 1) ORDER BY ALL",
    );
    const unset = '{"$":"undefined"}';
    assert.deepEqual(
      told.map(({ name, value }) => `${name} ${value}`),
      // What no text has in quotes, and does not mean on or off, is not written down.
      [
        'BETA "yes"', `DEBUG_SQL ${unset}`, `LATE ${unset}`, `LOUD ${unset}`, 'NEW_CHECKOUT "1"', 'PORT "(not told)"', 'ROUTE "b"', 'SHOP_URL "(not told)"',
      ],
    ); // prettier-ignore
    const findings = await flagFindings(cwd);
    assert.deepEqual(
      findings.map((each) => flagLine(each)),
      [
        // For each place: calls of who reads, then of each side what only it leads to, and how often it was taken.
        'likely BETA: null in 2, yes in 1 | main:if 3 holds beta 1',
        'likely DEBUG_SQL: null in 3 | unused:if 0 holds shout 0',
        'likely LATE: null in 3, set | main.mjs:set 3 | main.mjs:if 3 holds late 3',
        'likely LOUD: null in 3 | main:and 3 holds shout 0',
        'likely NEW_CHECKOUT: null in 2, 1 in 1 | pay:if 9 holds newPay 3, fails oldPay 6',
        'likely ROUTE: null in 2, b in 1 | route:switch 3 case near 2, case far 1, default lost 0',
        'likely settings.features.gift: true 1, undefined 1 | pack:conditional 6 holds wrapped 3, fails plain 3',
      ].map((each) => each.replace(/^likely (?=BETA|DEBUG|LATE|NEW)/, 'certain ')),
    );
    const checkout = findings.find(({ flag }) => flag.name === 'NEW_CHECKOUT');
    assert.deepEqual(
      checkout.inRuns.map(({ value, runs, uses: [use] }) => [value, runs.length, use.calls, use.taken, use.meanMs > 0]),
      [[null, 2, 6, [0, 6], true], ['"1"', 1, 3, [3, 0], true]],
    ); // prettier-ignore
    assert.deepEqual(checkout.uses[0].sides.map(({ timed }) => timed.calls), [3, 6]); // prettier-ignore
    assert.deepEqual(findings.filter(({ isChanged }) => isChanged).map(({ flag }) => flag.name), ['LATE']); // prettier-ignore
    const { stdout } = await execute(intellimapBin(), ['report', '--only', 'flag-coverage', '--all'], {
      cwd,
    });
    assert.match(
      stdout,
      /7 flags, 3 of them with one value only, 2 with a side that never ran, 1 read\n +only by what never ran/,
    );
    assert.match(
      stdout,
      /LOUD was not set when any of 3 runs began; main \(main\.mjs:\d+\): if\n +"true" shout never ran/,
    );
    assert.ok(
      stdout.split('\n').every((line) => line.length <= 80),
      stdout,
    );
    // With what V8 counts, sides that call nothing are known, too.
    put(cwd, {
      'inline.mjs': `
let sum = 0;
function add(n) {
  if (process.env.DOUBLE === '1') { sum += 2 * n; return; }
  sum += n;
}
for (let n = 0; n < 5; n++) add(n);
const rounded = process.env.ROUND ? Math.round(sum) : sum;`,
    });
    for (const env of [{}, { DOUBLE: '1' }])
      await record(cwd, ['inline.mjs'], 0, ['--flags', '--coverage'], env);
    const counted = (await flagFindings(cwd)).filter(({ place }) => place.path === 'inline.mjs');
    assert.deepEqual(
      counted.map((each) => flagLine(each)),
      [
        'certain DOUBLE: null in 1, 1 in 1 | add:if 10 holds  5, fails  5',
        'likely ROUND: null in 2 | inline.mjs:conditional 2 holds round 0, fails  2',
      ],
    );
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

async function flagFindings(cwd) {
  const { stdout, stderr, code } = await execute(
    intellimapBin(),
    ['report', '--only', 'flag-coverage', '--json'],
    { cwd },
  );
  assert.equal(code, 0, stderr);
  const [{ findings }] = JSON.parse(stdout).analyses;
  return findings.toSorted((a, b) => (a.flag.name < b.flag.name ? -1 : 1));
}

function flagLine({ flag, confidence, inRuns, uses }) {
  const values =
    flag.source === 'environment'
      ? inRuns.map(({ value, runs }) => `${value === null ? null : JSON.parse(value)} in ${runs.length}`)
      : flag.values.map(({ value, reads }) => `${value.startsWith('{') ? 'undefined' : value} ${reads}`);
  if (uses.some(({ use }) => use === 'set')) values.push('set');
  const places = uses.map(({ reader, use, test, calls, sides }) => {
    const told = sides.map(
      ({ taken, passes, leadsTo }) =>
        `${taken} ${leadsTo.filter(({ only }) => only).map(({ name }) => name).join(' ')} ${passes ?? '-'}`,
    );
    return `${reader.name}:${test ?? use} ${calls} ${told.join(', ')}`.trim();
  });
  return [`${confidence} ${flag.name}: ${values.join(', ')}`, ...places].join(' | ');
} // prettier-ignore

const folderWith = (files) =>
  workspaceOf('analyses', { 'package.json': '{"name":"x","private":true,"type":"module"}', ...files });

export const run = async (parts) => runCases(cases, parts);
