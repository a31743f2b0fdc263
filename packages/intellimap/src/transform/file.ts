/** One file through parser and walk. */
import type { SiteTable } from '../base/recording.ts';
import type { Node } from './1-parse.ts';
import { parse } from './1-parse.ts';
import { IGNORED, ignored } from './2-analyze/exclusions.ts';
import { sliceHasher } from './2-analyze/hash.ts';
import { hostFunction } from './2-analyze/host-function.ts';
import type { Lines } from './2-analyze/lines.ts';
import { linesOf } from './2-analyze/lines.ts';
import { requireScopes } from './2-analyze/require-scopes.ts';
import { visitProgram, visitWrapped } from './3-rewrite/program.ts';
import { Walk } from './3-rewrite/walk.ts';
import type { TransformOptions } from './options.ts';
import { tableOf } from './table.ts';

export type Walked =
  | { ok: true; walk: Walk; table: SiteTable; lines: Lines; program: Node }
  | { ok: false; reason: string };

/** `probes`: whether the file shall run; ids are wanted of files that ask to be left alone, too. */
export function walk(source: string, options: TransformOptions, probes: boolean): Walked {
  const { path, lang, goal, tier, base, wrapper, plan, values, imported } = options;
  const parsed = parse(source, lang, goal);
  const lines = linesOf(source);
  if (!parsed.ok) {
    const { line, column } = lines.at(parsed.offset);
    return { ok: false, reason: `${parsed.message} (${line}:${column})` };
  }
  const { program, comments } = parsed.parsed;
  const skips = ignored(source, comments);
  if (skips.file && probes) return { ok: false, reason: IGNORED };
  const host = wrapper === undefined ? undefined : hostFunction(program);
  if (wrapper !== undefined && !host) return { ok: false, reason: 'no function around the file' };
  const it = new Walk({
    text: source, path, tier, base, plan, ignored: skips, typescript: lang === 'ts' || lang === 'tsx',
    requireScopes: requireScopes(program, source, host), values, imported,
  }); // prettier-ignore
  if (host) visitWrapped(host, it, path, wrapper ?? 0);
  else visitProgram(program, it, goal, path);
  // A bundler chains the map: what lies between two places of it gets that of the left one.
  if (imported) for (const { index } of source.matchAll(WORD)) it.marks.push(index);
  const content = host ? contentOf(source, host, wrapper ?? 0) : source;
  const lineCount = host ? linesOf(content).count : lines.count;
  const table = tableOf(it, { path, content, lines, lineCount, wrapper: wrapper ?? 0 }, sliceHasher(source));
  return { ok: true, walk: it, table, lines, program };
}

/** Names, numbers, and each sign: where bundlers' own maps have places. */
const WORD = /[\w$]+|[^\w$\s]/g;

/** Hosts end the file with a line end before they close their function. */
const contentOf = (source: string, host: Node, from: number): string =>
  source
    .slice(from, host['body'].end - 1)
    .replace(/\}?$/, '')
    .replace(/\n$/, '');
