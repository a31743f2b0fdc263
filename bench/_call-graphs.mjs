// A program's calls as they were recorded, and call graphs compared with them: IntelliMap's, and Jelly's.
import { spawnSync } from 'node:child_process';
import fs from 'node:fs';
import path from 'node:path';
import { fileURLToPath } from 'node:url';
import { callsOf } from '../packages/intellimap/dist/graph/calls/of-file.js';
import { linkCalls } from '../packages/intellimap/dist/graph/calls/link.js';
import { sourceOptions } from '../packages/intellimap/dist/graph/file/on-disk.js';
import { SourceFile } from '../packages/intellimap/dist/graph/file/source-file.js';
import { createResolver } from '../packages/intellimap/dist/graph/resolve.js';
import { rounded } from './_figures.mjs';

const command = fileURLToPath(new URL('../packages/intellimap/dist/command/main.js', import.meta.url));

/** @returns how the program ended: its exit code */
export function record(root, { include, argv }) {
  const wanted = include.flatMap((glob) => ['--include', glob]);
  const words = [command, 'run', '--tier', 'edges', '--no-summary', ...wanted, '--', process.execPath, ...argv];
  const run = spawnSync(process.execPath, words, { cwd: root, encoding: 'utf8', maxBuffer: 1 << 28 });
  return { status: run.status, said: `${run.stdout}${run.stderr}`.slice(-2000) };
} // prettier-ignore

/** What was recorded in a workspace, of files that are there (a package may come without what it was compiled from): pairs of functions that called each other, but for bodies of modules, and what compilers made and no text has (Vite's getters of exports). */
export function recorded(root) {
  const ids = rows(root, 'select ast_node_id as id, path, line, "column" from functions where kind <> \'module\' and not contains(ast_node_id, \'#~generated/\')');
  const isFunction = new Set(ids.map(({ id }) => id));
  const pairs = rows(root, 'select src, dst from edges_runtime').filter(({ src, dst }) => isFunction.has(src) && isFunction.has(dst));
  return {
    pairs: new Set(pairs.map(keyOf)),
    ran: new Set(rows(root, 'select ast_node_id as id from nodes_runtime').map(({ id }) => id)),
    files: rows(root, 'select distinct path from modules where loaded and instrumented order by path').map((row) => row.path).filter((file) => fs.existsSync(path.join(root, file))),
    isFunction,
    idAt: new Map(ids.map(({ id, path: file, line, column }) => [`${file}:${line}:${column}`, id])),
  };
} // prettier-ignore

const keyOf = ({ src, dst }) => `${src}\0${dst}`;

export function rows(root, sql) {
  const asked = spawnSync(process.execPath, [command, 'query', sql, '--json', '--limit', '10000000'], { cwd: root, encoding: 'utf8', maxBuffer: 1 << 30 });
  if (asked.status !== 0) throw new Error(asked.stderr);
  return JSON.parse(asked.stdout);
} // prettier-ignore

/** The graph of the files that a run loaded. */
export function analyse(root, files) {
  const before = process.cpuUsage();
  let lines = 0;
  const facts = files.map((file) => {
    const absolute = path.join(root, file);
    const text = fs.readFileSync(absolute, 'utf8');
    lines += text.split('\n').length;
    return callsOf(new SourceFile(text, sourceOptions(file, absolute, text)));
  });
  const { user, system } = process.cpuUsage(before);
  const { edges, isWhole } = linkCalls(facts, createResolver(root, new Set(files), []).target);
  const all = process.cpuUsage(before);
  return {
    edges,
    lines,
    isWhole,
    cpu_s: seconds(all),
    link_s: rounded(seconds(all) - (user + system) / 1e6, 2),
  };
}

const seconds = ({ user, system }) => rounded((user + system) / 1e6, 2);

/**
 * Pairs of a graph beside those of a run.
 * @param edges rows with `src`, `dst`, and `later` where it is handed over only
 * @returns `recall`: share of the run's pairs that the graph has; `precision`: share of the graph's whose caller ran that the run saw
 */
export function compared(edges, { pairs, ran, isFunction }) {
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

/** Pairs that the graph has not. */
export function missed(edges, { pairs }) {
  const known = new Set(edges.map(keyOf));
  return [...pairs].filter((key) => !known.has(key)).map((key) => key.split('\0'));
}

/** By reason and confidence: how many pairs of callers that ran, and how many of these were seen. Of several reasons of a pair the first one counts. */
export function byKind(edges, { pairs, ran, isFunction }) {
  const kinds = new Map();
  const seen = new Set();
  const rank = { certain: 0, likely: 1, maybe: 2 };
  for (const edge of edges.toSorted((a, b) => rank[a.confidence] - rank[b.confidence])) {
    const { src, dst, later, kind, confidence } = edge;
    const key = keyOf(edge);
    if (later || !ran.has(src) || !isFunction.has(src) || !isFunction.has(dst) || seen.has(key)) continue;
    seen.add(key);
    const name = `${confidence} ${kind.replace(/^(callback of).*/, '$1')}`;
    const it = kinds.get(name) ?? { pairs: 0, seen: 0 };
    kinds.set(name, { pairs: it.pairs + 1, seen: it.seen + (pairs.has(key) ? 1 : 0) });
  }
  return kinds;
}

/** Jelly's graph of the same files. Its functions are found by where they begin: lines and columns from 1. */
export function jellyGraph(root, { files, idAt }, { main, node, out }) {
  const entries = files.filter((file) => !file.startsWith('node_modules/')).map((file) => path.join(root, file));
  const argv = [main, '--callgraph-json', out, '-b', root, '-l', 'error', '-i', '300', ...entries];
  const run = spawnSync(node, ['-e', TIMED, ...argv], { cwd: root, encoding: 'utf8', maxBuffer: 1 << 28, env: { ...process.env, NODE_OPTIONS: '' } });
  if (run.status !== 0 || !fs.existsSync(out)) return { failed: (run.stderr || run.stdout || String(run.error)).slice(-300) };
  const graph = JSON.parse(fs.readFileSync(out, 'utf8'));
  fs.rmSync(out);
  const idOf = (number) => {
    const [file, line, column] = graph.functions[number].split(':').map(Number);
    return idAt.get(`${graph.files[file]}:${line}:${column - 1}`);
  };
  const edges = graph.fun2fun.map(([from, to]) => ({ src: idOf(from), dst: idOf(to), later: false }));
  return { edges: edges.filter(({ src, dst }) => src && dst), cpu_s: seconds(JSON.parse(run.stderr.trim().split('\n').at(-1))) };
} // prettier-ignore

/** Runs a program in this process, and tells what it took of the processor. */
const TIMED = `process.argv.splice(1, 0, process.execPath); process.argv.splice(0, 1); process.on('exit', () => console.error(JSON.stringify(process.cpuUsage()))); require(process.argv[1])`;
