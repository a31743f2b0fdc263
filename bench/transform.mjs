// npm run bench -- transform [seconds of warm passes, default 20]
//
// How fast source text is instrumented: IntelliMap against babel-plugin-istanbul (through @babel/core, as its users run it, no
// map) and appmap-node's own transform, all in one run. Each competitor gets a fresh process per corpus; the first pass over the
// corpus is cold, the best one of those that follow is warm. Rates are megabytes of source per second of CPU time of
// the whole process, collector threads included.
//
// Needs the devDependencies @babel/core, babel-plugin-istanbul, appmap-node, prettier and typescript-5 (npm:typescript@5); they are
// also looked for in the folder INTELLIMAP_BENCH_DEPS.
import { spawnSync } from 'node:child_process';
import fs from 'node:fs';
import { createRequire } from 'node:module';
import path from 'node:path';
import { fileURLToPath, pathToFileURL } from 'node:url';

const self = fileURLToPath(import.meta.url);
const dependencies = process.env.INTELLIMAP_BENCH_DEPS ?? path.dirname(self);
const require = createRequire(path.join(dependencies, 'package.json'));
/** Some packages do not let their package.json be resolved. */
const packageOf = (name) =>
  require.resolve
    .paths(name)
    .map((folder) => path.join(folder, name))
    .find((folder) => fs.existsSync(folder)) ?? name;

const CORPORA = {
  typescript: () => ['lib/typescript.js'].map((file) => path.join(packageOf('typescript-5'), file)),
  prettier: () => [packageOf('prettier'), path.join(packageOf('prettier'), 'plugins')].flatMap(modulesIn),
};

const modulesIn = (folder) =>
  fs
    .readdirSync(folder)
    .filter((name) => name.endsWith('.mjs'))
    .map((name) => path.join(folder, name));

/** Each makes a function (text, file name, whether it is an ES module) → instrumented text. */
const COMPETITORS = {
  async intellimap() {
    const { transform } = await import('../packages/intellimap/dist/transform/index.js');
    return (text, file, esm) => {
      const result = transform(text, {
        path: file,
        lang: 'js',
        goal: esm ? 'module' : 'commonjs',
        tier: 'performance',
        base: 1,
      });
      if (!result.ok) throw new Error(result.reason);
      return result.code;
    };
  },
  async 'intellimap+map'() {
    const { transform } = await import('../packages/intellimap/dist/transform/index.js');
    return (text, file, esm) => {
      const result = transform(text, {
        path: file,
        lang: 'js',
        goal: esm ? 'module' : 'commonjs',
        tier: 'performance',
        base: 1,
      });
      if (!result.ok) throw new Error(result.reason);
      result.map();
      return result.code;
    };
  },
  async istanbul() {
    const babel = require('@babel/core');
    const plugin = require('babel-plugin-istanbul').default;
    return (text, file, esm) =>
      babel.transformSync(text, {
        filename: path.join(process.cwd(), 'src', file),
        plugins: [[plugin, { cwd: process.cwd(), exclude: [] }]],
        sourceType: esm ? 'module' : 'script',
        babelrc: false,
        configFile: false,
        compact: false,
      }).code;
  },
  async appmap() {
    const at = packageOf('appmap-node');
    const transform = require(path.join(at, 'dist/transform.js')).default;
    const { transform: instrument } = require(path.join(at, 'dist/hooks/instrument.js'));
    const hook = { shouldInstrument: () => true, transform: instrument };
    return (text, file) => transform(text, pathToFileURL(path.join(process.cwd(), 'src', file)), [hook]);
  },
};

async function measure(competitor, corpus, seconds) {
  const files = CORPORA[corpus]().map((file) => ({
    file: path.basename(file),
    esm: file.endsWith('.mjs'),
    // Published maps would be looked up by some and not by others.
    text: fs.readFileSync(file, 'utf8').replace(/^\/\/# sourceMappingURL=.*$/m, ''),
  }));
  const instrument = await COMPETITORS[competitor]();
  const failed = new Set();
  const pass = () => {
    let bytes = 0;
    const before = process.cpuUsage();
    for (const { text, file, esm } of files) {
      try {
        if (instrument(text, file, esm) === text) throw new Error('unchanged');
        bytes += text.length;
      } catch (error) {
        failed.add(`${file}: ${error.message.split('\n')[0]}`);
      }
    }
    const { user, system } = process.cpuUsage(before);
    return bytes / (user + system);
  };
  const cold = pass();
  let warm = 0;
  const end = performance.now() + seconds * 1000;
  do warm = Math.max(warm, pass());
  while (performance.now() < end);
  console.log(JSON.stringify({ cold, warm, failed: [...failed] }));
}

function compare(seconds) {
  const rates = {};
  for (const corpus of Object.keys(CORPORA)) {
    for (const competitor of Object.keys(COMPETITORS)) {
      const child = spawnSync(
        process.execPath,
        ['--max-old-space-size=4096', self, '--one', competitor, corpus, String(seconds)],
        { encoding: 'utf8' },
      );
      const last = child.stdout.trim().split('\n').at(-1);
      if (child.status !== 0 || !last) throw new Error(`${competitor} on ${corpus}: ${child.stderr}`);
      const { cold, warm, failed } = JSON.parse(last);
      rates[competitor] ??= { cold: {}, warm: {} };
      rates[competitor].cold[corpus] = cold;
      rates[competitor].warm[corpus] = warm;
      const notes = failed.length > 0 ? `   (${failed.length} files failed: ${failed[0]})` : '';
      console.log(
        `${corpus.padEnd(11)} ${competitor.padEnd(15)} cold ${cold.toFixed(2).padStart(6)}  warm ${warm.toFixed(2).padStart(6)} MB/s${notes}`,
      );
    }
  }
  const over = (name, when) =>
    round(mean(Object.keys(CORPORA).map((c) => rates.intellimap[when][c] / rates[name][when][c])));
  const ours = (when) => round(mean(Object.values(rates.intellimap[when])));
  const both = (of) => ({ cold: of('cold'), warm: of('warm') });
  console.log(
    JSON.stringify({
      bench: 'transform',
      node: process.version,
      mb_per_s: both(ours),
      over_istanbul: both((when) => over('istanbul', when)),
      over_appmap: both((when) => over('appmap', when)),
    }),
  );
}

/** Geometric, as befits rates and ratios. */
const mean = (numbers) => Math.exp(numbers.reduce((sum, n) => sum + Math.log(n), 0) / numbers.length);
const round = (n) => Math.round(n * 100) / 100;

const [first, ...rest] = process.argv.slice(2);
if (first === '--one') await measure(rest[0], rest[1], Number(rest[2]));
else compare(Number(first ?? 20));
