/** Bundlers that remember: what a cache on disk holds of another build is made anew, and a watcher makes anew what was edited, no more. */
import assert from 'node:assert/strict';
import { readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { fileURLToPath } from 'node:url';
import { importInstalled, workspaceOf } from '../_consumer.mjs';
import { until } from '../_until.mjs';

const FILES = {
  'main.js': `import { other } from './other.js';\nexport function main() { return other(); }\nmain();\n`,
  'other.js': `export function other() { return document.title; }\n`,
};

const bundlers = {
  webpack: {
    bundler: async () => (await import('webpack')).default,
    kept: (folder) => ({ type: 'filesystem', cacheDirectory: join(folder, 'cache') }),
  },
  rspack: {
    bundler: async () => (await import('@rspack/core')).rspack,
    kept: (folder) => ({
      type: 'persistent',
      storage: { type: 'filesystem', directory: join(folder, 'cache') },
    }),
  },
};

/** Writes down which sources it was asked for. */
const countingLoader = fileURLToPath(new URL('counting-loader.cjs', import.meta.url));
const counted = () => (globalThis.intellimapCounted ?? []).splice(0).toSorted();

async function compilerOf(name, folder, cache) {
  const { default: intellimap } = await importInstalled(`intellimap/dist/plugin/${name}.js`);
  return (await bundlers[name].bundler())({
    context: folder,
    mode: 'development',
    devtool: false,
    entry: './main.js',
    output: { path: join(folder, 'out'), filename: 'main.js' },
    module: { rules: [{ test: /(?:main|other)\.js$/, enforce: 'post', use: [countingLoader] }] },
    cache,
    plugins: [intellimap({ build: true })],
  });
}

/** Whether the one function of `other.js` says in the bundle what the latest build says of it. */
function expectOwnIds(folder) {
  const builds = join(folder, '.intellimap/builds');
  const lines = readFileSync(join(builds, readdirSync(builds).toSorted().at(-1), 'modules.ndjson'), 'utf8')
    .split('\n')
    .filter(Boolean)
    .map((line) => JSON.parse(line));
  const { base } = lines.findLast(({ path }) => path === 'other.js');
  const text = readFileSync(join(folder, 'out/main.js'), 'utf8');
  const [, word] = /function other\(\)[^;]*\$imE\)?\((\d+)\)/.exec(text);
  assert.equal(word >> 4, base + 1, 'the site after that of the module');
}

async function rebuilt(name) {
  const folder = workspaceOf(`cached-${name}`, FILES);
  for (const text of [FILES['main.js'], `export const before = () => 1;\n${FILES['main.js']}`]) {
    writeFileSync(join(folder, 'main.js'), text);
    const compiler = await compilerOf(name, folder, bundlers[name].kept(folder));
    await new Promise((done, fail) => {
      compiler.run((error, stats) =>
        error || stats.hasErrors() ? fail(error ?? new Error(stats.toString())) : compiler.close(done),
      );
    });
    assert.deepEqual(counted(), ['main.js', 'other.js']);
    expectOwnIds(folder);
  }
}

async function watched(name) {
  const folder = workspaceOf(`watched-${name}`, FILES);
  const compiler = await compilerOf(name, folder, true);
  let builds = 0;
  const watching = compiler.watch({ aggregateTimeout: 20 }, () => builds++);
  try {
    await until('the first build', () => builds > 0);
    // What was written a moment before the start is seen as an edit.
    await sleep(1500);
    counted();
    writeFileSync(join(folder, 'main.js'), `${FILES['main.js']}// edited\n`);
    await until('another build', () =>
      readFileSync(join(folder, 'out/main.js'), 'utf8').includes('// edited'),
    );
    assert.deepEqual([...new Set(counted())], ['main.js']);
    expectOwnIds(folder);
  } finally {
    await new Promise((done) => watching.close(done));
  }
}

export const cacheCases = Object.fromEntries(
  Object.keys(bundlers).flatMap((name) => [
    [`${name}: a cache on disk`, () => rebuilt(name)],
    [`${name}: a watcher`, () => watched(name)],
  ]),
);
