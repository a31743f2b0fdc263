import { expect, test } from 'vitest';
import { Gate, Kind, MAX_COUNTED_SITES, wordOf } from '../wire/index.ts';
import { GateKeeper, type GateChange } from './gates.ts';

const SECOND = 1e6;

/** Functions 1 … 4 of two files, and a thread with its gates. */
const functions = [
  { site: 1, file: 'src/cart.ts', name: 'Cart.total' },
  { site: 2, file: 'src/cart.ts', name: 'Cart.add' },
  { site: 3, file: 'src/tax.ts', name: 'total' },
  { site: 4, file: 'src/tax.ts', name: 'rate' },
];

function keeper(base: 'open' | 'count' | 'off' = 'count') {
  const told: GateChange[] = [];
  const gates = new Uint8Array(MAX_COUNTED_SITES);
  const keeper = new GateKeeper(base, (change) => told.push(change));
  keeper.adopt(gates);
  keeper.learn(functions);
  /** As letters: open, count, off, timed. */
  const picture = (): string => functions.map(({ site }) => 'ocxt'[gates[site]]).join('');
  return { keeper, gates, told, picture };
}

const trace = (files: string, names?: string, more = {}) => ({
  op: 'trace' as const,
  files: [files],
  ...(names ? { names: [names] } : {}),
  ...more,
});

test('a trace opens what it names, and its end closes it again', () => {
  const { keeper: gates, picture, told } = keeper();
  expect(picture()).toBe('cccc');
  expect(gates.trace(trace('^src/cart', '^Cart.total$'), 0)).toMatchObject({ trace: 1, functions: 1 });
  expect(picture()).toBe('occc');
  gates.trace(trace('.', 'total$'), 0);
  expect(picture()).toBe('ococ');
  gates.stop(2, 0);
  expect(picture()).toBe('occc');
  gates.stop(1, 0);
  expect(picture()).toBe('cccc');
  expect(told.map(({ gate, sites }) => `${gate} ${sites}`)).toEqual([
    'open 1',
    'open 1,3',
    'count 3',
    'count 1',
  ]);
  expect(() => gates.stop(1, 0)).toThrow('there is no trace 1');
});

test('functions and threads that come later are opened, too', () => {
  const { keeper: gates } = keeper('off');
  gates.trace(trace('^src/late'), 0);
  gates.learn([{ site: 9, file: 'src/late.ts', name: 'late' }]);
  const later = new Uint8Array(MAX_COUNTED_SITES);
  gates.adopt(later);
  expect([later[1], later[9]]).toEqual([Gate.OFF, Gate.OPEN]);
});

test('a trace ends after its time, and when it has seen enough', () => {
  const { keeper: gates, picture } = keeper();
  gates.trace(trace('cart', undefined, { seconds: 2, calls: 3 }), 0);
  gates.trace(trace('tax', undefined, { seconds: 1 }), 0);
  gates.expire(1.5 * SECOND);
  expect(picture()).toBe('oocc');
  const call = [wordOf(Kind.ENTER, 1), wordOf(Kind.LEAVE, 1)];
  const frame = [wordOf(Kind.FRAME_ENTER, 2), wordOf(Kind.ENTER, 1), 0];
  const words = Int32Array.from([...call, wordOf(Kind.ENTER, 4), ...frame, ...call]);
  gates.see(words, 0, words.length);
  expect(gates.traces(1.5 * SECOND)).toMatchObject([{ calls: 3, maxCalls: 3, secondsLeft: 0.5 }]);
  gates.expire(1.6 * SECOND);
  expect(picture()).toBe('cccc');
});

test('the emergency stop closes everything, of later threads as well, and ends traces', () => {
  const { keeper: gates, picture, told } = keeper('open');
  gates.trace(trace('.'), 0);
  gates.set('off', 'enough');
  expect(picture()).toBe('xxxx');
  expect(gates.hasTraces).toBe(false);
  expect(told.at(-1)).toEqual({ gate: 'off', reason: 'enough' });
  const later = new Uint8Array(MAX_COUNTED_SITES);
  gates.adopt(later);
  expect(later[77]).toBe(Gate.OFF);
  expect(gates.census(later)).toEqual({ open: 0, count: 0, off: 4 });
});

test('a pattern that is none is refused, and there is an end to traces', () => {
  const { keeper: gates } = keeper();
  expect(() => gates.trace(trace('('), 0)).toThrow('not a regular expression: (');
  for (let at = 0; at < 100; at++) gates.trace(trace('x'), 0);
  expect(() => gates.trace(trace('x'), 0)).toThrow('there are 100 traces already');
});

test('functions that a budget has counted: traces open them, later threads count them, and they are told again', () => {
  const { keeper: gates, picture, told } = keeper('open');
  gates.hold('count', [1, 2], 'budget');
  expect(picture()).toBe('ccoo');
  gates.trace(trace('^src/cart', '^Cart.total$'), 0);
  expect(picture()).toBe('ocoo');
  expect([1, 2, 3].map((site) => gates.isFree(site))).toEqual([false, true, true]);
  gates.stop(1, 0);
  expect(picture()).toBe('ccoo');
  const later = new Uint8Array(MAX_COUNTED_SITES);
  gates.adopt(later);
  expect([...later.subarray(1, 4)]).toEqual([Gate.COUNT, Gate.COUNT, Gate.OPEN]);
  gates.hold('open', [1], 'budget');
  expect(picture()).toBe('ocoo');
  expect(told.at(-1)).toEqual({ gate: 'open', sites: [1], reason: 'budget' });
  gates.set('off', 'stop');
  expect([gates.isFree(1), picture()]).toEqual([false, 'xxxx']);
});

test('functions that are told, and rare, are timed in all threads: open ones for all who ask', () => {
  const { keeper: gates, picture, told, gates: bytes } = keeper('open');
  gates.hold('count', [2], 'budget');
  gates.time(5, (site) => site !== 3);
  expect(picture()).toBe('tcot');
  expect(gates.census(bytes)).toEqual({ open: 3, count: 1, off: 0 });
  expect(told).toHaveLength(1);
  gates.hold('count', [1], 'budget');
  expect(picture()).toBe('ccot');
  gates.set('off', 'stopped');
  gates.time(5, () => true);
  expect(picture()).toBe('xxxx');
});
