import { expect, test } from 'vitest';
import {
  CHECK_WORDS,
  CHUNKS,
  Control,
  Gate,
  Kind,
  LATE_MICROS,
  SLACK_WORDS,
  STALL,
  Told,
  wordOf,
  type Ring,
} from '../wire/index.ts';
import { CHUNK, consumer, newRing, recorder } from './fixtures/recorder.ts';

test('all words pass through many rounds of the ring, in order', () => {
  const ring = newRing();
  const { consume, rest } = consumer(ring);
  let waits = 0;
  const p = recorder(ring, { waitForSpace: () => (waits++, consume(), true) });
  for (let call = 1; call <= 600_000; call++) p.l(call);
  const out = rest();
  expect(out.length).toBe(600_000);
  expect(out.every((word, at) => word === at + 1)).toBe(true);
  expect(waits).toBeGreaterThan(1);
  expect(ring.control[Control.LOST]).toBe(0);
});

test('a reader that never comes costs words, which are counted where they are missing', () => {
  const ring = newRing();
  const { consume, rest } = consumer(ring);
  const p = recorder(ring);
  const total = 500_000;
  for (let call = 0; call < total; call++) p.l(wordOf(Kind.LEAVE, call));
  consume();
  expect(p.settle()).toBe(true);
  expect(p.settle()).toBe(false);
  p.l(wordOf(Kind.LEAVE, total));
  const out = rest();
  const at = out.indexOf(wordOf(Kind.LOST, 0));
  const lost = out[at + 1];
  expect(lost).toBe(ring.control[Control.LOST]);
  expect(out.length - 2 + lost).toBe(total + 1);
  expect(out[at - 1]).toBe(wordOf(Kind.LEAVE, at - 1));
  expect(out.at(-1)).toBe(wordOf(Kind.LEAVE, total));
});

test('deeper recursion than the slack loses words, counts them and stays inside of the ring', () => {
  const ring = newRing();
  const { consume, rest } = consumer(ring);
  const p = recorder(ring, { waitForSpace: () => (consume(), true) });
  const deep = CHUNK + 1000;
  for (let call = 0; call < CHUNK - SLACK_WORDS; call++) p.l(1);
  for (let call = 0; call < deep; call++) p.e(2);
  p.l(3);
  const lost = ring.control[Control.LOST];
  expect(lost).toBe(deep + 1 - SLACK_WORDS);
  expect(rest().length).toBe(CHUNK + 2);
});

test('a reader that has not looked for long is waited for: at once by an async event, every few thousand words by others', () => {
  const ring = newRing();
  let now = 1000;
  const waits: number[] = [];
  const p = recorder(ring, {
    clock: () => now,
    waitForReader: () => {
      waits.push(ring.control[Control.CURSOR]);
      ring.control[Control.WRITTEN_TO] = now;
    },
  });
  p.m(wordOf(Kind.RESUME, 0), 1);
  expect(waits).toEqual([]);
  now += LATE_MICROS + 1;
  p.m(wordOf(Kind.RESUME, 0), 1);
  expect(waits).toEqual([6]);
  now += LATE_MICROS + 1;
  for (let call = 0; call < 3 * CHECK_WORDS; call++) p.l(wordOf(Kind.LEAVE, call));
  expect(waits).toEqual([6, CHECK_WORDS + 2]);
});

/** As a thread of the program counts it. */
const stalledFor = ({ control }: Ring, micros: number, until: number): void => {
  control[Control.STALLED] += micros;
  control[Control.STALLED_UNTIL] = until;
};

test('waiting for room is told: that it begins at the end of a chunk, how long it was in front of the next', () => {
  const ring = newRing();
  const { consume, rest } = consumer(ring);
  let now = 100;
  const p = recorder(ring, {
    clock: () => now,
    waits: true,
    waitForSpace: () => {
      // Nothing can be told here: the chunk is full, and the next one is not free yet.
      p.stalls.begin();
      consume();
      stalledFor(ring, 30, (now += 30));
      p.stalls.end();
      return true;
    },
  });
  for (let call = 1; call <= 3 * CHUNK; call++) p.l(wordOf(Kind.LEAVE, call));
  const out = rest();
  const at = out.indexOf(STALL);
  expect(out.slice(at - 1, at + 7)).toEqual([
    wordOf(Kind.LEAVE, at), STALL, 0, 100, STALL, 30, 130, wordOf(Kind.LEAVE, at + 1),
  ]); // prettier-ignore
  expect(out.filter((word) => word === STALL).length % 2).toBe(0);
  expect(out.length).toBe(3 * CHUNK + 3 * out.filter((word) => word === STALL).length);
});

test('where it cannot wait, that it is full is told by the loss alone', () => {
  const ring = newRing();
  const { consume, rest } = consumer(ring);
  const p = recorder(ring);
  for (let call = 0; call < 500_000; call++) p.l(wordOf(Kind.LEAVE, call));
  consume();
  p.settle();
  expect(rest().includes(STALL)).toBe(false);
});

test('waiting in vain is told in front of the loss', () => {
  const ring = newRing();
  const { consume, rest } = consumer(ring);
  const p = recorder(ring, {
    waits: true,
    waitForSpace: () => (stalledFor(ring, 1000, 7000), false),
  });
  for (let call = 0; call < CHUNKS * CHUNK; call++) p.l(wordOf(Kind.LEAVE, call));
  consume();
  expect(ring.control[Control.STALLED]).toBeGreaterThan(0);
  expect(p.settle()).toBe(true);
  const out = rest();
  const at = out.indexOf(STALL);
  expect(out.slice(at, at + 7)).toEqual([STALL, 0, 0, STALL, ring.control[Control.STALLED], 7000, wordOf(Kind.LOST, 0)]); // prettier-ignore
});

