/** Every script of some installed packages is transformed; the result must parse as well as the original did. */
import fs from 'node:fs';
import path from 'node:path';
import { parseSync } from 'oxc-parser';
import { expect, it } from 'vitest';
import type { Goal, Lang } from './index.ts';
import { transform } from './index.ts';

const MODULES = path.resolve(import.meta.dirname, '../../../../node_modules');
const PACKAGES = [
  'chai',
  'magic-string',
  'zod/src/v3',
  'zod/src/v4/core',
  '@jridgewell',
  'pathe',
  'picomatch',
  'yaml/dist',
  'postcss',
  'acorn',
  '@vitest/runner',
];

function* scripts(folder: string): Generator<string> {
  if (!fs.existsSync(folder)) return;
  for (const entry of fs.readdirSync(folder, { withFileTypes: true, recursive: true })) {
    if (/(?<!\.d)\.[cm]?[jt]sx?$/.test(entry.name)) yield path.join(entry.parentPath, entry.name);
  }
}

const errors = (text: string, lang: Lang, goal: Goal): string[] =>
  parseSync('a', text, { lang, sourceType: goal, showSemanticErrors: true }).errors.map((e) => e.message);

function check(file: string, source: string): number {
  const lang: Lang = /\.[cm]?tsx?$/.test(file) ? 'ts' : 'js';
  for (const goal of ['module', 'commonjs'] as const) {
    const before = errors(source, lang, goal);
    if (before.length > 0) continue;
    for (const tier of ['performance', 'minimal'] as const) {
      const result = transform(source, { path: file, lang, goal, tier, base: 1 });
      if (!result.ok) throw new Error(`${file}: ${result.reason}`);
      expect(errors(result.code, lang, goal), file).toEqual([]);
      expect(new Set(result.table.sites.map((s) => s.id)).size, file).toBe(result.table.sites.length);
    }
    return 1;
  }
  return 0;
}

for (const name of PACKAGES) {
  it(name, { timeout: 120_000 }, () => {
    for (const file of scripts(path.join(MODULES, name))) check(file, fs.readFileSync(file, 'utf8'));
  });
}
