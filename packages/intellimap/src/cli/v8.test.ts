import { expect, test } from 'vitest';
import { askedFor } from './run-options.ts';
import { blockPlace, cpuText, heapText, measuredText } from './v8-text.ts';

const paint = new Proxy({}, { get: () => (text: string) => text }) as Parameters<typeof measuredText>[1];
const layout = { paint, columns: 80 };

test.each([
  [{ 'cpu-profile': '5000' }, { cpu: 5000 }],
  [
    { 'cpu-profile': '1000', coverage: true, heap: 'count' },
    { cpu: 1000, coverage: true, heap: 'count' },
  ],
  [{ heap: 'keep' }, { heap: 'keep' }],
  [{}, undefined],
])('%j', (values, v8) => {
  expect(askedFor(values, ['node']).file.v8).toEqual(v8);
});

test.each([
  [{ 'cpu-profile': '99' }, '--cpu-profile takes µs, at least 100, not "99"'],
  [{ 'cpu-profile': 'often' }, '--cpu-profile takes a whole number, not "often"'],
  [{ heap: 'all' }, '--heap takes keep, or nothing, not "all"'],
])('refused: %j', (values, message) => {
  expect(() => askedFor(values, ['node'])).toThrow(message);
});

test('what was measured, and why not all of it', () => {
  const facts = { what: 'coverage', threads: 3, whole: 1, count: 12 } as const;
  expect(measuredText([{ ...facts, whole: 3, ended: [] }], paint)).toBe('12 functions counted in 3 threads');
  expect(measuredText([{ ...facts, ended: [] }], paint)).toBe(
    '12 functions counted in 3 threads, 2 of them not to the end (killed, or not ended)',
  );
  expect(measuredText([{ ...facts, ended: [{ reason: 'a full disk', threads: 2 }] }], paint)).toContain(
    '(a full disk)',
  );
});

test('80 columns suffice', () => {
  const long = 'a'.repeat(100);
  const sampled = {
    id: null,
    name: long,
    path: `${long}/b.js`,
    line: 12_345,
    self: 1_000_000,
    total: 1,
    selfMs: 118_000,
    totalMs: 118_000,
  };
  const profile = {
    samples: 10,
    busyMs: 118_000,
    idleMs: 1,
    collectingMs: 1,
    ownMs: 1,
    nativeMs: 1,
    intervalUs: 1000,
    functions: [sampled],
  };
  const grown = {
    threadId: 1, constructor: long, path: `${long}/b.js`, id: null, line: 12_345, objectsBefore: 1000, objects: 100_000,
    selfBytesBefore: 0, selfBytes: 0, retainedBytesBefore: 0, retainedBytes: 2 ** 29, heldBy: null,
  }; // prettier-ignore
  const text = [
    cpuText(
      profile,
      { steadyFromUs: null, samplesBefore: 0, why: 'too few samples: 10 of 500 while something ran' },
      5,
      layout,
    ),
    heapText([grown], layout),
  ].join('\n');
  expect(text.split('\n').filter((line) => line.length > 80)).toEqual([]);
});

test('columns are told from 1, as editors count', () => {
  expect(blockPlace({ line: 3, column: 0, endLine: 4, endColumn: 9, count: 0 })).toBe('3:1 to 4:9');
});
