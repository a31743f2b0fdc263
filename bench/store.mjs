// node bench/store.mjs [--calls 10M] [--times 20] [--real all|schema|none] [--sqlite <node binary>]
// What it costs to bring recordings into the database, and to ask it: calls loaded in a second of processor time, ms of the standing reports and of
// look-ups of single things (five times `--times`), memory. Of two recordings: one that is generated, of as many calls as `--calls` says (100M is the long form), and one of the TypeScript
// compiler checking sources of this project (`all`: all of them, some 80 M calls). Beside them, the same calls as rows of SQLite (a span each, as tracing tools keep
// them) and as events of Chrome's trace format; node:sqlite needs Node 22.13, `--sqlite` names one. Every measurement is a fresh process.
// Build first (npm run build). The last line is JSON: the worse of the two recordings.
import { spawnSync } from 'node:child_process';
import fs from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { fileURLToPath } from 'node:url';
import { parseArgs } from 'node:util';
import { figuresOf, numberOf, percentile, rounded } from './_figures.mjs';
import { generate } from './_generated.mjs';

const { values } = parseArgs({
  options: {
    calls: { type: 'string', default: '10M' },
    times: { type: 'string', default: '20' },
    real: { type: 'string', default: 'schema' },
    sqlite: { type: 'string', default: process.execPath },
  },
});
const SPANS = 1_000_000;
const repository = fileURLToPath(new URL('..', import.meta.url));
const scratch = fs.mkdtempSync(path.join(fs.realpathSync(os.tmpdir()), 'intellimap-bench-'));

const p95 = (numbers) => percentile(numbers, 0.95);
const measured = (node, ...args) => figuresOf([path.join(repository, 'bench', '_store.mjs'), ...args], node);

/** Checks sources of this project with the compiler's own code recorded. Returns the workspace. */
function recordCompiler(which) {
  const root = path.join(scratch, 'compiler');
  const packages = path.join(root, 'node_modules');
  fs.mkdirSync(packages, { recursive: true });
  fs.cpSync(path.join(repository, 'node_modules', 'typescript-5'), path.join(packages, 'typescript-5'), {
    recursive: true,
    dereference: true,
  });
  const sources = path.join(repository, 'packages', 'intellimap', 'src', which === 'all' ? '' : which);
  fs.cpSync(sources, path.join(root, 'src'), { recursive: true });
  fs.writeFileSync(path.join(root, 'package.json'), '{"private":true}');
  const compilerOptions = {
    target: 'es2022',
    module: 'nodenext',
    strict: true,
    noEmit: true,
    allowImportingTsExtensions: true,
    types: [],
  };
  fs.writeFileSync(
    path.join(root, 'tsconfig.json'),
    JSON.stringify({ compilerOptions, include: ['src/**/*.ts'] }),
  );
  const cli = path.join(repository, 'packages', 'intellimap', 'dist', 'cli', 'main.js');
  const command = [
    'run',
    '--no-summary',
    '--include',
    'node_modules/typescript-5/**',
    '--',
    process.execPath,
    'node_modules/typescript-5/lib/tsc.js',
    '-p',
    '.',
  ];
  spawnSync(process.execPath, [cli, ...command], { cwd: root, stdio: 'ignore' });
  return root;
}

function measure(name, root) {
  const loaded = measured(process.execPath, 'load', root);
  const asked = measured(process.execPath, 'ask', root, values.times);
  const callsPerSecond = (asked.calls / loaded.cpu) * 1000;
  const figures = {
    calls: asked.calls,
    load_calls_per_s: Math.round(callsPerSecond),
    load_s: rounded(loaded.wall / 1000),
    report_p95_ms: rounded(Math.max(...Object.values(asked.reports).map(p95)), 1),
    lookup_p95_ms: rounded(Math.max(...Object.values(asked.lookups).map(p95)), 1),
    peak_rss_mb: Math.round(Math.max(loaded.peakMb, asked.peakMb)),
    database_mb: rounded(loaded.bytes / 2 ** 20, 1),
  };
  console.log(
    `${name}: ${(asked.calls / 1e6).toFixed(1)} M calls, loaded in ${rounded(loaded.wall / 1000, 1)} s, ${rounded(callsPerSecond / 1e6)} M calls a second of processor time, ${Math.round(loaded.peakMb)} MiB; asking: ${Math.round(asked.peakMb)} MiB`,
  );
  for (const [kind, list] of [
    ['report', asked.reports],
    ['look-up', asked.lookups],
  ])
    for (const [what, sorted] of Object.entries(list))
      console.log(
        `  ${kind.padEnd(8)} ${what.padEnd(28)} p50 ${rounded(sorted[sorted.length >> 1], 1)} ms, p95 ${rounded(p95(sorted), 1)} ms`,
      );
  figures.beside = compare(root, figures, callsPerSecond);
  return figures;
}

/** What the same calls cost elsewhere; null where node:sqlite is missing, which is said. */
function compare(root, { calls }, callsPerSecond) {
  const node = values.sqlite;
  if (spawnSync(node, ['-e', "require('node:sqlite')"]).status !== 0) {
    console.log('  beside    not compared: node:sqlite needs Node 22.13 (--sqlite <node binary>)');
    return null;
  }
  const { rows, sqlite, trace } = measured(node, 'spans', root, String(SPANS));
  const segments = folderBytes(path.join(root, '.intellimap', 'runs'));
  const found = {
    sqlite_load_ratio: rounded(callsPerSecond / ((rows / sqlite.cpu) * 1000)),
    sqlite_bytes_ratio: rounded(sqlite.bytes / rows / (segments / calls), 0),
    trace_bytes_ratio: rounded(trace.bytes / rows / (segments / calls), 0),
  };
  console.log(
    `  beside    SQLite: ${rounded(rows / sqlite.cpu / 1000)} M spans a second of processor time, ${rounded(sqlite.bytes / rows, 0)} bytes each, hottest of ${rows / 1e6} M in ${rounded(sqlite.hotMs, 0)} ms; trace events: ${rounded(trace.bytes / rows, 0)} bytes each; here ${rounded(segments / calls)} bytes a call`,
  );
  return found;
}

const folderBytes = (folder) =>
  fs
    .readdirSync(folder, { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile())
    .reduce((sum, entry) => sum + fs.statSync(path.join(entry.parentPath, entry.name)).size, 0);

try {
  const generated = path.join(scratch, 'generated');
  fs.mkdirSync(generated);
  generate(generated, '20261122-000000-gene', numberOf(values.calls));
  const found = { generated: measure('generated', generated) };
  if (values.real !== 'none') found.compiler = measure('compiler', recordCompiler(values.real));
  const all = Object.values(found);
  console.log(
    JSON.stringify({
      load_calls_per_s: Math.min(...all.map((each) => each.load_calls_per_s)),
      report_p95_ms: Math.max(...all.map((each) => each.report_p95_ms)),
      lookup_p95_ms: Math.max(...all.map((each) => each.lookup_p95_ms)),
      peak_rss_mb: Math.max(...all.map((each) => each.peak_rss_mb)),
      ...found,
    }),
  );
} finally {
  fs.rmSync(scratch, { recursive: true, force: true });
}
