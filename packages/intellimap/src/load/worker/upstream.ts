/**
 * Finds the source that a compiler (tsx, ts-node, babel-jest, Vite, tsc, …) made a text from, so that sites carry the ids
 * and positions of the file a person edits. I/O: reads the map and the original when they are not inlined.
 */
import { readFileSync } from 'node:fs';
import { dirname, resolve } from 'node:path';
import { fileURLToPath } from 'node:url';
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

/**
 * @param path absolute path of the compiled text; @param name maps an absolute path to the recording's name for it.
 * @returns `upstream` for a text with one source. A bundle of many keeps its own ids, one table stands for one file: of that
 * the `map` only.
 */
export function findUpstream(
  text: string,
  path: string,
  name: (path: string) => string,
): { upstream?: Upstream; map?: UpstreamMap } {
  const url = lastComment(text);
  if (url === undefined) return {};
  try {
    const { map, base } = readMap(url, path);
    if (map.sections !== undefined || map.mappings === '') return {};
    if (map.sources.length !== 1) return { map: selfContained(map, base) };
    const source = resolveSource(map.sources[0] ?? path, map.sourceRoot ?? '', base);
    const lang = languageOf(source);
    if (lang === undefined) return { map: selfContained(map, base) };
    const original = map.sourcesContent?.[0] ?? readFileSync(source, 'utf8');
    // The map that goes with the instrumented text is inlined: what is relative to a map's file no longer is.
    const { sourceRoot, ...rest } = map;
    const origin = url.startsWith('data:')
      ? { sources: map.sources, ...(sourceRoot ? { sourceRoot } : {}) }
      : { sources: [source] };
    const upstream = {
      map: { ...rest, ...origin, names: map.names ?? [] },
      source: original,
      path: name(source),
      lang,
    };
    return { upstream };
  } catch {
    // A map that is missing or broken costs precision of ids, never the run: the compiled text stands for itself.
    return {};
  }
}

function selfContained({ sourceRoot, ...map }: RawMap, base: string): UpstreamMap {
  const sources = map.sources.map((source) => source && resolveSource(source, sourceRoot ?? '', base));
  return { ...map, sources, names: map.names ?? [] };
}

function lastComment(text: string): string | undefined {
  // Only the tail can hold the effective comment; inline maps may be long, so search from the last marker on.
  const from = text.lastIndexOf('sourceMappingURL=');
  if (from < 0) return undefined;
  COMMENT.lastIndex = Math.max(0, text.lastIndexOf('\n', from));
  return COMMENT.exec(text)?.[1];
}

function readMap(url: string, path: string): { map: RawMap; base: string } {
  if (url.startsWith('data:')) {
    const comma = url.indexOf(',');
    const body = url.slice(comma + 1);
    const json = url.slice(0, comma).endsWith(';base64')
      ? Buffer.from(body, 'base64').toString()
      : decodeURIComponent(body);
    return { map: JSON.parse(json) as RawMap, base: dirname(path) };
  }
  const file = url.startsWith('file:') ? fileURLToPath(url) : resolve(dirname(path), decodeURIComponent(url));
  return { map: JSON.parse(readFileSync(file, 'utf8')) as RawMap, base: dirname(file) };
}

function resolveSource(source: string, sourceRoot: string, base: string): string {
  if (source.startsWith('file:')) return fileURLToPath(source);
  const root = sourceRoot.startsWith('file:') ? fileURLToPath(sourceRoot) : sourceRoot;
  return resolve(base, root, source.split('?')[0]);
}
