/**
 * The call graph beside what runs saw: edges of the text that never happened, only in tests, how often and when last; calls that the text does not tell, each with its reason.
 */
import assert from 'node:assert/strict';
import { runCases } from './_cases.mjs';
import { execute, intellimapBin, query, workspaceOf } from './_consumer.mjs';

export const ci = true;
export const seconds = 25;

const STORE = `
import { scheduler } from './host.mjs';
export class Store {
  constructor(log) { this.log = log; this.items = new Map(); }
  put(key, value) { check(key); this.items.set(key, value); this.log(key); return this; }
  drop(key) { check(key); this.items.delete(key); }
}
export function check(key) { if (key === '') refuse(); }
function refuse() { throw new Error('empty'); }
/** Gives each object methods of its own: each call of it is looked at by itself. */
export function mix(to, from) { for (const name of Object.keys(from)) to[name] = from[name]; return to; }
export const sides = { left: () => 'l', right: () => 'r' };
export function choose(key) { return Reflect.apply(sides[key], undefined, []); }
export function later() { scheduler(afterwards); }
function afterwards() {}
export class Guard { get open() { return isOpen(); } }
function isOpen() { return true; }
export function reads(box) { return box.guard.open; }
`;

/** What nobody sees: made while it runs. */
const HOST = `
export const scheduler = new Function('f', 'setTimeout(f, 1)');
export const hidden = new Function('a', 'key', 'return a[key]()');
`;

const MAIN = `
import { Store, choose, Guard, later, mix, reads } from './store.mjs';
import { hidden } from './host.mjs';
const one = mix({}, { run() { return 1; } }), two = mix({}, { run() { return 2; } });
function first() { return one.run(); }
function second() { return two.run(); }
function main(times) {
  const store = new Store(print);
  for (let i = 0; i < times; i++) store.put('a', i);
  choose('left'); later(); reads(JSON.parse('{}', () => ({ guard: new Guard() })));
  if (times > 100) store.drop('a');
  first(); second(); secretly(store);
}
function print(text) {}
function secretly(store) { return hidden(store, 'touch'); }
Store.prototype['to' + 'uch'] = function touch() {};
main(Number(process.argv[2] ?? 3));
`;

const TEST = `
import test from 'node:test';
import { Store } from './store.mjs';
test('drops', () => { const store = new Store(() => {}); store.put('b', 1); store.drop('b'); });
`;

const files = { 'store.mjs': STORE, 'host.mjs': HOST, 'main.mjs': MAIN, 'store.test.mjs': TEST };

let made;
async function recorded() {
  if (made !== undefined) return made;
  const cwd = workspaceOf('calls', files);
  await intellimap(cwd, ['run', '--', 'node', 'main.mjs', '3']);
  await intellimap(cwd, ['run', '--', 'node', 'main.mjs', '2']);
  await intellimap(cwd, ['run', '--label', 'test', '--', 'node', '--test', 'store.test.mjs']);
  return (made = cwd);
}

async function intellimap(cwd, args) {
  const { code, stdout, stderr } = await execute(intellimapBin(), args, { cwd });
  assert.equal(code, 0, stderr);
  return stdout;
}

const asked = async (name) =>
  JSON.parse(await intellimap(await recorded(), ['calls', name, '--json'])).matches[0];
const shown = (all) => all.map(({ name, evidence, calls }) => `${name}: ${evidence} ${calls}`).toSorted();

const cases = {
  async 'how often and when last, only in tests, never'() {
    const { callees, hits } = await asked('Store.put');
    assert.equal(hits, 6);
    const check = callees.find(({ name }) => name === 'check');
    assert.deepEqual([check.evidence, check.calls, check.testCalls, check.runs], ['seen', 6, 1, 3]);
    const runs = await query(
      await recorded(),
      'SELECT id, epoch_ms(ts) AS at FROM all_runs.runs ORDER BY ts DESC',
    );
    assert.deepEqual([check.last, check.lastAt], [runs[0].id, Number(runs[0].at)]);
    assert.deepEqual(shown((await asked('Store.drop')).callees), ['check: only in tests 1']);
    assert.deepEqual(shown((await asked('check')).callees), ['refuse: never 0']);
    const main = await asked('main');
    assert.ok(shown(main.callees).includes('Store.drop: never 0'), String(shown(main.callees)));
  },

  async 'for people, in 80 columns'() {
    const text = await intellimap(await recorded(), ['calls', 'Store.drop']);
    assert.match(text, /^Store\.drop {2}method {2}store\.mjs:6\n {2}1 call\n/);
    assert.match(text, /1× in tests .*direct|this method|points to/);
    assert.match(text, /never .*main/);
    assert.ok(
      text.split('\n').every((line) => line.length <= 80),
      text,
    );
  },

  async 'each caller has what it gave itself'() {
    for (const name of ['first', 'second']) {
      const { callees } = await asked(name);
      assert.equal(callees.length, 1, JSON.stringify(callees));
      assert.deepEqual([callees[0].evidence, callees[0].calls], ['seen', 2]);
    }
  },

  async 'what the text does not tell, with the reason'() {
    const { unknownCallees } = await asked('secretly');
    assert.deepEqual(
      unknownCallees.map(({ path, line, reason, calls }) => [path, line, reason, calls]),
      [['main.mjs', 16, 'through outside code', 2]],
    );
    const spots = await query(
      await recorded(),
      "SELECT reason, count(*)::INTEGER AS pairs FROM all_runs.blind_spots WHERE reason = 'code not surveyed' GROUP BY ALL",
    );
    assert.deepEqual(spots, []);
  },

  async 'handed over, and called by the host'() {
    const { callees } = await asked('later');
    assert.ok(
      shown(callees).some((each) => each === 'afterwards: called by others 0'),
      String(shown(callees)),
    );
  },
};

/** @param {string[]} argv parts of names of cases; all by default */
export const run = (argv) => runCases(cases, argv);
