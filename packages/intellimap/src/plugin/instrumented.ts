/** Text of a file → instrumented text that imports its probes, for any bundler. */
import { createHash } from 'node:crypto';
import { performance } from 'node:perf_hooks';
import type { Tier } from '../base/recording.ts';
import { type Scope, languageOf } from '../load/scope.ts';
import { type SourceMap, transform } from '../transform/index.ts';
import type { Build } from './build.ts';

/** What instrumented files import. */
export const PROBE_MODULE = 'virtual:intellimap/probe';

export interface InstrumentSettings {
  scope: Scope;
  build: Build;
  tier: Tier;
  /** Whether modules tell that they begin: see `ImportedProbes`. */
  modules: boolean;
}

export interface Instrumented {
  code: string;
  map: SourceMap;
}

/** Undefined: the text as it is. @param file absolute path @param skipped told why a file in scope is left as it is */
export function instrumented(
  text: string,
  file: string,
  { scope, build, tier, modules }: InstrumentSettings,
  skipped: (path: string, reason: string) => void,
): Instrumented | undefined {
  if (!scope.has(file)) return undefined;
  const started = performance.now();
  const path = scope.name(file);
  const base = build.sites + 1;
  const result = transform(text, {
    path,
    lang: languageOf(file) ?? 'js',
    goal: 'module',
    tier,
    base,
    imported: { from: PROBE_MODULE, modules },
  });
  if (!result.ok) {
    skipped(path, result.reason);
    return undefined;
  }
  const { table, code } = result;
  const key = createHash('sha256').update(`${path}\0${table.contentHash}`).digest('hex').slice(0, 16);
  const ms = Math.round((performance.now() - started) * 1000) / 1000;
  build.add(key, table, { base, count: table.sites.length, path, format: 'module', ms });
  return { code, map: { ...result.map(), sources: [file] } };
}
