/**
 * Stacks that pages tell → places in the source. A page knows its files by URL, as a dev server or a bundler made them; source maps lead back. What none is known of
 * stays as it was told. Pure.
 */
import type { Note } from '@intellimap/probe/wire';
import { originalPositionFor, type SourceMapInput, TraceMap } from '@jridgewell/trace-mapping';

export interface MapOfFile {
  map: SourceMapInput & object;
  /** The file that it was made from, where that is one. */
  file?: string | undefined;
}

/** The map of what a URL without query led to. */
export type MapOf = (url: string) => MapOfFile | undefined;

/** Of a stack, characters: a longer one stays as it was told. What looks for places takes the square of it, at worst. */
const MAX_STACK = 20_000;
const PLACE = /(https?:\/\/[^\s()]+?):(\d+):(\d+)(?=\)|$)/gm;

export class StackPlaces {
  readonly #mapOf: MapOf;
  readonly #paths: () => readonly string[];
  readonly #traced = new WeakMap<object, TraceMap | null>();

  /** @param paths of instrumented files, relative to the workspace */
  constructor(mapOf: MapOf, paths: () => readonly string[]) {
    this.#mapOf = mapOf;
    this.#paths = paths;
  }

  /** The note, with places of its stack led back. */
  placed(note: Note): Note {
    const { stack } = note as { stack?: unknown };
    if (note.t !== 'uncaught' || typeof stack !== 'string' || stack.length > MAX_STACK) return note;
    const paths = this.#paths();
    const text = stack.replace(
      PLACE,
      (told: string, url: string, line: string, column: string) =>
        this.#place(url, Number(line), Number(column), paths) ?? told,
    );
    return { ...note, stack: text };
  }

  /** `src/cart.ts:3:14`. @param column from 1, as in stacks */
  #place(url: string, line: number, column: number, paths: readonly string[]): string | undefined {
    const found = this.#mapOf(url);
    const map = found && this.#trace(found.map);
    if (!map || line < 1 || column < 1) return undefined;
    const at = originalPositionFor(map, { line, column: column - 1 });
    if (at.source === null) return undefined;
    const path = pathOf(found.file ?? at.source, paths);
    return path && `${path}:${at.line}:${at.column + 1}`;
  }

  #trace(map: SourceMapInput & object): TraceMap | null {
    const known = this.#traced.get(map);
    if (known !== undefined) return known;
    let traced: TraceMap | null = null;
    try {
      traced = new TraceMap(map);
    } catch {
      // It is damaged, or none.
    }
    this.#traced.set(map, traced);
    return traced;
  }
}

/** The one path that a map's source stands for: each may have folders more in front. */
export function pathOf(source: string, paths: readonly string[]): string | undefined {
  const plain = source.replace(/^(?:\.{1,2}\/)+/, '').split('?', 1)[0];
  const fits = (long: string, short: string): boolean => long === short || long.endsWith(`/${short}`);
  const whole = paths.filter((path) => fits(plain, path));
  // Of `b.ts` and `a/b.ts`, the longer one says more.
  if (whole.length > 0) return whole.reduce((a, b) => (b.length > a.length ? b : a));
  const parts = paths.filter((path) => fits(path, plain));
  return parts.length === 1 ? parts[0] : undefined;
}
