/** What `intellimap run` loads before the program starts: somebody waits for it, with each run. */
import fs from 'node:fs';
import { dirname, join, relative } from 'node:path';
import { fileURLToPath } from 'node:url';
import { parseSync } from 'oxc-parser';
import { expect, test } from 'vitest';

const src = fileURLToPath(new URL('..', import.meta.url));

/** Specifiers that Node follows when it loads a file: no types, and no `import()`. */
function followed(file: string): string[] {
  const { staticImports, staticExports } = parseSync(file, fs.readFileSync(file, 'utf8')).module;
  const exported = staticExports.flatMap(({ entries }) =>
    entries.filter((entry) => !entry.isType).flatMap(({ moduleRequest }) => moduleRequest?.value ?? []),
  );
  const imported = staticImports
    .filter(({ entries }) => entries.length === 0 || entries.some((entry) => !entry.isType))
    .map(({ moduleRequest }) => moduleRequest.value);
  return [...imported, ...exported];
}

/** Files below `src`, and packages, that loading these files loads. */
function loadedWith(...files: string[]): Set<string> {
  const loaded = new Set<string>();
  const waiting = files.map((file) => join(src, file));
  for (let file = waiting.pop(); file !== undefined; file = waiting.pop()) {
    if (loaded.has(relative(src, file))) continue;
    loaded.add(relative(src, file));
    for (const specifier of followed(file))
      if (specifier.startsWith('.')) waiting.push(join(dirname(file), specifier));
      else if (!specifier.startsWith('node:')) loaded.add(specifier);
  }
  return loaded;
}

test('is neither the database nor the parser, nor what asks or describes them', () => {
  const loaded = loadedWith('cli/main.ts', 'cli/commands/run.ts');
  const areas = new Set([...loaded].map((each) => each.split('/', 1)[0]));
  for (const area of ['schema', 'transform', 'graph', 'query', 'analyses', 'gates', 'exchange'])
    expect(areas).not.toContain(area);
  expect([...loaded].filter((file) => file.startsWith('store/')).toSorted()).toEqual([
    'store/is-alive.ts',
    'store/replace-file.ts',
    'store/store-file.ts',
  ]);
  expect([...loaded].filter((each) => !each.endsWith('.ts')).toSorted()).toEqual([
    // The rules that its command passes.
    '@intellimap/probe/core',
    '@intellimap/probe/wire',
    'picomatch',
  ]);
});
