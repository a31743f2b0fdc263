/**
 * Finds out again how Node 20's hooks thread instrumented a file: its journal has the file's site base, and with that the
 * same text comes out. Only done when a stack trace names such a file. I/O: reads the journal and the file.
 */
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import type { ModuleLine } from '../base/recording.ts';
import type { transform } from '../transform/index.ts';
import { tableKey } from './instrument.ts';
import type { LoadSettings } from './settings.ts';
import { languageOf, type Scope } from './scope.ts';

export function createRecall(
  settings: LoadSettings,
  scope: Scope,
  writer: string,
  loadTransform: () => typeof transform,
): (path: string) => ((line: number, column: number) => number) | undefined {
  return (path) => {
    if (!scope.has(path)) return undefined;
    try {
      const name = scope.name(path);
      const lines = readFileSync(join(settings.runDir, 'modules', `${writer}.ndjson`), 'utf8')
        .trimEnd()
        .split('\n');
      const load = lines
        .map((line) => JSON.parse(line) as ModuleLine)
        .find((line) => line.t === 'load' && line.path === name);
      if (load?.t !== 'load') return undefined;
      const text = readFileSync(path, 'utf8');
      const result = loadTransform()(text, {
        path: name,
        lang: languageOf(path) ?? 'js',
        goal: load.format.startsWith('module') ? 'module' : 'commonjs',
        tier: settings.tier,
        base: load.base,
      });
      // What Node ran may have come out of a compiler: then the file does not tell where its columns went.
      if (result.ok && tableKey(result.table, text) !== load.key) return undefined;
      return result.ok ? (line, column) => result.originalColumn(line, column) : undefined;
    } catch {
      return undefined;
    }
  };
}
