/** What the transformer makes of a text: instrumented text, its sites allocated and written down first. */
import { createHash } from 'node:crypto';
import { performance } from 'node:perf_hooks';
import {
  type ModuleLine,
  type MovedText,
  type Plan,
  RECORDING_VERSION,
  type SiteTable,
  type Tier,
} from '../../base/recording.ts';
import type {
  SourceMap,
  TransformOptions,
  transform,
  TransformResult,
  UpstreamMap,
  ValueNames,
} from '../../transform/index.ts';
import type { InstrumentedText, ModuleText } from '../questions.ts';
import { languageOf } from '../scope.ts';
import { resolveRelative } from './resolve.ts';
import type { SiteIds } from './site-ids.ts';
import { findUpstream } from './upstream.ts';

export interface InstrumenterParts {
  /** Absolute path → as recordings name it. */
  name: (path: string) => string;
  tier: Tier;
  plan?: Plan | undefined;
  /** Path as recordings name it → functions whose values are wanted. */
  valuesOf?: (path: string) => ValueNames | undefined;
  siteIds: SiteIds;
  transform: typeof transform;
  keepTable: (key: string, table: SiteTable) => void;
  /** Where V8 measures. */
  keepText?: ((key: string, text: MovedText) => void) | undefined;
}

export interface Outcome {
  /** Absent: the text runs as it is. */
  instrumented?: InstrumentedText & { code: string };
  /** For the recording of the thread that runs it. */
  lines: ModuleLine[];
}

export type Instrumenter = (text: string, module: ModuleText) => Outcome;

/** Text already carries probes: another host of ours handed it on (a loader chain, a compile after a load hook). */
const PROBED = /\$imB\(\)/;

export function createInstrumenter(parts: InstrumenterParts): Instrumenter {
  const { name, tier, plan, siteIds, transform } = parts;
  return (text, module) => {
    if (PROBED.test(text)) return { lines: [] };
    const started = performance.now();
    const { path, format, wrapper } = module;
    const found = findUpstream(text, path, name);
    const { map } = found;
    const values = parts.valuesOf?.(found.upstream?.path ?? name(path));
    const upstream = found.upstream && { ...found.upstream, ...(values && { values }) };
    const base = siteIds.next();
    const lang = compiledLanguage(path, upstream !== undefined);
    const options = {
      path: name(path),
      lang,
      tier,
      plan: plan?.files[name(path)],
      base,
      ...(values === undefined ? {} : { values }),
      ...(wrapper === undefined ? {} : { wrapper }),
      ...(upstream === undefined ? {} : { upstream }),
      ...(map === undefined ? {} : { map }),
    };
    const first = transform(text, { ...options, goal: module.goal });
    const result = !first.ok && module.mayBeModule ? transform(text, { ...options, goal: 'module' }) : first;
    if (!result.ok) return { lines: [{ t: 'skip', path: name(path), reason: result.reason }] };
    const { table, moves } = result;
    const count = table.sites.length;
    siteIds.take(count);
    const key = tableKey(table, text);
    parts.keepTable(key, table);
    parts.keepText?.(key, movedText(result, module, upstream?.map));
    const ms = Math.round((performance.now() - started) * 1000) / 1000;
    return {
      instrumented: {
        path,
        moves,
        base,
        count,
        isCompiled: upstream !== undefined,
        isTypeScript: lang === 'ts' || lang === 'tsx',
        startLine: module.startLine ?? 0,
        startColumn: module.startColumn ?? 0,
        code: codeOf(result, found.isNodes ?? false),
      },
      lines: [
        { t: 'load', base, count, key, path: table.path, format, ms },
        ...(module.ownResolution ? resolveRelative(table, path, name) : []),
      ],
    };
  };
}

function movedText(
  { moves, functions }: TransformResult & { ok: true },
  { path, wrapper = 0, startLine = 0, startColumn = 0 }: ModuleText,
  map: UpstreamMap | undefined,
): MovedText {
  const { at, before, lines } = moves;
  const { mappings } = (map ?? {}) as { mappings?: unknown };
  return {
    version: RECORDING_VERSION,
    script: path,
    wrapper,
    startLine,
    startColumn,
    at: [...at],
    length: Array.from(at, (_, index) => before[index + 1] - before[index]),
    lines: [...lines],
    functions: functions(),
    ...(typeof mappings === 'string' ? { mappings } : {}),
  };
}

/** Whoever reads maps out of texts (Node itself, with its source maps enabled) must find the one that fits this text. */
const codeOf = ({ code, map }: TransformResult & { ok: true }, isMapped: boolean): string =>
  isMapped ? withMap(code, map()) : code;

/** The last comment counts; it goes onto a line of its own, after all lines of the file. */
function withMap(code: string, map: SourceMap): string {
  const json = Buffer.from(JSON.stringify(map)).toString('base64');
  return `${code}\n//# sourceMappingURL=data:application/json;base64,${json}`;
}

/** Same file, same text, same compiler output → same key in every thread and process of the run. */
function tableKey(table: SiteTable, text: string): string {
  const hash = createHash('sha256').update(`${RECORDING_VERSION}\0${table.path}\0${table.contentHash}\0`);
  return hash.update(text).digest('hex').slice(0, 16);
}

/** What a compiler emits for a TypeScript file is JavaScript; a TypeScript file with no map is still TypeScript. */
function compiledLanguage(path: string, compiled: boolean): TransformOptions['lang'] {
  const lang = languageOf(path) ?? 'js';
  return compiled && (lang === 'ts' || lang === 'tsx') ? 'jsx' : lang;
}