test('a wait for the reader is told where it was', () => {
  const ring = newRing();
  let now = 1000;
  const p = recorder(ring, {
    clock: () => now,
    waitForReader: () => {
      p.stalls.begin();
      stalledFor(ring, 50, (now += 50));
      ring.control[Control.WRITTEN_TO] = now;
      p.stalls.end();
    },
  });
  now += LATE_MICROS + 1;
  const began = now;
  p.m(wordOf(Kind.RESUME, 5), 1);
  p.stalls.end();
  expect([...ring.data.subarray(0, ring.control[Control.CURSOR])]).toEqual([
    wordOf(Kind.RESUME, 5), 1, began, STALL, 0, began, STALL, 50, began + 50,
  ]); // prettier-ignore
  ring.control[Control.QUIET] = 1;
  stalledFor(ring, 50, now);
  p.stalls.begin();
  p.stalls.end();
  expect(ring.control[Control.CURSOR]).toBe(9);
});

test('where its reader looks rarely, a thread tells the time itself', () => {
  const ring = newRing();
  let now = 0;
  const p = recorder(ring, { clock: () => now });
  const write = (words: number, microsEach: number): number[] => {
    const from = ring.control[Control.CURSOR];
    for (let word = 0; word < words; word++) {
      now += microsEach;
      p.l(wordOf(Kind.LEAVE, 1));
    }
    return [...ring.data.subarray(from, ring.control[Control.CURSOR])];
  };
  expect(write(2 * CHECK_WORDS, 1)).not.toContain(STALL);
  ring.control[Control.STAMPS] = 1000;
  write(4 * CHECK_WORDS, 10);
  // Each word takes 100 µs of the program.
  const out = write(CHECK_WORDS, 100);
  const told = out.flatMap((word, at) => (word === STALL ? [at] : []));
  expect(new Set(told.map((at) => out[at + 1]))).toEqual(new Set([Told.BEFORE]));
  const times = told.map((at) => out[at + 2]);
  const apart = times.slice(1).map((time, at) => time - times[at]);
  // Once it is found out that little is written.
  expect(Math.max(...apart.slice(4))).toBeLessThan(1500);
  expect(Math.min(...apart)).toBeLessThan(1000);
  expect(out.length).toBe(CHECK_WORDS + 3 * told.length);
  ring.control[Control.STAMPS] = 0;
  write(CHECK_WORDS, 1);
  expect(write(2 * CHECK_WORDS, 100)).not.toContain(STALL);
});

test('who is called rarely tells when it begins and ends, until times are near anyway', () => {
  const ring = newRing();
  let now = 0;
  const p = recorder(ring, { clock: () => now });
  const [S, E, L] = [STALL, wordOf(Kind.ENTER, 1), wordOf(Kind.LEAVE, 1)];
  /** As the transform writes it. @returns the words of one call */
  const call = (micros: number): number[] => {
    const from = ring.control[Control.CURSOR];
    const left = ring.gates[1] ? p.o(E) : p.e(E);
    now += micros;
    if (left) p.l(left & -2);
    return [...ring.data.subarray(from, ring.control[Control.CURSOR])];
  };
  ring.gates.fill(Gate.TIMED);
  // The reader looks often.
  expect(call(20)).toEqual([E, L]);
  expect(ring.gates[1]).toBe(Gate.OPEN);

  ring.control[Control.STAMPS] = 1000;
  ring.gates[1] = Gate.TIMED;
  now = 50_000;
  expect(call(20)).toEqual([S, Told.NEXT, 50_000, E, L, S, Told.BEFORE, 50_020]);
  now = 90_000;
  expect(call(20_000)).toEqual([S, Told.NEXT, 90_000, E, L, S, Told.BEFORE, 110_000]);
  const calls = Array.from({ length: 8 }, () => call(1).length);
  // Then some of their ends are told.
  expect(calls).toEqual([8, 8, 8, 8, 2, 5, 2, 5]);
  expect(ring.gates[1]).toBe(Gate.OPEN);
  // The clock has 32 bits: what was 40 minutes ago is long ago, too.
  ring.gates[1] = Gate.TIMED;
  now = (now + 2400e6) | 0;
  expect(call(20)).toHaveLength(8);
});

test('a timed gate is an open one for every kind of function', () => {
  const ring = newRing();
  const p = recorder(ring, { clock: () => 7000 });
  ring.control[Control.STAMPS] = 1000;
  ring.gates.fill(Gate.TIMED);
  const [FRAME_ENTER, E, L] = [wordOf(Kind.FRAME_ENTER, 2), wordOf(Kind.ENTER, 3), wordOf(Kind.LEAVE, 3)];
  expect(p.o(FRAME_ENTER)).toBe(1);
  expect(p.o(L)).toBe(0);
  const words = [...ring.data.subarray(0, ring.control[Control.CURSOR])];
  expect(words.filter((word) => word !== STALL)).toEqual([
    FRAME_ENTER,
    1,
    7000,
    Told.NEXT,
    7000,
    E,
    L,
    Told.BEFORE,
    7000,
  ]);
  // Its words tell the time anyway.
  expect([...ring.gates.subarray(1, 4)]).toEqual([Gate.TIMED, Gate.OPEN, Gate.TIMED]);
  expect([...ring.hits]).toEqual(Array(10).fill(0));
});
