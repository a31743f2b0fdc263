/**
 * Finds out again how Node 20's hooks thread instrumented a file: its journal has the file's site base, and with that the
 * same text comes out. Only done when a stack trace or a function's text needs it. I/O: reads the journal and the file.
 */
import { readFileSync } from 'node:fs';
import { resolve } from 'node:path';
import type { transform } from '../transform/index.ts';
import { tableKey } from './instrument.ts';
import { movesFile } from './journal.ts';
import { movesFromJson } from '../transform/3-rewrite/moves.ts';
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
    const { base, count } = load;
    const found = { path, base, count, start: { line: 0, column: 0 } };
    if (result.ok && tableKey(result.table, text) === load.key)
      return { ...found, moves: result.moves, compiled: false };
    // What Node ran came out of a compiler: the file does not tell where its places went, so they were written down.
    const kept = readFileSync(movesFile(settings.runDir, process.pid, base), 'utf8');
    return { ...found, moves: movesFromJson(kept), compiled: true };
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
