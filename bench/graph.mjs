// node bench/graph.mjs [--typescript <checkout of microsoft/TypeScript>] [--times 3] [--edits 30]
// What the property graph costs: program texts → syntax, names, order, values → database, as `intellimap graph` does it. Of two corpora: this repository, and the TypeScript compiler
// (`src` of a checkout; without one, the package typescript-5: one file of 9 MB, which no second thread can help with). For each
//   cold: a database without anything. Thousands of lines a second of the clock, and processor time beside that of a plain parse of the same files by the same parser in a process of its own;
//   incremental: a session is open, the body of one function is edited and the file named, until all tables are right again; beside it the same by a look at the whole workspace. That tables are
//   right is compared with those of a look from nothing;
//   the command: nothing known, nothing changed, one file changed;
//   memory: the most that was resident, for the corpus and for two copies of it; bytes a node of syntax, edges included, in the columns and in the database.
// What a first look at the workspace costs (functions, references, imports: other commands need it, too) is told beside, and not counted as cold.
// Every measurement is a fresh process. Build first (npm run build). The last line is JSON: the worse of the two corpora.
import { execFileSync, spawnSync } from 'node:child_process';
import fs from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { fileURLToPath } from 'node:url';
import { parseArgs } from 'node:util';
import { figuresOf, median, percentile, rounded } from './_figures.mjs';

const { values } = parseArgs({
  options: {
    typescript: { type: 'string' },
    times: { type: 'string', default: '3' },
    edits: { type: 'string', default: '30' },
  },
});
const repository = fileURLToPath(new URL('..', import.meta.url));
const cli = path.join(repository, 'packages', 'intellimap', 'dist', 'cli', 'main.js');
const scratch = fs.mkdtempSync(path.join(fs.realpathSync(os.tmpdir()), 'intellimap-bench-'));
const measured = (...args) => figuresOf([path.join(repository, 'bench', '_graph.mjs'), ...args]);

const CORPORA = {
  repository: (root) => copy(repository, root),
  typescript(root) {
    if (values.typescript === undefined) {
      const from = path.join(repository, 'node_modules', 'typescript-5');
      copyFiles(from, root, ['package.json', 'lib/typescript.js']);
      return;
    }
    copy(path.join(values.typescript, 'src'), path.join(root, 'src'));
    copyFiles(values.typescript, root, ['package.json']);
  },
};

const LEFT_OUT = new Set(['node_modules', 'dist', '.git', '.intellimap']);
function copy(from, to) {
  fs.cpSync(from, to, { recursive: true, filter: (file) => !LEFT_OUT.has(path.basename(file)) });
}

function copyFiles(from, to, names) {
  for (const name of names) {
    fs.mkdirSync(path.dirname(path.join(to, name)), { recursive: true });
    fs.copyFileSync(path.join(from, name), path.join(to, name));
  }
}

/** Workspaces are repositories mostly, and git is asked what it ignores. */
function track(root) {
  execFileSync('git', ['init', '-q'], { cwd: root });
  execFileSync('git', ['add', '-A'], { cwd: root, stdio: 'ignore' });
}

function measure(name) {
  const root = path.join(scratch, name);
  CORPORA[name](root);
  track(root);
  const times = Array.from({ length: Number(values.times) }, () => ({
    parse: measured('parse', root),
    look: measured('look', root),
    cold: measured('cold', root),
  }));
  const twice = path.join(scratch, `${name}-twice`);
  for (const side of ['one', 'two']) CORPORA[name](path.join(twice, side));
  track(twice);
  const doubled = { look: measured('look', twice), cold: measured('cold', twice) };
  const edits = measured('edit', root, values.edits);
  // The package of the compiler is one file, larger than any that is edited.
  const command = commandOf(root, edits.at(-1)?.path ?? 'lib/typescript.js');
  return { name, times, doubled, edits, command };
}

/** ms of the clock that the whole command takes. */
function commandOf(root, file) {
  const run = () => {
    const start = performance.now();
    const { status, stderr } = spawnSync(process.execPath, [cli, 'graph'], { cwd: root, encoding: 'utf8' });
    if (status !== 0) throw new Error(stderr);
    return performance.now() - start;
  };
  const again = (work) => median(Array.from({ length: 3 }, (_, turn) => work(turn)));
  fs.rmSync(path.join(root, '.intellimap'), { recursive: true, force: true });
  const cold = run();
  const unchanged = again(run);
  const changed = again((turn) => {
    fs.appendFileSync(path.join(root, file), `\nfunction added${turn}() {}\n`);
    return run();
  });
  return { cold, unchanged, changed };
}

