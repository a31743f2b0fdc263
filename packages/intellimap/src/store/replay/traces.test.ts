import { expect, test } from 'vitest';
import { tracesOf } from './traces.ts';

const asker = (thread: number, id: number, task: number, trace: string | null, span: string | null) => ({
  thread,
  id,
  task,
  trace,
  span,
});

test('a task knows the request that asked for it by its span; one that asks has the trace of its requests', () => {
  const { askedBy, traceOf } = tracesOf(
    [
      asker(1, 1, 7, 'aa', 's1'),
      asker(1, 2, 8, 'aa', 's2'),
      asker(2, 1, 0, 'bb', 's3'),
      asker(2, 2, 9, null, null),
    ],
    // 8 turned out to be part of 5.
    (_, task) => (task === 8 ? 5 : task),
  );
  expect(askedBy('s2')).toMatchObject({ thread: 1, id: 2 });
  expect(askedBy('s9')).toBeUndefined();
  expect(askedBy(null)).toBeUndefined();
  expect([traceOf(1, 7), traceOf(1, 5), traceOf(1, 8), traceOf(2, 9), traceOf(2, 0)]).toEqual([
    'aa',
    'aa',
    null,
    null,
    null,
  ]);
});

test('two requests that say the same span: the first counts', () => {
  const { askedBy } = tracesOf([asker(1, 1, 1, 'aa', 's'), asker(3, 9, 1, 'aa', 's')], (_, task) => task);
  expect(askedBy('s')).toMatchObject({ thread: 1, id: 1 });
});
