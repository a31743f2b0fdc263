/**
 * V8's coverage, as `NODE_V8_COVERAGE` writes it, a file for each process → ranges of source. Counts of several processes are added up.
 * V8 tells offsets in the text that it ran; what that text was compiled from is in the file, or beside the text.
 */
import { addTo } from '../../base/groups.ts';
import type { Attribution, Place } from '../attribute.ts';
import { merged, type Range } from './merge-ranges.ts';
import {
  type Fields,
  fieldOf,
  integerIn,
  listIn,
  objectIn,
  parseJson,
  textIn,
  type Where,
  within,
} from './narrow.ts';
import type { ImportFile, ImportRow, TextImport } from './rows.ts';
import type { Sources } from './sources.ts';

const MAX_SCRIPTS = 200_000;
const MAX_FUNCTIONS = 2_000_000;
const MAX_LINES = 10_000_000;

/** A function of a script: its whole range, then blocks within. */
export interface CoveredFunction {
  name: string;
  ranges: Range[];
}

interface Script {
  url: string;
  functions: CoveredFunction[];
}

export const importV8Coverage: TextImport = (files, sources, attribution) => {
  const scripts = new Map<string, CoveredFunction[][]>();
  for (const file of files)
    for (const { url, functions } of parseCoverage(file, sources)) {
      // Node's own code, and code without a file.
      if (!url.startsWith('file:')) continue;
      addTo(scripts, sources.pathOf(url), functions);
    }
  const rows: ImportRow<'coverage'>[] = [];
  const unknown: string[] = [];
  for (const [path, runs] of scripts) {
    const found = merged(runs).flatMap((each) => rowsOf(path, each, sources, attribution));
    if (found.length === 0) unknown.push(path);
    for (const row of found) rows.push(row);
  }
  return { rows: { coverage: rows }, startedAt: null, durationMs: null, notes: notesOn(unknown) };
};

const notesOn = (unknown: string[]): string[] =>
  unknown.length === 0
    ? []
    : [
        `${unknown.length} ${unknown.length === 1 ? 'file is' : 'files are'} left out, as the text is not in this workspace, or has changed: ${unknown.slice(0, 3).join(', ')}${unknown.length > 3 ? ', …' : ''}`,
      ];

/** @throws Fault that says where it is not what it should be. Tells `sources` what the file says of compiled texts. */
export function parseCoverage(file: ImportFile, sources: Sources): Script[] {
  const top: Where = () => `${file.name}:`;
  const coverage = objectIn(parseJson(file.text, top), top);
  const where = within(top, 'result');
  const scripts = listIn(fieldOf(coverage, 'result'), where, MAX_SCRIPTS).map((each, index) =>
    scriptOf(objectIn(each, within(where, index)), within(where, index)),
  );
  const cache = fieldOf(coverage, 'source-map-cache');
  if (cache !== undefined) tellMaps(cache, sources, within(top, 'source-map-cache'));
  return scripts;
}

function scriptOf(script: Fields, where: Where): Script {
  const place = within(where, 'functions');
  return {
    url: textIn(fieldOf(script, 'url'), within(where, 'url')),
    functions: listIn(fieldOf(script, 'functions'), place, MAX_FUNCTIONS).map((each, index) =>
      functionOf(objectIn(each, within(place, index)), within(place, index)),
    ),
  };
}

function functionOf(covered: Fields, where: Where): CoveredFunction {
  const place = within(where, 'ranges');
  return {
    name: textIn(fieldOf(covered, 'functionName'), within(where, 'functionName')),
    ranges: listIn(fieldOf(covered, 'ranges'), place, MAX_FUNCTIONS).map((each, index) => {
      const at = within(place, index);
      const range = objectIn(each, at);
      const start = integerIn(fieldOf(range, 'startOffset'), within(at, 'startOffset'), 0, 2 ** 31 - 1);
      return {
        start,
        end: integerIn(fieldOf(range, 'endOffset'), within(at, 'endOffset'), start, 2 ** 31 - 1),
        count: integerIn(fieldOf(range, 'count'), within(at, 'count'), 0, Number.MAX_SAFE_INTEGER),
      };
    }),
  };
}

function tellMaps(cache: unknown, sources: Sources, where: Where): void {
  for (const [url, each] of Object.entries(objectIn(cache, where))) {
    const at = within(where, url);
    const entry = objectIn(each, at);
    const lengths = fieldOf(entry, 'lineLengths');
    const lineLengths =
      lengths == null
        ? null
        : listIn(lengths, within(at, 'lineLengths'), MAX_LINES).map((length, index) =>
            integerIn(length, within(within(at, 'lineLengths'), index), 0, 2 ** 31 - 1),
          );
    if (url.startsWith('file:'))
      sources.tell(sources.pathOf(url), { map: fieldOf(entry, 'data') ?? null, lineLengths });
  }
}

/** None when the text is shorter than V8 says: it is another one. */
function rowsOf(
  path: string,
  { name, ranges }: CoveredFunction,
  sources: Sources,
  attribution: Attribution,
): ImportRow<'coverage'>[] {
  const rows: ImportRow<'coverage'>[] = [];
  let around: string | null = null;
  for (const [index, { start, end, count }] of ranges.entries()) {
    const from = placed(path, start, sources);
    const to = placed(path, end, sources);
    if (from === null || to === null || from.path !== to.path || isBefore(to.place, from.place)) {
      if (index === 0) return rows;
      continue;
    }
    if (index === 0) around = idOf(from, to.place, name, start, attribution);
    rows.push({
      source: 'v8',
      path: from.path,
      name: name === '' ? null : name,
      ast_node_id: around,
      kind: index === 0 ? 'function' : 'block',
      line: from.place.line,
      column: from.place.column,
      end_line: to.place.line,
      end_column: to.place.column,
      count,
    });
  }
  return rows;
}

function placed(path: string, offset: number, sources: Sources): { path: string; place: Place } | null {
  const place = sources.placeOf(path, offset);
  return place === null ? null : sources.originalOf(path, place);
}

/** V8's first function without a name is the module. */
function idOf(
  from: { path: string; place: Place },
  end: Place,
  name: string,
  start: number,
  attribution: Attribution,
): string | null {
  if (name === '' && start === 0)
    return attribution.beginningAt(from.path, { line: 1, column: 0 }, '')?.id ?? null;
  return attribution.ofRange(from.path, from.place, end, name)?.id ?? null;
}

const isBefore = (a: Place, b: Place): boolean =>
  a.line < b.line || (a.line === b.line && a.column < b.column);
