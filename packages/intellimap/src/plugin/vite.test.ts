/** Vite itself, with the plugin in it. */
import { mkdirSync, mkdtempSync, readdirSync, realpathSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { createBuilder, createServer } from 'vite';
import intellimap from './vite.ts';

const FILES = {
  'package.json': '{ "dependencies": { "lib": "1" } }',
  'main.js': "import { lib } from 'lib';\nexport const main = () => lib();\n",
  'node_modules/lib/package.json':
    '{ "name": "lib", "version": "1.0.0", "type": "module", "main": "index.js" }',
  'node_modules/lib/index.js': "export { inner as lib } from './inner.js';\n",
  'node_modules/lib/inner.js': 'export const inner = () => 1;\n',
};
const { VITEST } = process.env;
let folder = '';
beforeEach(() => {
  // The plugin leaves tests of components alone.
  delete process.env['VITEST'];
  folder = realpathSync(mkdtempSync(join(tmpdir(), 'intellimap vite 50% ü-')));
  for (const [name, text] of Object.entries(FILES)) {
    mkdirSync(dirname(join(folder, name)), { recursive: true });
    writeFileSync(join(folder, name), text);
  }
});
afterEach(() => {
  process.env['VITEST'] = VITEST;
  rmSync(folder, { recursive: true });
});

test('files of packages that are recorded have addresses that no browser keeps for the next server', async () => {
  const imported = async (include: string[]): Promise<string | undefined> => {
    const server = await createServer({
      root: folder,
      configFile: false,
      logLevel: 'silent',
      optimizeDeps: { exclude: ['lib'] },
      server: { middlewareMode: true, ws: false, watch: null },
      plugins: [intellimap({ include })],
    });
    try {
      const made = await server.transformRequest('/main.js');
      return /from "([^"]*lib[^"]*)"/.exec(made?.code ?? '')?.[1];
    } finally {
      await server.close();
    }
  };
  expect(await imported([])).toMatch(/^\/node_modules\/lib\/index\.js\?v=/);
  expect(await imported(['node_modules/lib'])).toBe('/node_modules/lib/index.js');
});

test('a build for servers makes nothing that pages would be recorded with', async () => {
  const made = async (isSsrBuild: boolean): Promise<string[]> => {
    const input = join(folder, 'main.js');
    const plugins = [intellimap({ build: true })];
    const outDir = { outDir: 'server', copyPublicDir: false };
    const builder = await createBuilder({
      root: folder,
      configFile: false,
      logLevel: 'silent',
      plugins,
      ...(isSsrBuild
        ? { build: { ...outDir, ssr: input } }
        : { environments: { ssr: { build: { ...outDir, rollupOptions: { input } } } } }),
    });
    await builder.build(builder.environments['ssr']);
    return [...readdirSync(join(folder, 'server')), ...readdirSync(folder).filter((name) => name[0] === '.')];
  };
  expect(await made(true)).toEqual(['main.mjs']);
  expect(await made(false)).toEqual(['main.mjs']);
});
