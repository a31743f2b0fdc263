/**
 * Protocol Buffers → plain values, by a description of the messages, as their JSON form has them: 64-bit integers are digits, ids are hex digits, other bytes
 * base64. Fields that are not described are passed over, as the format has it. Pure.
 * https://protobuf.dev/programming-guides/encoding/
 */

/** What a field holds. `id`: bytes, written as hex digits. */
export type Scalar =
  | 'string'
  | 'bytes'
  | 'id'
  | 'bool'
  | 'double'
  | 'uint32'
  | 'sint32'
  | 'uint64'
  | 'int64'
  | 'fixed32'
  | 'fixed64'
  | 'sfixed64';

export interface Field {
  name: string;
  type: Scalar | Message;
  isList?: boolean;
}

/** Number of a field → the field. */
export type Message = ReadonlyMap<number, Field>;

/** How a value is written. */
const Wire = { VARINT: 0, I64: 1, LEN: 2, I32: 5 } as const;

const WIRE_OF: Record<Scalar, number> = {
  string: Wire.LEN,
  bytes: Wire.LEN,
  id: Wire.LEN,
  bool: Wire.VARINT,
  double: Wire.I64,
  uint32: Wire.VARINT,
  sint32: Wire.VARINT,
  uint64: Wire.VARINT,
  int64: Wire.VARINT,
  fixed32: Wire.I32,
  fixed64: Wire.I64,
  sfixed64: Wire.I64,
};

/** As the values of attributes may be nested. */
const MAX_DEPTH = 100;
const MAX_VARINT_BYTES = 10;

type Plain = Record<string, unknown>;

/** @throws RangeError with a sentence: it is no such message */
export function decodeMessage(bytes: Buffer, message: Message): Plain {
  return new Reader(bytes).message(message, bytes.length, 0);
}

class Reader {
  readonly #bytes: Buffer;
  #at = 0;

  constructor(bytes: Buffer) {
    this.#bytes = bytes;
  }

  message(message: Message, end: number, depth: number): Plain {
    if (depth > MAX_DEPTH) throw new RangeError(`it is nested more than ${MAX_DEPTH} deep`);
    const result: Plain = {};
    while (this.#at < end) {
      const tag = Number(this.#varint(end));
      const [number, wire] = [Math.floor(tag / 8), tag % 8];
      if (number === 0) throw new RangeError(`there is no field 0, at byte ${this.#at}`);
      const field = message.get(number);
      if (field === undefined) this.#skip(wire, end);
      else this.#field(result, field, wire, end, depth);
    }
    return result;
  }

  #field(result: Plain, { name, type, isList }: Field, wire: number, end: number, depth: number): void {
    if (typeof type !== 'string') {
      const value = this.message(type, this.#length(wire, end), depth + 1);
      // Of a message that is told in parts, the last ones of its fields count.
      if (!isList) result[name] = { ...(result[name] as Plain | undefined), ...value };
      else this.#list(result, name).push(value);
      return;
    }
    const own = WIRE_OF[type];
    if (isList && wire === Wire.LEN && own !== Wire.LEN) {
      const list = this.#list(result, name);
      for (const stop = this.#length(wire, end); this.#at < stop;) list.push(this.#scalar(type, stop));
      return;
    }
    if (wire !== own) throw new RangeError(`field ${name} is written in another way, at byte ${this.#at}`);
    const value = this.#scalar(type, end);
    if (isList) this.#list(result, name).push(value);
    else result[name] = value;
  }

  #list(result: Plain, name: string): unknown[] {
    return (result[name] ??= []) as unknown[];
  }

  #scalar(type: Scalar, end: number): unknown {
    const bytes = this.#bytes;
    switch (type) {
      case 'string':
        return bytes.toString('utf8', ...this.#range(end));
      case 'id':
        return bytes.toString('hex', ...this.#range(end));
      case 'bytes':
        return bytes.toString('base64', ...this.#range(end));
      case 'bool':
        return this.#varint(end) !== 0n;
      case 'uint32':
        return Number(BigInt.asUintN(32, this.#varint(end)));
      case 'sint32':
        return unzigzag(Number(BigInt.asUintN(32, this.#varint(end))));
      case 'uint64':
        return String(this.#varint(end));
      case 'int64':
        return String(BigInt.asIntN(64, this.#varint(end)));
      case 'fixed32':
        return bytes.readUInt32LE(this.#pass(4, end));
      case 'fixed64':
        return String(bytes.readBigUInt64LE(this.#pass(8, end)));
      case 'sfixed64':
        return String(bytes.readBigInt64LE(this.#pass(8, end)));
      case 'double':
        return doubleAsJson(bytes.readDoubleLE(this.#pass(8, end)));
      default:
        return type satisfies never;
    }
  }

  #range(end: number): [number, number] {
    const from = this.#at;
    const to = this.#length(Wire.LEN, end);
    const start = this.#at;
    this.#at = to;
    return from === to ? [to, to] : [start, to];
  }

  /** End of what has a length in front. */
  #length(wire: number, end: number): number {
    if (wire !== Wire.LEN) throw new RangeError(`a message has no length, at byte ${this.#at}`);
    const to = Number(this.#varint(end)) + this.#at;
    if (to > end) throw this.#cut();
    return to;
  }

  #pass(count: number, end: number): number {
    const from = this.#at;
    if (count > end - from) throw this.#cut();
    this.#at += count;
    return from;
  }

  #skip(wire: number, end: number): void {
    if (wire === Wire.VARINT) this.#varint(end);
    else if (wire === Wire.I64) this.#pass(8, end);
    else if (wire === Wire.I32) this.#pass(4, end);
    else this.#at = this.#length(wire, end);
  }

  #varint(end: number): bigint {
    const bytes = this.#bytes;
    // Nearly all are small.
    if (this.#at < end && bytes[this.#at] < 128) return BigInt(bytes[this.#at++]);
    let value = 0n;
    for (let count = 0; count < MAX_VARINT_BYTES; count++) {
      if (this.#at >= end) throw this.#cut();
      const byte = bytes[this.#at++];
      value |= BigInt(byte & 127) << BigInt(7 * count);
      if (byte < 128) return BigInt.asUintN(64, value);
    }
    throw new RangeError(`a number is too long, at byte ${this.#at}`);
  }

  #cut(): RangeError {
    return new RangeError(`it is cut off, at byte ${this.#at}`);
  }
}

const unzigzag = (code: number): number => (code >>> 1) ^ -(code & 1);

/** JSON has no words for these. */
const doubleAsJson = (value: number): number | string => (Number.isFinite(value) ? value : String(value));

/** Messages as bytes, as far as answers need them: text fields and whole numbers of one byte each. */
export function encodeStatus(code: number, message: string): Buffer {
  return Buffer.concat([codeField(1, code), textField(2, message)]);
}

export const lengthField = (number: number, bytes: Buffer): Buffer =>
  Buffer.concat([varint(number * 8 + Wire.LEN), varint(bytes.length), bytes]);
export const textField = (number: number, text: string): Buffer => lengthField(number, Buffer.from(text));
export const codeField = (number: number, value: number): Buffer =>
  Buffer.concat([varint(number * 8 + Wire.VARINT), varint(value)]);

function varint(value: number): Buffer {
  const bytes: number[] = [];
  let rest = value;
  for (; rest > 127; rest = Math.floor(rest / 128)) bytes.push((rest % 128) + 128);
  return Buffer.from([...bytes, rest]);
}
