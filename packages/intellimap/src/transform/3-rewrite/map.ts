/**
 * The source map of an instrumented text, written from the insertions: a segment at each line's start, after each insertion
 * and where stack traces point. A map generated from every token would be five times larger and say nothing more.
 */
import { encode } from '@jridgewell/sourcemap-codec';
import { TraceMap, sourceContentFor, traceSegment } from '@jridgewell/trace-mapping';
import type { SourceMapInput } from '@jridgewell/trace-mapping';
import type { Lines } from '../2-analyze/lines.ts';

export type UpstreamMap = SourceMapInput;

export const tracerOf = (map: UpstreamMap): TraceMap => new TraceMap(map);

export interface SourceMap {
  version: 3;
  sources: (string | null)[];
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

type Segment = [number] | [number, number, number, number];

export function sourceMap(input: MapInput): SourceMap {
  const { lines, edits, upstream } = input;
  const marks = input.marks.toSorted((a, b) => a - b);
  const mapped: Segment[][] = [];
  let edit = 0;
  let mark = 0;
  for (let line = 1; line <= lines.count; line++) {
    const start = lines.startOf(line);
    const end = line === lines.count ? input.length + 1 : lines.startOf(line + 1);
    const segments: Segment[] = [];
    let shift = 0;
    let offset = start;
    while (offset < end) {
      while (edits.at[edit] === offset) shift += edits.text[edit++].length;
      while ((marks[mark] ?? Infinity) <= offset) mark++;
      const segment = segmentAt(line, offset - start, shift, input);
      if (segment) segments.push(segment);
      offset = Math.min(edits.at[edit] ?? Infinity, marks[mark] ?? Infinity);
    }
    mapped.push(segments);
  }
  const mappings = encode(mapped);
  if (!upstream) return { version: 3, sources: [input.path], names: [], mappings };
  const sources = upstream.sources;
  const contents = sources.map((source) => (source === null ? null : sourceContentFor(upstream, source)));
  return {
    version: 3,
    sources,
    ...(contents.some(Boolean) ? { sourcesContent: contents } : {}),
    names: [],
    mappings,
  };
}

function segmentAt(line: number, column: number, shift: number, input: MapInput): Segment | undefined {
  const own = line === 1 ? column - input.wrapper : column;
  if (own < 0) return undefined;
  if (!input.upstream) return [column + shift, 0, line - 1, own];
  const traced = traceSegment(input.upstream, line - 1, own);
  if (!traced || traced.length === 1) return [column + shift];
  return [column + shift, traced[1], traced[2], traced[3]];
}
