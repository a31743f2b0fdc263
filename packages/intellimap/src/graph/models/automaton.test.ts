/** Models accept the ways through a flow and nothing else: random walks and random words on random programs; pictures of small ones. */
import { expect, test } from 'vitest';
import { randomOf } from '../../transform/fixtures/programs.ts';
import { readFile } from '../../transform/index.ts';
import { flowsOf } from '../flow/build.ts';
import { program } from '../flow/fixtures/programs.ts';
import { EdgeKind, EXIT, FAILED, type Flow, Op } from '../flow/flow.ts';
import { flatten } from '../tree/flatten.ts';
import { textOf, Kind, type Tree } from '../tree/tree.ts';
import { type Automaton, automatonOf, End } from './automaton.ts';
import { isTold, labelsOf } from './events.ts';
import { netOf } from './net.ts';

const treeOf = (text: string): Tree =>
  flatten(readFile(text, { path: 'a.js', lang: 'js', goal: 'module' }).program);
const modelOf = (flow: Flow): Automaton =>
  automatonOf(
    netOf(flow, (step) => isTold(flow, step)),
    labelsOf(flow),
  )!;

/** `0 a→1, b→2; 1 ends …`, calls by name. */
function picture(text: string): string[] {
  const tree = treeOf(text);
  const flow = flowsOf(tree)[1];
  const it = modelOf(flow);
  const name = (step: number): string => {
    const node = flow.node[step];
    const callee = node + 1;
    if (flow.op[step] === Op.CALL && tree.kind[callee] === Kind.Identifier) return textOf(tree, callee);
    return Object.keys(Op)[flow.op[step]].toLowerCase();
  };
  return Array.from({ length: it.states }, (_, state) => {
    const ways = [...it.from.keys()].filter((each) => it.from[each] === state).map((each) => `${name(it.label[each])}→${it.to[each]}`);
    const ends = [it.ends[state] & End.RETURNS ? 'returns' : '', it.ends[state] & End.FAILS ? 'fails' : ''].filter(Boolean);
    return `${state} ${[...ways, ...ends].join(', ')}`;
  });
} // prettier-ignore

test('one after the other; each may fail', () => {
  expect(picture('function f() { a(); b(); }')).toEqual(['0 a→1, fails', '1 b→2, fails', '2 returns, fails']);
});

test('a loop stays a loop', () => {
  expect(picture('async function f() { while (x) { a(); await b(); } }')).toEqual([
    '0 a→1, returns, fails',
    '1 b→2, fails',
    '2 await→0, fails',
  ]);
});

test('whoever fails is heard by catch; finally comes whichever way', () => {
  expect(picture('function f() { try { a(); } catch { b(); } finally { c(); } }')).toMatchInlineSnapshot(`
    [
      "0 a→1, catch→2",
      "1 catch→2, c→3, fails",
      "2 b→4, c→3, fails",
      "3 returns, fails",
      "4 c→3, fails",
    ]
  `);
});

/** A way through the flow, block by block, and what it tells: written down apart from `netOf`. */
function randomWalk(flow: Flow, random: (below: number) => number): { word: number[]; end: number } | undefined {
  const word: number[] = [];
  const out = (block: number, fits: (kind: number) => boolean): number[] =>
    [...flow.from.keys()].filter((edge) => flow.from[edge] === block && fits(flow.edge[edge])).map((edge) => flow.to[edge]);
  let block = 0;
  for (let turn = 0; turn < 400; turn++) {
    if (block === EXIT || block === FAILED) return { word, end: block === EXIT ? End.RETURNS : End.FAILS };
    const [begin, end] = [flow.firstStep[block], flow.firstStep[block + 1]];
    let next: number | undefined;
    for (let step = begin; step < end && next === undefined; step++) {
      const op = flow.op[step];
      if (isTold(flow, step)) word.push(step);
      const isSafe = op === Op.CATCH || op === Op.WRITE || op === Op.BRANCH;
      const failures = isSafe ? [] : out(block, (kind) => kind === EdgeKind.THROW);
      if (failures.length > 0 && random(9) === 0) next = failures[random(failures.length)];
      const closings = op === Op.YIELD ? out(block, (kind) => kind === EdgeKind.CLOSE) : [];
      if (closings.length > 0 && random(4) === 0) next = closings[random(closings.length)];
    }
    const isBranch = end > begin && flow.op[end - 1] === Op.BRANCH;
    const ways = out(block, (kind) => (isBranch ? kind === EdgeKind.TRUE || kind === EdgeKind.FALSE : kind !== EdgeKind.CLOSE));
    next ??= ways[random(ways.length)];
    if (next === undefined) return undefined;
    block = next;
  }
  return undefined;
} // prettier-ignore

