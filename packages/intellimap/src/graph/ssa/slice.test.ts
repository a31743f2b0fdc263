/** Slices, and that they leave nothing out: a number that is not in the slice of what a program says may be any other number. */
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { readFile } from '../../transform/index.ts';
import { flowsOf } from '../flow/build.ts';
import { resolveScopes } from '../scopes/resolve.ts';
import { flatten } from '../tree/flatten.ts';
import { childAt, Field, Kind, textOf, type Tree } from '../tree/tree.ts';
import { type Dependence, dependenceOf } from './dependence.ts';
import { FuelSpent, interpret } from './fixtures/interpreter.ts';
import { programs } from './fixtures/programs.ts';
import { backwardSlice } from './slice.ts';

const RUNS = Number(process.env['INTELLIMAP_RUNS'] ?? 100);

const treeOf = (text: string): Tree =>
  flatten(readFile(text, { path: 'a.ts', lang: 'ts', goal: 'module' }).program);
const dependences = (tree: Tree, withFailures: boolean): Dependence =>
  dependenceOf(tree, flowsOf(tree), resolveScopes(tree, true), { withFailures });

const shown = (value: unknown): string =>
  typeof value === 'object' && value !== null ? 'object' : String(value);

interface Said {
  /** Call of `out` → what it said. */
  readonly said: Map<number, string[]>;
  /** Something failed that nobody threw. */
  readonly hasFailed: boolean;
}

/** @returns undefined: it takes too long */
function run(tree: Tree, literals: Map<number, number>): Said | undefined {
  const said = new Map<number, string[]>();
  let hasFailed = false;
  const out = (node: number, values: readonly unknown[]): void => {
    said.set(node, [...(said.get(node) ?? []), values.map(shown).join()]);
  };
  const failed = (): void => {
    hasFailed = true;
  };
  try {
    interpret(tree, { out, failed }, { fuel: 1500, literals });
    return { said, hasFailed };
  } catch (error) {
    if (error instanceof FuelSpent) return undefined;
    throw error;
  }
}

describe.each([
  ['with all failures', true],
  ['as far as failures are thrown or caught', false],
])('%s', (_, withFailures) => {
  test(`numbers out of the slice change nothing, in ${RUNS} programs`, { timeout: 600_000 }, () => {
    let pairs = 0;
    let outside = 0;
    let tried = 0;
    fc.assert(
      fc.property(programs, fc.infiniteStream(fc.nat(1000)), (text, chosen) => {
        const tree = treeOf(text);
        const plain = run(tree, new Map());
        if (!plain || (!withFailures && plain.hasFailed)) return;
        const dependence = dependences(tree, withFailures);
        const kinds = [...tree.kind.keys()];
        const numbers = kinds.filter(
          (node) => tree.kind[node] === Kind.Literal && /^\d+$/.test(textOf(tree, node)),
        );
        const outs = kinds.filter(
          (node) =>
            tree.kind[node] === Kind.CallExpression &&
            textOf(tree, childAt(tree, node, Field.callee)) === 'out',
        );
        const slices = outs.map((node) => backwardSlice(dependence, [node]));
        // Numbers that anything depends on are few in most programs: some of each are enough.
        for (const number of numbers.filter((_, at) => at % Math.ceil(numbers.length / 12) === 0)) {
          const free = outs.filter((_, at) => !slices[at][number]);
          pairs += outs.length;
          outside += free.length;
          if (free.length === 0) continue;
          const other = Number(chosen.next().value);
          const changed = run(tree, new Map([[number, other]]));
          if (!changed || (!withFailures && changed.hasFailed)) continue;
          tried++;
          for (const node of free)
            if (String(changed.said.get(node)) !== String(plain.said.get(node)))
              expect.fail(
                `${textOf(tree, number)} at ${tree.start[number]} is not in the slice of ${text.slice(tree.start[node], tree.end[node])} at ${tree.start[node]}, ` +
                  `but ${other} instead makes ${plain.said.get(node)} ${changed.said.get(node)}`,
              );
        }
      }),
      { numRuns: RUNS },
    );
    expect(tried).toBeGreaterThan(RUNS);
    expect(outside / pairs).toBeGreaterThan(withFailures ? 0.02 : 0.1);
  });
});
