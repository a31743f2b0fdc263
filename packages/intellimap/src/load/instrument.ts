/**
 * The one step every host shares: text of a file in → text to run out, with its sites allocated and written down first.
 * A host only translates its own call into this one.
 */
import { createHash } from 'node:crypto';
import { performance } from 'node:perf_hooks';
import { isBuiltin } from 'node:module';
import { existsSync, readFileSync, statSync } from 'node:fs';
import { dirname, resolve } from 'node:path';
import { fileURLToPath } from 'node:url';
import type { Goal, SourceMap, TransformOptions, TransformResult } from '../transform/index.ts';
import { RECORDING_VERSION, type ModuleLine, type SiteTable, type Tier } from '../base/recording.ts';
import type { InstrumentedText, TextStart } from './texts.ts';
import type { Journal } from './journal.ts';
import { languageOf, type Scope } from './scope.ts';
import type { SiteIds } from './site-ids.ts';
import { findUpstream } from './upstream.ts';

/** Texts that a host hands over, beyond the text itself. */
export interface ModuleText {
  /** Absolute path of the file. */
  path: string;
  goal: Goal;
  /** Node decides by the syntax: what is no CommonJS is an ES module. */
  mayBeModule?: boolean;
  /** Said in the recording: who compiles it (`module`, `commonjs`, `vm`, …). */
  format: string;
  /** Length of a wrapper function's head that the host put before the file's text. */
  wrapper?: number;
  /** The host resolves specifiers by itself, unseen by Node's hooks: resolve relative ones here. */
  ownResolution?: boolean;
  /** Where the host tells V8 that the text begins. */
  start?: TextStart;
}

export interface InstrumenterParts {
  scope: Scope;
  tier: Tier;
  journal: Journal;
  siteIds: SiteIds;
  /** Loaded at the first file in scope: a process that has none never pays for the parser. */
  loadTransform: () => (source: string, options: TransformOptions) => TransformResult;
  /** Why nothing may be instrumented in this process, if so. */
  leaveAlone?: string | undefined;
  /** Told about each instrumented text, and what it was before. */
  onInstrumented?: (text: InstrumentedText, source: string) => void;
}

export type Instrument = (text: string, module: ModuleText) => string | undefined;

/** Text already carries probes: another host of ours handed it on (a loader chain, a compile after a load hook). */
const PROBED = /\$imB\(\)/;

export function createInstrument(parts: InstrumenterParts): Instrument {
  const { scope, journal, tier } = parts;
  let transform: ReturnType<InstrumenterParts['loadTransform']> | undefined;

  const instrument: Instrument = (text, module) => {
    const { path } = module;
    if (PROBED.test(text)) return undefined;
    if (parts.leaveAlone !== undefined) {
      journal.write({ t: 'skip', path: scope.name(path), reason: parts.leaveAlone });
      return undefined;
    }
    const started = performance.now();
    transform ??= parts.loadTransform();
    const { upstream, map } = findUpstream(text, path, scope.name);
    const options = {
      path: scope.name(path),
      lang: compiledLanguage(path, upstream !== undefined),
      tier,
      ...(module.wrapper === undefined ? {} : { wrapper: module.wrapper }),
      ...(upstream === undefined ? {} : { upstream }),
      ...(map === undefined ? {} : { map }),
    };
    const attempt = (goal: Goal): ReturnType<typeof withSites> =>
      withSites(parts.siteIds, (from) => transform!(text, { ...options, goal, base: from }));
    const first = attempt(module.goal);
    const { base, result } = !first.result.ok && module.mayBeModule ? attempt('module') : first;
    if (!result.ok) {
      journal.write({ t: 'skip', path: scope.name(path), reason: result.reason });
      return undefined;
    }
    const { table } = result;
    const key = tableKey(table, text);
    journal.keep(key, table);
    const ms = Math.round((performance.now() - started) * 1000) / 1000;
    journal.write({
      t: 'load',
      base,
      count: table.sites.length,
      key,
      path: table.path,
      format: module.format,
      ms,
    });
    if (module.ownResolution) resolveRelative(table, path, scope.name).forEach(journal.write);
    const { start = { line: 0, column: 0 } } = module;
    const count = table.sites.length;
    const compiled = upstream !== undefined && !isOnDisk(path, text);
    parts.onInstrumented?.({ path, moves: result.moves, base, count, compiled, start }, text);
    // Whoever reads maps out of texts (Node itself, with its source maps enabled) must find the one that fits this text.
    return (upstream ?? map) === undefined ? result.code : withMap(result.code, result.map());
  };

  return (text, module) => {
    if (!scope.has(module.path)) return undefined;
    try {
      return instrument(text, module);
    } catch (error) {
      // The program wins: whatever went wrong here, the original text runs.
      note(journal, {
        t: 'skip',
        path: scope.name(module.path),
        reason: `internal error: ${(error as Error).message}`,
      });
      return undefined;
    }
  };
}

