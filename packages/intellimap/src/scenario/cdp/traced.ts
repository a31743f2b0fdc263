/** What V8 says of scripts of a page → functions and places of the sources, in the form that recordings keep. Pure. */
import { createHash } from 'node:crypto';
import type { Site } from '../../base/recording.ts';
import type { FunctionCoverage, Profile, ScriptCoverage } from './protocol.ts';
import type { Place, ScriptText } from './script-text.ts';
import type { KnownSource, SourceSites } from './source-sites.ts';

/** A function of the source. */
export interface TracedFunction {
  path: string;
  id: string;
  name: string;
  line: number;
  column: number;
  endLine: number;
  endColumn: number;
}

/** As V8 gives it, and where it is from. `places`: of offsets at which ranges begin or end, where that is, and where what comes before is. */
export interface TracedCoverage extends FunctionCoverage {
  source: TracedFunction;
  places: Record<number, [line: number, column: number, lastLine: number, lastColumn: number]>;
}

/** A part of what V8 counted, all scripts together. */
export interface TracedPart {
  result: {
    scriptId: string;
    url: string;
    /** Same text, same key. */ text: string;
    functions: TracedCoverage[];
  }[];
}

const keyOf = ({ url, text }: ScriptText): string =>
  createHash('sha256').update(`${url}\0${text}`).digest('hex').slice(0, 16);

/** Functions that a file of the workspace holds; others are left out, as those of Node's packages are. */
export function tracedScript(
  { scriptId, url, functions }: ScriptCoverage,
  text: ScriptText,
  sites: SourceSites,
): TracedPart['result'] {
  const sources = text.sources.map((each) => sites.of(each));
  const taken = new Set<string>();
  const traced = functions.flatMap((each): TracedCoverage[] => {
    const found = siteOf(each, text, sources);
    // A compiler may make two functions of one: the first one is the outer one.
    if (found === undefined || taken.has(found.source.id)) return [];
    taken.add(found.source.id);
    const own = withoutInserted(each, text);
    return [{ ...own, source: found.source, places: placesOf(own, text, found.index) }];
  });
  return traced.length === 0 ? [] : [{ scriptId, url, text: keyOf(text), functions: traced }];
}

function siteOf(
  { functionName, ranges: [whole] }: FunctionCoverage,
  text: ScriptText,
  sources: readonly KnownSource[],
): { source: TracedFunction; index: number } | undefined {
  if (whole === undefined || isMadeByV8(functionName)) return undefined;
  if (functionName === '' && whole.startOffset === 0) {
    // Of a bundle, nobody knows which module ran.
    const [only] = sources;
    const module = sources.length === 1 ? only.functions?.module : undefined;
    return module === undefined ? undefined : { source: tracedOf(only.path, module), index: 0 };
  }
  const start = text.originalAt(whole.startOffset);
  const known = start && sources[start.source];
  const site = start && known?.functions?.at(start, functionName);
  if (site === undefined) return undefined;
  return { source: tracedOf(known!.path, site), index: start!.source };
}

/** Initializers of fields, and of static ones: the source has no such functions. */
const isMadeByV8 = (name: string): boolean => name.startsWith('<') && name.endsWith('>');

function tracedOf(path: string, { id, name, line, column, endLine, endColumn }: Site): TracedFunction {
  return { path, id, name, line, column, endLine, endColumn };
}

/** Blocks that a probe of ours, or a compiler, has put where the source has none: the map leads all of them, and what is in front, to one place. */
function withoutInserted(covered: FunctionCoverage, text: ScriptText): FunctionCoverage {
  const placeAt = (offset: number): string => JSON.stringify(text.originalAt(Math.max(0, offset))) ?? '';
  const [whole, ...blocks] = covered.ranges;
  const own = blocks.filter(({ startOffset, endOffset }) => {
    const before = placeAt(startOffset - 1);
    return placeAt(startOffset) !== before || placeAt(endOffset - 1) !== before;
  });
  return { ...covered, ranges: [whole, ...own] };
}

function placesOf({ ranges }: FunctionCoverage, text: ScriptText, index: number): TracedCoverage['places'] {
  const places: TracedCoverage['places'] = {};
  // Of the whole function the place is known.
  for (const offset of ranges.slice(1).flatMap(({ startOffset, endOffset }) => [startOffset, endOffset])) {
    const at = text.originalAt(offset);
    const before = text.originalAt(Math.max(0, offset - 1));
    if (at?.source === index && before?.source === index)
      places[offset] = [at.line, at.column, before.line, before.column];
  }
  const [whole] = ranges;
  for (const offset of [whole.startOffset, whole.endOffset]) {
    const at = text.originalAt(Math.min(offset, text.text.length - 1));
    const before = text.originalAt(Math.max(0, offset - 1));
    if (at?.source === index && before?.source === index)
      places[offset] = [at.line, at.column, before.line, before.column];
  }
  return places;
}

/** Of a node of a profile: `path` as tables name files. */
export interface TracedFrame {
  path: string;
  line: number | null;
  id: string | null;
  name: string | null;
}

/** What pages of instrumented builds import: ours. */
const OWN = /virtual:intellimap/;

/** @param textOf undefined: its text is not known */
export function tracedProfile(
  profile: Profile,
  textOf: (scriptId: string) => ScriptText | undefined,
  sites: SourceSites,
): Profile {
  const nodes = profile.nodes.map((node) => {
    const { callFrame } = node;
    if (OWN.test(callFrame.url)) return { ...node, callFrame: { ...callFrame, url: 'intellimap:probe' } };
    const text = textOf(callFrame.scriptId);
    const source = text && frameOf(callFrame, text, sites);
    return source === undefined ? node : { ...node, source };
  });
  return { ...profile, nodes };
}

function frameOf(
  { functionName, lineNumber, columnNumber }: Profile['nodes'][number]['callFrame'],
  text: ScriptText,
  sites: SourceSites,
): TracedFrame | undefined {
  if (lineNumber < 0) return undefined;
  const place: Place = { line: lineNumber + 1, column: Math.max(0, columnNumber) };
  const original = text.originalOf(place);
  const source = text.sources[original?.source ?? 0];
  if (source === undefined || (original === undefined && text.sources.length > 1)) return undefined;
  const { path, functions } = sites.of(source);
  const isModule = lineNumber === 0 && columnNumber <= 0;
  const site = isModule ? functions?.module : original && functions?.at(original, functionName);
  return {
    path,
    line: site?.line ?? original?.line ?? null,
    id: site?.id ?? null,
    name: site?.name ?? null,
  };
}

/** Places in a stack of V8's → those of the sources, where they are known. @param textOf by URL */
export function tracedStack(
  stack: string,
  textOf: (url: string) => ScriptText | undefined,
  sites: SourceSites,
): string {
  return stack.replaceAll(
    /(https?:\/\/[^\s()]+):(\d+):(\d+)/g,
    (whole, url: string, line: string, column: string) => {
      const text = textOf(url);
      const original = text?.originalOf({ line: Number(line), column: Number(column) - 1 });
      if (text === undefined || original === undefined) return whole;
      const { path } = sites.of(text.sources[original.source]);
      return `${path}:${original.line}:${original.column + 1}`;
    },
  );
}
