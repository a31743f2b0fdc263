import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { type BatchHead, BATCH_MARK, encodeBatch } from './batch.ts';
import { decodeBatch } from './batch-read.ts';
import { anyWords } from './fixtures/words.ts';

const utf8 = (text: string): Uint8Array => new TextEncoder().encode(text);

const HEAD: BatchHead = {
  session: 'f'.repeat(32),
  seq: 1,
  token: 't',
  at: 0,
  lost: 0,
  samples: [],
  notes: [],
};

const whole = fc.nat({ max: 2 ** 50 });
const ascending = (limit: number) =>
  fc.array(fc.nat({ max: limit }), { maxLength: 20 }).map((list) => list.toSorted((a, b) => a - b));
const hello = fc.record(
  {
    build: fc.string(),
    kind: fc.string(),
    url: fc.string({ unit: 'grapheme' }),
    agent: fc.string(),
    origin: fc.double({ min: 0, max: 4e12, noNaN: true }),
    clock: fc.array(fc.tuple(whole, whole, whole), { maxLength: 5 }),
    parent: fc.stringMatching(/^[0-9a-f]{32}$/),
  },
  { requiredKeys: ['build', 'kind', 'url', 'agent', 'origin', 'clock'] },
);

/** Heads as pages write them, of a batch with so many words. */
const headsOf = (words: number): fc.Arbitrary<BatchHead> =>
  fc
    .record({
      at: fc.nat({ max: 2 ** 40 }),
      seq: fc.integer({ min: 1, max: 2 ** 40 }),
      places: ascending(words),
      times: ascending(2 ** 40),
      rest: fc.record(
        {
          hello,
          notes: fc.array(fc.record({ t: fc.constantFrom('error', 'task'), id: fc.nat() }), { maxLength: 4 }),
          modules: fc.array(whole, { maxLength: 4 }),
          sites: ascending(1000),
          end: whole,
        },
        { requiredKeys: ['notes', 'sites'] },
      ),
    })
    .map(({ at, seq, places, times, rest: { sites, ...rest } }) => ({
      ...HEAD,
      ...rest,
      at,
      seq,
      samples: places
        .slice(0, times.length)
        .map((place, index): [number, number] => [at + place, times[index]]),
      counts: [...new Set(sites)].flatMap((site) => [site, site * 2]),
    }));

const batches = fc
  .tuple(anyWords, fc.uint8Array({ maxLength: 100 }))
  .chain(([words, values]) =>
    fc.record({ head: headsOf(words.length), words: fc.constant(words), values: fc.constant(values) }),
  );

test('a batch comes back as it was sent', () => {
  fc.assert(
    fc.property(batches, ({ head, words, values }) => {
      const back = decodeBatch(encodeBatch(head, words, values, utf8));
      expect({ ...back.head }).toEqual(head);
      expect([...back.words]).toEqual([...words]);
      expect([...back.values]).toEqual([...values]);
    }),
    { numRuns: 500 },
  );
});

test('it may begin anywhere in memory', () => {
  const bytes = encodeBatch(HEAD, Int32Array.of(1, 2, 3), Uint8Array.of(9), utf8);
  const shifted = new Uint8Array(bytes.length + 3);
  shifted.set(bytes, 3);
  expect([...decodeBatch(shifted.subarray(3)).words]).toEqual([1, 2, 3]);
});

test('words that repeat themselves take few bytes', () => {
  const words = Int32Array.from({ length: 10_000 }, (_, at) => ((at % 20) << 4) | 1);
  expect(encodeBatch(HEAD, words, new Uint8Array(0), utf8).length).toBeLessThan(400);
});

test('what claims more words than a page can hold is refused before there is room for them', () => {
  const bytes = encodeBatch(HEAD, Int32Array.of(1, 2), new Uint8Array(0), utf8);
  new DataView(bytes.buffer).setUint32(8, 0xffffffff, true);
  expect(() => decodeBatch(bytes)).toThrow('more words');
});

describe('what is none is refused', () => {
  test('any bytes, and batches of which some were changed or cut off', () => {
    const refused = (bytes: Uint8Array): void => {
      try {
        decodeBatch(bytes);
      } catch (error) {
        expect((error as Error).constructor).toBe(Error);
      }
    };
    fc.assert(
      fc.property(
        fc.uint8Array(),
        batches,
        fc.nat(),
        fc.nat({ max: 255 }),
        (any, { head, words, values }, place, byte) => {
          refused(any);
          const bytes = encodeBatch(head, words, values, utf8);
          refused(bytes.subarray(0, place % bytes.length));
          bytes[place % bytes.length] = byte;
          refused(bytes);
        },
      ),
      { numRuns: 500 },
    );
  });

  test.each<[string, Record<string, unknown>]>([
    ['session', { session: '../../etc' }],
    ['seq', { seq: 0 }],
    ['seq', { seq: 1.5 }],
    ['token', { token: 3 }],
    ['at', { at: -1 }],
    ['at', { at: 2 ** 53 }],
    ['lost', { lost: null }],
    ['samples', { samples: 'x' }],
    ['samples', { samples: [[0]] }],
    ['samples', { samples: [[1, 0], [0, 1]] }], // prettier-ignore
    ['samples', { samples: [[0, 5], [1, 4]] }], // prettier-ignore
    ['samples', { samples: [[3, 0]] }],
    ['notes', { notes: [{}] }],
    ['notes', { notes: [{ t: BATCH_MARK, seq: 99 }] }],
    ['counts', { counts: [1] }],
    ['counts', { counts: [2, 1, 1, 1] }],
    ['values', { values: { from: -1, counts: [] } }],
    ['clock', { hello: { build: '', kind: '', url: '', agent: '', origin: 0, clock: [[1, 2]] } }],
    ['origin', { hello: { build: '', kind: '', url: '', agent: '', origin: 'x', clock: [] } }],
    ['origin', { hello: { build: '', kind: '', url: '', agent: '', origin: 2 ** 50, clock: [] } }],
    ['parent', { hello: { build: '', kind: '', url: '', agent: '', origin: 0, clock: [], parent: '..' } }],
    ['end', { end: 0.5 }],
  ])('its field %s: %j', (field, wrong) => {
    const bytes = encodeBatch({ ...HEAD, ...wrong }, Int32Array.of(1, 2), new Uint8Array(0), utf8);
    expect(() => decodeBatch(bytes)).toThrow(`\`${field}\``);
  });
});
