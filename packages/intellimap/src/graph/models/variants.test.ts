/** Calls that went alike, and how that differs between runs: what happened as letters. */
import { expect, test } from 'vitest';
import { compareVariants } from './compare.ts';
import { folded, type Part, type Variant, variantsOf } from './variants.ts';

const picture = (parts: readonly Part[]): string =>
  parts
    .map((part) => ('event' in part ? String.fromCharCode(part.event) : `(${picture(part.again)})+`))
    .join('');
const events = (text: string): number[] => Array.from(text, (letter) => letter.charCodeAt(0));

test('what comes again and again is told once', () => {
  expect(picture(folded(events('abc')))).toBe('abc');
  expect(picture(folded(events('xaaay')))).toBe('x(a)+y');
  expect(picture(folded(events('xababaxy')))).toBe('x(ab)+axy');
  expect(picture(folded(events('abbbcabcabbc')))).toBe('a(b)+cabca(b)+c');
  expect(picture(folded(events('abbbcabbc')))).toBe('(a(b)+c)+');
});

const variants = (...told: [string, number, number[]?][]): Variant[] =>
  variantsOf(
    told.map(([text, count, ms = []], call) => ({
      events: events(text),
      end: 'returned',
      count,
      thread: 1,
      call,
      ms,
    })),
    (event) => String.fromCharCode(event),
  );

test('calls that differ in how often alone are one variant, with their times', () => {
  const [first, second] = variants(['ab', 2, [9, 1]], ['aab', 3, [1, 2, 3]], ['aaab', 4, [4, 5]]);
  expect([first.key, first.calls, first.p50, first.p95]).toEqual(['(a)+ b returned', 7, 3, 5]);
  expect([second.key, second.calls, second.call]).toEqual(['a b returned', 2, 0]);
});

test('between runs: what is new, gone, more or less often; chance is none of it', () => {
  const before = variants(['a', 500], ['b', 480], ['c', 20]);
  const after = variants(['a', 300], ['b', 650], ['d', 50]);
  expect(compareVariants(before, after).map(({ change, variant }) => `${variant.key[0]} ${change}`)).toEqual([
    'a less often',
    'b more often',
    'd new',
    'c gone',
  ]);
  expect(compareVariants(variants(['a', 5], ['b', 5]), variants(['a', 6], ['b', 4])).map(({ change }) => change)).toEqual([
    'as before',
    'as before',
  ]);
}); // prettier-ignore
