import { expect, test } from 'vitest';
import type { ExecutionFrame, StateAt } from '../../../../../intellimap/src/serve/contract.ts';
import { stateRows } from './rows.ts';

const fn = (name: string) => ({ fn: 1, id: name, name, path: 'cart.ts', line: 7 });
const write = (target: string, preview: string, change: Partial<StateAt> = {}): StateAt => ({
  thread: 1,
  kind: 'property',
  target,
  type: 'number',
  preview,
  truncated: false,
  redacted: false,
  before: null,
  writes: 1,
  changed: false,
  by: { ...fn('add'), call: 4 },
  at: 5,
  nth: 0,
  ...change,
});

const frame: ExecutionFrame = {
  t: 10,
  source: 'recording',
  threads: [
    {
      thread: 1,
      name: 'main',
      process: 7,
      tid: 0,
      phase: 'running',
      stack: [
        {
          ...fn('total'),
          call: 9,
          parent: null,
          since: 8,
          task: 1,
          isAsync: false,
          at: 8,
          values: [
            {
              role: 'argument',
              name: 'cart',
              type: 'Cart',
              preview: '{"lines":3}',
              truncated: false,
              redacted: false,
            },
          ],
        },
      ],
      suspended: [],
      suspendedMore: 0,
      calls: 1,
      errors: 0,
      last: null,
      next: null,
      uncertainty: 0,
    },
  ],
  tasks: [],
  tasksMore: 0,
  state: [
    write('this.other', '1', { thread: 2 }),
    write('this.far', '2', { thread: 2, changed: true }),
    write('this.size', '{"$":"undefined"}'),
    write('this.total', '84.5', { changed: true, before: '80' }),
  ],
  stateMore: 0,
  messages: [],
  messagesMore: 0,
  counters: { calls: 0, errors: 0, rss: null, recorderMemory: null, cpuMs: null, heldMs: 0 },
  unknown: [],
};

test('what changed first, then what the call was given, then this thread, then others', () => {
  expect(
    stateRows(frame, null).map(({ name, value, before, origin }) =>
      [name, value, before, origin].join(' | '),
    ),
  ).toEqual([
    'this.total | 84.5 | 80 | add:7',
    'cart | {lines: 3} |  | given to total',
    'this.size | undefined |  | add:7',
    'this.far | 2 |  | add:7',
    'this.other | 1 |  | add:7',
  ]);
});

test('each leads to where it was written', () =>
  expect(stateRows(frame, { thread: 1, call: 9 })[0].to).toEqual({
    t: 5,
    thread: 1,
    call: 4,
    function: 'add',
    module: 'cart.ts',
    nth: 0,
  }));
