/** Values and their previews, side by side. Whatever the value does when it is touched fails the test: nothing may touch it. */
import vm from 'node:vm';
import types from 'node:util/types';
import fc from 'fast-check';
import { afterEach, describe, expect, it } from 'vitest';
import { insideOf } from '../node/inside.ts';
import { createPreview, PREVIEW_LIMITS } from './preview.ts';
import { createRedaction } from './redact.ts';

const touched: string[] = [];
afterEach(() => expect(touched.splice(0)).toEqual([]));

const text = createPreview({
  isProxy: types.isProxy,
  insideOf,
  redaction: createRedaction({ names: ['blut'] }),
});
const preview = (value: unknown, name = ''): unknown => JSON.parse(text(value, name));

/** Says so when it is called. */
const trap = (what: string) => (): never => {
  touched.push(what);
  throw new Error(what);
};

class Cart {
  id = 7n;
  lines = [1];
}

describe('what there is', () => {
  it.each([
    [null, null],
    [true, true],
    [1.5, 1.5],
    ['a "b"\n', 'a "b"\n'],
    ['half a pair \ud800', 'half a pair \ud800'],
    [undefined, { $: 'undefined' }],
    [NaN, { $: 'number', value: 'NaN' }],
    [-Infinity, { $: 'number', value: '-Infinity' }],
    [-0, { $: 'number', value: '-0' }],
    [12n, { $: 'bigint', value: '12' }],
    [Symbol('s'), { $: 'symbol', value: 'Symbol(s)' }],
    [function named() {}, { $: 'function', name: 'named' }],
    [Cart, { $: 'function', name: 'Cart' }],
    [[1, 'a', [2]], [1, 'a', [2]]],
    [[,1], [{ $: 'hole' }, 1]], // eslint-disable-line no-sparse-arrays
    [{ a: 1, b: { c: 2 } }, { a: 1, b: { c: 2 } }],
    [{ $: 'object', a: 1 }, { $: 'object', props: { $: 'object', a: 1 } }],
    [Object.create(null), {}],
    [new Cart(), { $: 'object', class: 'Cart', props: { id: { $: 'bigint', value: '7' }, lines: [1] } }],
    [new Map<unknown, unknown>([['a', 1], [{}, 2]]), { $: 'map', size: 2, entries: [['a', 1], [{}, 2]] }],
    [new Set([1, 'x']), { $: 'set', size: 2, values: [1, 'x'] }],
    [new Date(0), { $: 'date', value: '1970-01-01T00:00:00.000Z' }],
    [new Date(NaN), { $: 'date', value: null }],
    [/a\/b/giu, { $: 'regexp', value: '/a\\/b/', flags: 'giu' }],
    [new RangeError('too far'), { $: 'error', class: 'RangeError', message: 'too far' }],
    [Object.assign(new Error('x'), { code: 'E1' }), { $: 'error', class: 'Error', message: 'x', props: { code: 'E1' } }],
    [Promise.resolve(1), { $: 'promise' }],
    [Uint8Array.of(1, 2), { $: 'array', class: 'Uint8Array', length: 2, items: [1, 2] }],
    [new BigInt64Array(1), { $: 'array', class: 'BigInt64Array', length: 1, items: [{ $: 'bigint', value: '0' }] }],
    [new ArrayBuffer(9), { $: 'buffer', length: 9 }],
    [new SharedArrayBuffer(8), { $: 'buffer', length: 8 }],
    [Object('s'), { $: 'boxed', value: 's' }],
    [Object(1n), { $: 'boxed', value: { $: 'bigint', value: '1' } }],
    [(function (a: number, b: number) { return a < b ? arguments : 0; })(1, 2), { $: 'array', class: 'Arguments', length: 2, items: [1, 2] }], // eslint-disable-line prefer-rest-params
    [globalThis, { $: 'object', class: 'global' }],
    [new WeakMap(), { $: 'object', class: 'WeakMap', props: {} }],
    [vm.runInNewContext('({ a: [new Map([[1, 2]])] })'), { a: [{ $: 'map', size: 1, entries: [[1, 2]] }] }],
  ] as [unknown, unknown][])('%s', (value, expected) => expect(preview(value)).toEqual(expected)); // prettier-ignore

  it('circles', () => {
    const a: Record<string, unknown> = { n: 1 };
    a['self'] = [a];
    expect(preview(a)).toEqual({ n: 1, self: [{ $: 'circular' }] });
  });
  it('the same object twice is no circle', () => {
    const one = { a: 1 };
    expect(preview([one, one])).toEqual([one, one]);
  });
});

