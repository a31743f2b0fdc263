// node bench/gate-power.mjs [--repetitions 500] [--pairs 30] [--growths 0.1,0.2] [--no-real]
// How often the gate over times cries wolf, and how often it sees a wolf. First a simulation: builds whose noise is known, through the gate with its
// default settings; `sd` is the noise of a single run beside what both runs of a pair have in common. Then real runs: a small shop answers requests, recorded
// as `gate run --interleave` records, against an identical build and against builds with a loop in one function, which is set so that the whole takes
// 10 and 20 % more of the processor. From the pairs of each, twenty are drawn again and again, and put to the gate: the figures of one machine, on one day.
// Of identical builds a coin decides which of a pair is the candidate: what one set of pairs differs by chance is no difference of the builds.
// Also told: how often the slowed function heads the list of causes. Build first (npm run build). The last line is JSON.
import fs from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { parseArgs } from 'node:util';
import { DEFAULTS } from '../packages/intellimap/dist/base/settings/index.js';
import { rounded } from './_figures.mjs';
import { gateOver, NOISES, simulate, verdictOf } from './_gate-simulation.mjs';
import { build, recordPairs, SLOWED, somePairs } from './_gate-real.mjs';

const { values } = parseArgs({
  options: {
    repetitions: { type: 'string', default: '500' },
    pairs: { type: 'string', default: '30' },
    growths: { type: 'string', default: '0.1,0.2' },
    'no-real': { type: 'boolean', default: false },
  },
});
const repetitions = Number(values.repetitions);
const growths = values.growths.split(',').map(Number);
const SDS = [0.01, 0.02, 0.04, 0.06];
/** Drawings from the pairs that were recorded. */
const DRAWINGS = 400;

/** Wilson's interval, 95 %, of a share. */
function interval(count, all) {
  const z = 1.96;
  const p = count / all;
  const middle = (p + z ** 2 / (2 * all)) / (1 + z ** 2 / all);
  const half = (z * Math.sqrt((p * (1 - p)) / all + z ** 2 / (4 * all ** 2))) / (1 + z ** 2 / all);
  return [rounded(100 * Math.max(0, middle - half), 2), rounded(100 * Math.min(1, middle + half), 2)];
}
const share = (count, all) => ({ percent: rounded((100 * count) / all, 2), interval: interval(count, all) });
const told = ({ percent, interval: [low, high] }) => `${percent} % (${low} to ${high})`;

function simulated() {
  const found = {};
  for (const noise of Object.keys(NOISES))
    for (const sd of SDS) {
      const same = simulate(noise, sd, 0, repetitions);
      const falseAlarms = share(same.fail, repetitions);
      const detected = growths.map((growth) => {
        const slower = simulate(noise, sd, growth, Math.ceil(repetitions / 2));
        return { growth, ...share(slower.fail, Math.ceil(repetitions / 2)) };
      });
      const row = {
        falseAlarms,
        unsure: rounded(same.unsure / repetitions, 3),
        pairs: rounded(same.pairs, 1),
        detected,
      };
      (found[noise] ??= {})[sd] = row;
      console.log(
        `${noise.padEnd(12)} sd ${(100 * sd).toFixed(0)} %  false alarms ${told(falseAlarms)}  not judged ${rounded(100 * row.unsure, 1)} %  ` +
          detected.map((each) => `+${100 * each.growth} %: found ${told(each)}`).join('  '),
      );
    }
  return found;
}

/** How often the gate fails on ten pairs drawn from those there are, and what it says of them. */
function drawn(facts, count, areSame) {
  const result = { fail: 0, unsure: 0, named: 0, growth: [], by: {} };
  for (let at = 0; at < DRAWINGS; at++) {
    const order = facts.base.runs.map((_, each) => each);
    for (let k = order.length - 1; k > 0; k--) {
      const other = Math.floor(Math.random() * (k + 1));
      [order[k], order[other]] = [order[other], order[k]];
    }
    const isSwapped = order.map(() => areSame && Math.random() < 0.5);
    const report = gateOver(somePairs(facts, order.slice(0, count), isSwapped), facts.design);
    result.growth.push(report.figures[0]?.growth ?? NaN);
    if (report.verdict === 'unsure') result.unsure++;
    if (report.verdict !== 'fail') continue;
    result.fail++;
    for (const { gate, verdict } of report.gates)
      if (verdict === 'fail') result.by[gate] = (result.by[gate] ?? 0) + 1;
    const [finding] = report.gates.flatMap(({ findings }) => findings);
    if (finding.causes[0]?.name === SLOWED) result.named++;
  }
  return result;
}

/** Rounds of the loop that make the whole so much slower: by what some rounds do. */
async function loopsFor(folder, base) {
  const TRIED = 100_000;
  const tried = build(path.join(folder, 'tried'), TRIED);
  const facts = await recordPairs(base, tried, 8);
  const { figures } = verdictOf(facts.base, facts.candidate, facts.design, 1);
  return (growth) => Math.round((TRIED * growth) / figures[0].growth);
}

async function real() {
  const folder = fs.mkdtempSync(path.join(fs.realpathSync(os.tmpdir()), 'intellimap-gate-power-'));
  try {
    const base = build(path.join(folder, 'base'), 0);
    const pairs = Number(values.pairs);
    const most = Math.min(pairs, DEFAULTS.gate.timesMost);
    const loops = await loopsFor(folder, base);
    const found = {};
    for (const growth of [0, ...growths]) {
      const candidate = build(path.join(folder, `by-${growth}`), growth === 0 ? 0 : loops(growth));
      const facts = await recordPairs(base, candidate, pairs);
      const all = verdictOf(facts.base, facts.candidate, facts.design, 1);
      const { fail, unsure, named, by } = drawn(facts, most, growth === 0);
      const row = {
        measured: rounded(all.figures[0].growth, 4),
        interval: all.figures[0].interval.map((each) => rounded(each, 4)),
        resolution: rounded(all.figures[0].resolution, 4),
        failed: share(fail, DRAWINGS),
        by,
        unsure: rounded(unsure / DRAWINGS, 3),
        named: fail > 0 ? rounded(named / fail, 3) : null,
        causes:
          all.gates
            .flatMap(({ findings }) => findings)[0]
            ?.causes.map(({ name, share }) => `${name} ${rounded(share, 2)}`) ?? [],
      };
      found[`+${100 * growth} %`] = row;
      console.log(
        `real +${100 * growth} %: measured ${rounded(100 * row.measured, 1)} %, fails in ${told(row.failed)} of drawings, names the function in ${row.named}; ${row.causes.join(', ')}`,
      );
    }
    return found;
  } finally {
    fs.rmSync(folder, { recursive: true, force: true });
  }
}

const simulation = simulated();
const runs = values['no-real'] ? null : await real();
console.log(
  JSON.stringify({ simulation, real: runs, node: process.version, processors: os.availableParallelism() }),
);
