import fc from 'fast-check';
import { expect, test } from 'vitest';
import { ByteReader, ByteWriter } from './bytes.ts';
import { decodeWords, encodeWords, wholeEvents } from './codec.ts';
import { anyWords, programWords } from './fixtures/words.ts';

function roundTrip(words: Int32Array): { back: Int32Array; taken: number; bytes: number } {
  const heads = new ByteWriter();
  const operands = new ByteWriter();
  const taken = encodeWords(words, 0, words.length, heads, operands);
  const back = new Int32Array(taken);
  decodeWords(
    new ByteReader(heads.written().slice()),
    new ByteReader(operands.written().slice()),
    taken,
    back,
  );
  return { back, taken, bytes: heads.at + operands.at };
}

test('any words come back, but for an event that is cut at the end', () => {
  fc.assert(
    fc.property(anyWords, (words) => {
      const { back, taken } = roundTrip(words);
      expect(taken).toBe(wholeEvents(words, 0, words.length));
      expect(words.length - taken).toBeLessThan(3);
      expect(back).toEqual(words.subarray(0, taken));
    }),
    { numRuns: 1000 },
  );
});

test('the words of programs come back whole', () => {
  fc.assert(
    fc.property(programWords, (words) => {
      expect(roundTrip(words).back).toEqual(words);
    }),
    { numRuns: 300 },
  );
});

test('a loop costs next to nothing', () => {
  const loop = Int32Array.from({ length: 100_000 }, (_, at) => [0x11, 0x21, 0x22, 0x12][at % 4]);
  expect(roundTrip(loop).bytes).toBeLessThan(20);
});

test('bytes that say something else throw and never hang', () => {
  fc.assert(
    fc.property(fc.uint8Array(), fc.uint8Array(), fc.nat({ max: 1000 }), (heads, operands, count) => {
      const target = new Int32Array(count);
      try {
        decodeWords(new ByteReader(heads), new ByteReader(operands), count, target);
      } catch (error) {
        expect(error).toBeInstanceOf(RangeError);
      }
    }),
  );
});
