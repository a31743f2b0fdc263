/** What the probes write for calls that are looked at, and what they do when there is no room, no time, no stack. */
import types from 'node:util/types';
import { expect, it } from 'vitest';
import { insideOf } from '../node/inside.ts';
import { CONTROL_WORDS, Control, LET_GO, type Ring } from '../wire/ring.ts';
import { Kind, Role, wordOf } from '../wire/words.ts';
import { createPreview } from './preview.ts';
import { createRedaction } from './redact.ts';
import { createLook, Postfix } from './values.ts';
import type { ValueBudget } from '../wire/registry.ts';

const FREE: ValueBudget = { calls: 0, rate: 0, bytes: 0, share: 0 };
const F = wordOf(Kind.VALUE, 5);

/** A thread with a circle of `size` bytes, a clock that is told the time, and the words it writes. */
function thread({ budget = FREE, size = 1 << 16, isRead = false } = {}) {
  const ring = {
    control: new Int32Array(new SharedArrayBuffer(CONTROL_WORDS * 4)),
    values: new Uint8Array(new SharedArrayBuffer(size)),
  } as Ring;
  const words: [word: number, what: number, position: number][] = [];
  const time = { micros: 0, perLook: 0 };
  const look = createLook(ring, {
    preview: createPreview({ isProxy: types.isProxy, insideOf, redaction: createRedaction() }),
    clock: () => (time.micros += time.perLook) | 0,
    budget,
    value: (...all) => void words.push(all),
    waitForRoom: (position) => {
      if (isRead) ring.control[Control.VALUES_READ] = position;
      return isRead;
    },
  });
  const textAt = (what: number, position: number): string => {
    const bytes = Uint8Array.from(
      { length: what >>> 4 },
      (_, at) => ring.values![(position + at) & (size - 1)],
    );
    return new TextDecoder('utf8', { fatal: true }).decode(bytes);
  };
  const tellOf = ([, what, position]: (typeof words)[number]): string =>
    `${what & 15} ${textAt(what, position)}`;
  return {
    ...look, ring, words, time,
    /** `role text` of each word. */
    told: () => words.map(tellOf),
    last: () => tellOf(words.at(-1)!),
    /** kept, and what was let go, by reason. */
    counts: () => ({
      kept: ring.control[Control.VALUES_KEPT],
      ...Object.fromEntries(LET_GO.map((reason, at) => [reason, ring.control[Control.VALUES_LET_GO + at]] as const).filter(([, n]) => n > 0)),
    }),
  }; // prettier-ignore
}

it('arguments, this, results, errors and writes of a call', () => {
  const { v, u, told } = thread();
  const on = v(F, '0a,1user.password,2...rest', { x: 1 }, 'ä€🍐', 'hunter2', [3]);
  expect(on).toBe(1);
  expect(u(F, on, Role.RESULT, 'f', 7n)).toBe(7n);
  u(F, on, Role.RESULT, 'getToken', 'abc');
  u(F, on, Role.THROWN, '', new TypeError('no'));
  u(F, on, Role.PROPERTY, 'this.x', 2);
  u(F, on, Role.VARIABLE + Postfix.INCREMENT, 'n', 2);
  u(F, on, Role.VARIABLE + Postfix.DECREMENT, 'n', 2n);
  expect(told()).toEqual([
    '0 {"n":"0a,1user.password,2...rest","v":["ä€🍐",{"$":"redacted","why":"secret","value":"‹secret:8›"},[3]],"t":{"x":1}}',
    '1 {"$":"bigint","value":"7"}',
    '1 {"$":"redacted","why":"secret","value":"‹secret:4›"}',
    '2 {"$":"error","class":"TypeError","message":"no"}',
    '3 ["this.x",2]',
    '4 ["n",3]',
    '4 ["n",{"$":"bigint","value":"1"}]',
  ]);
});

it('nothing of a call that is not looked at', () => {
  const { u, words } = thread();
  expect(u(F, undefined, Role.RESULT, 'f', 1)).toBe(1);
  expect(u(F, 0, Role.RESULT, 'f', 1)).toBe(1);
  expect(words).toEqual([]);
});

it('nothing once everything was stopped', () => {
  const { v, u, words, ring } = thread();
  ring.control[Control.QUIET] = 1;
  expect(v(F, '0a', undefined, 1)).toBe(0);
  u(F, 1, Role.RESULT, 'f', 1);
  expect(words).toEqual([]);
});

