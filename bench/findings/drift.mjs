/**
 * Drift: seeded programs in two versions. Between them, edges, functions, counts, an error and an order change, and much that is no drift: lines shift,
 * a local variable is renamed, counts and the choice between two functions are left to chance. Some runs of the first version tell what is chance.
 */
import { mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';

const SEEDS = [1, 2, 3, 4];
const RUNS_BEFORE = 5;
const FUNCTIONS = 40;
/** Kinds that are counted; times are the business of the gate's bench. */
const KINDS = new Set(['function', 'edge', 'calls', 'error', 'order']);

export default {
  name: 'drift',
  async run({ scratch, intellimap }) {
    const truth = [];
    const found = [];
    for (const seed of SEEDS) {
      const folder = join(scratch, `drift-${seed}`);
      const { before, after, changes } = programs(seed);
      for (let k = 0; k < RUNS_BEFORE; k++) await record(folder, before, intellimap);
      await record(folder, after, intellimap);
      truth.push(...changes.map((change) => `${seed}: ${change}`));
      found.push(...(await differences(folder, intellimap)).map((change) => `${seed}: ${change}`));
    }
    return { truth, found, note: `${RUNS_BEFORE} runs before, one after; differences in times are left out` };
  },
};

async function record(folder, text, intellimap) {
  mkdirSync(folder, { recursive: true });
  writeFileSync(join(folder, 'package.json'), '{"name":"drift","private":true,"type":"module"}');
  writeFileSync(join(folder, 'main.mjs'), text);
  const { status, stderr } = await intellimap(['run', '--no-summary', '--', 'node', 'main.mjs'], {
    cwd: folder,
  });
  if (status !== 0) throw new Error(`the program ended with ${status}: ${stderr}`);
}

async function differences(folder, intellimap) {
  const { status, stdout, stderr } = await intellimap(['diff', '--json'], { cwd: folder });
  if (status !== 0) throw new Error(`intellimap diff ended with ${status}: ${stderr}`);
  return JSON.parse(stdout)
    .changes.filter(({ kind, confidence }) => KINDS.has(kind) && confidence !== 'possible')
    .map(({ kind, what, subject }) => `${kind} ${what} ${subject}`);
}

/** Numbers from 0 to below 1 (Lehmer). */
function generator(seed) {
  let state = seed * 104729 + 3;
  return () => (state = (state * 48271) % 2147483647) / 2147483647;
}

/** A tree of calls, so that each function has one caller and each change is one difference. */
function programs(seed) {
  const next = generator(seed);
  const whole = (below) => Math.floor(next() * below);
  const names = Array.from({ length: FUNCTIONS }, (_, k) => `step${k}`);
  const tree = new Map(names.map((name) => [name, []]));
  // The first few make a chain that everything hangs on; of the rest, each hangs on one of them.
  names.slice(1).forEach((name, k) => tree.get(names[k < 5 ? k : whole(6)]).push({ name, times: 1 }));
  const parentOf = (name) => names.find((each) => tree.get(each).some((call) => call.name === name));
  const leaves = names.slice(6);
  const take = () => leaves.splice(whole(leaves.length), 1)[0];
  const after = new Map([...tree].map(([name, calls]) => [name, calls.map((call) => ({ ...call }))]));
  const changes = [];

  const [caller, callee] = [take(), take()];
  after.get(caller).push({ name: callee, times: 1 });
  changes.push(`edge added ${caller} → ${callee}`);

  // Called from two places, and then from one.
  const [twice, second] = [take(), take()];
  tree.get(second).push({ name: twice, times: 1 });
  changes.push(`edge removed ${second} → ${twice}`);

  const counted = take();
  for (const calls of [tree, after])
    calls.get(parentOf(counted)).find(({ name }) => name === counted).times = calls === tree ? 3 : 7;
  changes.push(`calls more ${parentOf(counted)} → ${counted}`);

  const gone = take();
  after.set(
    parentOf(gone),
    after.get(parentOf(gone)).filter(({ name }) => name !== gone),
  );
  changes.push(`function removed ${gone}`);

  after.set('extra', []);
  after.get(take()).push({ name: 'extra', times: 1 });
  changes.push('function added extra');

  const failing = take();
  changes.push(`error added RangeError: no place for #`);

  // The first of the callees of one function comes last.
  const mover = names
    .slice(0, 6)
    .map((name) => after.get(name))
    .find((calls) => calls.filter(({ name }) => leaves.includes(name)).length > 2);
  const moved = mover?.find(({ name }) => leaves.includes(name));
  if (moved && mover.indexOf(moved) < mover.length - 1) {
    mover.push(...mover.splice(mover.indexOf(moved), 1));
    changes.push(`order later ${moved.name}`);
  }
  return {
    before: textOf(tree, { failing: '', shift: false }),
    after: textOf(after, { failing, shift: true }),
    changes,
  };
}

function textOf(tree, { failing, shift }) {
  const local = shift ? 'many' : 'count';
  const functions = [...tree].map(([name, calls]) => {
    const asked = calls.map((call) =>
      call.times === 1
        ? `${call.name}();`
        : `for (let ${local} = 0; ${local} < ${call.times}; ${local}++) ${call.name}();`,
    );
    const fails =
      name === failing ? `try { throw new RangeError('no place for ' + ${tree.size}); } catch {}` : '';
    return `${shift ? '// moved down\n\n' : ''}function ${name}() {\n  ${[...asked, fails].join('\n  ')}\n}`;
  });
  return `${functions.join('\n')}
function left() {}
function right() {}
function chance() { for (let k = Math.random() * 100; k > 0; k--) left(); if (Math.random() < 0.5) right(); }
chance();
step0();
`;
}
