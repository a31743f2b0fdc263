import { expect, test } from 'vitest';
import type { SourceLine, SourceLines } from '../../../../../intellimap/src/serve/contract.ts';
import { endedAt, marksOf } from './marks.ts';

const line = (line: number, change: Partial<SourceLine> = {}): SourceLine => ({
  line,
  hits: null,
  hitsFrom: null,
  selfShare: null,
  executed: null,
  values: [],
  errors: 0,
  ...change,
});
const lines: SourceLines = {
  path: 'coupon.ts',
  lines: [
    line(40, { hits: 512, values: [{ name: 'code', preview: '"SAVE"', type: 'string', t: 1 }] }),
    line(43, { hits: 37, executed: false }),
    line(48, {
      hits: 2,
      errors: 1,
      values: [
        {
          name: 'thrown',
          preview: '{"$":"error","class":"TypeError","message":"no rate"}',
          type: 'TypeError',
          t: 2,
        },
      ],
    }),
    line(60, { hits: 0 }),
  ],
  functions: [],
  contentHash: null,
  callRange: { line: 40, endLine: 50 },
  unknown: [],
};

test('hits, heat relative to the file, values, errors, and where the call is', () => {
  const told = [...marksOf(lines, 41)].map(([at, { hits, heat, isDim, isError, isNow, values }]) =>
    [
      at,
      hits,
      heat,
      isDim && 'dim',
      isError && 'error',
      isNow && 'now',
      values.map(({ text }) => text).join(),
    ]
      .filter((part) => part !== false && part !== '')
      .join(' '),
  );
  expect(told).toEqual([
    '40 512× 3 code = "SAVE"',
    '43 37× 2 dim',
    '48 2× 1 error thrown = TypeError: no rate',
    '60 0× 0 dim',
    '41 0 now',
  ]);
});

test('a call that has ended stands where it failed', () => {
  expect(endedAt(lines)).toBe(48);
  expect(endedAt({ ...lines, callRange: { line: 40, endLine: 43 } })).toBe(40);
  expect(endedAt({ ...lines, callRange: null })).toBe(0);
});
