// node bench/calls.mjs [--only express,shop] [--suites <folder>] [--jelly <lib/main.js>] [--jelly-node <binary>] [--keep <folder>] [--misses 20] [--kinds]: how good the call graph
// is. Programs are recorded (the shop of samples/ under its own tests; acorn, terser and Express driven by what lies in bench/calls; with --suites, the suites of public projects of
// which the folder holds checkouts, as `_suites.mjs` says), and what they did is compared with what the text says: `recall` is how many of the pairs of functions that called each
// other the graph has, `precision` how many of the graph's pairs whose caller ran were seen. That is a lower bound: a program does not do all that it can. Bodies of modules are left
// out on both sides. `sure` is the same without edges that only may be (`maybe`); edges that are called later, by others, count as found, and not against precision. With --jelly (a
// build of github.com/cs-au-dk/jelly, Node >= 22), the same figures of its call graph. --kinds tells them for each reason, --keep keeps what was recorded, and takes what is kept.
// Seconds are CPU time. Build first (npm run build). The last line is JSON.
import fs from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { fileURLToPath } from 'node:url';
import { parseArgs } from 'node:util';
import { analyse, byKind, compared, jellyGraph, missed, record, recorded } from './_call-graphs.mjs';
import { SUITES } from './_suites.mjs';

const { values } = parseArgs({
  options: {
    only: { type: 'string' },
    suites: { type: 'string' },
    jelly: { type: 'string' },
    'jelly-node': { type: 'string', default: process.execPath },
    keep: { type: 'string' },
    misses: { type: 'string', default: '0' },
    kinds: { type: 'boolean', default: false },
  },
});

const here = (name) => fileURLToPath(new URL(name, import.meta.url));

const driven = (name, include) => ({ folder: here('calls'), include, argv: [`${name}.mjs`] });
const PROGRAMS = {
  shop: { folder: here('../samples/shop'), include: [], argv: ['--test'] },
  acorn: driven('acorn', ['node_modules/acorn/**']),
  terser: driven('terser', ['node_modules/terser/**']),
  express: driven('express', ['node_modules/**']),
};
for (const [name, { folder, ...suite }] of Object.entries(SUITES))
  PROGRAMS[name] = { ...suite, isSuite: true, include: [], folder: path.join(values.suites ?? '', folder) };

const scratch =
  values.keep ?? fs.mkdtempSync(path.join(fs.realpathSync(os.tmpdir()), 'intellimap-bench-calls-'));

function measure(name, program) {
  const root = path.join(scratch, name);
  if (!fs.existsSync(root)) recordIn(root, name, program);
  const did = recorded(root);
  const ours = analyse(root, did.files);
  const { edges, lines, isWhole, cpu_s, link_s } = ours;
  const result = {
    files: did.files.length, lines, dynamic_edges: did.pairs.size, ...compared(edges, did), is_whole: isWhole, cpu_s, link_s,
    sure: compared(edges.filter(({ confidence }) => confidence !== 'maybe'), did),
  }; // prettier-ignore
  console.log(`${name}: ${result.files} files, ${lines} lines, ${did.pairs.size} pairs of functions called each other${isWhole ? '' : ', cut short'}`);
  told('all', result);
  told('sure', result.sure);
  if (values.kinds) showKinds(edges, did);
  for (const [src, dst] of missed(edges, did).slice(0, Number(values.misses))) console.log(`    missed ${src} → ${dst}`);
  if (values.jelly !== undefined) {
    const { edges: theirs, ...rest } = jellyGraph(root, did, { main: values.jelly, node: values['jelly-node'], out: path.join(scratch, 'jelly.json') });
    result.jelly = theirs === undefined ? rest : { ...compared(theirs, did), ...rest };
    told('jelly', result.jelly);
  }
  return result;
} // prettier-ignore

/** A suite may fail, as some tests want a network: what ran was recorded, and that it failed is said. */
function recordIn(root, name, { folder, include, argv, isSuite, without = [] }) {
  fs.cpSync(folder, root, { recursive: true, verbatimSymlinks: true });
  const { status, said } = record(root, { include: isSuite ? dependenciesOf(root, without) : include, argv });
  if (status === 0) return;
  if (isSuite !== true) throw new Error(`${argv.join(' ')} ended with ${status}:\n${said}`);
  console.log(`${name}: its tests ended with ${status}; what ran is compared all the same`);
}

function dependenciesOf(root, without) {
  const { dependencies = {} } = JSON.parse(fs.readFileSync(path.join(root, 'package.json'), 'utf8'));
  return Object.keys(dependencies)
    .filter((each) => !without.includes(each))
    .map((each) => `node_modules/${each}/**`);
}

function told(what, { recall, precision, edges, cpu_s: seconds, failed }) {
  if (failed) console.log(`  ${what.padEnd(6)} failed: ${failed}`);
  else
    console.log(
      `  ${what.padEnd(6)} recall ${percent(recall)}  precision at least ${percent(precision)}  ${edges} edges from callers that ran${seconds ? `  ${seconds} s` : ''}`,
    );
}
const percent = (share) => `${(share * 100).toFixed(1)} %`;

function showKinds(edges, did) {
  for (const [name, { pairs, seen }] of [...byKind(edges, did)].toSorted(([, a], [, b]) => b.pairs - b.seen - (a.pairs - a.seen)))
    console.log(`    ${name.padEnd(26)} ${String(pairs).padStart(6)} pairs  ${percent(seen / pairs).padStart(7)} seen`);
} // prettier-ignore

/** Names of what is to be measured. Suites that are asked for, and not there, are told, not forgotten. */
function wanted() {
  const names = values.only?.split(',') ?? Object.keys(PROGRAMS).filter((name) => !PROGRAMS[name].isSuite || values.suites !== undefined);
  return names.filter((name) => {
    if (PROGRAMS[name] === undefined) throw new Error(`there is no program "${name}": ${Object.keys(PROGRAMS).join(', ')}`);
    const { isSuite, folder, argv } = PROGRAMS[name];
    const isThere = isSuite !== true || fs.existsSync(path.join(folder, 'package.json')) && (argv[0].startsWith('--') || fs.existsSync(path.join(folder, argv[0])));
    if (!isThere) console.log(`${name}: SKIPPED, as ${folder} is no checkout of ${SUITES[name].repository} with what it depends on`);
    return isThere;
  });
} // prettier-ignore

const answer = {};
try {
  for (const name of wanted()) answer[name] = measure(name, PROGRAMS[name]);
} finally {
  if (values.keep === undefined) fs.rmSync(scratch, { recursive: true, force: true });
}
console.log(JSON.stringify(answer));
