/** Reads what V8 measured from a run folder. A file that is damaged counts as one that is not there. I/O. */
import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import type { MovedText } from '../../base/recording.ts';

/** One of the things that are measured; times are µs of the machine's clock. */
export interface Measured {
  from: number;
  until?: number;
  ended?: string;
  taken?: number[];
}

/** `thread.json` */
export interface MeasuredThread {
  pid: number;
  tid: number;
  name: string;
  startMicros: number;
  interval?: number;
  hasEnded: boolean;
  cpu?: Measured;
  coverage?: Measured;
  heap?: Measured;
}

export interface MeasuredFolder extends MeasuredThread {
  /** Absolute. */
  folder: string;
  /** Names of files, in order. */
  files: string[];
}

export function measuredFolders(runDir: string): MeasuredFolder[] {
  const all = join(runDir, 'v8');
  if (!existsSync(all)) return [];
  return readdirSync(all)
    .flatMap((name) => {
      const folder = join(all, name);
      const thread = readJson(join(folder, 'thread.json')) as MeasuredThread | undefined;
      return thread === undefined ? [] : [{ ...thread, folder, files: readdirSync(folder).toSorted() }];
    })
    .toSorted((a, b) => a.pid - b.pid || a.tid - b.tid || a.startMicros - b.startMicros);
}

/** Contents of the parts of a kind, read one after the other: each may be large. */
export function* partsOf<Part>({ folder, files }: MeasuredFolder, kind: RegExp): Generator<Part> {
  for (const name of files) {
    const part = kind.test(name) ? (readJson(join(folder, name)) as Part | undefined) : undefined;
    if (part !== undefined) yield part;
  }
}

/** By key of its site table. */
export function movedTexts(runDir: string): Map<string, MovedText> {
  const folder = join(runDir, 'texts');
  const texts = new Map<string, MovedText>();
  if (!existsSync(folder)) return texts;
  for (const name of readdirSync(folder)) {
    const text = name.endsWith('.json') ? (readJson(join(folder, name)) as MovedText | undefined) : undefined;
    if (text !== undefined) texts.set(name.slice(0, -'.json'.length), text);
  }
  return texts;
}

/** Undefined: not there, or no JSON. */
export function readJson(file: string): unknown {
  try {
    return JSON.parse(readFileSync(file, 'utf8'));
  } catch {
    return undefined;
  }
}
