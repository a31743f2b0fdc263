import { expect, test } from 'vitest';
import type { CallFacts } from '../query/index.ts';
import { callNamed, callText } from './call-text.ts';

const plain = (text: string): string => text;
const paint = { bold: plain, dim: plain, red: plain, yellow: plain, green: plain, cyan: plain };

const call: CallFacts = {
  threadId: 1,
  callId: 4711,
  id: 'ts:src/cart.ts#total',
  name: 'total',
  path: 'src/cart.ts',
  line: 7,
  startUs: 1_500_000,
  endUs: 1_500_012.5,
  selfUs: 2.5,
  waitUs: 0,
  outcome: 'threw',
  uncertaintyUs: 300,
  stalledUs: 0,
  hasRow: false,
  callers: [{ callId: 4700, id: 'ts:src/cart.ts#checkout', name: 'checkout', path: 'src/cart.ts', line: 30 }],
};

test('a call and its callers', () => {
  expect(callText(call, { paint, columns: 80 })).toBe(
    [
      'total  call 1:4711  src/cart.ts:7',
      '  ts:src/cart.ts#total',
      '  threw, took 12.5 µs, 2.50 µs of its own, began 1.50 s after the start, ± 300 µs',
      '  too short for a row in calls: read from the recording',
      '  called by',
      '  1:4700  checkout  src/cart.ts:30',
    ].join('\n'),
  );
});

test('what its thread waited for the recorder is told beside what it took', () => {
  expect(
    callText({ ...call, endUs: 1_500_112.5, stalledUs: 100 }, { paint, columns: 80 }).split('\n')[2],
  ).toBe(
    '  threw, took 12.5 µs, 2.50 µs of its own, 100 µs lost to the recorder, began 1.50 s after the start, ± 300 µs',
  );
});

test('one that has not ended, and that nothing called', () => {
  const root = { ...call, endUs: null, outcome: 'open', hasRow: true, callers: [] };
  expect(callText(root, { paint, columns: 80 }).split('\n').slice(2)).toEqual([
    '  had not ended, began 1.50 s after the start, ± 300 µs',
    '  called by nothing that is recorded',
  ]);
});

test.each(['', '1', '1:', ':1', '1:x', "1:1'; --", '1:99999999999999999'])('%j names no call', (text) => {
  expect(() => callNamed(text)).toThrow(/--call takes a thread and a number/);
});
