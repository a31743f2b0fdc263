/**
 * Sites of compiled text → sites of the original it was compiled from. upstream-claims.ts tells which is which; what nobody wrote
 * (helpers of the compiler) gets an id of its own.
 */
import { originalPositionFor } from '@jridgewell/trace-mapping';
import type { Site, SiteTable } from '../base/recording.ts';
import { RECORDING_VERSION } from '../base/recording.ts';
import type { Lines, Position } from './2-analyze/lines.ts';
import { linesOf } from './2-analyze/lines.ts';
import { tracerOf } from './3-rewrite/map.ts';
import type { Walk } from './3-rewrite/walk.ts';
import { walk as walkFile } from './file.ts';
import type { Upstream } from './options.ts';
import { contentHash } from './table.ts';
import type { Head } from './upstream-claims.ts';
import { Claims } from './upstream-claims.ts';

export function matchUpstream(
  walk: Walk,
  compiled: SiteTable,
  lines: Lines,
  wrapper: number,
  upstream: Upstream,
): SiteTable {
  const trace = tracing(lines, wrapper, upstream);
  const { table, heads } = originalOf(upstream);
  const claims = new Claims(table.sites, heads);
  /** Ordinal of the compiled site → ordinal of the original, or -1. */
  const matched: number[] = [];
  const sites = compiled.sites.map((site, ordinal): Site => {
    const draft = walk.sites[ordinal];
    const offsets = draft.body ? [draft.start, draft.body[0], draft.body[0] + 1] : [draft.start];
    const places = offsets.map(trace).filter((place) => place !== undefined);
    const found = ordinal === 0 ? 0 : claims.claim(site, places, matched[site.parent] ?? -1);
    matched.push(found);
    const source = table.sites[found];
    if (!source) return generated(site, places[0], upstream.path);
    const { id, name, line, column, endLine, endColumn, hash } = source;
    return { ...site, id, name, line, column, endLine, endColumn, ...(hash === undefined ? {} : { hash }) };
  });
  return { ...table, sites, imports: importsOf(table, matched) };
}

/** Offset of the compiled text → place in the original. */
function tracing(
  lines: Lines,
  wrapper: number,
  upstream: Upstream,
): (offset: number) => Position | undefined {
  const tracer = tracerOf(upstream.map);
  return (offset) => {
    const { line, column } = lines.at(offset);
    const found = originalPositionFor(tracer, {
      line,
      column: Math.max(0, line === 1 ? column - wrapper : column),
    });
    return found.line === null ? undefined : { line: found.line, column: found.column };
  };
}

interface Original {
  table: SiteTable;
  /** index = ordinal; functions only. */
  heads: (Head | undefined)[];
}

function originalOf({ source, path, lang, values }: Upstream): Original {
  for (const goal of ['module', 'commonjs', 'script'] as const) {
    const walked = walkFile(
      source,
      { path, lang, goal, tier: 'performance', base: 0, ...(values && { values }) },
      false,
    );
    if (!walked.ok) continue;
    const { lines } = walked;
    const heads = walked.walk.sites.map(
      ({ start, exported, body }): Head | undefined =>
        body && [lines.at(exported ?? start), lines.at(body[0] + 1)],
    );
    return { table: walked.table, heads };
  }
  // Of no goal: listed as if it held nothing.
  const empty = {
    version: RECORDING_VERSION,
    path,
    contentHash: contentHash(source),
    sites: [],
    imports: [],
  };
  return { table: { ...empty, lines: linesOf(source).count }, heads: [] };
}

function generated(site: Site, at: Position | undefined, path: string): Site {
  const anchor = site.kind === 'module' ? '' : `~generated/${site.id.slice(site.id.indexOf('#') + 1)}`;
  const { line, column } = at ?? { line: 1, column: 0 };
  return { ...site, id: `ts:${path}#${anchor}`, line, column, endLine: line, endColumn: column };
}

/** Imports of the original; dynamic ones name the compiled site that reports them. */
function importsOf(original: SiteTable, matched: number[]): SiteTable['imports'] {
  return original.imports.map(({ site, ...rest }) => {
    const compiled = site === undefined ? -1 : matched.indexOf(site);
    return compiled < 0 ? rest : { ...rest, site: compiled };
  });
}
