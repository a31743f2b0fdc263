/**
 * Runs a command plain and recorded, and says what recording took of the processors: beside what was foretold. Both run at the same time on one processor, where it can be had: they meet the same
 * machine then, whatever else it does, and are told apart to 2 %; one after the other, to 15 % (see ARCHITECTURE.md, decisions).
 */
import { spawn } from 'node:child_process';
import { rmSync } from 'node:fs';
import { callCosts } from '../base/cost.ts';
import { ExitCode, Fault } from '../base/fault.ts';
import { priceOfFollowing } from '../base/following.ts';
import { type MedianRange, medianRange } from '../base/median-range.ts';
import { median, sum } from '../base/numbers.ts';
import { type Choice, pricesOf } from '../base/plan.ts';
import type { Plan, RunFile, Tier } from '../base/recording.ts';
import { launch } from '../record/launch.ts';
import { keepMeasured, type Measured } from '../record/overheads.ts';
import { beginRunFile } from '../record/run-file.ts';
import type { Call } from './command.ts';
import { makeFolder, recordEnding } from './commands/run.ts';
import { asFollowed, type MadePlan, planOfMade } from './plan.ts';
import { countedCommand } from './processor-time.ts';

/** What is measured: a command, and how it is recorded. */
export interface MeasureWish {
  /** As it is started. */
  command: string[];
  described: Omit<Parameters<typeof beginRunFile>[0], 'plan'>;
  rounds: number;
  /** That both share; undefined: they run by turns. */
  processor: number | undefined;
  cost: NonNullable<RunFile['cost']>;
}

/** ms of processors of a plain and a recorded run. */
interface Pair {
  plain: number;
  recorded: number;
}

/** Costs are learned from runs where calls took so many percent at least: of less, noise would be learned. */
const MIN_LEARNED = 5;
const FACTORS = { least: 0.2, most: 8 };

/** A run that is recorded once, so that there are counts to plan with: calls are counted only, which is quick to record and to load. */
export async function recordOnce({ described, ...wish }: MeasureWish): Promise<void> {
  await recordedMs(
    { ...wish, described: { ...described, tier: 'minimal' }, processor: undefined },
    undefined,
    true,
  );
}

export async function measurePlan(wish: MeasureWish, made: MadePlan, out: Call['out']): Promise<Measured> {
  const { described, rounds } = wish;
  const plan = planOfMade(made, described.budget, described.tier);
  const pairs: Pair[] = [];
  for (let round = 0; round < rounds; round++) {
    out.progress(`measuring … ${round} of ${rounds} pairs`);
    // Who begins is a matter of chance.
    const plainFirst = Math.random() < 0.5;
    pairs.push(await pairOf(wish, plan, plainFirst));
  }
  const measured = measuredOf(pairs, made, wish);
  keepMeasured(described.root, measured);
  return measured;
}

async function pairOf(wish: MeasureWish, plan: Plan, plainFirst: boolean): Promise<Pair> {
  const begin = plainFirst ? plainMs(wish) : recordedMs(wish, plan);
  if (wish.processor === undefined) await begin;
  const other = plainFirst ? recordedMs(wish, plan) : plainMs(wish);
  // Both end, whatever becomes of one.
  await Promise.allSettled([begin, other]);
  const [plain, recorded] = plainFirst ? [begin, other] : [other, begin];
  return { plain: await plain, recorded: await recorded };
}

/** Pure but for the time of day. */
function measuredOf(pairs: readonly Pair[], made: MadePlan, { described, cost }: MeasureWish): Measured {
  const { command, cwd, tier, budget } = described;
  const shares = (startMs: number): MedianRange =>
    medianRange(pairs.map(({ plain, recorded }) => 100 * ((recorded - startMs) / plain - 1)));
  const { median: percent, low, high } = shares(made.foretold.startMs);
  const factor = learned(percent, made, callsOf(made.choices, cost, tier));
  return {
    version: 1,
    command,
    cwd,
    tier,
    at: Date.now(),
    budget: budget ?? null,
    rounds: pairs.length,
    plainMs: Math.round(median(pairs.map(({ plain }) => plain))),
    percent: rounded(percent),
    low: rounded(low),
    high: rounded(high),
    withStart: rounded(shares(0).median),
    foretold: made.foretold,
    cost: factor === undefined ? (made.measured?.cost ?? null) : { closedNs: 0, hitNs: 0, ...cost, factor },
  };
}

const rounded = (percent: number): number => Number(percent.toPrecision(3));

/** ns that calls cost in a second: of the threads of the program as calibrated, and of the thread that reads. */
interface CallNs {
  inThreads: number;
  reading: number;
}

function callsOf(choices: readonly Choice[], cost: NonNullable<RunFile['cost']>, tier: Tier): CallNs {
  const total = (factor: number): number => {
    const costs = callCosts({ closedNs: 0, hitNs: 0, ...cost, factor }, tier);
    return sum(pricesOf(choices, costs));
  };
  const reading = total(0);
  return { inThreads: total(1) - reading, reading };
}

/** How many times as much a call takes as was calibrated, if recording took so many percent; undefined: too little to tell. */
export function learned(
  percent: number,
  { fixed, following }: Pick<MadePlan, 'fixed' | 'following'>,
  { inThreads, reading }: CallNs,
): number | undefined {
  const calls = percent * 1e7 - fixed - priceOfFollowing(following);
  if (calls < MIN_LEARNED * 1e7 || inThreads <= 0) return undefined;
  const factor = (calls - reading) / inThreads;
  return Number(Math.min(FACTORS.most, Math.max(FACTORS.least, factor)).toPrecision(3));
}

async function plainMs({ command, described, processor }: MeasureWish): Promise<number> {
  const { command: counted, stdio, taken } = countedCommand(command);
  const pin = processor === undefined ? [] : ['taskset', '-c', String(processor)];
  const [file, ...args] = [...pin, ...counted] as [string, ...string[]];
  const code = await new Promise<number | null>((done) => {
    const child = spawn(file, args, { cwd: described.cwd, stdio });
    child.once('error', () => done(ExitCode.FAILED));
    child.once('exit', done);
  });
  return checked(code, taken(), 'plain');
}

/** @param isKept the recording stays, to be asked, if the command succeeds */
async function recordedMs(
  { command, described, processor }: MeasureWish,
  plan: Plan | undefined,
  isKept = false,
): Promise<number> {
  const file = await beginRunFile({ ...described, ...(plan && { ...asFollowed(plan, described), plan }) });
  const folder = makeFolder(file);
  const { command: counted, stdio, taken } = countedCommand(command);
  const ending = await launch({
    ...file,
    command: counted,
    stdio,
    cwd: described.cwd,
    runDir: folder,
    processor,
  });
  if (isKept && ending.kind === 'exited' && ending.code === 0) await recordEnding(folder, file, ending);
  else rmSync(folder, { recursive: true, force: true });
  if (ending.kind === 'failed') throw ending.error;
  return checked(ending.code, taken(), 'recorded');
}

function checked(code: number | null, ms: number, how: string): number {
  if (code !== 0)
    throw new Fault(
      ExitCode.FAILED,
      `the command ended with ${code ?? 'a signal'} when it ran ${how}`,
      'only a command that succeeds each time can be measured',
    );
  if (!(ms > 0))
    throw new Fault(ExitCode.FAILED, 'the shell did not tell what the command took of the processors');
  return ms;
}