function accepts(
  it: Automaton,
  labels: (step: number) => number,
  word: readonly number[],
  end: number,
): boolean {
  let state = 0;
  for (const step of word) {
    const way = [...it.from.keys()].find(
      (each) => it.from[each] === state && it.label[each] === labels(step),
    );
    if (way === undefined) return false;
    state = it.to[way];
  }
  return (it.ends[state] & end) !== 0;
}

/** Whether somebody who stands in several blocks at a time, step by step, can tell these words. */
function isWalk(flow: Flow, labels: (step: number) => number, word: readonly number[], end: number): boolean {
  let places = new Set(['0:0']);
  const spread = (told: number | undefined): Set<string> => {
    const seen = new Set<string>();
    const after = new Set<string>();
    const queue = [...places];
    for (let place = queue.pop(); place !== undefined; place = queue.pop()) {
      if (seen.has(place)) continue;
      seen.add(place);
      const [block, at] = place.split(':').map(Number);
      const step = flow.firstStep[block] + at;
      const ways: string[] = [];
      const go = (fits: (kind: number, to: number) => boolean): void =>
        flow.from.forEach((from, edge) => {
          if (from === block && fits(flow.edge[edge], flow.to[edge])) ways.push(`${flow.to[edge]}:0`);
        });
      if (step >= flow.firstStep[block + 1]) go((kind) => kind !== EdgeKind.CLOSE);
      else {
        const op = flow.op[step];
        if (op === Op.BRANCH) go((kind) => kind === EdgeKind.TRUE || kind === EdgeKind.FALSE);
        else ways.push(`${block}:${at + 1}`);
        if (op === Op.WRITE) go((kind, to) => kind === EdgeKind.THROW && to === FAILED);
        else if (op !== Op.BRANCH && op !== Op.CATCH) go((kind) => kind === EdgeKind.THROW);
        if (op === Op.YIELD) go((kind) => kind === EdgeKind.CLOSE);
        if (isTold(flow, step)) {
          if (labels(step) === told) for (const way of ways) after.add(way);
          continue;
        }
      }
      queue.push(...ways);
    }
    return told === undefined ? seen : after;
  };
  for (const step of word) places = spread(labels(step));
  return spread(undefined).has(`${end === End.RETURNS ? EXIT : FAILED}:0`);
}

/** Goes along transitions until it may end. */
function randomWord(it: Automaton, random: (below: number) => number): { word: number[]; end: number } | undefined {
  const word: number[] = [];
  let state = 0;
  for (let turn = 0; turn < 60; turn++) {
    const ends = [End.RETURNS, End.FAILS].filter((end) => (it.ends[state] & end) !== 0);
    const ways = [...it.from.keys()].filter((each) => it.from[each] === state);
    if (ends.length > 0 && (ways.length === 0 || random(4) === 0)) return { word, end: ends[random(ends.length)] };
    if (ways.length === 0) return undefined;
    const way = ways[random(ways.length)];
    word.push(it.label[way]);
    state = it.to[way];
  }
  return undefined;
} // prettier-ignore

test('every walk is accepted, and every word that is accepted is a walk', { timeout: 120_000 }, () => {
  const seen = { walks: 0, words: 0, states: 0, blocks: 0 };
  for (let seed = 0; seed < 25; seed++) {
    const tree = treeOf(program(seed));
    for (const flow of flowsOf(tree)) {
      const [it, labels, random] = [modelOf(flow), labelsOf(flow), randomOf(seed + flow.owner + 1)];
      seen.states += it.states;
      seen.blocks += flow.blocks;
      for (let time = 0; time < 6; time++) {
        const walk = randomWalk(flow, random);
        if (walk !== undefined && ++seen.walks) expect(accepts(it, labels, walk.word, walk.end), `seed ${seed}, ${flow.owner}: ${walk.word.join(' ')}`).toBe(true);
        const word = randomWord(it, random);
        if (word !== undefined && ++seen.words) expect(isWalk(flow, labels, word.word, word.end), `seed ${seed}, ${flow.owner}: ${word.word.join(' ')}`).toBe(true);
      }
    }
  }
  expect(Math.min(seen.walks, seen.words)).toBeGreaterThan(1000);
  expect(seen.states).toBeLessThan(seen.blocks);
}); // prettier-ignore
