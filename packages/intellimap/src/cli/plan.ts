/** What is recorded of which function: made from earlier runs of a command, from what was measured of it, and from the text. */
import { callCosts } from '../base/cost.ts';
import { ExitCode, Fault } from '../base/fault.ts';
import { BUSY, fixedCost, foretell, TYPICAL_FACTOR, type Use } from '../base/foretell.ts';
import { follow, type Following, leftOutOf, NONE_KNOWN, priceOfFollowing } from '../base/following.ts';
import { type CallRate, type Choice, choose, planFiles } from '../base/plan.ts';
import type { Foretold, Plan, PlanBasis, RunFile, Tier } from '../base/recording.ts';
import type { Strategy } from '../base/strategy.ts';
import { NO_EXTENSIONS } from '../config/index.ts';
import type { StaticFunction } from '../graph/index.ts';
import type { CallRates, PassedOver } from '../query/index.ts';
import { type Measured, measuredBefore } from '../record/overheads.ts';
import { shownCommand } from '../record/redaction.ts';
import type { Call } from './command.ts';

type Cost = NonNullable<RunFile['cost']>;

export interface PlanWish {
  root: string;
  cwd: string;
  /** As it may be written down. */
  command: readonly string[];
  tier: Tier;
  most?: Strategy;
  budget: number | undefined;
  cost: Cost;
  include: string[];
  exclude: string[];
  patterns: RunFile['patterns'];
}

export interface MadePlan {
  /** The run that knows how often functions are called; null: none does. */
  from: string | null;
  /** Where none does: the latest of those that were recorded nevertheless. */
  passedOver?: PassedOver;
  choices: Choice[];
  following: Following[];
  foretold: Foretold;
  /** ns in a second of the program's own time that looking takes, which no choice changes. */
  fixed: number;
  use: Use;
  /** Of this command, before. */
  measured: Measured | undefined;
  /** By id. */
  texts: ReadonlyMap<string, StaticFunction>;
  problems: { path: string; reason: string }[];
}

/** @throws Fault where the store cannot be read */
export async function makePlan(wish: PlanWish, out: Call['out']): Promise<MadePlan> {
  const { root, tier, budget, cost } = wish;
  const measured = measuredBefore(root, wish);
  const inProgram = costIn(cost, measured);
  const costs = callCosts(inProgram, tier);
  const { known, passed } = await earlier({ ...wish, cost: inProgram }, measured, out);
  const { candidates, texts, problems } = await candidatesOf(wish, known);
  const use = known?.use ?? BUSY;
  const fixed = fixedCost(budget, use);
  const following = follow(known?.followed ?? NONE_KNOWN, tier === 'performance' ? budget : undefined, fixed);
  const choices = choose(candidates, {
    budget,
    tier,
    cost: costs,
    fixed: fixed + priceOfFollowing(following),
    ...(wish.most && { most: wish.most }),
  });
  const foretold = foretell(choices, following, fixed, use, basisOf(known, measured));
  return {
    from: known?.run ?? null,
    ...(passed && { passedOver: passed }),
    choices,
    following,
    foretold,
    fixed,
    use,
    measured,
    texts,
    problems,
  };
}

/** What calls cost a program: as was measured of it, or as they do in most. */
const costIn = (cost: Cost, measured: Measured | undefined): Cost =>
  measured?.cost ?? { ...cost, factor: TYPICAL_FACTOR };

/** What calls of a command were measured to cost; undefined: nobody did. */
export const measuredCost = ({
  root,
  command,
  cwd,
  tier,
  values,
}: Pick<RunFile, 'root' | 'command' | 'cwd' | 'tier' | 'values'>): Cost | undefined =>
  measuredBefore(root, { command: shownCommand(command, root, values?.redact), cwd, tier })?.cost ??
  undefined;

const basisOf = (known: CallRates | undefined, measured: Measured | undefined): PlanBasis =>
  known === undefined ? 'text' : measured?.cost ? 'measured' : 'counted';

/** As `run.json` has it. */
export const planOfMade = (
  { from, choices, following, foretold }: Pick<MadePlan, 'from' | 'choices' | 'following' | 'foretold'>,
  budget: number | undefined,
  tier: Tier,
): Plan => ({
  from,
  budget: budget ?? null,
  files: planFiles(choices, tier),
  ...notFollowed(following),
  foretold,
});

function notFollowed(following: readonly Following[]): Pick<Plan, 'notFollowed'> {
  const rates = leftOutOf(following);
  return Object.keys(rates).length > 0 ? { notFollowed: rates } : {};
}

