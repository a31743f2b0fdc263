import { expect, test } from 'vitest';
import type { ExecutionFrame } from '../../../../../intellimap/src/serve/contract.ts';
import { isPlaceOnly, lookedAt } from './live.ts';

const call = (number: number) => ({ call: number, name: `call ${number}` });
const frame = {
  threads: [
    { thread: 1, stack: [], suspended: [call(4)] },
    { thread: 2, stack: [call(4), call(5)], suspended: [call(6)] },
  ],
} as unknown as ExecutionFrame;

test.each([
  ['what runs, where nothing is selected', null, '2.5'],
  ['the call that is selected', { thread: 2, call: 4 }, '2.4'],
  ['one that waits', { thread: 1, call: 4 }, '1.4'],
  ['what runs in its thread, once it has ended', { thread: 2, call: 3 }, '2.5'],
  ['nothing, where nothing runs in its thread', { thread: 1, call: 3 }, '1.none'],
  [
    'what runs, where its thread is not known: a call of its number is another one',
    { thread: 7, call: 4 },
    '2.5',
  ],
])('what is looked at is %s', (_, selected, expected) => {
  const looked = lookedAt(frame, selected)!;
  expect(`${looked.thread.thread}.${looked.call?.call ?? 'none'}`).toBe(expected);
});

const inFile = { call: null, module: 'src/money.mjs' };
const running = { path: 'src/cart.mjs', id: 'ts:src/cart.mjs#add' };
const there = { path: 'src/money.mjs', id: 'ts:src/money.mjs#format' };

test.each([
  ['a function that does not run', { ...inFile, function: 'ts:src/money.mjs#parse' }, running, true],
  ['another function of the file that runs', { ...inFile, function: 'ts:src/money.mjs#parse' }, there, true],
  ['where nothing runs', { ...inFile, function: 'ts:src/money.mjs#parse' }, null, true],
  ['not the function that runs', { ...inFile, function: there.id }, there, false],
  ['a file of which nothing runs', { ...inFile, function: null }, running, true],
  ['not the file that runs', { ...inFile, function: null }, there, false],
  ['not where a call is selected', { ...inFile, call: '1.2', function: null }, running, false],
  ['not where nothing is chosen', { call: null, module: null, function: null }, running, false],
])('what is read without a call is %s', (_, chosen, live, expected) => {
  expect(isPlaceOnly(chosen, live as Parameters<typeof isPlaceOnly>[1])).toBe(expected);
});
