import { expect, test } from 'vitest';
import { readFile } from '../../transform/index.ts';
import { flatten } from '../tree/flatten.ts';
import type { Tree } from '../tree/tree.ts';
import { extentOf } from '../file/extent.ts';
import { type FunctionFacts, planFacts } from './facts.ts';

const treeOf = (text: string): Tree =>
  flatten(readFile(text, { path: 'a.ts', lang: 'tsx', goal: 'module' }).program);

/** Facts by the function's text up to its first bracket; of the module by ''. */
function factsIn(text: string): Record<string, FunctionFacts> {
  const tree = treeOf(text);
  return Object.fromEntries(
    planFacts(tree).map((facts) => [
      facts.node === 0 ? '' : text.slice(tree.start[extentOf(tree, facts.node)]).split('(')[0].trim(),
      facts,
    ]),
  );
}

test('loops, calls and awaits belong to the innermost function', () => {
  const {
    outer,
    inner,
    ['']: module,
  } = renamed(
    factsIn(`
    function outer(rows) {
      for (const row of rows) for (let i = first(); i < row.length; i++) use(row[i]);
      const inner = async () => { await one(); await two(); for await (const x of y) x.z = 1; };
    }
    outer([]);`),
  );
  expect(outer).toMatchObject({ loops: 2, loopDepth: 2, callSites: 2, awaits: 0, isAsync: false });
  // What a loop begins with runs once for it; its body in each turn.
  expect(outer!.calls).toEqual([
    { name: 'first', depth: 1 },
    { name: 'use', depth: 2 },
  ]);
  expect(inner).toMatchObject({ loops: 1, callSites: 2, awaits: 3, writes: 1, isAsync: true });
  expect(module).toMatchObject({ callSites: 1, loops: 0, calls: [{ name: 'outer', depth: 0 }] });
});

test('what is handed to a method that goes over elements is called for each', () => {
  const text = 'while (true) list.map((x) => x + 1); list.filter(isOpen); button.on(() => 2);';
  const tree = treeOf(text);
  const [module, mapped, listener] = planFacts(tree);
  expect(mapped.repeated).toBe(2);
  expect(listener.repeated).toBeNull();
  expect(module.calls).toContainEqual({ name: 'isOpen', depth: 1 });
});

test('a leaf calls nobody, and work grows with loops', () => {
  const { leaf, busy } = renamed(
    factsIn('function leaf(a) { return a.b + 1 } function busy(a) { for (;;) a.b + 1 }'),
  );
  expect(leaf!.callSites).toBe(0);
  expect(leaf!.work).toBe(leaf!.size);
  expect(busy!.work).toBeGreaterThan(3 * busy!.size);
});

/** `function outer` → `outer`; an arrow is called inner. */
const renamed = (facts: Record<string, FunctionFacts>): Record<string, FunctionFacts | undefined> =>
  Object.fromEntries(
    Object.entries(facts).map(([head, one]) => [
      head === 'async' ? 'inner' : head.replace('function ', ''),
      one,
    ]),
  );
