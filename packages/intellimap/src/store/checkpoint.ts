/**
 * A value in a file, so that work that takes long goes on where it was when it was killed. Arrays of numbers are most of it: they go into the file as they lie in
 * memory, one after the other, and take no memory besides.
 *
 *     magic, length of the rest · length of the head · head: V8's serialization of [key, value, arrays] · the arrays
 *
 * A file of another version, of another key, or cut off, is as none.
 */
import { closeSync, mkdirSync, openSync, readSync, renameSync, rmSync, statSync, writeSync } from 'node:fs';
import { dirname } from 'node:path';
import { Deserializer, Serializer } from 'node:v8';

const MAGIC = 0x494d4350;
const HEADER_BYTES = 16;
const KINDS = { Int32Array, Uint32Array, Float64Array, Uint8Array } as const;
type Kind = keyof typeof KINDS;
type Numbers = InstanceType<(typeof KINDS)[Kind]>;

/** Kind and length of each array. */
type ArrayFacts = [Kind, number];

class ArrayCollector extends Serializer {
  readonly arrays: Numbers[] = [];

  constructor() {
    super();
    // Node's name for it; the type lacks it.
    (
      this as unknown as { _setTreatArrayBufferViewsAsHostObjects(on: boolean): void }
    )._setTreatArrayBufferViewsAsHostObjects(true);
  }

  _writeHostObject(view: Numbers): void {
    this.writeUint32(this.arrays.push(view) - 1);
  }
}

class ArrayGiver extends Deserializer {
  readonly #arrays: readonly Numbers[];

  constructor(bytes: Uint8Array, arrays: readonly Numbers[]) {
    super(bytes);
    this.#arrays = arrays;
  }

  _readHostObject(): Numbers {
    return this.#arrays[this.readUint32()];
  }
}

/** @param key what it belongs to; only who names the same one reads it again */
export function writeCheckpoint(file: string, key: string, value: unknown): void {
  const body = new ArrayCollector();
  body.writeHeader();
  body.writeValue(value);
  const bytes = body.releaseBuffer();
  const facts = body.arrays.map((array): ArrayFacts => [array.constructor.name as Kind, array.length]);
  const head = Buffer.from(JSON.stringify({ key, bytes: bytes.length, facts }));
  const total = head.length + bytes.length + body.arrays.reduce((sum, { byteLength }) => sum + byteLength, 0);
  const header = Buffer.alloc(HEADER_BYTES);
  header.writeUInt32LE(MAGIC, 0);
  header.writeUInt32LE(head.length, 4);
  header.writeDoubleLE(total, 8);
  mkdirSync(dirname(file), { recursive: true });
  const out = openSync(`${file}.tmp`, 'w', 0o600);
  try {
    for (const part of [header, head, bytes, ...body.arrays]) writeWhole(out, part);
  } finally {
    closeSync(out);
  }
  renameSync(`${file}.tmp`, file);
}

function writeWhole(out: number, { buffer, byteOffset, byteLength }: NodeJS.ArrayBufferView): void {
  const bytes = new Uint8Array(buffer, byteOffset, byteLength);
  for (let at = 0; at < bytes.length;) at += writeSync(out, bytes, at);
}

/** What was written last; undefined: nothing that can be used. */
export function readCheckpoint(file: string, key: string): unknown {
  let input: number;
  try {
    input = openSync(file, 'r');
  } catch {
    return undefined;
  }
  try {
    return read(input, statSync(file).size, key);
  } catch {
    // Of another version, or damaged: the work begins anew.
    return undefined;
  } finally {
    closeSync(input);
  }
}

function read(input: number, size: number, key: string): unknown {
  const header = Buffer.from(readWhole(input, new Uint8Array(HEADER_BYTES)));
  const total = header.readDoubleLE(8);
  if (header.readUInt32LE(0) !== MAGIC || size !== HEADER_BYTES + total) return undefined;
  const head = JSON.parse(
    Buffer.from(readWhole(input, new Uint8Array(header.readUInt32LE(4)))).toString(),
  ) as { key: string; bytes: number; facts: ArrayFacts[] };
  if (head.key !== key) return undefined;
  const bytes = readWhole(input, new Uint8Array(head.bytes));
  const arrays = head.facts.map(([kind, length]) => readWhole(input, new KINDS[kind](length)));
  const body = new ArrayGiver(bytes, arrays);
  body.readHeader();
  return body.readValue();
}

function readWhole<T extends Numbers>(input: number, target: T): T {
  const bytes = new Uint8Array(target.buffer, target.byteOffset, target.byteLength);
  for (let at = 0; at < bytes.length;) {
    const count = readSync(input, bytes, at, bytes.length - at, null);
    if (count === 0) throw new Error('the file is cut off');
    at += count;
  }
  return target;
}

export const removeCheckpoint = (file: string): void => {
  rmSync(file, { force: true });
  rmSync(`${file}.tmp`, { force: true });
};