const megabytes = (once, twice) => ({ once: Math.round(once.peakMb), twice: Math.round(twice.peakMb) });

function figuresOfCorpus({ name, times, doubled, edits, command }) {
  const of = (work) => median(times.map(work));
  const [{ cold, look }] = times;
  const kloc = cold.lines / 1000;
  const edited = (what) => Object.fromEntries(edits.map((each) => [each.size, [0.5, 0.95].map((share) => rounded(percentile(each[what], share), 1))]));
  const figures = {
    kloc_per_s: rounded(kloc / of((each) => each.cold.wall / 1000), 1),
    us_per_line: rounded(of((each) => each.cold.cpu) / kloc, 1),
    over_parse: rounded(of((each) => each.cold.cpu / each.parse.cpu)),
    bytes_per_node: { memory: rounded(cold.columns / cold.nodes, 1), disk: rounded(cold.bytes / cold.nodes, 1) },
    incremental_ms: edited('ms'),
    whole_look_ms: edited('whole'),
    look_us_per_line: rounded(of((each) => each.look.cpu) / kloc, 1),
    peak_rss_mb: megabytes(cold, doubled.cold),
    look_peak_rss_mb: megabytes(look, doubled.look),
    command_ms: Object.fromEntries(Object.entries(command).map(([what, ms]) => [what, Math.round(ms)])),
  };
  console.log(`${name}: ${cold.files} files, ${rounded(kloc, 1)} kLOC, ${cold.nodes} nodes, ${cold.edges} edges, ${cold.problems} without a graph`);
  console.log(
    `  cold         ${figures.kloc_per_s} kLOC a second of the clock; of processors ${figures.us_per_line} µs a line, ${figures.over_parse} times a plain parse; the look before it ${figures.look_us_per_line} µs a line`,
  );
  console.log(`  a node       ${figures.bytes_per_node.memory} bytes in memory, ${figures.bytes_per_node.disk} in the database, edges included (${rounded(cold.edges / cold.nodes)} a node)`);
  for (const { size, path: file, lines, whole, ms } of edits)
    console.log(
      `  ${size.padEnd(12)} ${file} (${lines} lines) edited: p50 ${rounded(median(ms), 1)} ms, p95 ${rounded(percentile(ms, 0.95), 1)} ms; by a look at all of it p50 ${rounded(median(whole), 1)} ms`,
    );
  console.log(`  command      ${figures.command_ms.cold} ms cold, ${figures.command_ms.unchanged} ms when nothing changed, ${figures.command_ms.changed} ms when one file did`);
  console.log(`  memory       ${figures.peak_rss_mb.once} MiB resident at most, ${figures.peak_rss_mb.twice} MiB for two copies; the look ${figures.look_peak_rss_mb.once} and ${figures.look_peak_rss_mb.twice} MiB`);
  return figures;
} // prettier-ignore

/** null: nothing was measured. */
const worst = (all, of) => {
  const numbers = all.flatMap(of);
  return numbers.length === 0 ? null : Math.max(...numbers);
};

try {
  const found = Object.fromEntries(
    Object.keys(CORPORA).map((name) => [name, figuresOfCorpus(measure(name))]),
  );
  const all = Object.values(found);
  console.log(
    JSON.stringify({
      node: process.version,
      compiler: values.typescript === undefined ? 'package' : 'sources',
      kloc_per_s: Math.min(...all.map((each) => each.kloc_per_s)),
      bytes_per_node: { memory: worst(all, (each) => each.bytes_per_node.memory), disk: worst(all, (each) => each.bytes_per_node.disk) },
      incremental_ms: worst(all, (each) => Object.values(each.incremental_ms).map(([p50]) => p50)),
      incremental_p95_ms: worst(all, (each) => Object.values(each.incremental_ms).map(([, p95]) => p95)),
      whole_look_ms: worst(all, (each) => Object.values(each.whole_look_ms).map(([p50]) => p50)),
      over_parse: worst(all, (each) => each.over_parse),
      ...found,
    }),
  ); // prettier-ignore
} finally {
  fs.rmSync(scratch, { recursive: true, force: true });
}
