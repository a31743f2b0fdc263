import { types } from 'node:util';
import { beforeEach, describe, expect, test, vi } from 'vitest';
import { createErrorIds, createSigner, describe as describeError, type ErrorHost } from './errors.ts';
import { createFewSignatures, createSignatures, patternOf } from './signatures.ts';

const signer = (host: ErrorHost) => createSigner(createErrorIds(host));
const text = (error: unknown): string => {
  const { name, message } = describeError(error, types.isProxy);
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

test('asks no method that the program replaced', () => {
  const replaced = vi.spyOn(String.prototype, 'slice').mockReturnValue('a probe ran user code');
  try {
    expect(text(new CartError('full'))).toBe('CartError: full');
    expect(text('text')).toBe('string: text');
  } finally {
    replaced.mockRestore();
  }
});

test('tells what caused it, as far as that is data', () => {
  const told: unknown[] = [];
  const sign = signer({
    isProxy: types.isProxy,
    idOf: createSignatures((id, _name, message, causes) =>
      told.push([id, message, ...causes.map((cause) => `${cause.name}: ${cause.message}`)]),
    ),
  });
  const from = (cause: unknown): Error => new Error('m', { cause });
  const circular = from(null);
  circular.cause = circular;
  const hidden = Object.defineProperty(new Error('m'), 'cause', {
    get() {
      throw new Error('a probe ran user code');
    },
  });
  const all = [from(new TypeError('x')), from(from('y')), from(new Proxy({}, {})), from(undefined), hidden];
  expect([...all, circular, from(new TypeError('x'))].map((error) => sign(error) >>> 1)).toEqual([
    1, 2, 3, 4, 4, 5, 1,
  ]);
  expect(told).toEqual([
    [1, 'm', 'TypeError: x'],
    [2, 'm', 'Error: m', 'string: y'],
    [3, 'm', 'Proxy: '],
    [4, 'm'],
    [5, 'm', ...Array.from({ length: 4 }, () => 'Error: m')],
  ]);
  for (let at = 0; at < 60; at++) sign(from(new TypeError(`of ${at}`)));
  expect(told.at(-1)).toEqual([told.length, 'm', 'TypeError: of #']);
});

test('texts that come again and again are looked through for secrets once', () => {
  const asked: string[] = [];
  const sign = signer({
    isProxy: types.isProxy,
    shown: (text) => {
      asked.push(text);
      return text;
    },
    idOf: createSignatures(() => {}),
  });
  for (let at = 0; at < 10; at++) sign(new TypeError('no', { cause: new Error('why') }));
  expect(asked).toEqual(['no', 'TypeError', 'why', 'Error']);
  // Not of all that ever came.
  for (let at = 0; at < 100; at++) sign(new Error(`no order ${at}`));
  sign(new TypeError('no'));
  expect(asked.filter((text) => text === 'no').length).toBe(2);
});

test('a signature gets one number; an object is sighted first once', () => {
  const told: string[] = [];
  const sign = signer({
    isProxy: types.isProxy,
    idOf: createSignatures((id, name, message) => told.push(`${id} ${name} ${message}`)),
  });
  const error = new TypeError('no');
  expect([sign(error), sign(error), sign(new TypeError('no')), sign('no'), sign('no')]).toEqual([
    3, 2, 3, 5, 5,
  ]);
  expect(told).toEqual(['1 TypeError no', '2 string no']);
});

describe('however many different errors there are, the signatures are few', () => {
  let told: string[];
  let sign: ReturnType<typeof createSigner>;
  beforeEach(() => {
    told = [];
    sign = signer({
      isProxy: () => false,
      idOf: createSignatures((id, name, message) => void (told[id] = `${name}: ${message}`)),
    });
  });
  const signatureOf = (error: unknown): string => told[sign(error) >> 1];

  test('fifty messages of a name are told apart; those that follow share a pattern', () => {
    for (let at = 0; at < 50; at++) signatureOf(new RangeError(`no order ${at}`));
    expect(signatureOf(new RangeError('no order 7'))).toBe('RangeError: no order 7');
    expect(signatureOf(new RangeError('no order 50'))).toBe('RangeError: no order #');
    expect(signatureOf(new RangeError('no order 9000'))).toBe('RangeError: no order #');
    expect(signatureOf(new RangeError('no cart c9'))).toBe('RangeError: no cart #');
    expect(signatureOf(new TypeError('no order 50'))).toBe('TypeError: no order 50');
    expect(told.length - 1).toBe(53);
  });

  test('patterns, too, are fifty a name', () => {
    const letters = (at: number): string => String.fromCharCode(97 + (at >> 4), 97 + (at & 15));
    for (let at = 0; at < 200; at++) signatureOf(new RangeError(letters(at)));
    expect(signatureOf(new RangeError('zz'))).toBe('RangeError: (other messages)');
    expect(signatureOf(new RangeError('zy'))).toBe('RangeError: (other messages)');
    expect(told.length - 1).toBe(101);
  });

  test('fifty names, and one for the rest', () => {
    for (let at = 0; at < 50; at++) signatureOf({ name: `Error${at}`, message: 'm' });
    expect(signatureOf({ name: 'Error1', message: 'another' })).toBe('Error1: another');
    expect(signatureOf({ name: 'New', message: 'm' })).toBe('other errors: m');
    expect(signatureOf({ name: 'Newer', message: 'm' })).toBe('other errors: m');
  });
});

test('pages tell the first thousand apart', () => {
  const told: string[] = [];
  const idOf = createFewSignatures((id, name, message) => void (told[id] = `${name}: ${message}`));
  const signatureOf = (message: string): string => told[idOf({ name: 'Error', message }, [])];
  for (let at = 0; at < 1000; at++) expect(signatureOf(`of ${at}`)).toBe(`Error: of ${at}`);
  expect(signatureOf('one more')).toBe('other errors: (other messages)');
  expect(signatureOf('and another')).toBe('other errors: (other messages)');
  expect(signatureOf('of 7')).toBe('Error: of 7');
  expect(told).toHaveLength(1002);
});

test.each([
  ['no such order: 8f3e-11', 'no such order: #'],
  ['connect ECONNREFUSED 127.0.0.1:5432', 'connect ECONNREFUSED #.#.#.#:#'],
  ["Cannot read properties of undefined (reading 'x')", "Cannot read properties of undefined (reading 'x')"],
  ['Zahl 3 größer als müßte2n', 'Zahl # größer als #'],
  ['', ''],
])('pattern of %j: %j', (message, pattern) => expect(patternOf(message)).toBe(pattern));

test.each([createFewSignatures, createSignatures])(
  'a number that could not be told is not used: the stack was full',
  (create) => {
    const told: [number, string][] = [];
    let isFull = true;
    const idOf = create((id, name) => {
      if (isFull) throw new RangeError('Maximum call stack size exceeded');
      told.push([id, name]);
    });
    const sign = signer({ isProxy: types.isProxy, idOf });
    const error = new CartError('full');
    expect(sign(error)).toBe(0);
    isFull = false;
    const [id, isFirst] = [sign(error) >> 1, sign(error) & 1];
    expect([told, isFirst]).toEqual([[[id, 'CartError']], 0]);
  },
);
