/**
 * Which site is which function, from what the loader writes down before a file runs: `modules/<pid>-*.ndjson` and `sites/<key>.json` (FORMATS.md).
 * I/O: reads those files, each line once. A line or a table that cannot be read is passed over: its functions cannot be named.
 */
import fs from 'node:fs';
import path from 'node:path';
import type { GatedFunction } from '../core/gates.ts';
import { quietly } from './patch.ts';

interface Load {
  t: string;
  base: number;
  count: number;
  key: string;
  path: string;
}

interface Table {
  /** Those with flags are functions. */
  sites: { kind: string; name: string; flags?: string; off?: string; planned?: unknown }[];
}

export class SiteIndex {
  readonly #runDir: string;
  readonly #prefix: string;
  /** Bytes read of each journal. */
  readonly #read = new Map<string, number>();
  /** By their first site. */
  readonly #loads = new Map<number, Load>();
  /** Sites of all files that were read about. */
  sites = 0;

  constructor(runDir: string, pid: number) {
    this.#runDir = runDir;
    this.#prefix = `${pid}-`;
  }

  /** Functions that were not told before. */
  refresh(): GatedFunction[] {
    return this.#newLoads().flatMap((load) => {
      this.sites += load.count;
      return this.#functionsOf(load);
    });
  }

  fileOf(site: number): { file?: string } {
    for (const { base, count, path: file } of this.#loads.values())
      if (site >= base && site < base + count) return { file };
    return {};
  }

  #newLoads(): Load[] {
    const folder = path.join(this.#runDir, 'modules');
    const names = quietly(() => fs.readdirSync(folder)) ?? [];
    return names
      .filter((name) => name.startsWith(this.#prefix))
      .flatMap((name) => this.#newLines(path.join(folder, name)))
      .filter((load) => load.t === 'load' && !this.#loads.has(load.base) && this.#loads.set(load.base, load));
  }

  #newLines(file: string): Load[] {
    const from = this.#read.get(file) ?? 0;
    const text = quietly(() => readFrom(file, from)) ?? '';
    // A line is written at once, but may be read while it is.
    const whole = text.slice(0, text.lastIndexOf('\n') + 1);
    this.#read.set(file, from + Buffer.byteLength(whole));
    return whole.split('\n').flatMap((line) => quietly(() => JSON.parse(line) as Load) ?? []);
  }

  #functionsOf({ base, count, key, path: file }: Load): GatedFunction[] {
    if (!/^[\w-]+$/.test(key)) return [];
    const text = quietly(() => fs.readFileSync(path.join(this.#runDir, 'sites', `${key}.json`), 'utf8'));
    const table = text === undefined ? undefined : quietly(() => JSON.parse(text) as Table);
    const sites = table?.sites.slice(0, count) ?? [];
    return sites.flatMap(({ kind, name, flags, off, planned }, ordinal) =>
      flags !== undefined && kind !== 'module' && off === undefined && planned === undefined
        ? [{ site: base + ordinal, file, name }]
        : [],
    );
  }
}

function readFrom(file: string, from: number): string {
  const fd = fs.openSync(file, 'r');
  try {
    const bytes = Buffer.alloc(fs.fstatSync(fd).size - from);
    return bytes.toString('utf8', 0, fs.readSync(fd, bytes, 0, bytes.length, from));
  } finally {
    fs.closeSync(fd);
  }
}
