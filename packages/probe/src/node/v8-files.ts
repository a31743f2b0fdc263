/** The folder that a thread writes what V8 measured into. Nothing half-written: files get their name when they are whole. I/O. */
import fs from 'node:fs';
import path from 'node:path';

// Taken now: programs replace them.
const { mkdirSync, renameSync, rmSync, statfsSync, statSync, writeFileSync } = fs;
const { stringify } = JSON;
const { keys } = Object;
const { isArray } = Array;

/** Free space that is left to others. */
const SPARED_BYTES = 128 * 2 ** 20;

export class V8Files {
  /** Bytes written so far. */
  bytes = 0;
  readonly #wanted: string;
  #folder: string | undefined;

  /** @param folder `v8/<pid>-<tid>` of the run. An earlier process may have had the number: then it is `….2` and so on. */
  constructor(folder: string) {
    this.#wanted = folder;
  }

  /** @throws the file system's error */
  write(name: string, content: unknown): void {
    const text = jsonOf(content);
    this.make(name, (draft) => writeFileSync(draft, text));
  }

  /** `write` gets the path of a draft. @throws its error, and the file system's */
  make(name: string, write: (draft: string) => void): void {
    const target = path.join(this.#place(), name);
    const draft = `${target}.tmp`;
    try {
      write(draft);
      this.bytes += statSync(draft).size;
      renameSync(draft, target);
    } catch (error) {
      rmSync(draft, { force: true });
      throw error;
    }
  }

  /** @throws the file system's error */
  hasRoomFor(bytes: number): boolean {
    const { bavail, bsize } = statfsSync(this.#place());
    return bavail * bsize > bytes + SPARED_BYTES;
  }

  #place(): string {
    if (this.#folder !== undefined) return this.#folder;
    mkdirSync(path.dirname(this.#wanted), { recursive: true });
    for (let at = 1; ; at += 1) {
      const folder = at === 1 ? this.#wanted : `${this.#wanted}.${at}`;
      try {
        mkdirSync(folder);
        return (this.#folder = folder);
      } catch (error) {
        if ((error as NodeJS.ErrnoException).code !== 'EEXIST') throw error;
      }
    }
  }
}

/** Programs define `Object.prototype.toJSON`: then it is spelled out, which takes longer. */
export function jsonOf(value: unknown): string {
  if (!('toJSON' in {}) && !('toJSON' in [])) return stringify(value);
  if (typeof value !== 'object' || value === null) return stringify(value) ?? 'null';
  const parts: string[] = [];
  if (isArray(value)) {
    for (let at = 0; at < value.length; at += 1) parts[at] = jsonOf(value[at]);
    return `[${parts.join()}]`;
  }
  const names = keys(value);
  for (let at = 0; at < names.length; at += 1) {
    const held = (value as Record<string, unknown>)[names[at]];
    if (held !== undefined) parts.push(`${stringify(names[at])}:${jsonOf(held)}`);
  }
  return `{${parts.join()}}`;
}
