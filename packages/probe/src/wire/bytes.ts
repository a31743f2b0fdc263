/** Growing byte buffer and its reader: fixed little-endian words and LEB128 varints, the alphabet of every frame. */

const HIGH = 0x80000000;

/** 0, -1, 1, -2 … → 0, 1, 2, 3 …, for any 32-bit integer. */
export const zigzag = (value: number): number => ((value << 1) ^ (value >> 31)) >>> 0;
export const unzigzag = (code: number): number => (code >>> 1) ^ -(code & 1);

export class ByteWriter {
  bytes: Uint8Array;
  at = 0;

  constructor(capacity = 1024) {
    this.bytes = new Uint8Array(capacity);
  }

  /** Makes room for `count` more bytes. */
  reserve(count: number): void {
    const wanted = this.at + count;
    if (wanted <= this.bytes.length) return;
    const larger = new Uint8Array(Math.max(wanted, this.bytes.length * 2));
    larger.set(this.bytes.subarray(0, this.at));
    this.bytes = larger;
  }

  u16(value: number): void {
    this.reserve(2);
    this.bytes[this.at++] = value;
    this.bytes[this.at++] = value >>> 8;
  }

  u32(value: number): void {
    this.reserve(4);
    this.setU32(this.at, value);
    this.at += 4;
  }

  setU32(at: number, value: number): void {
    const bytes = this.bytes;
    bytes[at] = value;
    bytes[at + 1] = value >>> 8;
    bytes[at + 2] = value >>> 16;
    bytes[at + 3] = value >>> 24;
  }

  u8(value: number): void {
    this.reserve(1);
    this.bytes[this.at++] = value;
  }

  /** Unsigned integer up to 2^53 - 1; 7 bits a byte, lowest first. */
  varint(value: number): void {
    this.reserve(8);
    let rest = value;
    while (rest >= HIGH) {
      this.bytes[this.at++] = (rest % 128) | 128;
      rest = Math.floor(rest / 128);
    }
    while (rest > 127) {
      this.bytes[this.at++] = rest | 128;
      rest >>>= 7;
    }
    this.bytes[this.at++] = rest;
  }

  /** Signed 32-bit integer. */
  signed(value: number): void {
    this.varint(zigzag(value));
  }

  append(bytes: Uint8Array): void {
    this.reserve(bytes.length);
    this.bytes.set(bytes, this.at);
    this.at += bytes.length;
  }

  /** A view of what was written; valid until the next write. */
  written(): Uint8Array {
    return this.bytes.subarray(0, this.at);
  }
}

/** Reads what ByteWriter wrote. Reading past the end throws `RangeError`. */
export class ByteReader {
  readonly bytes: Uint8Array;
  at: number;
  readonly end: number;

  constructor(bytes: Uint8Array, at = 0, end = bytes.length) {
    this.bytes = bytes;
    this.at = at;
    this.end = end;
  }

  u8(): number {
    if (this.at >= this.end) throw new RangeError('intellimap: the frame ends too early');
    return this.bytes[this.at++];
  }

  u16(): number {
    return this.u8() | (this.u8() << 8);
  }

  u32(): number {
    return (this.u8() | (this.u8() << 8) | (this.u8() << 16) | (this.u8() << 24)) >>> 0;
  }

  varint(): number {
    const first = this.u8();
    if (first < 128) return first;
    let value = first & 127;
    let scale = 128;
    for (;;) {
      const byte = this.u8();
      value += (byte & 127) * scale;
      if (byte < 128) return value;
      scale *= 128;
      if (scale > 2 ** 53) throw new RangeError('intellimap: a varint is longer than 53 bits');
    }
  }

  signed(): number {
    return unzigzag(this.varint());
  }

  take(length: number): Uint8Array {
    if (length > this.end - this.at) throw new RangeError('intellimap: the frame ends too early');
    const bytes = this.bytes.subarray(this.at, this.at + length);
    this.at += length;
    return bytes;
  }
}

declare class TextEncoder {
  encode(text: string): Uint8Array;
}
declare class TextDecoder {
  decode(bytes: Uint8Array): string;
}

/** JSON as UTF-8; both classes exist in every host that matters. */
export const jsonBytes = (value: unknown): Uint8Array => new TextEncoder().encode(JSON.stringify(value));
export const jsonOf = (bytes: Uint8Array): unknown => JSON.parse(new TextDecoder().decode(bytes));
