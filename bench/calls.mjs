// node bench/calls.mjs [--only express,shop] [--jelly <lib/main.js>] [--jelly-node <binary>] [--misses 20]: how good the call graph is. Programs are recorded (the shop of
// samples/ under its own tests; acorn, terser and Express driven by what lies in bench/calls), and what they did is compared with what the text says: `recall` is how many of
// the pairs of functions that called each other the graph has, `precision` how many of the graph's pairs whose caller ran were seen. That is a lower bound: a program
// does not do all that it can. Bodies of modules are left out on both sides. `sure` is the same without edges that only may be (`maybe`); edges that are called later, by
// others, count as found, and not against precision. With --jelly (a build of github.com/cs-au-dk/jelly, Node >= 22), the same figures of its call graph. Seconds are CPU time.
// Build first (npm run build). The last line is JSON.
import { spawnSync } from 'node:child_process';
import fs from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { fileURLToPath } from 'node:url';
import { parseArgs } from 'node:util';
import { callsOf } from '../packages/intellimap/dist/graph/calls/of-file.js';
import { linkCalls } from '../packages/intellimap/dist/graph/calls/link.js';
import { goalOf } from '../packages/intellimap/dist/graph/files.js';
import { createResolver } from '../packages/intellimap/dist/graph/resolve.js';
import { languageOf } from '../packages/intellimap/dist/load/scope.js';
import { readFile } from '../packages/intellimap/dist/transform/index.js';
import { rounded } from './_figures.mjs';

const { values } = parseArgs({
  options: {
    only: { type: 'string', default: 'shop,acorn,terser,express' },
    jelly: { type: 'string' },
    'jelly-node': { type: 'string', default: process.execPath },
    misses: { type: 'string', default: '0' },
  },
});

const here = (name) => fileURLToPath(new URL(name, import.meta.url));
const command = here('../packages/intellimap/dist/command/main.js');

const driven = (name, include) => ({ folder: here('calls'), include, argv: [`${name}.mjs`] });
const PROGRAMS = {
  shop: { folder: here('../samples/shop'), include: [], argv: ['--test'] },
  acorn: driven('acorn', ['node_modules/acorn/**']),
  terser: driven('terser', ['node_modules/terser/**']),
  express: driven('express', ['node_modules/**']),
};

const scratch = fs.mkdtempSync(path.join(fs.realpathSync(os.tmpdir()), 'intellimap-bench-calls-'));

function measure(name, { folder, include, argv }) {
  const root = path.join(scratch, name);
  fs.cpSync(folder, root, { recursive: true });
  const did = record(root, include, argv);
  const ours = analyse(root, did);
  const result = { files: did.files.length, lines: ours.lines, dynamic_edges: did.pairs.size, ...judged(ours, did) };
  console.log(`${name}: ${result.files} files, ${result.lines} lines, ${result.dynamic_edges} pairs of functions called each other`);
  told('all', result);
  told('sure', result.sure);
  showMisses(ours, did);
  if (values.jelly !== undefined) {
    result.jelly = judgedJelly(root, did);
    told('jelly', result.jelly);
  }
  return result;
} // prettier-ignore

function told(what, { recall, precision, edges, cpu_s: seconds, failed }) {
  if (failed) console.log(`  ${what.padEnd(6)} failed: ${failed}`);
  else
    console.log(
      `  ${what.padEnd(6)} recall ${percent(recall)}  precision at least ${percent(precision)}  ${edges} edges from callers that ran${seconds ? `  ${seconds} s` : ''}`,
    );
}
const percent = (share) => `${(share * 100).toFixed(1)} %`;

function record(root, include, argv) {
  const wanted = include.flatMap((glob) => ['--include', glob]);
  const run = spawnSync(process.execPath, [command, 'run', '--tier', 'edges', '--no-summary', ...wanted, '--', process.execPath, ...argv], { cwd: root, encoding: 'utf8', maxBuffer: 1 << 28 });
  if (run.status !== 0) throw new Error(`${argv.join(' ')} ended with ${run.status}:\n${run.stdout}${run.stderr}`);
  const ids = rows(root, 'select ast_node_id as id, path, line, "column" from functions where kind <> \'module\'');
  const isFunction = new Set(ids.map(({ id }) => id));
  const pairs = rows(root, 'select src, dst from edges_runtime').filter(({ src, dst }) => isFunction.has(src) && isFunction.has(dst));
  return {
    pairs: new Set(pairs.map(keyOf)),
    ran: new Set(rows(root, 'select ast_node_id as id from nodes_runtime').map(({ id }) => id)),
    files: rows(root, 'select path from modules where loaded and instrumented order by path').map((row) => row.path),
    isFunction,
    idAt: new Map(ids.map(({ id, path: file, line, column }) => [`${file}:${line}:${column}`, id])),
  };
} // prettier-ignore

