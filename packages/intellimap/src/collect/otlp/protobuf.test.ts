import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { REQUESTS } from './messages.ts';
import { decodeMessage, encodeStatus, type Field, type Message } from './protobuf.ts';

/** A message as another program writes it: an encoder of its own, from the same description. */
function encode(message: Message, value: Record<string, unknown>): Buffer {
  const parts: Buffer[] = [];
  for (const [number, field] of message) {
    const told = value[field.name];
    if (told === undefined) continue;
    for (const each of field.isList ? (told as unknown[]) : [told])
      parts.push(varint(BigInt(number * 8 + WIRES[wireOf(field)])), encodeValue(field, each));
  }
  return Buffer.concat(parts);
}

const WIRES = { varint: 0, i64: 1, len: 2, i32: 5 };

function wireOf({ type }: Field): keyof typeof WIRES {
  if (typeof type !== 'string') return 'len';
  if (type === 'string' || type === 'bytes' || type === 'id') return 'len';
  if (type === 'double' || type === 'fixed64' || type === 'sfixed64') return 'i64';
  return type === 'fixed32' ? 'i32' : 'varint';
}

function encodeValue({ type }: Field, value: unknown): Buffer {
  const eight = Buffer.alloc(8);
  if (typeof type !== 'string') return withLength(encode(type, value as Record<string, unknown>));
  switch (type) {
    case 'string':
      return withLength(Buffer.from(value as string));
    case 'id':
      return withLength(Buffer.from(value as string, 'hex'));
    case 'bytes':
      return withLength(Buffer.from(value as string, 'base64'));
    case 'double':
      eight.writeDoubleLE(Number(value));
      return eight;
    case 'fixed64':
      eight.writeBigUInt64LE(BigInt(value as string));
      return eight;
    case 'sfixed64':
      eight.writeBigInt64LE(BigInt(value as string));
      return eight;
    case 'fixed32': {
      const four = Buffer.alloc(4);
      four.writeUInt32LE(value as number);
      return four;
    }
    case 'sint32':
      return varint(BigInt.asUintN(32, (BigInt(value as number) << 1n) ^ (BigInt(value as number) >> 31n)));
    case 'bool':
      return varint(value === true ? 1n : 0n);
    default:
      return varint(BigInt.asUintN(64, BigInt(value as string)));
  }
}

function varint(value: bigint): Buffer {
  const bytes: number[] = [];
  let rest = value;
  for (; rest > 127n; rest >>= 7n) bytes.push(Number(rest & 127n) | 128);
  return Buffer.from([...bytes, Number(rest)]);
}
const withLength = (bytes: Buffer): Buffer => Buffer.concat([varint(BigInt(bytes.length)), bytes]);

const hex = (length: number) =>
  fc.uint8Array({ minLength: length, maxLength: length }).map((bytes) => Buffer.from(bytes).toString('hex'));
const nanos = fc.bigInt({ min: 0n, max: 2n ** 64n - 1n }).map(String);
const anyValue = fc.letrec((tie) => ({
  value: fc.oneof(
    { maxDepth: 3 },
    fc.record({ stringValue: fc.string({ unit: 'grapheme' }) }),
    fc.record({ boolValue: fc.boolean() }),
    fc.record({ intValue: fc.bigInt({ min: -(2n ** 63n), max: 2n ** 63n - 1n }).map(String) }),
    fc.record({ doubleValue: fc.double({ noNaN: true, noDefaultInfinity: true }) }),
    fc.record({ bytesValue: fc.uint8Array().map((bytes) => Buffer.from(bytes).toString('base64')) }),
    fc.record({
      arrayValue: fc.record({ values: fc.array(tie('value'), { minLength: 1, maxLength: 3 }) }),
    }),
  ),
})).value;
const attributes = fc.array(fc.record({ key: fc.string(), value: anyValue }), { minLength: 1, maxLength: 4 });
const span = fc.record({
  traceId: hex(16),
  spanId: hex(8),
  name: fc.string(),
  kind: fc.nat({ max: 5 }),
  startTimeUnixNano: nanos,
  endTimeUnixNano: nanos,
  attributes,
  events: fc.array(fc.record({ timeUnixNano: nanos, name: fc.string(), attributes }), {
    minLength: 1,
    maxLength: 2,
  }),
  links: fc.array(fc.record({ traceId: hex(16), spanId: hex(8), attributes }), {
    minLength: 1,
    maxLength: 2,
  }),
  status: fc.record({ message: fc.string(), code: fc.nat({ max: 2 }) }),
});
const inside = (kind: string, items: string, item: fc.Arbitrary<unknown>) =>
  fc.array(item, { minLength: 1, maxLength: 3 }).map((list) => ({
    [`resource${kind}`]: [
      { resource: { attributes: [] }, [`scope${kind}`]: [{ scope: { name: 's' }, [items]: list }] },
    ],
  }));

