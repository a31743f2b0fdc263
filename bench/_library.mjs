// One library of bench/programs in a fresh process: timed rounds of its work, or what a recording of one round says of it.
import { spawnSync } from 'node:child_process';
import fs from 'node:fs';
import path from 'node:path';
import { fileURLToPath, pathToFileURL } from 'node:url';
import { atRest, countsIn, differing, storage } from './_counts.mjs';
import { median, rounded } from './_figures.mjs';
import { recordedBy } from './_recorded.mjs';

const folder = fileURLToPath(new URL('programs', import.meta.url));
const driver = fileURLToPath(new URL('_work.mjs', import.meta.url));

const cli = fileURLToPath(new URL('../packages/intellimap/dist/command/main.js', import.meta.url));

/** What `intellimap run` leaves there. */
export const recordings = path.join(folder, '.intellimap');
/** What has been run for its plan. */
const plans = new Set();

/** Names of all there are. */
export const libraries = fs
  .readdirSync(path.join(folder, 'work'))
  .map((file) => file.slice(0, -'.mjs'.length))
  .toSorted();

/**
 * @param {object} options `tier` undefined: plain; `budget`: % of the program's time, which `intellimap run` keeps with the plan of a run before
 * @returns {Promise<object>} what _work.mjs tells, and what the recording is on disk
 */
export async function measureLibrary({ node, program, seconds, runDir, tier, budget }) {
  if (budget !== undefined) return measureHeld({ node, program, seconds, tier, budget });
  try {
    const times = work(node, program, [seconds], await environment(program, runDir, tier));
    return { ...times, ...(tier && { tier, ...atRest(runDir) }) };
  } finally {
    fs.rmSync(runDir, { recursive: true, force: true });
  }
}

async function measureHeld({ node, program, seconds, tier, budget }) {
  const include = (await ownOf(program)).flatMap((glob) => ['--include', glob]);
  const options = ['--budget', String(budget), '--tier', tier, '--no-summary', ...include];
  const words = [cli, 'run', ...options, '--', node, driver, program, String(seconds)];
  const once = () => lastLine(process.execPath, words, process.env);
  const learned = `${node} ${program} ${tier} ${budget}`;
  if (!plans.has(learned)) once();
  plans.add(learned);
  const times = once();
  const runs = path.join(recordings, 'runs');
  return { ...times, bytes: atRest(path.join(runs, fs.readdirSync(runs).toSorted().at(-1))).bytes };
}

/**
 * The same single round recorded by all tiers, each of which counts on its own.
 * @returns {Promise<{ calls: number, differing: string[], lost: number }>} of tier `performance`; functions counted differently, as lines
 */
export async function countByTiers({ node, program, runDir }) {
  const t1 = await countOnce('performance');
  const others = [await countOnce('minimal'), await countOnce('edges')];
  return {
    calls: t1.total,
    differing: others.flatMap(({ calls }) => differing(calls, t1.calls)),
    lost: t1.lost,
  };

  async function countOnce(tier) {
    try {
      work(node, program, [0, 1], await environment(program, runDir, tier));
      return countsIn(runDir);
    } finally {
      fs.rmSync(runDir, { recursive: true, force: true });
    }
  }
}

async function environment(program, runDir, tier) {
  if (tier === undefined) return process.env;
  return { ...process.env, ...recordedBy(runDir, folder, tier, await ownOf(program)) };
}

/** Globs of the code that is instrumented. */
const ownOf = async (program) =>
  (await import(pathToFileURL(path.join(folder, 'work', `${program}.mjs`)).href)).own;

const work = (node, program, words, env) => lastLine(node, [driver, program, ...words.map(String)], env);

/** The last line that a program prints, which is JSON. */
function lastLine(file, args, env) {
  const options = { cwd: folder, env, encoding: 'utf8', maxBuffer: 1 << 26 };
  const { status, stdout, stderr } = spawnSync(file, args, options);
  if (status !== 0 || stderr !== '') throw new Error(`${args.join(' ')} failed:\n${stderr}`);
  return JSON.parse(stdout.trimEnd().split('\n').at(-1));
}

/**
 * @param {object} seen variant → what `measureLibrary` told of each of its processes; the first is the one to compare with
 * @param {{ calls: number, differing: string[], lost: number }} counts
 * @returns {{ line: string, found: object }} for people, for the last line
 */
export function compareLibrary(program, seen, counts) {
  const [plain, ...others] = Object.entries(seen).map(([variant, runs]) => ({ variant, ...steady(runs) }));
  const ratios = {};
  const parts = [`plain ${plain.wall.toFixed(0).padStart(4)} ms`];
  for (const { variant, wall, best, cpu, bytes, load, result } of others) {
    if (result !== plain.result)
      throw new Error(`${program} ${variant}: ${result} instead of ${plain.result}`);
    ratios[variant] = {
      wall: rounded(wall / plain.wall, 3),
      best: rounded(best / plain.best, 3),
      cpu: rounded(cpu / plain.cpu, 3),
    };
    parts.push(
      `${variant} ${ratios[variant].wall.toFixed(2)} (best ${ratios[variant].best.toFixed(2)}, cpu ${ratios[variant].cpu.toFixed(2)}, load +${Math.round(load - plain.load)} ms, ${(bytes / 2 ** 20).toFixed(0)} MiB)`,
    );
  }
  const stored = storage(Object.values(seen).flat(), counts.lost);
  const [first] = counts.differing;
  const verdict =
    first === undefined ? 'the tiers agree' : `${counts.differing.length} functions DIFFER: ${first}`;
  parts.push(stored.text, `${counts.calls} calls to load and in a round, ${verdict}`);
  const found = {
    ...ratios,
    ...stored.found,
    calls: counts.calls,
    functionsDiffering: counts.differing.length,
  };
  return { line: parts.join(' | '), found };
}

/** Steady state: the second half of the rounds of each process; the median of all these, and the best: others on the machine disturb that least. */
function steady(runs) {
  const late = runs.flatMap(({ rounds }) => rounds.slice(Math.floor(rounds.length / 2)));
  return {
    wall: median(late.map((each) => each.wall)),
    best: Math.min(...late.map((each) => each.wall)),
    cpu: median(late.map((each) => each.cpu)),
    load: median(runs.map((each) => each.loadMs)),
    bytes: median(runs.map((each) => each.bytes ?? 0)),
    result: runs[0].result,
  };
}
