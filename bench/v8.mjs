// node bench/v8.mjs [--node <binary>] [--seconds 3] [--turns 5]: what it costs that V8 measures, beside the same without. A program interprets small
// formulas, with many short functions and garbage; its rounds are timed within. Every measurement is a fresh process; the variants run by turns.
// `over_plain` is the median round as a ratio to the plain program, `over_recorded` to the recorded one; `start_ms` what the process took beside its
// rounds, more than the plain one; `longest_ms` the longest round, in which parts were written. Build first (npm run build). The last line is JSON.
import { spawnSync } from 'node:child_process';
import fs from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { parseArgs } from 'node:util';
import { recordingEnvironment } from '../packages/intellimap/dist/record/launch.js';
import { median, rounded } from './_figures.mjs';

const { values } = parseArgs({
  options: {
    node: { type: 'string', default: process.execPath },
    seconds: { type: 'string', default: '3' },
    turns: { type: 'string', default: '5' },
  },
});

const VARIANTS = {
  plain: undefined,
  recorded: {},
  'profile 5000': { v8: { cpu: 5000 } },
  'profile 1000': { v8: { cpu: 1000 } },
  coverage: { v8: { coverage: true } },
};

const PROGRAM = `
class Token { constructor(kind, text) { this.kind = kind; this.text = text; } }
function* scan(text) {
  const pattern = /\\s*(?:(\\d+)|([a-z]+)|(.))/gy;
  for (const [, number, name, sign] of text.matchAll(pattern)) yield new Token(number ? 'number' : name ? 'name' : sign, number ?? name ?? sign);
}
class Parser {
  constructor(text) { this.tokens = [...scan(text)]; this.at = 0; }
  peek() { return this.tokens[this.at]?.kind; }
  next() { return this.tokens[this.at++]; }
  sum() { let left = this.product(); while (this.peek() === '+' || this.peek() === '-') left = { sign: this.next().text, left, right: this.product() }; return left; }
  product() { let left = this.atom(); while (this.peek() === '*') left = { sign: this.next().text, left, right: this.atom() }; return left; }
  atom() {
    if (this.peek() === '(') { this.next(); const inner = this.sum(); this.next(); return inner; }
    const { kind, text } = this.next();
    return kind === 'number' ? { value: Number(text) } : { name: text };
  }
}
const SIGNS = { '+': (a, b) => (a + b) % 9973, '-': (a, b) => (a - b) % 9973, '*': (a, b) => (a * b) % 9973 };
function evaluate(node, names) {
  if (node.sign) return SIGNS[node.sign](evaluate(node.left, names), evaluate(node.right, names));
  return node.name ? names.get(node.name) : node.value;
}
function formula(seed, depth) {
  if (depth === 0) return seed % 3 === 0 ? 'x' : String(seed % 89);
  const part = (n) => formula((seed * 31 + n * 17) % 7919, depth - 1);
  return '(' + part(1) + '+*-'[seed % 3] + part(2) + ')';
}
function round() {
  let sum = 0;
  for (let seed = 1; seed <= 12; seed++) {
    const tree = new Parser(formula(seed, 8)).sum();
    for (let x = 0; x < 20; x++) sum += evaluate(tree, new Map([['x', x]]));
  }
  return sum;
}
const rounds = [];
const until = performance.now() + Number(process.argv[2]) * 1000;
(function step() {
  const start = performance.now();
  const result = round();
  rounds.push(performance.now() - start);
  if (performance.now() < until) setImmediate(step);
  else console.log(JSON.stringify({ rounds, result }));
})();`;

const folder = fs.mkdtempSync(path.join(fs.realpathSync(os.tmpdir()), 'intellimap-bench-'));
const seen = Object.fromEntries(Object.keys(VARIANTS).map((variant) => [variant, []]));
try {
  fs.writeFileSync(path.join(folder, 'main.cjs'), PROGRAM);
  fs.writeFileSync(path.join(folder, 'package.json'), '{"private":true}');
  for (let turn = 0; turn < Number(values.turns); turn += 1)
    for (const [variant, options] of Object.entries(VARIANTS)) seen[variant].push(once(options));
} finally {
  fs.rmSync(folder, { recursive: true, force: true });
}

const steady = Object.fromEntries(Object.entries(seen).map(([variant, runs]) => [variant, summed(runs)]));
const { plain, recorded } = steady;
const results = Object.fromEntries(
  Object.entries(steady).map(([variant, each]) => [
    variant,
    {
      over_plain: rounded(each.round / plain.round, 3),
      over_recorded: rounded(each.round / recorded.round, 3),
      start_ms: rounded(each.start - plain.start, 0),
      longest_ms: rounded(each.longest, 1),
      bytes_per_s: each.bytes === 0 ? 0 : rounded(each.bytes / Number(values.seconds), 0),
    },
  ]),
);
for (const [variant, each] of Object.entries(results))
  console.log(
    `${variant.padEnd(13)} ${each.over_plain.toFixed(2)} of plain, ${each.over_recorded.toFixed(3)} of recorded, start +${each.start_ms} ms, longest round ${each.longest_ms} ms`,
  );
const version = spawnSync(values.node, ['--version'], { encoding: 'utf8' }).stdout.trim();
console.log(JSON.stringify({ node: version, round_ms: rounded(plain.round, 2), ...results }));

/** One process. */
function once(options) {
  const runDir = path.join(folder, '.intellimap', 'runs', 'bench');
  const env = options === undefined ? process.env : { ...process.env, ...environment(runDir, options) };
  const start = performance.now();
  const { status, stdout, stderr } = spawnSync(values.node, ['main.cjs', values.seconds], {
    cwd: folder,
    env,
    encoding: 'utf8',
  });
  const wall = performance.now() - start;
  if (status !== 0 || stderr !== '') throw new Error(`the program failed:\n${stderr}`);
  const { rounds, result } = JSON.parse(stdout);
  const bytes = sizeOf(path.join(runDir, 'v8'));
  fs.rmSync(path.join(folder, '.intellimap'), { recursive: true, force: true });
  return { rounds, result, bytes, start: wall - rounds.reduce((sum, ms) => sum + ms, 0) };
}

function environment(runDir, { v8 }) {
  fs.mkdirSync(runDir, { recursive: true });
  const run = { root: folder, tier: 'performance', patterns: { include: [], exclude: [] }, v8 };
  fs.writeFileSync(path.join(runDir, 'run.json'), JSON.stringify(run));
  return recordingEnvironment({ runDir, tier: 'performance', v8 });
}

function sizeOf(path_) {
  if (!fs.existsSync(path_)) return 0;
  return fs
    .readdirSync(path_, { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile())
    .reduce((sum, entry) => sum + fs.statSync(path.join(entry.parentPath, entry.name)).size, 0);
}

/** Rounds of the second half of each process: compilers are done by then. */
function summed(runs) {
  if (new Set(runs.map(({ result }) => result)).size !== 1) throw new Error('the results differ');
  const late = runs.flatMap(({ rounds }) => rounds.slice(rounds.length >> 1));
  return {
    round: median(late),
    longest: median(runs.map(({ rounds }) => Math.max(...rounds.slice(rounds.length >> 1)))),
    start: median(runs.map(({ start }) => start)),
    bytes: median(runs.map(({ bytes }) => bytes)),
  };
}
