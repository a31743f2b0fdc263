/** Paths, slices and what was done to answer, as a terminal of 80 columns shows them. */
import { expect, test } from 'vitest';
import type { SliceAnswer } from '../graph/index.ts';
import type { CallPaths, Explained, Hop } from '../query/index.ts';
import { explainedText } from './explained-text.ts';
import { pathsText } from './path-text.ts';
import { sliceText } from './slice-text.ts';
import { PLAIN } from './terminal.ts';

const out = { paint: PLAIN, columns: 80 };
const picture = (text: string): string => `\n${text}\n`;

const at = (name: string, path: string, line: number) => ({ id: `ts:${path}#${name}`, name, path, line });
const hop = (from: string, to: string | null, more: Partial<Hop>): Hop => ({
  from: at(from, `src/${from}.ts`, 1), to: to === null ? null : at(to, `src/${to}.ts`, 1), text: to, path: `src/${from}.ts`, line: 3, places: 1, kind: 'import', confidence: 'certain',
  module: null, loop: null, count: 0, evidence: 'text only', detail: 'never', ...more,
}); // prettier-ignore

test('paths', () => {
  const ends = { ids: [], found: 1 };
  const answer: CallPaths = {
    from: { wanted: 'main', kind: 'function', ...ends },
    to: { wanted: 'node:fs', kind: 'outside', ...ends },
    paths: [
      {
        evidence: 'partly',
        hops: [
          hop('main', 'checkout', { count: 1200, evidence: 'ran', detail: 'seen', loop: 'for … of' }),
          hop('checkout', 'a-function-with-a-name-that-is-much-too-long-for-a-terminal', { kind: 'field name', confidence: 'maybe', places: 3 }),
          hop('save', null, { text: 'fs.readFile', module: 'node:fs', kind: null, confidence: null, detail: 'outside' }),
        ],
      },
    ],
    capped: 'there are too many ways to look at all',
  }; // prettier-ignore
  expect(picture(pathsText(answer, out))).toBe(`
main → node:fs  1 way

1. 3 calls, some of it ran
  main  src/main.ts:1
   1,200×  checkout                  import, for … of  src/main.ts:3
    never  a-function-with-a-name-…  field name?       src/checkout.ts:3 +2
  outside  fs.readFile (node:fs)                       src/save.ts:3

there are too many ways to look at all
`);
});

test('no path', () => {
  const end = { wanted: 'a', kind: 'function' as const, ids: [], found: 1 };
  const answer = {
    from: end,
    to: end,
    paths: [],
    capped: 'only ways of up to 20 calls were looked for',
  };
  expect(pathsText(answer, out)).toBe(
    'a → a  no way is known\n\nonly ways of up to 20 calls were looked for',
  );
});

test('slices', () => {
  const line = { isStart: false, why: [], of: [], function: 'f' };
  const answer: SliceAnswer = {
    start: { path: 'src/a.ts', line: 12, column: null, name: 'total' },
    direction: 'backward',
    isFull: false,
    files: [
      {
        path: 'src/a.ts',
        lines: [
          { ...line, line: 3, text: 'let rate = 1;', function: 'm', why: ['data', 'memory'], of: [{ path: null, line: 11 }, { path: null, line: 12 }] },
          { ...line, line: 11, text: `\tif (${'x'.repeat(90)})`, why: ['control'], of: [{ path: null, line: 12 }] },
          { ...line, line: 12, text: '  return total;', isStart: true },
        ],
      },
      { path: 'src/b.ts', lines: [{ ...line, line: 1, text: 'f = 1;', function: null, why: ['call'], of: [{ path: 'src/a.ts', line: 3 }] }] },
    ],
    stops: [{ path: 'src/c.ts', line: 4, why: 'calls f' }, ...Array.from({ length: 9 }, (_, at_) => ({ path: 'src/d.ts', line: at_, why: 'calls f' }))],
    functions: [
      { id: 'f', name: 'Cart.total', line: 10, calls: 1000, isSeen: true },
      { id: 'm', name: 'src/a.ts', line: 1, calls: 0, isSeen: true },
    ],
  }; // prettier-ignore
  const text = sliceText(answer, false, out);
  expect(picture(text)).toBe(`
src/a.ts:12:total  depends on 4 lines of 2 files

src/a.ts
  src/a.ts  did not run
     3  let rate = 1;                                       data, memory → 11 +1
  Cart.total  ran 1,000×
    11    if (xxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxx…  control → 12
  ▸ 12    return total;

src/b.ts
  (initialiser)
    1  f = 1;                                                      call → a.ts:3

not followed
  src/c.ts:4  calls f
${Array.from({ length: 7 }, (_, each) => `  src/d.ts:${each}  calls f`).join('\n')}
  … and 2 more (--all)
`);
  expect(text.split('\n').every(({ length }) => length <= 80)).toBe(true);
  expect(sliceText(answer, true, out)).toContain('src/d.ts:8');
});

test('what was done', () => {
  const answer: Explained = {
    sql: 'SELECT 1',
    ms: 12.3,
    rows: 2,
    tables: [
      { name: 'calls', rows: 1000, scanned: 1000, taken: 2, evidence: 'recorded', doc: 'One row for each call.' },
    ],
    steps: [
      { depth: 0, what: 'sort', how: 'b', rows: 2, ms: 0.5 },
      { depth: 1, what: 'read calls', how: 'a > 1', rows: 2, ms: 3 },
    ],
  }; // prettier-ignore
  expect(picture(explainedText(answer, out))).toBe(`
SELECT 1

2 rows in 12.3 ms

reads
         looked at  of use     of
  calls      1,000       2  1,000  recorded by runs
    calls: One row for each call.

steps, the last one first
                       rows     time
  sort  b                 2   500 µs
  · read calls  a > 1     2  3.00 ms
`);
});
