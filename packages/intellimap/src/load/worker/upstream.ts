/**
 * Finds the source that a compiler (tsx, ts-node, babel-jest, Vite, tsc, …) made a text from, so that sites carry the ids
 * and positions of the file a person edits. I/O: reads the map and the original when they are not inlined.
 */
import { readFileSync } from 'node:fs';
import { dirname, resolve } from 'node:path';
import { fileURLToPath, pathToFileURL } from 'node:url';
import { languageOf } from '../scope.ts';
import type { Upstream, UpstreamMap } from '../../transform/index.ts';

/** The last such comment of a text counts, as in browsers and Node. */
const COMMENT = /\/\/[#@]\s*sourceMappingURL=([^\s'"]+)\s*$/gm;

interface RawMap {
  version: 3;
  sources: (string | null)[];
  sourcesContent?: (string | null)[];
  sourceRoot?: string;
  mappings: string;
  names?: string[];
  sections?: unknown;
}

export interface Found {
  /** Of a text with one source. A bundle of many keeps its own ids, one table stands for one file: of that the `map` only. */
  upstream?: Upstream;
  map?: UpstreamMap;
  /** Would Node read that map, too? Then it must find the one that fits the instrumented text. */
  isNodes?: boolean;
}

/** @param path absolute path of the compiled text; @param name maps an absolute path to the recording's name for it. */
export function findUpstream(text: string, path: string, name: (path: string) => string): Found {
  const url = lastComment(text);
  if (url === undefined) return {};
  try {
    const { map: raw, base } = readMap(url, path);
    if (raw.sections !== undefined || raw.mappings === '') return {};
    const isNodes = !SCHEME.test(url) || INLINE.test(url);
    const map = inlined(raw, url.startsWith('data:') ? undefined : base);
    const upstream = upstreamOf(raw, map, path, dirname(fileURLToPath(base)), name);
    return upstream === undefined ? { map, isNodes } : { upstream, isNodes };
  } catch {
    // A map that is missing or broken costs precision of ids, never the run: the compiled text stands for itself.
    return {};
  }
}

/** Of URLs with a scheme, Node reads these only. */
const INLINE = /^data:application\/json;(?:[^,]*;)?base64,/;
const SCHEME = /^[a-z][a-z\d+.-]*:/i;

/** Undefined: of several sources, or of one that is not at hand. */
function upstreamOf(
  raw: RawMap,
  map: UpstreamMap,
  path: string,
  folder: string,
  name: (path: string) => string,
): Upstream | undefined {
  if (raw.sources.length !== 1) return undefined;
  const source = resolveSource(raw.sources[0] ?? path, raw.sourceRoot ?? '', folder);
  const lang = languageOf(source);
  const original = raw.sourcesContent?.[0] ?? textOf(source);
  if (lang === undefined || original === undefined) return undefined;
  return { map, source: original, path: name(source), lang };
}

function textOf(file: string): string | undefined {
  try {
    return readFileSync(file, 'utf8');
  } catch {
    return undefined;
  }
}

/**
 * The map that goes with the instrumented text is inlined: what is relative to a map's file no longer is. Sources are where Node takes them to be,
 * which puts the root in front of a name as it is: traces lead there.
 * @param base URL of the map's file
 */
function inlined({ sourceRoot = '', ...map }: RawMap, base: string | undefined): UpstreamMap {
  const names = map.names ?? [];
  if (base === undefined) return { ...map, names, ...(sourceRoot ? { sourceRoot } : {}) };
  return {
    ...map,
    names,
    sources: map.sources.map((source) => new URL(`${sourceRoot}${source}`, base).href),
  };
}

function lastComment(text: string): string | undefined {
  // Only the tail can hold the effective comment; inline maps may be long, so search from the last marker on.
  const from = text.lastIndexOf('sourceMappingURL=');
  if (from < 0) return undefined;
  COMMENT.lastIndex = Math.max(0, text.lastIndexOf('\n', from));
  return COMMENT.exec(text)?.[1];
}

/** `base`: what sources are relative to, a URL. */
function readMap(url: string, path: string): { map: RawMap; base: string } {
  const script = pathToFileURL(path).href;
  if (url.startsWith('data:')) {
    const comma = url.indexOf(',');
    const body = url.slice(comma + 1);
    const json = url.slice(0, comma).endsWith(';base64')
      ? Buffer.from(body, 'base64').toString()
      : decodeURIComponent(body);
    return { map: JSON.parse(json) as RawMap, base: script };
  }
  const file = new URL(url, script);
  return { map: JSON.parse(readFileSync(file, 'utf8')) as RawMap, base: file.href };
}

function resolveSource(source: string, sourceRoot: string, base: string): string {
  if (source.startsWith('file:')) return fileURLToPath(source);
  const root = sourceRoot.startsWith('file:') ? fileURLToPath(sourceRoot) : sourceRoot;
  return resolve(base, root, source.split('?')[0]);
}
