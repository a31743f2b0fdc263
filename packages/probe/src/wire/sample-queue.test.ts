import { expect, test } from 'vitest';
import { SampleQueue } from './sample-queue.ts';

const all = (queue: SampleQueue): string => {
  const { at, micros } = queue.around(0, Infinity);
  return Array.from(at, (position, k) => `${position}@${micros[k]}`).join(' ');
};

test('a position keeps its first look and its last', () => {
  const queue = new SampleQueue();
  for (const time of [100, 200, 300]) queue.add(7, time);
  queue.add(9, 400);
  expect(all(queue)).toBe('7@100 7@300 9@400');
});

test('times never go back, whatever a look says', () => {
  const queue = new SampleQueue();
  queue.add(7, 100);
  queue.add(9, 60);
  queue.add(9, 80);
  queue.add(9, 70);
  queue.add(12, 90);
  expect(all(queue)).toBe('7@100 9@100 9@100 12@100');
});
