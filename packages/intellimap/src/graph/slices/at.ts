/** A slice from a place that somebody names. I/O: reads program texts. */
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { ExitCode, Fault } from '../../base/fault.ts';
import { goalOf } from '../files.ts';
import { sliceFrom, type SliceOptions } from './across.ts';
import { parsePlace } from './place.ts';
import type { Slice, SlicePlace, SliceSource } from './slice.ts';

/** A function as the run knows it. */
export interface SlicedFunction {
  id: string;
  name: string;
  line: number;
  /** Calls in the run. */
  calls: number;
  /** The run would have told of a call. */
  isSeen: boolean;
}

/** What is asked of the database. */
export interface SliceFacts extends Pick<SliceSource, 'callsIn' | 'callsOf'> {
  /** Files that a path, or the end of one, means. */
  filesNamed: (wanted: string) => Promise<string[]>;
  functions: (ids: readonly string[]) => Promise<SlicedFunction[]>;
}

export interface SliceAnswer extends Slice {
  /** Functions that lines of it lie in. */
  functions: SlicedFunction[];
}

/**
 * @param root the workspace
 * @param wanted `src/a.ts:12`, `src/a.ts:12:7`, `src/a.ts:12:total`
 * @throws Fault: no such file or place, or the file cannot be read
 */
export async function sliceAt(
  root: string,
  facts: SliceFacts,
  wanted: string,
  options: SliceOptions = {},
): Promise<SliceAnswer> {
  const place = parsePlace(wanted);
  if (place === undefined)
    throw new Fault(
      ExitCode.USAGE,
      `"${wanted}" says no line`,
      'for example src/cart.ts:12, src/cart.ts:12:7 or src/cart.ts:12:total',
    );
  const path = await fileOf(facts, place.path);
  const slice = await sliced(root, facts, { ...place, path }, options);
  if (slice === undefined)
    throw new Fault(
      ExitCode.NOT_FOUND,
      `there is nothing of that kind at ${wanted}`,
      'A slice begins at a name, a value or a call: give its line, and its column (from 1) or its name.',
    );
  const ids = slice.files.flatMap(({ lines }) => lines.flatMap((line) => line.function ?? []));
  return { ...slice, functions: await facts.functions([...new Set(ids)]) };
}

async function fileOf(facts: SliceFacts, wanted: string): Promise<string> {
  const files = await facts.filesNamed(wanted);
  if (files.length === 1) return files[0];
  if (files.length === 0)
    throw new Fault(ExitCode.NOT_FOUND, `there is no program text "${wanted}" in the workspace`);
  throw new Fault(
    ExitCode.NOT_FOUND,
    `several files end with "${wanted}"`,
    `for example ${files[0]} and ${files[1]}`,
  );
}

async function sliced(
  root: string,
  facts: SliceFacts,
  place: SlicePlace,
  options: SliceOptions,
): Promise<Slice | undefined> {
  const source: SliceSource = {
    text: (path) => textOf(join(root, path)),
    isModule: (path, text) => goalOf(join(root, path), text) === 'module',
    callsIn: facts.callsIn,
    callsOf: facts.callsOf,
  };
  try {
    return await sliceFrom(source, place, options);
  } catch (error) {
    if (!(error instanceof SyntaxError)) throw error;
    throw new Fault(ExitCode.UNREADABLE, `${place.path} cannot be parsed: ${error.message}`);
  }
}

function textOf(file: string): string | undefined {
  try {
    return readFileSync(file, 'utf8');
  } catch {
    return undefined;
  }
}
