/**
 * Finds out again how Node 20's hooks thread instrumented a file: its journal has the file's site base, and with that the
 * same text comes out. Only done when a stack trace or a function's text needs it. I/O: reads the journal and the file.
 */
import { readFileSync } from 'node:fs';
import { resolve } from 'node:path';
import type { transform } from '../transform/index.ts';
import { tableKey } from './instrument.ts';
import { loadsOf } from './places.ts';
import { languageOf, type Scope } from './scope.ts';
import type { LoadSettings } from './settings.ts';
import type { InstrumentedText, Recall } from './texts.ts';

export function createRecall(
  settings: LoadSettings,
  scope: Scope,
  loadTransform: () => typeof transform,
): Recall {
  const again = (load: ReturnType<typeof loadsOf>[number]): InstrumentedText | undefined => {
    const path = resolve(settings.root, load.path);
    const text = readFileSync(path, 'utf8');
    const result = loadTransform()(text, {
      path: load.path,
      lang: languageOf(path) ?? 'js',
      goal: load.format.startsWith('module') ? 'module' : 'commonjs',
      tier: settings.tier,
      base: load.base,
    });
    // What Node ran may have come out of a compiler: then the file does not tell where its places went.
    if (!result.ok || tableKey(result.table, text) !== load.key) return undefined;
    const { base, count } = load;
    return { path, moves: result.moves, base, count, compiled: false, start: { line: 0, column: 0 } };
  };
  return (wanted) => {
    if ('path' in wanted && !scope.has(wanted.path)) return undefined;
    try {
      const load = loadsOf(settings.runDir, process.pid).find((each) =>
        'path' in wanted
          ? each.path === scope.name(wanted.path)
          : wanted.site >= each.base && wanted.site < each.base + each.count,
      );
      return load && again(load);
    } catch {
      return undefined;
    }
  };
}
