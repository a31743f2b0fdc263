/**
 * Source text in, instrumented text with map and site table out; pure, no I/O.
 *
 * The life of a file: 1-parse → one walk that lists its sites (2-analyze answers the questions it asks) and collects
 * insertions (3-rewrite) → table.ts looks up positions → the insertions are applied in one go. Text that a compiler made is
 * tied to its original by upstream.ts.
 */
import type { SiteTable } from '../base/recording.ts';
import { type Moves, movesOf } from './3-rewrite/moves.ts';
import { applied } from './3-rewrite/edits.ts';
import type { SourceMap, UpstreamMap } from './3-rewrite/map.ts';
import { sourceMap, tracerOf } from './3-rewrite/map.ts';
import { walk } from './file.ts';
import type { TransformOptions } from './options.ts';
import { matchUpstream } from './upstream.ts';
import { MAX_PAYLOAD } from './words.ts';

export { type Goal, isModuleText, type Lang, type Node } from './1-parse.ts';
export { IGNORED } from './2-analyze/exclusions.ts';
export { bare, literalText } from './2-analyze/expressions.ts';
export { eachChild } from './2-analyze/keys.ts';
export { type Lines, linesOf } from './2-analyze/lines.ts';
export type { SourceMap } from './3-rewrite/map.ts';
export { isMoved, type Moves, originalPlace, originalText } from './3-rewrite/moves.ts';
export type { ImportedProbes, TransformOptions, Upstream, ValueNames } from './options.ts';
export type { UpstreamMap } from './3-rewrite/map.ts';
export { type ReadFile, readFile } from './sites-of.ts';
export { contentHash } from './table.ts';

export type TransformResult =
  | {
      ok: true;
      code: string;
      table: SiteTable;
      /** Instrumented text → given text, or → original when there is an upstream. */
      map: () => SourceMap;
      /** Instrumented text → given text, whatever that was made from: for hosts that chain maps. */
      ownMap: () => SourceMap;
      /** Leads back to the given text; the only part to keep: `map` holds on to the whole syntax tree. */
      moves: Moves;
      /** Four numbers a function, in the given text: ordinal, start, start of its body, end. */
      functions: () => number[];
    }
  | { ok: false; reason: string };

export function transform(source: string, options: TransformOptions): TransformResult {
  try {
    return instrumented(source, options);
  } catch (error) {
    return { ok: false, reason: error instanceof Error ? `${error.name}: ${error.message}` : String(error) };
  }
}

/** Ids and positions only. Throws on a syntax error. */
export function siteTable(source: string, options: TransformOptions): SiteTable {
  const walked = walk(source, options, false);
  if (!walked.ok) throw new SyntaxError(walked.reason);
  return walked.table;
}

/** The probes and the variables that carry their words; `$implicit` and the like are other people's. */
const OWN_NAMES = /\$im(?:[ABCDEFGHLMORSTUVXbefkquv](?![\w$])|w\d)/;

function instrumented(source: string, options: TransformOptions): TransformResult {
  if (OWN_NAMES.test(source))
    return { ok: false, reason: 'uses names of the probes, $im… (instrumented already?)' };
  const walked = walk(source, options, true);
  if (!walked.ok) return walked;
  const { lines, table } = walked;
  if (options.base + table.sites.length > MAX_PAYLOAD) return { ok: false, reason: 'out of site ids' };
  const edits = walked.walk.edits.sorted();
  const { wrapper = 0, upstream } = options;
  const mapOver = (given: UpstreamMap | undefined): SourceMap => {
    const tracer = given && tracerOf(given);
    const { marks } = walked.walk;
    return sourceMap({
      path: options.path,
      length: source.length,
      lines,
      edits,
      marks,
      wrapper,
      ...(tracer ? { upstream: tracer } : {}),
    });
  };
  return {
    ok: true,
    code: applied(source, edits),
    table: upstream ? matchUpstream(walked.walk, table, lines, wrapper, upstream) : table,
    map: () => mapOver(upstream?.map ?? options.map),
    ownMap: () => mapOver(undefined),
    moves: movesOf(edits, lines),
    functions: () =>
      walked.walk.sites.flatMap(({ start, body, end }, ordinal) =>
        body ? [ordinal, start, body[0], end] : [],
      ),
  };
}
