/** Feature flags, in pictures: f is asked for them; `$0f0` is what it was given, text 0 of those below, `$1f2` what it answered. */
import { afterEach, beforeEach, expect, test } from 'vitest';
import { Workspace } from '../store/fixtures/workspace.ts';
import { type Flag, flagCoverage, openSession } from './index.ts';

let workspace: Workspace;
beforeEach(() => void (workspace = new Workspace()));
afterEach(() => workspace.remove());

const given = (name: string): string => JSON.stringify({ n: '0name', v: [name] });
const TEXTS = [given('gift'), given('fast'), 'true', 'false', JSON.stringify({ n: '0name', v: [7] })];
const FLAGS = { functions: '^f$', environment: { FEATURE_X: 'on' } };
const ask = (name: number, value: number): string => `f{ $0f${name} $1f${value} }f`;

async function flags(pictures: Record<string, string>, facts: object = { flags: FLAGS }): Promise<Flag[]> {
  for (const [id, picture] of Object.entries(pictures))
    workspace.run(id, { '7-0': [{ picture, values: { texts: TEXTS }, end: true }] }, facts);
  const session = await openSession(workspace.root);
  try {
    return await flagCoverage(session);
  } finally {
    session.close();
  }
}
const told = (all: Flag[]): string[] =>
  all.map(({ name, source, values }) =>
    [`${source} ${name}`, ...values.map(({ value, reads, runs }) => `${value} ${reads} of ${runs}`)].join(
      ', ',
    ),
  );

test('each value, who asked, and what only then was called', async () => {
  const all = await flags({
    r1: `a{ ${ask(0, 2)} b{ }b d{ }d }a a{ ${ask(0, 3)} c{ }c d{ }d }a a{ b{ }b ${ask(0, 3)} c{ }c }a`,
  });
  expect(told(all)).toEqual(['environment FEATURE_X, "on" 1 of 1', 'call gift, false 2 of 1, true 1 of 1']);
  expect(all[1].readers.map(({ name }) => name)).toEqual(['f']);
  expect(
    all[1].values.map(({ value, branches }) => [value, ...branches.map(({ asker, calls, only }) => [asker.name, calls, ...only])]),
  ).toEqual([
    ['false', ['a', 2, 'c']],
    ['true', ['a', 1, 'b']],
  ]);
}); // prettier-ignore

test('a call that asks twice is one call', async () => {
  const all = await flags({
    r1: `a{ ${ask(0, 2)} ${ask(0, 2)} }a a{ ${ask(0, 3)} ${ask(0, 3)} ${ask(0, 3)} }a`,
  });
  expect(told(all)[1]).toBe('call gift, false 3 of 1, true 2 of 1');
  expect(all[1].values.map(({ value, branches }) => [value, branches[0]?.calls])).toEqual([
    ['false', 1],
    ['true', 1],
  ]);
});

test('what other runs saw is told', async () => {
  const all = await flags({ r1: `a{ ${ask(1, 2)} }a`, r2: `a{ ${ask(1, 3)} ${ask(0, 3)} }a` });
  expect(told(all)).toEqual([
    'environment FEATURE_X, "on" 1 of 2',
    'call fast, false 1 of 1, true 0 of 1',
    'call gift, false 1 of 1',
  ]);
});

test('a name that is no text is none, nor is a question without an answer', async () => {
  expect(told(await flags({ r1: `a{ ${ask(4, 2)} f{ $0f0 }f }a` }))).toEqual([
    'environment FEATURE_X, "on" 1 of 1',
  ]);
});

test('where nobody asked for flags, values of functions are just values', async () => {
  expect(await flags({ r1: `a{ ${ask(0, 2)} }a` }, {})).toEqual([]);
});
