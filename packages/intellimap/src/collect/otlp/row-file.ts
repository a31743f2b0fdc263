/**
 * Rows that come while a run goes on, `imported/<table>.ndjson` of its folder: what is acknowledged was given to the kernel in whole lines, and each row
 * is stored once. I/O: that file.
 */
import { closeSync, fstatSync, ftruncateSync, mkdirSync, openSync, readSync, writeSync } from 'node:fs';
import { dirname } from 'node:path';
import { Refusal } from '../refusal.ts';
import { KeySet } from './key-set.ts';

/** A row as it is written, without the line's end, and 24 bytes that are the same when it comes again. */
export interface Line {
  text: string;
  key: Buffer;
}

/** What tells rows apart takes 40 to 80 bytes of memory for each. */
export const MAX_ROWS = 2_000_000;
const CHUNK = 1 << 20;

export class RowFile {
  readonly #file: string;
  /** Of lines that were written by a collector before this one. */
  readonly #keyOf: () => (line: string) => Buffer;
  #fd = -1;
  #keys = new KeySet();

  /** @param keyOf makes what gives the keys of all lines, in their order */
  constructor(file: string, keyOf: () => (line: string) => Buffer) {
    this.#file = file;
    this.#keyOf = keyOf;
  }

  /** Keeps the rows that are new; returns how many. @throws Refusal, the file system's error: then none of them counts */
  append(lines: readonly Line[]): number {
    try {
      if (this.#fd < 0) this.#open();
      if (this.#keys.size + lines.length > MAX_ROWS)
        throw new Refusal(507, `a run holds ${MAX_ROWS} rows of a kind, and this one has them`);
      const fresh = lines.filter(({ key }) => this.#keys.add(key));
      if (fresh.length > 0) write(this.#fd, fresh.map(({ text }) => `${text}\n`).join(''));
      return fresh.length;
    } catch (error) {
      // What it wrote in part is found, and cut, when it is opened again.
      this.close();
      throw error;
    }
  }

  close(): void {
    if (this.#fd >= 0) closeSync(this.#fd);
    this.#fd = -1;
    this.#keys = new KeySet();
  }

  #open(): void {
    mkdirSync(dirname(this.#file), { recursive: true });
    const fd = openSync(this.#file, 'a+');
    try {
      const keyOf = this.#keyOf();
      const { size } = fstatSync(fd);
      const whole = eachLine(fd, size, (line) => void this.#keys.add(keyOf(line)));
      if (whole < size) ftruncateSync(fd, whole);
    } catch (error) {
      closeSync(fd);
      throw error;
    }
    this.#fd = fd;
  }
}

function write(fd: number, text: string): void {
  const bytes = Buffer.from(text);
  for (let at = 0; at < bytes.length;) at += writeSync(fd, bytes, at);
}

/** Returns how many bytes whole lines take. */
function eachLine(fd: number, size: number, take: (line: string) => void): number {
  let rest = Buffer.alloc(0);
  let whole = 0;
  for (let at = 0; at < size;) {
    const chunk = Buffer.allocUnsafe(CHUNK);
    const count = readSync(fd, chunk, 0, CHUNK, at);
    if (count === 0) break;
    at += count;
    rest = Buffer.concat([rest, chunk.subarray(0, count)]);
    let from = 0;
    for (let end = rest.indexOf(10); end >= 0; end = rest.indexOf(10, from)) {
      take(rest.toString('utf8', from, end));
      whole += end + 1 - from;
      from = end + 1;
    }
    rest = rest.subarray(from);
  }
  return whole;
}
