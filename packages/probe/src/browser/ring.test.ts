import { expect, test } from 'vitest';
import { createProbes } from '../core/record.ts';
import { Control } from '../wire/ring.ts';
import { Kind, wordOf } from '../wire/words.ts';
import { createRing, type PageRing } from './ring.ts';

const ENTER = wordOf(Kind.ENTER, 5);
const LEAVE = wordOf(Kind.LEAVE, 5);

function recorded(checked: (ring: PageRing) => void) {
  const ring: PageRing = createRing(0, () => checked(ring));
  const host = { clock: () => 0, sign: () => 0, isGenerator: () => false };
  const { e, l } = createProbes(ring, host, ring.full, () => {});
  return {
    ring,
    call: (times: number) => {
      for (let time = 0; time < times; time++) {
        e(ENTER);
        l(LEAVE);
      }
    },
  };
}

test('words are taken once, and the next ones begin at the start again', () => {
  const { ring, call } = recorded(() => {});
  call(2);
  expect([...ring.take()]).toEqual([ENTER, LEAVE, ENTER, LEAVE]);
  call(1);
  expect([ring.position(), ring.waiting()]).toEqual([6, 2]);
  expect([...ring.take()]).toEqual([ENTER, LEAVE]);
  expect(ring.control[Control.CURSOR]).toBe(0);
});

test('whoever looks while words are written can take them: none is dropped', () => {
  let sum = 0;
  const { ring, call } = recorded((ring) => {
    if (ring.isFull()) sum += ring.take().length;
  });
  call(1_000_000);
  expect(sum + ring.take().length).toBe(2_000_000);
  expect(ring.control[Control.LOST]).toBe(0);
});

test('where nobody takes them, those that come last are dropped and counted, and the first word after them says so', () => {
  const { ring, call } = recorded(() => {});
  call(1_000_000);
  const kept = ring.take();
  const lost = ring.control[Control.LOST];
  expect(kept.length + lost).toBe(2_000_000);
  expect(kept.filter((word) => word === ENTER)).toHaveLength(kept.length / 2);
  call(1);
  expect([...ring.take()]).toEqual([wordOf(Kind.LOST, 0), lost, ENTER, LEAVE]);
  expect(ring.position()).toBe(kept.length + 4);
});

test('a stack of enters as deep as they come runs over nothing', () => {
  const { ring, call } = recorded(() => {});
  const { e } = createProbes(
    ring,
    { clock: () => 0, sign: () => 0, isGenerator: () => false },
    ring.full,
    () => {},
  );
  while (!ring.isFull()) call(1);
  for (let deep = 0; deep < 30_000; deep++) e(ENTER);
  call(1);
  const kept = ring.take();
  expect(kept[0]).toBe(ENTER);
  expect(kept.at(-1)).toBe(LEAVE);
});

test('the last words are taken back, unless they were taken', () => {
  const { ring, call } = recorded(() => {});
  call(2);
  expect(ring.undo(2)).toBe(true);
  expect([...ring.take()]).toEqual([ENTER, LEAVE]);
  expect(ring.undo(2)).toBe(false);
});
