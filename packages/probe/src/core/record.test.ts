import { expect, test } from 'vitest';
import { Control, Gate, Kind, wordOf } from '../wire/index.ts';
import { CHUNK, consumer, newRing, recorder } from './fixtures/recorder.ts';

test('each probe writes its words and hands values through', () => {
  const ring = newRing();
  const p = recorder(ring, {
    clock: () => 55,
    sign: () => 9,
  });
  p.e(wordOf(Kind.ENTER, 1));
  expect(p.f(wordOf(Kind.FRAME_ENTER, 2))).toBe(1);
  expect(p.s(wordOf(Kind.SUSPEND, 3), 1, 'value')).toBe('value');
  expect(p.r(wordOf(Kind.RESUME, 3), 1, 'other')).toBe('other');
  p.m(wordOf(Kind.RESUME, 0), 1);
  expect(p.t(wordOf(Kind.THROWN, 4), 'thrown')).toBe('thrown');
  expect(p.c(wordOf(Kind.CAUGHT, 5), 'caught')).toBe(undefined);
  p.x(wordOf(Kind.FRAME_LEAVE, 2), 1);
  p.l(wordOf(Kind.LEAVE, 1));
  p.h(3);
  expect([...ring.data.subarray(0, ring.control[Control.CURSOR])]).toEqual([
    wordOf(Kind.ENTER, 1),
    wordOf(Kind.FRAME_ENTER, 2),
    1,
    55,
    wordOf(Kind.SUSPEND, 3),
    1,
    55,
    wordOf(Kind.RESUME, 3),
    1,
    55,
    wordOf(Kind.RESUME, 0),
    1,
    55,
    wordOf(Kind.THROWN, 4),
    9,
    wordOf(Kind.CAUGHT, 5),
    9,
    wordOf(Kind.FRAME_LEAVE, 2),
    1,
    55,
    wordOf(Kind.LEAVE, 1),
  ]);
  expect(ring.hits[3]).toBe(1);
});

test('what goes on with a generator says so, behind its gate nothing', () => {
  const ring = newRing();
  const p = recorder(ring, { isGenerator: (value) => value === 'generator' });
  const suspend = wordOf(Kind.SUSPEND, 3);
  expect(p.d(suspend, 1, 'generator')).toBe('generator');
  expect(p.d(suspend, 1, 'list')).toBe('list');
  p.d(suspend, 0, 'generator');
  expect([...ring.data.subarray(0, ring.control[Control.CURSOR])]).toEqual([
    suspend,
    1,
    0,
    wordOf(Kind.REACHED, 3),
    suspend,
    1,
    0,
  ]);
  ring.control[Control.QUIET] = 1;
  p.d(suspend, 1, 'generator');
  expect(ring.control[Control.CURSOR]).toBe(7);
});

test('behind a closed gate nothing is told, to the end of the call', () => {
  const ring = newRing();
  const p = recorder(ring);
  const enter = wordOf(Kind.ENTER, 1);
  // As the transform writes it.
  const call = (between: () => void = () => {}): void => {
    let leave = p.g[1] ? p.o(enter) : p.e(enter);
    between();
    leave &= -2;
    if (leave) p.l(leave);
  };
  const asyncCall = (): void => {
    const frame = p.g[3] ? p.o(wordOf(Kind.ENTER, 3)) : p.f(wordOf(Kind.FRAME_ENTER, 3));
    p.s(wordOf(Kind.SUSPEND, 4), frame, 'value');
    p.x(wordOf(Kind.FRAME_LEAVE, 3), frame);
  };
  ring.gates.fill(Gate.OFF);
  call(() => ring.gates.fill(Gate.OPEN));
  ring.gates.fill(Gate.COUNT);
  call();
  asyncCall();
  asyncCall();
  expect(ring.control[Control.CURSOR]).toBe(0);
  expect([...ring.hits.subarray(0, 5)]).toEqual([0, 1, 0, 2, 0]);
  ring.gates.fill(Gate.OPEN);
  call(() => ring.gates.fill(Gate.OFF));
  expect([...ring.data.subarray(0, ring.control[Control.CURSOR])]).toEqual([enter, enter + 1]);
});

test('a gate that opens between the question and the answer: the call counts once', () => {
  const ring = newRing();
  const p = recorder(ring);
  p.o(wordOf(Kind.ENTER, 1));
  ring.gates[2] = Gate.OFF;
  p.o(wordOf(Kind.ENTER, 2));
  expect([...ring.hits.subarray(0, 3)]).toEqual([0, 1, 0]);
});

test('quiet: what has no gate is not told either', () => {
  const ring = newRing();
  const p = recorder(ring);
  ring.control[Control.QUIET] = 1;
  p.mark(wordOf(Kind.TIME, 0), 0);
  expect(p.t(wordOf(Kind.THROWN, 4), 'thrown')).toBe('thrown');
  p.c(wordOf(Kind.CAUGHT, 5), 'caught');
  expect(ring.control[Control.CURSOR]).toBe(0);
});

test('a program that deletes globals is recorded on', () => {
  const ring = newRing();
  const { consume, rest } = consumer(ring);
  const p = recorder(ring, { waitForSpace: () => (consume(), true) });
  const names = ['Math', 'Atomics'] as const;
  const kept = names.map((name) => Object.getOwnPropertyDescriptor(globalThis, name)!);
  let failure: unknown;
  try {
    for (const name of names) delete (globalThis as Partial<typeof globalThis>)[name];
    for (let call = 1; call <= 2 * CHUNK; call++) p.l(call);
  } catch (error) {
    failure = error;
  } finally {
    names.forEach((name, at) => Object.defineProperty(globalThis, name, kept[at]));
  }
  expect(failure).toBe(undefined);
  expect(rest().length).toBe(2 * CHUNK);
});
