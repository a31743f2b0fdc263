// node bench/programs.mjs [--programs a,b] [--variants plain,t0,t1] [--nodes <binary>,…] [--seconds 6] [--repeat 1]
// What recording costs real programs, with the code of the libraries themselves instrumented: the ratio of the time of a round of work
// to that of the plain program. Every measurement is a fresh process; the variants of a program run by turns.
// `t0@1` and `t1@5` hold a budget of 1 and 5 %, as the plan of a run before had it that is not measured.
// Build first (npm run build). The last line is JSON.
import { spawnSync } from 'node:child_process';
import fs from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { fileURLToPath, pathToFileURL } from 'node:url';
import { parseArgs } from 'node:util';
import { mean, median, rounded } from './_figures.mjs';
import { recordedBy } from './_recorded.mjs';

const folder = fileURLToPath(new URL('programs', import.meta.url));
const driver = fileURLToPath(new URL('_work.mjs', import.meta.url));

const all = fs
  .readdirSync(path.join(folder, 'work'))
  .map((file) => file.slice(0, -'.mjs'.length))
  .toSorted();
const VARIANTS = {
  plain: undefined,
  t0: { tier: 'minimal' },
  't0@1': { tier: 'minimal', budget: 1 },
  t1: { tier: 'performance' },
  't1@5': { tier: 'performance', budget: 5 },
};
const recordings = path.join(folder, '.intellimap');
/** What has been run for its plan. */
const plans = new Set();
const cli = fileURLToPath(new URL('../packages/intellimap/dist/cli/main.js', import.meta.url));
const { values } = parseArgs({
  options: {
    programs: { type: 'string', default: all.join() },
    variants: { type: 'string', default: Object.keys(VARIANTS).join() },
    nodes: { type: 'string', default: process.execPath },
    seconds: { type: 'string', default: '6' },
    repeat: { type: 'string', default: '1' },
  },
});
const variants = values.variants.split(',');
const scratch = fs.mkdtempSync(path.join(fs.realpathSync(os.tmpdir()), 'intellimap-bench-'));
const summary = {};
try {
  for (const node of values.nodes.split(',')) {
    const version = spawnSync(node, ['--version'], { encoding: 'utf8' }).stdout.trim();
    const ratios = {};
    for (const program of values.programs.split(',')) ratios[program] = await compare(node, version, program);
    summary[version] = { geomean: geomeans(Object.values(ratios)), programs: ratios };
  }
} finally {
  for (const place of [scratch, recordings]) fs.rmSync(place, { recursive: true, force: true });
}
console.log(JSON.stringify(summary));

async function compare(node, version, program) {
  const { own } = await import(pathToFileURL(path.join(folder, 'work', `${program}.mjs`)).href);
  const seen = Object.fromEntries(variants.map((variant) => [variant, []]));
  for (let time = 0; time < Number(values.repeat); time++)
    for (const variant of variants) seen[variant].push(measure(node, program, own, variant));
  const [plain, ...others] = variants.map((variant) => ({ variant, ...merged(seen[variant]) }));
  const ratios = {};
  let line = `${version} ${program.padEnd(11)} plain ${plain.wall.toFixed(0).padStart(4)} ms`;
  for (const { variant, wall, cpu, bytes, load, result } of others) {
    if (result !== plain.result)
      throw new Error(`${program} ${variant}: ${result} instead of ${plain.result}`);
    ratios[variant] = { wall: rounded(wall / plain.wall, 3), cpu: rounded(cpu / plain.cpu, 3) };
    line += ` | ${variant} ${ratios[variant].wall.toFixed(2)} (cpu ${ratios[variant].cpu.toFixed(2)}, load +${Math.round(load - plain.load)} ms, ${(bytes / 2 ** 20).toFixed(0)} MiB)`;
  }
  console.log(line);
  return ratios;
}

function measure(node, program, own, variant) {
  const { tier, budget } = VARIANTS[variant] ?? {};
  if (budget !== undefined) return measureHeld(node, program, own, variant);
  const runDir = path.join(scratch, `${program}-${variant}`);
  const env = { ...process.env, ...(tier && recordedBy(runDir, folder, tier, own)) };
  const seen = run(node, [driver, program, values.seconds], folder, env);
  const bytes = sizeOf(path.join(runDir, 'threads'));
  fs.rmSync(runDir, { recursive: true, force: true });
  return { ...JSON.parse(seen), bytes };
}

/** By `intellimap run`; the first time, once more before, for the plan. */
function measureHeld(node, program, own, variant) {
  const { tier, budget } = VARIANTS[variant];
  const include = own.flatMap((glob) => ['--include', glob]);
  const work = [node, driver, program, values.seconds];
  const once = () => {
    const options = ['--budget', String(budget), '--tier', tier, '--no-summary', ...include];
    return run(process.execPath, [cli, 'run', ...options, '--', ...work], folder);
  };
  const learned = `${node} ${program} ${variant}`;
  if (!plans.has(learned)) once();
  plans.add(learned);
  const seen = once();
  const runs = path.join(recordings, 'runs');
  const bytes = sizeOf(path.join(runs, fs.readdirSync(runs).toSorted().at(-1), 'threads'));
  return { ...JSON.parse(seen), bytes };
}

/** The last line that a program prints. */
function run(file, args, cwd, env = process.env) {
  const { status, stdout, stderr } = spawnSync(file, args, {
    cwd,
    env,
    encoding: 'utf8',
    maxBuffer: 1 << 26,
  });
  if (status !== 0 || stderr !== '') throw new Error(`${args.join(' ')} failed:\n${stderr}`);
  return stdout.trimEnd().split('\n').at(-1);
}

function sizeOf(place) {
  if (!fs.existsSync(place)) return 0;
  return fs
    .readdirSync(place, { recursive: true })
    .reduce((sum, file) => sum + fs.statSync(path.join(place, file)).size, 0);
}

/** Steady state: the second half of the rounds of each process; the median of all these. */
function merged(runs) {
  const steady = runs.flatMap(({ rounds }) => rounds.slice(Math.floor(rounds.length / 2)));
  return {
    wall: median(steady.map((each) => each.wall)),
    cpu: median(steady.map((each) => each.cpu)),
    load: median(runs.map((each) => each.loadMs)),
    bytes: median(runs.map((each) => each.bytes)),
    result: runs[0].result,
  };
}

function geomeans(list) {
  const geomean = (variant) => rounded(Math.exp(mean(list.map((each) => Math.log(each[variant].wall)))), 3);
  return Object.fromEntries(Object.keys(list[0]).map((variant) => [variant, geomean(variant)]));
}
