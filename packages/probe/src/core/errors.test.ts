import { types } from 'node:util';
import { expect, test } from 'vitest';
import { createSigner, describe } from './errors.ts';

const text = (error: unknown): string => {
  const { name, message } = describe(error, types.isProxy);
  return `${name}: ${message}`;
};

class CartError extends Error {}
function OldError(this: Error, message: string) {
  this.message = message;
}
OldError.prototype = Object.create(Error.prototype, { name: { value: 'OldError' } });

test('names what was thrown', () => {
  const cases: [unknown, string][] = [
    [new TypeError('no'), 'TypeError: no'],
    [new CartError('full'), 'CartError: full'],
    [Object.assign(new Error('x'), { name: 'Custom' }), 'Custom: x'],
    [new (OldError as unknown as new (message: string) => Error)('old'), 'OldError: old'],
    [{ message: 'plain' }, 'Object: plain'],
    [Object.create(null), 'Object: '],
    ['text', 'string: text'],
    [42, 'number: 42'],
    [undefined, 'undefined: undefined'],
    [null, 'null: '],
    [Symbol('s'), 'symbol: Symbol(s)'],
    [10n, 'bigint: 10'],
    [function named() {}, 'function: named'],
    [new Error('y'.repeat(1000)), `Error: ${'y'.repeat(300)}`],
  ];
  for (const [error, expected] of cases) expect(text(error)).toBe(expected);
});

test('runs no code of the user', () => {
  const boom = (): never => {
    throw new Error('a probe ran user code');
  };
  const trap = new Proxy({}, { get: boom, getPrototypeOf: boom, getOwnPropertyDescriptor: boom, has: boom });
  class Getter extends Error {
    override get name(): string {
      return boom();
    }
    override get message(): string {
      return boom();
    }
  }
  expect(text(trap)).toBe('Proxy: ');
  expect(text(new Getter())).toBe('Getter: ');
  expect(text(Object.create(trap))).toBe('Object: ');
  expect(
    text({
      get message() {
        return boom();
      },
      toString: boom,
      valueOf: boom,
    }),
  ).toBe('Object: ');
});

test('a signature gets one number; an object is sighted first once', () => {
  const told: string[] = [];
  const sign = createSigner({
    isProxy: types.isProxy,
    announce: (id, name, message) => told.push(`${id} ${name} ${message}`),
  });
  const error = new TypeError('no');
  expect([sign(error), sign(error), sign(new TypeError('no')), sign('no'), sign('no')]).toEqual([
    3, 2, 3, 5, 5,
  ]);
  expect(told).toEqual(['1 TypeError no', '2 string no']);
});

test('ten thousand signatures are enough; the rest shares one number', () => {
  const told: number[] = [];
  const sign = createSigner({ isProxy: () => false, announce: (id) => told.push(id) });
  for (let at = 0; at < 10_100; at++) sign(`e${at}`);
  expect(told.length).toBe(10_001);
  expect(sign('another') >> 1).toBe(10_001);
  expect(sign('e5') >> 1).toBe(6);
});
