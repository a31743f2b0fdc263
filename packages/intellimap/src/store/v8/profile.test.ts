import { expect, test } from 'vitest';
import { CallTree, type CpuProfile } from './profile.ts';

const MOST = 1000;

/**
 * A profile from stacks, a letter a function, outermost first: `a ab ab abc`, a sample every 10 µs. Capitals are IntelliMap's own functions, `n` is Node's.
 */
function profileOf(stacks: string, startTime = 0): CpuProfile {
  const nodes: CpuProfile['nodes'] = [nodeOf(1, '(root)')];
  const ids = new Map([['', 1]]);
  const idOf = (stack: string): number => {
    const known = ids.get(stack);
    if (known !== undefined) return known;
    const parent = idOf(stack.slice(0, -1));
    const id = nodes.length + 1;
    nodes.push(nodeOf(id, stack.slice(-1)));
    (nodes[parent - 1].children ??= []).push(id);
    ids.set(stack, id);
    return id;
  };
  const samples = stacks.split(' ').map((stack) => idOf(stack));
  return {
    nodes,
    samples,
    startTime,
    endTime: startTime + 10 * (samples.length + 1),
    timeDeltas: samples.map(() => 10),
  };
}

const nodeOf = (id: number, name: string): CpuProfile['nodes'][0] => ({
  id,
  callFrame: {
    functionName: name,
    scriptId: '1',
    url: name === 'n' ? 'node:fs' : /[A-Z]/.test(name) ? 'own' : 'file:///app.js',
    lineNumber: name.charCodeAt(0),
    columnNumber: 0,
  },
});

const treeOf = (...profiles: CpuProfile[]): CallTree => {
  const tree = new CallTree((url) => url === 'own');
  for (const profile of profiles) tree.add(profile, MOST);
  return tree;
};

/** Stacks again, with the time that was spent in each. */
function stacksOf({ nodes, node, weight }: CallTree): Record<string, number> {
  const sums: Record<string, number> = {};
  for (const [n, index] of node.entries()) {
    let stack = '';
    for (let at = index; nodes[at].parent >= 0; at = nodes[at].parent)
      stack = nodes[at].frame.functionName + stack;
    sums[stack] = (sums[stack] ?? 0) + weight[n];
  }
  return sums;
}

test('a sample stands for the time until the next one', () => {
  const tree = treeOf(profileOf('a ab ab abc', 100));
  expect(tree.at).toEqual([110, 120, 130, 140]);
  expect(stacksOf(tree)).toEqual({ a: 10, ab: 20, abc: 10 });
});

test('parts make one tree', () => {
  const tree = treeOf(profileOf('a ab', 0), profileOf('ab abc ad', 100));
  expect(stacksOf(tree)).toEqual({ a: 10, ab: 20, abc: 10, ad: 10 });
  expect(tree.nodes.map(({ frame }) => frame.functionName)).toEqual(['(root)', 'a', 'b', 'd', 'c']);
});

test("IntelliMap's own functions, and what of Node they call, are one node; the program below is itself", () => {
  expect(stacksOf(treeOf(profileOf('aX aXY aXn aXnb an')))).toEqual({
    'a(intellimap)': 30,
    'a(intellimap)b': 10,
    an: 10,
  });
});

test('samples that come out of order are sorted: no time is negative', () => {
  const tree = treeOf({ ...profileOf('a b c'), timeDeltas: [10, 20, -5] });
  expect(tree.at).toEqual([10, 25, 30]);
  expect(stacksOf(tree)).toEqual({ a: 15, c: 5, b: 10 });
});

test('there are as many samples as there is room for, which is said', () => {
  const tree = new CallTree(() => false);
  expect([tree.add(profileOf('a b'), 3), tree.add(profileOf('a b'), 3), tree.at.length]).toEqual([
    true,
    false,
    3,
  ]);
});

test('a damaged part costs what it held', () => {
  expect(stacksOf(treeOf({ nodes: [], startTime: 0, endTime: 1 }, profileOf('a')))).toEqual({ a: 10 });
});