test('spans come back as they were', () => {
  fc.assert(
    fc.property(inside('Spans', 'spans', span), (request) => {
      const [resource] = request['resourceSpans'] as Record<string, unknown>[];
      const back = decodeMessage(encode(REQUESTS.traces, request), REQUESTS.traces);
      // A list without entries is not told at all.
      expect(back).toEqual({ resourceSpans: [{ ...resource, resource: {} }] });
    }),
    { numRuns: 200 },
  );
});

test('numbers of metrics: packed lists, signed ones, floating ones', () => {
  const point = {
    timeUnixNano: '5',
    count: '18446744073709551615',
    sum: -0.5,
    scale: -3,
    positive: { offset: -7, bucketCounts: ['1', '300'] },
  };
  const request = {
    resourceMetrics: [
      {
        scopeMetrics: [{ metrics: [{ name: 'm', exponentialHistogram: { dataPoints: [point] } }] }],
      },
    ],
  };
  const plain = encode(REQUESTS.metrics, request);
  expect(decodeMessage(plain, REQUESTS.metrics)).toEqual(request);
  const list: Message = new Map([[1, { name: 'all', type: 'uint64', isList: true }]]);
  expect(decodeMessage(Buffer.from([10, 3, 1, 172, 2]), list)).toEqual({ all: ['1', '300'] });
  expect(decodeMessage(Buffer.from([8, 1, 8, 172, 2]), list)).toEqual({ all: ['1', '300'] });
});

describe('what is no message is refused, whatever it is', () => {
  test('any bytes: values, or a RangeError', () => {
    fc.assert(
      fc.property(
        fc.constantFrom(REQUESTS.traces, REQUESTS.logs, REQUESTS.metrics),
        fc.uint8Array({ maxLength: 200 }),
        (message, bytes) => {
          try {
            expect(decodeMessage(Buffer.from(bytes), message)).toBeTypeOf('object');
          } catch (error) {
            expect(error).toBeInstanceOf(RangeError);
          }
        },
      ),
      { numRuns: 2000 },
    );
  });

  test('a sound one, cut anywhere', () => {
    const request = { resourceSpans: [{ scopeSpans: [{ spans: [{ name: 'a', traceId: '00ff' }] }] }] };
    const bytes = encode(REQUESTS.traces, request);
    for (let end = 1; end < bytes.length; end++)
      expect(() => decodeMessage(bytes.subarray(0, end), REQUESTS.traces)).toThrow(RangeError);
  });

  test('nested without end', () => {
    let value: Record<string, unknown> = { stringValue: 'x' };
    for (let depth = 0; depth < 200; depth++) value = { arrayValue: { values: [value] } };
    const request = {
      resourceLogs: [{ scopeLogs: [{ logRecords: [{ body: value }] }] }],
    };
    expect(() => decodeMessage(encode(REQUESTS.logs, request), REQUESTS.logs)).toThrow('nested');
  });
});

test('a status', () => {
  expect(encodeStatus(3, 'no')).toEqual(Buffer.from([8, 3, 18, 2, 0x6e, 0x6f]));
});