/** Ids are spelled out in the text, so its transform needs them before it knows how many: it takes the next free ones on trial. */
function withSites(
  ids: SiteIds,
  attempt: (base: number) => TransformResult,
): { base: number; result: TransformResult } {
  const base = ids.next();
  const result = attempt(base);
  if (!result.ok || ids.take(base, result.table.sites.length)) return { base, result };
  // Another thread of the process took ids in the meantime.
  const reserved = ids.reserve(result.table.sites.length);
  return { base: reserved, result: attempt(reserved) };
}

/** The last comment counts; it goes onto a line of its own, after all lines of the file. */
function withMap(code: string, map: SourceMap): string {
  const json = Buffer.from(JSON.stringify(map)).toString('base64');
  return `${code}\n//# sourceMappingURL=data:application/json;base64,${json}`;
}

/** Same file, same text, same compiler output → same key in every thread and process of the run. */
export function tableKey(table: SiteTable, text: string): string {
  const hash = createHash('sha256').update(`${RECORDING_VERSION}\0${table.path}\0${table.contentHash}\0`);
  return hash.update(text).digest('hex').slice(0, 16);
}

/** What a compiler emits for a TypeScript file is JavaScript; a TypeScript file with no map is still TypeScript. */
function compiledLanguage(path: string, compiled: boolean): TransformOptions['lang'] {
  const lang = languageOf(path) ?? 'js';
  return compiled && (lang === 'ts' || lang === 'tsx') ? 'jsx' : lang;
}

/** Endings tried for an import without one, and what TypeScript lets a `.js` specifier stand for. */
const ENDINGS = [
  '',
  '.ts',
  '.tsx',
  '.js',
  '.jsx',
  '.mts',
  '.mjs',
  '.cts',
  '.cjs',
  '/index.ts',
  '/index.tsx',
  '/index.js',
];

function resolveRelative(table: SiteTable, path: string, name: (path: string) => string): ModuleLine[] {
  const lines: ModuleLine[] = [];
  for (const { specifier, kind } of table.imports) {
    const how = kind === 'require' ? 'require' : 'import';
    if (isBuiltin(specifier))
      lines.push({ t: 'resolve', from: table.path, specifier, to: withNodePrefix(specifier), kind: how });
    if (!/^(\.{1,2}\/|\/|file:)/.test(specifier)) continue;
    const target = specifier.startsWith('file:')
      ? fileURLToPath(specifier)
      : resolve(dirname(path), specifier);
    const stem = target.replace(/\.[cm]?js$/, '');
    const found = [...ENDINGS.map((end) => target + end), `${stem}.ts`, `${stem}.tsx`].find(isFile);
    if (found !== undefined)
      lines.push({ t: 'resolve', from: table.path, specifier, to: name(found), kind: how });
  }
  return lines;
}

const isFile = (path: string): boolean => existsSync(path) && statSync(path).isFile();

/** A compiler wrote the text there earlier: what stacks quote is a line of this file. */
export function isOnDisk(path: string, text: string): boolean {
  try {
    return readFileSync(path, 'utf8') === text;
  } catch {
    return false;
  }
}

/** Builtins have two spellings; recordings use the one with the scheme. */
export const withNodePrefix = (specifier: string): string =>
  specifier.startsWith('node:') ? specifier : `node:${specifier}`;

function note(journal: Journal, line: ModuleLine): void {
  try {
    journal.write(line);
  } catch {
    // Not even the recording folder can be written: the run's end says so.
  }
}
