// node bench/plan.mjs [--programs shop,typescript,prettier] [--limits none,5,1] [--pairs 6] [--rounds <n>] [--blocks 12] [--requests 1500]
// What a plan foretells that recording costs, beside what it costs: of processor time, once the program runs. A plain and a recorded process run at the
// same time on one processor; libraries do so many rounds of their work, of which the second half counts, all of it: of a round by itself it matters where
// collections fall, and that changes by 5 % with any object more that lives; the shop answers so many requests in each of so many blocks, asked from the other
// processor. Medians over pairs or blocks, and where they lie with 95 %; `same`: two plain ones, which is the noise.
// Libraries are measured by `intellimap plan --measure` first, without a limit, so that plans know what their calls cost; the shop cannot be, as it does
// not end by itself: its plans know how often functions are called from one recorded run under load.
// Build first (npm run build). The last line is JSON.
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import fs from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { parseArgs } from 'node:util';
import { fileURLToPath, pathToFileURL } from 'node:url';
import { lastProcessor } from '../packages/intellimap/dist/cli/gate/record.js';
import { medianRange } from '../packages/intellimap/dist/base/median-range.js';
import { sum } from '../packages/intellimap/dist/base/numbers.js';
import { rounded } from './_figures.mjs';
import { beginPlanned, planned } from './_planned.mjs';
import { pairedShop, shopProgram } from './_shop-pairs.mjs';

const { values } = parseArgs({
  options: {
    programs: { type: 'string', default: 'shop,typescript,prettier' },
    limits: { type: 'string', default: 'none,5,1' },
    pairs: { type: 'string', default: '6' },
    rounds: { type: 'string' },
    blocks: { type: 'string', default: '12' },
    requests: { type: 'string', default: '1500' },
  },
});
const [pairs, blocks, requests] = ['pairs', 'blocks', 'requests'].map((name) => Number(values[name]));
/** Of each library, until code is warm for half of them. */
const ROUNDS = { typescript: 24, prettier: 100 };
const roundsOf = (name) => String(values.rounds ?? ROUNDS[name] ?? 24);
const limits = values.limits.split(',').map((limit) => (limit === 'none' ? null : Number(limit)));
/** The last one, as it takes the fewest interrupts. */
const processor = lastProcessor();
if (processor === undefined)
  throw new Error('this needs taskset: a plain and a recorded process share one processor');

const libraries = fileURLToPath(new URL('programs', import.meta.url));
const driver = fileURLToPath(new URL('_work.mjs', import.meta.url));
const scratch = fs.mkdtempSync(path.join(fs.realpathSync(os.tmpdir()), 'intellimap-plan-'));
const summary = {};
try {
  for (const name of values.programs.split(',')) {
    const program = name === 'shop' ? await preparedShop() : await preparedLibrary(name);
    summary[name] = { same: await measured(program, undefined) };
    console.log(`${name.padEnd(11)} two plain ones differ by ${shown(summary[name].same)}`);
    for (const limit of limits) {
      const { file, answer } = planned(program, scratch, limit);
      const found = await measured(program, file);
      summary[name][limit ?? 'none'] = told(answer, found);
      console.log(`${name.padEnd(11)} ${line(limit, summary[name][limit ?? 'none'])}`);
    }
    fs.rmSync(path.join(program.root, '.intellimap'), { recursive: true, force: true });
  }
} finally {
  fs.rmSync(scratch, { recursive: true, force: true });
}
console.log(JSON.stringify(summary));

/** Counts, and of what calls cost: as a user would. */
async function preparedLibrary(name) {
  const { own } = await import(pathToFileURL(path.join(libraries, 'work', `${name}.mjs`)).href);
  const program = { root: libraries, include: own, command: ['node', driver, name, '0', roundsOf(name)] };
  fs.rmSync(path.join(libraries, '.intellimap'), { recursive: true, force: true });
  planned(program, scratch, null, ['--measure', String(pairs)]);
  return { ...program, pair: (begun) => libraryPair(program, begun) };
}

async function preparedShop() {
  fs.rmSync(path.join(shopProgram.root, '.intellimap'), { recursive: true, force: true });
  const run = await beginPlanned(shopProgram, undefined);
  await pairedShop({ blocks: 3, requests, processor, begun: run });
  run.end();
  return { ...shopProgram, pair: (begun) => pairedShop({ blocks, requests, processor, begun }) };
}

/** Percent that the second process took more than the first one: the median, and where it lies. @param file undefined: both are plain */
async function measured(program, file) {
  const more = [];
  for (let pair = 0; pair < (program.root === libraries ? pairs : 1); pair++) {
    const begun = file && (await beginPlanned(program, file));
    more.push(...(await program.pair(begun)));
    begun?.end();
    begun?.remove();
  }
  const { median: percent, low, high } = medianRange(more.map((ratio) => 100 * (ratio - 1)));
  return { percent: rounded(percent), low: rounded(low), high: rounded(high), count: more.length };
}

/** Two processes side by side; the ratio of what a round took. */
async function libraryPair({ root, command }, begun) {
  const ran = async (environment) => {
    const child = spawn('taskset', ['-c', String(processor), process.execPath, ...command.slice(1)], {
      cwd: root,
      env: { ...process.env, ...environment },
      stdio: ['ignore', 'pipe', 'inherit'],
    });
    let text = '';
    child.stdout.setEncoding('utf8').on('data', (part) => (text += part));
    const [code] = await once(child, 'close');
    if (code !== 0) throw new Error(`${command.join(' ')} ended with ${code}`);
    const found = JSON.parse(text.trimEnd().split('\n').at(-1));
    return found.rounds.slice(Math.floor(found.rounds.length / 2)).map(({ cpu }) => cpu);
  };
  // A coin decides who begins.
  const plainFirst = Math.random() < 0.5;
  const begins = ran(plainFirst ? {} : begun?.environment);
  const follows = ran(plainFirst ? begun?.environment : {});
  const [plain, other] = await Promise.all(plainFirst ? [begins, follows] : [follows, begins]);
  return [sum(other) / sum(plain)];
}

function told({ foretold, functions }, found) {
  const { percent, low, high, basis } = foretold;
  const count = (strategy) => functions.filter((each) => each.strategy === strategy).length;
  return {
    foretold: percent,
    foretoldLow: low,
    foretoldHigh: high,
    basis,
    measured: found.percent,
    low: found.low,
    high: found.high,
    ratio: rounded(percent / found.percent),
    told: count('performance'),
    counted: count('minimal'),
    off: count('off'),
  };
}

function line(limit, one) {
  const range = `${one.foretoldLow} to ${one.foretoldHigh}, ${one.basis}`;
  const functions = `${one.told} told, ${one.counted} counted, ${one.off} left out`;
  return `${limit === null ? 'no limit' : `limit ${limit} %`}: foretold ${one.foretold} % (${range}), measured ${shown({ percent: one.measured, ...one })} | ${functions}`;
}

function shown({ percent, low, high }) {
  return `${percent} % (${low} to ${high})`;
}
