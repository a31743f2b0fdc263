import fc from 'fast-check';
import { crc32 as zlibCrc } from 'node:zlib';
import { expect, test } from 'vitest';
import { ByteReader, ByteWriter, unzigzag, zigzag } from './bytes.ts';
import { crc32 } from './crc.ts';

test('varints hold any integer up to 2^53 - 1', () => {
  fc.assert(
    fc.property(fc.array(fc.maxSafeNat()), (values) => {
      const out = new ByteWriter(1);
      for (const value of values) out.varint(value);
      const back = new ByteReader(out.written());
      expect(values.map(() => back.varint())).toEqual(values);
      expect(back.at).toBe(back.end);
    }),
  );
});

test('zigzag holds any 32-bit integer; small ones stay small', () => {
  fc.assert(fc.property(fc.integer(), (value) => unzigzag(zigzag(value)) === value));
  expect([0, -1, 1, -2, 2].map(zigzag)).toEqual([0, 1, 2, 3, 4]);
});

test('reading past the end throws', () => {
  expect(() => new ByteReader(new Uint8Array([128, 128])).varint()).toThrow(RangeError);
  expect(() => new ByteReader(new Uint8Array(3)).u32()).toThrow(RangeError);
  expect(() => new ByteReader(new Uint8Array(9).fill(255)).varint()).toThrow(RangeError);
});

test('crc32 is the one of zlib and can be continued', () => {
  expect(crc32(new TextEncoder().encode('123456789'))).toBe(0xcbf43926);
  fc.assert(
    fc.property(fc.uint8Array({ maxLength: 200 }), fc.nat(), (bytes, cut) => {
      const at = cut % (bytes.length + 1);
      expect(crc32(bytes, at, bytes.length, crc32(bytes, 0, at))).toBe(crc32(bytes));
      // Node 20.15 and 22.2 on.
      if (zlibCrc !== undefined) expect(crc32(bytes)).toBe(zlibCrc(bytes));
    }),
  );
});
