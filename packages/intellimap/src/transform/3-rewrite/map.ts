/**
 * The source map of an instrumented text, written from the insertions.
 *
 * Of a compiled text it is the compiler's map with every segment moved as far as its place moved, so that each place leads where it
 * led before. Otherwise it has a segment at each line's start, after each insertion and where stack traces point: a map of every
 * token would be five times larger and say nothing more.
 */
import { encode } from '@jridgewell/sourcemap-codec';
import type { SourceMapSegment } from '@jridgewell/sourcemap-codec';
import { TraceMap, decodedMappings } from '@jridgewell/trace-mapping';
import type { SourceMapInput } from '@jridgewell/trace-mapping';
import type { Lines } from '../2-analyze/lines.ts';

export type UpstreamMap = SourceMapInput;

export const tracerOf = (map: UpstreamMap): TraceMap => new TraceMap(map);

export interface SourceMap {
  version: 3;
  sources: (string | null)[];
  sourceRoot?: string;
  sourcesContent?: (string | null)[];
  names: string[];
  mappings: string;
}

export interface MapInput {
  path: string;
  length: number;
  lines: Lines;
  edits: { at: number[]; text: string[] };
  marks: number[];
  /** Characters of line 1 that are not part of the file. */
  wrapper: number;
  upstream?: TraceMap;
}

export const sourceMap = (input: MapInput): SourceMap =>
  input.upstream ? movedMap(input, input.upstream) : ownMap(input);

function ownMap(input: MapInput): SourceMap {
  const { lines, edits, wrapper } = input;
  const marks = input.marks.toSorted((a, b) => a - b);
  const mapped: SourceMapSegment[][] = [];
  let edit = 0;
  let mark = 0;
  for (let line = 1; line <= lines.count; line++) {
    const start = lines.startOf(line);
    const end = line === lines.count ? input.length + 1 : lines.startOf(line + 1);
    const ahead = line === 1 ? wrapper : 0;
    const segments: SourceMapSegment[] = [];
    let shift = 0;
    let offset = start;
    while (offset < end) {
      while (edits.at[edit] === offset) shift += edits.text[edit++].length;
      while ((marks[mark] ?? Infinity) <= offset) mark++;
      const column = offset - start;
      if (column >= ahead) segments.push([column + shift, 0, line - 1, column - ahead]);
      offset = Math.min(edits.at[edit] ?? Infinity, marks[mark] ?? Infinity);
    }
    mapped.push(segments);
  }
  return { version: 3, sources: [input.path], names: [], mappings: encode(mapped) };
}

function movedMap({ lines, edits, wrapper }: MapInput, upstream: TraceMap): SourceMap {
  let edit = 0;
  const mapped = decodedMappings(upstream).map((segments, index) => {
    const ahead = index === 0 ? wrapper : 0;
    const start = index < lines.count ? lines.startOf(index + 1) : Infinity;
    let shift = 0;
    while ((edits.at[edit] ?? Infinity) < start) edit++;
    return segments.map(([column, ...rest]) => {
      while ((edits.at[edit] ?? Infinity) <= start + ahead + column) shift += edits.text[edit++].length;
      return [column + ahead + shift, ...rest] as SourceMapSegment;
    });
  });
  const { sources, sourcesContent, sourceRoot, names } = upstream;
  return {
    version: 3,
    sources,
    ...(sourceRoot ? { sourceRoot } : {}),
    ...(sourcesContent ? { sourcesContent } : {}),
    names,
    mappings: encode(mapped),
  };
}