/** What a plan leaves out beside calls. Who samples tasks, or keeps slow ones, needs to know them. */
export function asFollowed(
  { notFollowed = {} }: Pick<Plan, 'notFollowed'>,
  { sample, keepSlower }: Pick<RunFile, 'sample' | 'keepSlower'>,
): Pick<RunFile, 'requests' | 'resources' | 'links'> {
  const needsTasks = sample !== undefined || keepSlower !== undefined;
  return {
    ...(notFollowed.requests !== undefined && !needsTasks && { requests: false }),
    ...(notFollowed.resources !== undefined && { resources: false }),
    ...(notFollowed.turns !== undefined && !needsTasks && { links: false }),
  };
}

/** What an earlier run says; where none can, the latest that cannot. */
async function earlier(
  { root, cwd, command, cost }: Pick<PlanWish, 'root' | 'cwd' | 'command' | 'cost'>,
  measured: Measured | undefined,
  out: Call['out'],
): Promise<{ known?: CallRates | undefined; passed?: PassedOver | undefined }> {
  // Loaded here: a run without a budget has no use for the store.
  const [{ callRates, passedOver }, { withRun }] = await Promise.all([
    import('../query/index.ts'),
    import('./session.ts'),
  ]);
  const shown = JSON.stringify(command);
  try {
    return await withRun({ cwd: root, out, extensions: NO_EXTENSIONS }, undefined, async ({ db }) => {
      const known = await callRates(db, shown, cwd, cost, measured?.plainMs);
      return known === undefined ? { passed: await passedOver(db, shown, cwd) } : { known };
    });
  } catch (error) {
    if (error instanceof Fault && error.exitCode === ExitCode.NOT_FOUND) return {};
    throw error;
  }
}

async function candidatesOf(
  { root, include, exclude, patterns }: PlanWish,
  known: CallRates | undefined,
): Promise<{ candidates: CallRate[] } & Pick<MadePlan, 'texts' | 'problems'>> {
  const { staticFunctions, estimatedRates, smallInLoops } = await import('../graph/index.ts');
  const text = staticFunctions(
    root,
    include.length + exclude.length > 0 ? patterns : { include: [], exclude: [] },
    known?.files,
  );
  const functions = text.functions.filter(({ facts }) => facts.node > 0);
  const texts = new Map(functions.map((each) => [each.id, each]));
  const { problems } = text;
  if (known === undefined) {
    const rates = estimatedRates(text.functions);
    const small = smallInLoops(text.functions);
    const candidates = text.functions.flatMap((each, at) =>
      each.facts.node === 0 ? [] : [{ ...rateOf(each, rates[at]), isSmallInLoop: small[at] }],
    );
    return { candidates, texts, problems };
  }
  const called = new Map(known.rates.map((rate) => [rate.id, rate]));
  // Those that were not called, and those that the text on disk does not have any more.
  const candidates = functions.map((each) => rateOf(each, called.get(each.id)?.perSecond ?? 0));
  const gone = known.rates.filter(({ id }) => !texts.has(id));
  return { candidates: [...candidates, ...gone], texts, problems };
}

const rateOf = ({ path, id, facts }: StaticFunction, perSecond: number): CallRate => ({
  path,
  id,
  perSecond,
  isFrame: facts.isAsync || facts.isGenerator,
  writes: facts.writes,
});

type Planned = Pick<RunFile, 'root' | 'cwd' | 'command' | 'tier' | 'budget' | 'cost' | 'values'>;

/**
 * Before a run with a budget: what earlier runs of the same command tell about what can be afforded; without reading the text, which takes a while. Undefined: all is told at first, as nothing
 * is known. A store that cannot be read is said to be so, and no reason not to start.
 */
export async function planOf(
  { root, cwd, command, tier, budget, cost, values }: Planned,
  out: Call['out'],
): Promise<Plan | undefined> {
  if (budget === undefined || cost === undefined) return undefined;
  try {
    const what = { command: shownCommand(command, root, values?.redact), cwd, tier };
    const measured = measuredBefore(root, what);
    const inProgram = costIn(cost, measured);
    const { known } = await earlier({ root, cost: inProgram, ...what }, measured, out);
    if (known === undefined) return undefined;
    const costs = callCosts(inProgram, tier);
    const fixed = fixedCost(budget, known.use);
    const following = follow(known.followed, tier === 'performance' ? budget : undefined, fixed);
    const all = fixed + priceOfFollowing(following);
    const choices = choose(known.rates, { budget, tier, cost: costs, fixed: all });
    const foretold = foretell(choices, following, fixed, known.use, basisOf(known, measured));
    return planOfMade({ from: known.run, choices, following, foretold }, budget, tier);
  } catch (error) {
    out.say(`intellimap: earlier runs cannot be asked what to leave out: ${(error as Error).message}`);
    return undefined;
  }
}