it('state only: the call is looked at, its arguments are not', () => {
  const { v, words } = thread();
  expect(v(F)).toBe(1);
  expect(words).toEqual([]);
});

it('the same text is written once', () => {
  const { u, words, ring } = thread();
  for (let i = 0; i < 3; i++) u(F, 1, Role.RESULT, 'f', 'again');
  expect(new Set(words.map(String)).size).toBe(1);
  expect(ring.control[Control.VALUES_END]).toBe('"again"'.length);
});

it('goes round in a circle that is read, and is whole there', () => {
  const { u, last } = thread({ size: 256, isRead: true });
  const texts = Array.from({ length: 100 }, (_, at) => `text ${at} ä`);
  for (const text of texts) {
    u(F, 1, Role.RESULT, 'f', text);
    expect(last()).toBe(`1 ${JSON.stringify(text)}`);
  }
});

it('a circle that nobody reads fills up: what does not fit is let go and counted', () => {
  const { u, told, counts } = thread({ size: 128 });
  for (let i = 0; i < 10; i++) u(F, 1, Role.RESULT, 'f', `a text of some length ${i}`);
  const kept = told().length;
  expect(kept).toBeGreaterThan(1);
  expect(counts()).toEqual({ kept, late: 10 - kept });
});

it('budget of calls: all of the first, then every 2nd, every 4th …', () => {
  const { v, counts } = thread({ budget: { ...FREE, calls: 4 } });
  const looked = Array.from({ length: 40 }, (_, at) => (v(F, '0a', undefined, at) === 1 ? at + 1 : 0)).filter(
    Boolean,
  );
  expect(looked).toEqual([1, 2, 3, 4, 6, 8, 12, 16, 24, 32]);
  expect(counts()).toEqual({ kept: 10, calls: 30 });
  expect(v(wordOf(Kind.VALUE, 70_000), '0a', undefined, 1)).toBe(1);
});

it('budget of bytes, of the thread and a second', () => {
  const once = thread({ budget: { ...FREE, bytes: 20 } });
  for (let i = 10; i < 20; i++) once.u(F, 1, Role.RESULT, 'f', `12345${i}`);
  expect(once.counts()).toEqual({ kept: 3, bytes: 7 });
  const rate = thread({ budget: { ...FREE, rate: 20 } });
  for (let i = 10; i < 20; i++) rate.u(F, 1, Role.RESULT, 'f', `12345${i}`);
  expect(rate.counts()).toEqual({ kept: 3, rate: 7 });
  rate.time.micros += 1_000_000;
  rate.u(F, 1, Role.RESULT, 'f', 'later');
  expect(rate.counts()).toEqual({ kept: 4, rate: 7 });
});

it('budget of time: looking that takes long is paused', () => {
  const { u, counts, time } = thread({ budget: { ...FREE, share: 10 } });
  time.perLook = 30_000;
  for (let i = 0; i < 20; i++) u(F, 1, Role.RESULT, 'f', i);
  const { kept, time: refused } = counts() as { kept: number; time: number };
  expect(kept + refused).toBe(20);
  expect(kept).toBeGreaterThan(2);
  expect(refused).toBeGreaterThan(5);
});

it('what cannot be looked at is let go: the program never hears of it', () => {
  const { v, u, counts } = thread();
  const namespace = Object.defineProperty({}, 'x', { get: () => 1, enumerable: true });
  const deep = (): unknown => {
    try {
      return deep();
    } catch {
      // Hardly any stack is left.
      return u(F, 1, Role.RESULT, 'f', { a: { b: { c: [namespace] } } });
    }
  };
  expect(deep()).toBeTypeOf('object');
  const { kept, failed = 0 } = counts() as { kept: number; failed?: number };
  expect(kept + failed).toBeGreaterThan(0);
  expect(() => v(F, '0a', undefined, 1)).not.toThrow();
});

it('many and large arguments are cut', () => {
  const { v, told } = thread();
  const big = Array.from({ length: 16 }, (_, at) => `${at}`.repeat(100));
  const values = Array.from({ length: 32 }, () => big);
  v(F, values.map((_, at) => `${at}a${at}`).join(), undefined, ...values);
  expect(told()[0].length).toBeLessThan(25_000);
  expect((JSON.parse(told()[0].slice(2)) as { v: unknown[] }).v.at(-1)).toEqual({ $: 'cut' });
});