const keyOf = ({ src, dst }) => `${src}\0${dst}`;

function rows(root, sql) {
  const asked = spawnSync(process.execPath, [command, 'query', sql, '--json', '--limit', '10000000'], { cwd: root, encoding: 'utf8', maxBuffer: 1 << 30 });
  if (asked.status !== 0) throw new Error(asked.stderr);
  return JSON.parse(asked.stdout);
} // prettier-ignore

function analyse(root, { files }) {
  const before = process.cpuUsage();
  let lines = 0;
  const facts = files.map((file) => {
    const absolute = path.join(root, file);
    const text = fs.readFileSync(absolute, 'utf8');
    lines += text.split('\n').length;
    const goal = goalOf(absolute, text);
    return callsOf(
      readFile(text, { path: file, lang: languageOf(file) ?? 'js', goal }),
      text,
      goal === 'module',
    );
  });
  const { edges, isWhole } = linkCalls(facts, createResolver(root, new Set(files), []).target);
  const { user, system } = process.cpuUsage(before);
  return { edges, lines, isWhole, cpu_s: rounded((user + system) / 1e6, 2) };
}

function judged({ edges, isWhole, cpu_s: seconds }, did) {
  const of = (some) => share(some, did);
  return {
    ...of(edges),
    sure: of(edges.filter(({ confidence }) => confidence !== 'maybe')),
    is_whole: isWhole,
    cpu_s: seconds,
  };
}

/** @param edges rows with src, dst and, where it is handed over only, later */
function share(edges, { pairs, ran, isFunction }) {
  const known = new Set(edges.map(keyOf));
  const now = new Set(
    edges
      .filter(({ src, dst, later }) => !later && ran.has(src) && isFunction.has(src) && isFunction.has(dst))
      .map(keyOf),
  );
  const both = [...now].filter((key) => pairs.has(key)).length;
  const found = [...pairs].filter((key) => known.has(key)).length;
  return { recall: rounded(found / pairs.size, 4), precision: rounded(both / now.size, 4), edges: now.size };
}

function showMisses({ edges }, { pairs }) {
  const known = new Set(edges.map(keyOf));
  const missed = [...pairs].filter((key) => !known.has(key)).slice(0, Number(values.misses));
  for (const key of missed) console.log(`    missed ${key.replace('\0', ' → ')}`);
}

/** Its functions are found by where they begin: lines and columns from 1. */
function judgedJelly(root, did) {
  const out = path.join(scratch, 'jelly.json');
  const entries = did.files.filter((file) => !file.startsWith('node_modules/'));
  const argv = [values.jelly, '--callgraph-json', out, '-b', root, '-l', 'error', '-i', '300', ...entries.map((file) => path.join(root, file))];
  const run = spawnSync(values['jelly-node'], ['-e', TIMED, ...argv], { cwd: root, encoding: 'utf8', maxBuffer: 1 << 28 });
  if (run.status !== 0 || !fs.existsSync(out)) return { failed: (run.stderr || run.stdout).slice(-300) };
  const graph = JSON.parse(fs.readFileSync(out, 'utf8'));
  fs.rmSync(out);
  const idOf = (number) => {
    const [file, line, column] = graph.functions[number].split(':').map(Number);
    return did.idAt.get(`${graph.files[file]}:${line}:${column - 1}`);
  };
  const edges = graph.fun2fun.map(([from, to]) => ({ src: idOf(from), dst: idOf(to), later: false }));
  const { user, system } = JSON.parse(run.stderr.trim().split('\n').at(-1));
  return { ...share(edges.filter(({ src, dst }) => src && dst), did), cpu_s: rounded((user + system) / 1e6, 2) };
} // prettier-ignore

/** Runs a program in this process, and tells what it took of the processor. */
const TIMED = `process.argv.splice(1, 0, process.execPath); process.argv.splice(0, 1); process.on('exit', () => console.error(JSON.stringify(process.cpuUsage()))); require(process.argv[1])`;

const answer = {};
try {
  for (const name of values.only.split(',')) answer[name] = measure(name, PROGRAMS[name]);
} finally {
  fs.rmSync(scratch, { recursive: true, force: true });
}
console.log(JSON.stringify(answer));
