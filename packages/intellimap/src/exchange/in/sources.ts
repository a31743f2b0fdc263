/**
 * Files that imports name: their paths in the workspace, their lines, and the sources they were compiled from. Pure but for `read`, which gives no text
 * of files outside of the workspace.
 */
import { isAbsolute, posix, relative, resolve, sep } from 'node:path';
import { fileURLToPath } from 'node:url';
import { originalPositionFor, type SourceMapInput, TraceMap } from '@jridgewell/trace-mapping';
import { lastUpTo } from '../../base/search.ts';
import type { Place } from '../attribute.ts';

/** Text of a file of the workspace by its absolute path; null: there is none, or it lies outside. */
export type ReadFile = (path: string) => string | null;

/** What a tool tells of a file beside its name: parsed source map, lengths of lines without their ends. */
export interface ToldMap {
  map: unknown;
  lineLengths: number[] | null;
}

/** The last such comment counts. */
const COMMENT = /\/\/[#@] ?sourceMappingURL=([^\s'"]+)/g;
/** Beyond that it is no source file. */
const MAX_COMMENTS = 100;

export class Sources {
  readonly #root: string;
  readonly #read: ReadFile;
  readonly #texts = new Map<string, string | null>();
  readonly #maps = new Map<string, TraceMap | null>();
  readonly #told = new Map<string, ToldMap>();
  readonly #starts = new Map<string, number[] | null>();

  constructor(root: string, read: ReadFile) {
    this.#root = root;
    this.#read = read;
  }

  /** How tables name what a URL or path names: relative to the root with `/`, absolute outside, or as it is (`node:fs`). */
  pathOf(url: string): string {
    const path = pathOfUrl(url);
    if (path === null) return url;
    const near = relative(this.#root, resolve(this.#root, path));
    const inside = near !== '' && near !== '..' && !near.startsWith(`..${sep}`) && !isAbsolute(near);
    return inside ? near.split(sep).join('/') : resolve(this.#root, path).split(sep).join('/');
  }

  /** What the tool itself says of a file counts before what lies on disk. */
  tell(path: string, told: ToldMap): void {
    this.#told.set(path, told);
  }

  /** Place of an offset (UTF-16 units); null: the text is not known, or shorter. */
  placeOf(path: string, offset: number): Place | null {
    const starts = this.#startsOf(path);
    if (starts === null || offset > starts[starts.length - 1]) return null;
    // The last entry is the end of the text, and begins no line.
    const index = Math.min(lastUpTo(starts, offset), starts.length - 2);
    return { line: index + 1, column: offset - starts[index] };
  }

  /** Where in the sources a place comes from: the place itself where nothing was compiled. null: the compiler wrote it. */
  originalOf(path: string, place: Place): { path: string; place: Place } | null {
    const map = this.#mapOf(path);
    if (map === null) return { path, place };
    try {
      const { source, line, column } = originalPositionFor(map, place);
      return source === null ? null : { path: this.pathOf(source), place: { line, column } };
    } catch {
      return null;
    }
  }

  /** Offsets at which lines begin, and behind them where the text ends. */
  #startsOf(path: string): number[] | null {
    let starts = this.#starts.get(path);
    if (starts === undefined) {
      const lengths = this.#told.get(path)?.lineLengths;
      starts = lengths == null ? lineStarts(this.#text(path)) : startsByLength(lengths);
      this.#starts.set(path, starts);
    }
    return starts;
  }

  #text(path: string): string | null {
    let text = this.#texts.get(path);
    if (text === undefined) this.#texts.set(path, (text = this.#read(resolve(this.#root, path))));
    return text;
  }

  #mapOf(path: string): TraceMap | null {
    let map = this.#maps.get(path);
    if (map === undefined) this.#maps.set(path, (map = this.#readMap(path)));
    return map;
  }

  #readMap(path: string): TraceMap | null {
    const absolute = resolve(this.#root, path);
    const told = this.#told.get(path);
    if (told?.map != null) return traceMap(told.map, absolute);
    if (!/\.[cm]?jsx?$/.test(path)) return null;
    const url = [...(this.#text(path) ?? '').matchAll(COMMENT)].slice(-MAX_COMMENTS).at(-1)?.[1];
    if (url === undefined) return null;
    const inline = /^data:application\/json[^,]*?(;base64)?,(.*)$/.exec(url);
    if (inline !== null)
      return traceMap(
        inline[1] === undefined ? unescaped(inline[2]) : Buffer.from(inline[2], 'base64').toString(),
        absolute,
      );
    const file = pathOfUrl(url);
    if (file === null) return null;
    const mapFile = resolve(absolute, '..', file);
    const text = this.#read(mapFile);
    return text === null ? null : traceMap(text, mapFile);
  }
}

function unescaped(text: string): string {
  try {
    return decodeURIComponent(text);
  } catch {
    return '';
  }
}

/** null: it is none, or damaged; then places stay as they are. */
function traceMap(map: unknown, file: string): TraceMap | null {
  try {
    const traced = new TraceMap(map as SourceMapInput, file.split(sep).join('/'));
    // Decodes, so that a damaged one fails here.
    originalPositionFor(traced, { line: 1, column: 0 });
    return traced;
  } catch {
    return null;
  }
}

/** null: it names no file. */
function pathOfUrl(url: string): string | null {
  if (url.startsWith('file:'))
    try {
      return fileURLToPath(url);
    } catch {
      return null;
    }
  if (url === '' || /^[a-z][a-z\d+.-]+:/i.test(url)) return null;
  return sep === '/' ? url : url.split(posix.sep).join(sep);
}

function lineStarts(text: string | null): number[] | null {
  if (text === null) return null;
  const starts = [0];
  for (let at = text.indexOf('\n'); at >= 0; at = text.indexOf('\n', at + 1)) starts.push(at + 1);
  starts.push(text.length);
  return starts;
}

function startsByLength(lengths: readonly number[]): number[] {
  let at = 0;
  const starts = [0];
  for (const length of lengths) starts.push((at += length + 1));
  // The last line has no end.
  starts[starts.length - 1] -= 1;
  return starts;
}
