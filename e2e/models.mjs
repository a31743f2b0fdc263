/**
 * Models: the order in which functions call and wait, as their text has it, with the recorded calls of programs of every kind laid on it: nothing may contradict the text.
 */
import assert from 'node:assert/strict';
import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { runCases } from './_cases.mjs';
import { execute, intellimapBin, query, workspaceOf } from './_consumer.mjs';
import { described } from './_schemas.mjs';

export const ci = true;
export const seconds = 25;

const SHOP = `
const { setTimeout: pause } = require('node:timers/promises');
class Cart {
  total = sum([]);
  constructor(lines) { this.lines = lines; }
  get size() { return count(this.lines); }
}
function sum(list) { return list.reduce((all, each) => all + each, 0); }
function count(list) { return list.length; }
function check(cart) { if (cart.size === 0) throw new Error('empty'); }
async function reserve(line) { await pause(line); return line; }
async function charge(amount) { if (amount > 5) throw new Error('too much'); return amount; }
function refund() {}
async function checkout(cart) {
  check(cart);
  for (const line of cart.lines) await reserve(line);
  try {
    return await charge(sum(cart.lines));
  } catch (error) {
    refund(error);
    throw error;
  } finally {
    log('done');
  }
}
function log(text) {}
async function main() {
  const carts = [[1], [1, 2], [], [3, 4], [1, 1, 1]];
  for (const lines of carts.slice(0, Number(process.argv[2] ?? 5))) await checkout(new Cart(lines)).catch(() => log('failed'));
}
main();`;

/** Syntax of every kind that waits, fails, or calls without looking like it. */
const ODDITIES = `
function note() {}
function* numbers(n) { try { for (let i = 0; i < n; i++) yield step(i); } finally { note('closed'); } }
function step(i) { return i; }
async function* pages() { yield* numbers(2); for (let p = 0; p < 3; p++) { await null; yield step(p); } return last(); }
async function last() { return 9; }
async function readAll(stop) {
  for await (const page of pages()) { note(page); if (page === stop) break; }
  return [...numbers(3)];
}
async function failing() {
  try { for await (const page of pages()) { note(page); if (page === 1) throw new Error('inside'); } }
  catch (error) { note(error); } finally { await null; note('end'); }
}
const sorted = (list) => list.sort((a, b) => compare(a, b)).map(String);
function compare(a, b) { return a - b; }
class Base { constructor() { note('base'); } static #made = step(0); }
class Money extends Base { amount = step(3); constructor() { super(); note('money'); } valueOf() { return step(this.amount); } toString() { return 'm' + step(1); } }
function convert(money) { return [money + 1, \`\${money}\`, money > 2 ? step(1) : note()]; }
const proxy = new Proxy({}, { get(_, key) { return step(key); } });
const { deep = step(7), ...rest } = proxy;
function labelled(list) {
  outer: for (const a of list) for (const b of list) { switch (step(b)) { case 1: continue outer; case 2: break outer; default: note(a); } }
  return list?.at?.(step(0)) ?? note('none');
}
function late(x = step(1), { y = step(2) } = {}) { return x + y; }
async function all() { return await Promise.all([1, 2, 3].map(async (n) => { await null; return step(n); })); }
(async () => {
  await readAll(1); await readAll(); await failing();
  sorted([3, 1, 2]); convert(new Money()); labelled([1, 2, 3]); labelled([5]); labelled([]); late(); late(1, { y: 2 }); await all();
  const open = numbers(5); open.next(); open.return(); for (const n of numbers(5)) if (n === 2) break;
})();`;

