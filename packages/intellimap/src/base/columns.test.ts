import fc from 'fast-check';
import { expect, test } from 'vitest';
import { decodeColumns, encodeColumns } from './columns.ts';

const column = fc.oneof(
  fc.uint8Array(),
  fc.uint16Array(),
  fc.uint32Array(),
  fc.int32Array(),
  fc.float32Array(),
  fc.float64Array(),
);

test('what is written is read again: any columns, any head', () => {
  fc.assert(
    fc.property(
      fc.jsonValue(),
      fc.dictionary(fc.string(), column, { noNullPrototype: true }),
      (told, columns) => {
        // As JSON tells it: it has no -0.
        const head = JSON.parse(JSON.stringify(told)) as unknown;
        expect(decodeColumns(encodeColumns({ head, columns }).buffer)).toEqual({ head, columns });
      },
    ),
  );
});

test('a part of a larger array is sent as that part', () => {
  const part = new Uint16Array([1, 2, 3, 4]).subarray(1, 3);
  expect(decodeColumns(encodeColumns({ head: 0, columns: { part } }).buffer)).toEqual({
    head: 0,
    columns: { part: new Uint16Array([2, 3]) },
  });
});

test('what is no answer, or a cut one, is refused', () => {
  const whole = encodeColumns({ head: { a: 1 }, columns: { x: new Float64Array(9) } });
  for (let length = 0; length < whole.length; length++)
    expect(() => decodeColumns(whole.slice(0, length).buffer), `${length} bytes`).toThrow(Error);
  expect(() => decodeColumns(new ArrayBuffer(64))).toThrow('no columns');
});

test('other things than numbers are refused by name', () => {
  expect(() => encodeColumns({ head: 0, columns: { wide: new BigInt64Array(1) } })).toThrow('wide');
});