describe('code of the program does not run', () => {
  it('getters', () => expect(preview({ get a() { return trap('getter')(); }, b: 1 })).toEqual({ a: { $: 'getter' }, b: 1 })); // prettier-ignore
  it('conversions and tags', () => {
    const value = {
      a: 1, toString: trap('toString'), valueOf: trap('valueOf'), toJSON: trap('toJSON'), [Symbol.toPrimitive]: trap('toPrimitive'),
      get [Symbol.toStringTag]() { return trap('tag')(); }, [Symbol.iterator]: trap('iterator'),
    }; // prettier-ignore
    expect(preview(value)).toMatchObject({ a: 1, toJSON: { $: 'function', name: '' } });
  });
  it('proxies, anywhere', () => {
    const handler = new Proxy({}, { get: (_, name) => trap(String(name)) });
    const proxy = new Proxy(function f() {}, handler);
    class Fake {
      a = 1;
    }
    Object.setPrototypeOf(Fake.prototype, new Proxy({}, handler));
    const constructed = Object.create({ constructor: proxy }) as object;
    expect(preview([new Proxy({}, handler), proxy, new Fake(), constructed])).toEqual([
      { $: 'proxy' },
      { $: 'proxy' },
      { $: 'object', class: 'Fake', props: { a: 1 } },
      {},
    ]);
  });
  it('names of classes that are getters', () => {
    class Named {
      a = 1;
      static get name() {
        return trap('name')() as string;
      }
    }
    expect(preview(new Named())).toEqual({ a: 1 });
  });
  it('what built-ins were replaced with', () => {
    const map = Object.assign(new Map([['a', 1]]), {
      entries: trap('entries'),
      [Symbol.iterator]: trap('iterator'),
    });
    Object.defineProperty(map, 'size', { get: trap('size') });
    expect(preview(map)).toEqual({ $: 'map', size: 1, entries: [['a', 1]] });
    const expression = Object.defineProperties(/x/g, {
      source: { get: trap('source') },
      flags: { get: trap('flags') },
      global: { get: trap('global') },
    });
    expect(preview(expression)).toEqual({ $: 'regexp', value: '/x/', flags: 'g' });
    const bytes = Object.defineProperty(Uint8Array.of(1), 'length', { get: trap('length') });
    expect(preview(bytes)).toMatchObject({ length: 1 });
  });
  it('methods of prototypes, replaced by the program', () => {
    const value = { a: [1, 'two'], m: new Map([[1, new Set([2])]]), d: new Date(0), r: /x/g };
    const expected = text(value, 'name');
    const replaced: [object, string | symbol][] = [
      [String.prototype, 'charCodeAt'], [String.prototype, 'indexOf'], [String.prototype, 'slice'], [String.prototype, 'toLowerCase'], [Array.prototype, 'push'],
      [Array.prototype, Symbol.iterator], [Map.prototype, 'entries'], [Set.prototype, 'values'], [Date.prototype, 'getTime'], [Date.prototype, 'toISOString'],
      [RegExp.prototype, 'exec'], [Object, 'keys'], [Object, 'getOwnPropertyDescriptor'], [JSON, 'stringify'], [Array, 'isArray'], [Reflect, 'apply'],
    ]; // prettier-ignore
    const before = replaced.map(([object, key]) => Object.getOwnPropertyDescriptor(object, key)!);
    const { defineProperty } = Object;
    for (let at = 0; at < replaced.length; at++)
      defineProperty(replaced[at][0], replaced[at][1], {
        value: trap(String(replaced[at][1])),
        configurable: true,
        writable: true,
      });
    let seen = '';
    try {
      seen = text(value, 'name');
    } finally {
      for (let at = 0; at < replaced.length; at++)
        defineProperty(replaced[at][0], replaced[at][1], before[at]);
    }
    expect(seen).toBe(expected);
  });
  it('`RegExp.$1` stays', () => {
    /(b)/.exec('abc');
    preview({ text: 'Bearer abcdefghijklmnop', card: '4111 1111 1111 1111' });
    expect(RegExp.$1).toBe('b');
  });
});