const cases = {
  async 'the order of a function, how its calls went, nothing contradicts it'() {
    const cwd = await shop();
    const answer = await model(cwd, 'checkout');
    assert.deepEqual(
      [answer.evidence.calls, answer.evidence.folded, answer.unforeseen, answer.note],
      [5, 5, [], null],
    );
    const seen = answer.steps.filter(({ isSeen, what }) => isSeen && what !== 'return');
    assert.deepEqual(
      seen.map(({ text, times }) => `${text} ${times}`),
      [
        'check(…) 5',
        'reserve(…) 8',
        'await reserve(…) 8',
        'sum(…) 4',
        'charge(…) 4',
        'await charge(…) 4',
        'catch (error) 1',
        'refund(…) 1',
        'throw error 1',
        'log(…) 4',
      ],
    );
    assert.deepEqual(
      answer.variants.map(({ text, calls, end }) => `${calls} ${end}: ${text}`),
      [
        '2 returned: check → (reserve → await 16)+ → sum → charge → await 18 → log',
        '1 returned: check → reserve → await 16 → sum → charge → await 18 → log',
        '1 threw: check',
        '1 threw: check → (reserve → await 16)+ → sum → charge → await 18 → catch 19 → refund → throw 21 → log',
      ].toSorted((a, b) => order(answer, a) - order(answer, b)),
    );
    const [{ example }] = answer.variants;
    const { stdout } = await command(cwd, ['show', '--call', example]);
    assert.match(stdout, /checkout/);
    const { steps, unforeseen } = await model(cwd, 'check');
    assert.deepEqual(
      unforeseen.filter(({ isMisfit }) => isMisfit),
      [],
    );
    assert.equal(steps.find(({ what }) => what === 'throw').times, 1);
  },

  async 'the same for people, and as pictures'() {
    const cwd = await shop();
    const { stdout } = await command(cwd, ['model', 'checkout']);
    assert.match(stdout, /5 calls of run \S+, all as the text has it/);
    assert.match(stdout, /loop {2}for \(const line of cart\.lines\)\n +8× .* await reserve|reserve\(…\)/);
    assert.ok(
      stdout.split('\n').every((line) => line.length <= 80),
      stdout,
    );
    const mermaid = (await command(cwd, ['model', 'checkout', '--mermaid'])).stdout;
    assert.match(mermaid, /^flowchart TD\n/);
    assert.match(mermaid, /-->\|"check#40;…#41; {2}5×"\|/);
    const dot = (await command(cwd, ['model', 'checkout', '--dot'])).stdout;
    assert.match(dot, /^digraph "checkout" \{\n/);
    assert.match(dot, /label="refund\(…\) {2}1×"/);
  },

  async 'between runs: what is new, what is gone'() {
    const cwd = await shop();
    const [{ id }] = await query(cwd, 'select arg_min(id, ts) as id from all_runs.runs');
    const { against } = await model(cwd, 'checkout', '--against', id);
    assert.deepEqual(against.variants.map(({ change }) => change).toSorted(), [
      'as before',
      'as before',
      'new',
      'new',
    ]);
  },

  async 'a function that has changed since is not laid on what it was'() {
    const cwd = await shop();
    const file = join(cwd, 'main.cjs');
    writeFileSync(file, readFileSync(file, 'utf8').replace('check(cart);\n', 'log(cart); check(cart);\n'));
    const { note, evidence, variants } = await model(cwd, 'checkout');
    assert.match(note, /has changed since run/);
    assert.deepEqual([evidence.calls, evidence.folded, variants.length], [5, 0, 4]);
    writeFileSync(file, `// one line more\n${SHOP}`);
    assert.equal((await model(cwd, 'checkout')).evidence.folded, 5);
  },

  async 'of programs with all sorts of syntax, no call contradicts the text'() {
    const cwd = await recorded(ODDITIES);
    const rows = await query(
      cwd,
      'select ast_node_id as id, name from functions join nodes_runtime using (ast_node_id) where hits > 0 order by id',
    );
    assert.ok(rows.length > 18, String(rows.length));
    const wrong = [];
    for (const { id, name } of rows.filter(({ name }) => ASKED.has(name))) {
      const { unforeseen, evidence } = await model(cwd, id);
      assert.equal(evidence.folded, evidence.calls, name);
      wrong.push(
        ...unforeseen
          .filter(({ isMisfit }) => isMisfit)
          .map(({ why, text, seen }) => `${name}: ${why} ${text} ${seen}`),
      );
    }
    assert.deepEqual(wrong, []);
  },

  async 'what cannot be answered is said'() {
    const cwd = await shop();
    const none = await execute(intellimapBin(), ['model', 'nobodyIsCalledSo'], { cwd });
    assert.ok(none.code === 3 && /no function of the source matches/.test(none.stderr), none.stderr);
    await command(cwd, ['run', '--tier', 'edges', '--no-summary', '--', process.execPath, 'main.cjs']);
    const { note, evidence, steps } = await model(cwd, 'checkout');
    assert.match(note, /no recording of single calls/);
    assert.ok(evidence === null && steps.length > 5, JSON.stringify({ evidence, steps }));
  },
};

/** Each asks in a process of its own; one of each kind does. */
const ASKED = new Set(['readAll', 'failing', 'pages', 'labelled']);

/** Variants of as many calls are in the order in which they came. */
const order = ({ variants }, line) =>
  variants.findIndex(({ text, calls, end }) => `${calls} ${end}: ${text}` === line);

let shopFolder;

/** The shop, recorded with two carts, and with all: cases share it, as each command is a process of its own. */
async function shop() {
  if (shopFolder !== undefined) return shopFolder;
  const cwd = await recorded(SHOP, ['2']);
  await record(cwd, []);
  return (shopFolder = cwd);
}

async function recorded(program, args = []) {
  const cwd = workspaceOf('models', { 'main.cjs': program });
  await record(cwd, args);
  return cwd;
}

const record = async (cwd, args) =>
  await command(cwd, ['run', '--no-summary', '--', process.execPath, 'main.cjs', ...args]);

async function model(cwd, name, ...options) {
  const { stdout } = await command(cwd, ['model', name, ...options, '--json']);
  const answer = JSON.parse(stdout);
  described('model', answer);
  return answer;
}

async function command(cwd, words) {
  const outcome = await execute(intellimapBin(), words, { cwd, timeout: 300_000 });
  assert.equal(outcome.code, 0, outcome.stderr);
  return outcome;
}

/** @param {string[]} argv parts of names of cases; all by default */
export const run = (argv) => runCases(cases, argv);
