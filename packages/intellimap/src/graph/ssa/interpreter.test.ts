/** The witness is heard: what it says of a program is what the program does. */
import { runInThisContext } from 'node:vm';
import fc from 'fast-check';
import { expect, test } from 'vitest';
import { readFile } from '../../transform/index.ts';
import { flatten } from '../tree/flatten.ts';
import { interpret } from './fixtures/interpreter.ts';
import { programs, straightPrograms } from './fixtures/programs.ts';

const LIMIT = 20_000;
const RUNS = Number(process.env['INTELLIMAP_RUNS'] ?? 150);

/** Numbers and texts as they are, of all else only what kind it is: texts of functions and errors differ. */
const shown = (value: unknown): string =>
  typeof value === 'object' && value !== null
    ? 'object'
    : typeof value === 'string'
      ? 'text'
      : typeof value === 'function'
        ? 'function'
        : String(value);

function interpreted(text: string): string[] {
  const tree = flatten(readFile(text, { path: 'a.js', lang: 'js', goal: 'module' }).program);
  const said: string[] = [];
  const failed = interpret(
    tree,
    { out: (_, values) => said.push(values.map(shown).join()) },
    { fuel: LIMIT },
  );
  return failed ? [...said, `fails: ${shown(failed.thrown)}`] : said;
}

function run(text: string): string[] {
  const said: string[] = [];
  try {
    const program = runInThisContext(`(function (out) { 'use strict'; ${text} })`) as (out: unknown) => void;
    program((...values: unknown[]) => said.push(values.map(shown).join()));
  } catch (error) {
    said.push(`fails: ${shown(error)}`);
  }
  return said;
}

test.each([
  ['programs', programs],
  ['straight programs', straightPrograms],
] as const)('%s', { timeout: 600_000 }, (_, texts) => {
  let ended = 0;
  fc.assert(
    fc.property(texts, (text) => {
      let own: string[];
      try {
        own = interpreted(text);
      } catch {
        return;
      }
      ended++;
      expect(own).toEqual(run(text));
    }),
    { numRuns: RUNS },
  );
  expect(ended).toBeGreaterThan(RUNS / 2);
});

test('which member is meant is known before what it is given by default', () => {
  const text = `let o = { x: 1 }, p = o;
({ x: o.x = (o = { x: 2 }).x + 3 } = {});
[(o).x = (o = { x: 6 }).x] = [];
out(o.x, p.x);`;
  expect(interpreted(text)).toEqual(['6,5']);
  expect(run(text)).toEqual(['6,5']);
});