describe('limits', () => {
  const { breadth, string, total } = PREVIEW_LIMITS;
  it('depth', () =>
    expect(preview({ a: { b: { c: { d: { e: 1 } } } } })).toEqual({
      a: { b: { c: { $: 'object', cut: true } } },
    }));
  it('breadth', () => {
    const many = Array.from({ length: 1000 }, (_, at) => at);
    expect(preview(many)).toEqual({ $: 'array', length: 1000, items: many.slice(0, breadth) });
    expect(preview(new Set(many))).toEqual({ $: 'set', size: 1000, values: many.slice(0, breadth) });
    const { props, size } = preview(Object.fromEntries(many.map((n) => [`k${n}`, n]))) as {
      props: object;
      size: number;
    };
    expect([Object.keys(props).length, size]).toEqual([breadth, 1000]);
  });
  it('names of very many properties are listed once', () => {
    const many = Object.fromEntries(Array.from({ length: 20_000 }, (_, n) => [`k${n}`, n]));
    expect(preview(many)).toMatchObject({ size: 20_000, props: { k0: 0 } });
    expect(preview([many])).toEqual([{ $: 'object', cut: true }]);
  });
  it('texts', () => {
    expect(preview('x'.repeat(1e6))).toEqual({ $: 'string', length: 1e6, value: 'x'.repeat(string) });
  });
  it('huge things are not gone through', () =>
    expect(
      preview([
        new Uint8Array(1e7),
        Object('x'.repeat(1e7)),
        2n ** 100_000n,
        Object.assign([], { length: 2 ** 32 - 1 }),
      ]),
    ).toMatchObject([
      { length: 1e7 },
      { $: 'boxed', value: { length: 1e7 } },
      { $: 'bigint', cut: true },
      { length: 2 ** 32 - 1 },
    ]));
  it('any value: JSON, and not much longer than the limit', () => {
    fc.assert(
      fc.property(
        fc.anything({
          withBigInt: true,
          withDate: true,
          withMap: true,
          withSet: true,
          withTypedArray: true,
          withSparseArray: true,
          withNullPrototype: true,
          withBoxedValues: true,
          withObjectString: true,
        }),
        (value) => {
          const shown = text(value, '');
          JSON.parse(shown);
          expect(shown.length).toBeLessThan(3 * total);
        },
      ),
      { numRuns: 500 },
    );
  });
});

describe('secrets', () => {
  const secret = (length: number): object => ({ $: 'redacted', why: 'secret', value: `‹secret:${length}›` });

  it('by name', () =>
    expect(preview({ user: 'joe', passWord: 'x', api_key: 'y'.repeat(9), Cookie: ['z'], pin: 1234, pinned: 5, authorization: null, blutgruppe: 'A' })).toEqual({
      user: 'joe', passWord: secret(4), api_key: secret(16), Cookie: { $: 'redacted' }, pin: secret(4), pinned: 5, authorization: null, blutgruppe: secret(4),
    })); // prettier-ignore
  it('by the name of the value', () => expect(preview('x', 'user.password')).toEqual(secret(4)));
  it('in maps and lists of headers', () =>
    expect([preview(new Map([['token', 'x']])), preview(['Cookie', 'a=b', 'Accept', '*'])]).toEqual([
      { $: 'map', size: 1, entries: [['token', secret(4)]] },
      ['Cookie', secret(4), 'Accept', '*'],
    ]));
  it('by shape, in texts, numbers, bytes and names', () =>
    expect(
      preview(['to joe@example.org', 4111111111111111, 'order 12', Buffer.from('mail joe@example.org'), { 'joe@example.org': 1 }]),
    ).toEqual([
      { $: 'redacted', why: 'email', value: 'to ‹email:16›' },
      { $: 'redacted', why: 'card', value: '‹card:16›' },
      'order 12',
      { $: 'redacted', why: 'email' },
      { '‹email:16›': 1 },
    ])); // prettier-ignore
});
