/**
 * What is recorded of which function, so that recording costs no more than a budget: from how often each was called before, or may be. Pure.
 *
 * A call that is told costs ten times what a counted one costs, and a handful of functions make most calls of a program. So the rarest are told, as
 * many as fit; the others are counted; and where even that is too dear, those that are called most carry no probe at all. Where values are wanted,
 * the rarest of those that are told have theirs told, too.
 */
import type { CallCosts } from './cost.ts';
import { sum } from './numbers.ts';
import type { Plan, Tier } from './recording.ts';
import { coldShare, keptBy, priceOf, type Strategy } from './strategy.ts';

export interface CallRate {
  path: string;
  /** Stable id of the function: `ast_node_id`. */
  id: string;
  /** Calls in a second of the program's own processor time. */
  perSecond: number;
  /** It can outlive the stack: async, a generator. */
  isFrame: boolean;
  /** Places where it writes to properties; absent: nobody looked. */
  writes?: number;
  /** Only the text is known: it calls nobody, is short, and stands in a loop of somebody. */
  isSmallInLoop?: boolean;
}

/** Why it has the strategy that it has. */
export type Because =
  /** There is room for all that is wanted. */
  | 'fits'
  /** More would not fit: the next better strategy would cost too much. */
  | 'dear'
  /** It was not called, so nothing is paid for it. */
  | 'uncalled'
  /** Its text says so: nothing else is known. */
  | 'small';

export interface Choice {
  of: CallRate;
  strategy: Strategy;
  because: Because;
  /** ns of processors in a second of the program's own time. */
  price: number;
  /** The same of what was wanted. */
  wanted: number;
}

export interface Wish {
  /** Percent of the program's own time; undefined: no limit. */
  budget: number | undefined;
  tier: Tier;
  /** The most that is wanted of a function; what the tier says by default. */
  most?: Strategy;
  cost: CallCosts;
  /** ns in a second of the program's own time that recording takes whatever is chosen. */
  fixed?: number;
}

/** What is aimed at, of the budget: what is foretold is not certain. */
const TARGET = 0.8;
/** Part of it that may go to counting, where functions are told as well; and of what is left to telling, where values are. */
const FOR_COUNTS = 0.5;
const FOR_CALLS = 0.5;
/** So much at least is for calls, whatever else costs. */
const MIN_LEFT = 0.1;
/** More are not worth a line in the plan. */
const MAX_PLANNED = 20_000;

/** In the order of the functions. */
export function choose(functions: readonly CallRate[], wish: Wish): Choice[] {
  const { tier, budget, cost, most = usual(tier) } = wish;
  const all = functions.map((of) => ({ of, strategy: most }));
  // Before it is chosen who is told or counted, each is priced as if it were alone.
  const levels = budget === undefined ? undefined : strategiesFor(functions, most, wish, budget);
  const chosen = levels === undefined ? all : functions.map((of, at) => ({ of, strategy: levels[at] }));
  const prices = pricesOf(chosen, cost);
  const wanted = pricesOf(all, cost);
  return chosen.map((each, at) => ({
    ...each,
    because: becauseOf(each, most, budget),
    price: prices[at],
    wanted: wanted[at],
  }));
}

/** ns of processors in a second of the program's own time that each costs beside the others. */
export function pricesOf(choices: readonly Pick<Choice, 'of' | 'strategy'>[], cost: CallCosts): number[] {
  const share = coldShare(sum(choices.map(({ of, strategy }) => (strategy === 'off' ? 0 : of.perSecond))));
  return choices.map(({ of, strategy }) => priceOf(strategy, of, cost, share));
}

const usual = (tier: Tier): Strategy => (tier === 'minimal' ? 'minimal' : 'performance');

function becauseOf(
  { of, strategy }: Pick<Choice, 'of' | 'strategy'>,
  most: Strategy,
  budget: number | undefined,
): Because {
  if (strategy !== most) return of.isSmallInLoop && strategy === 'minimal' ? 'small' : 'dear';
  return budget !== undefined && of.perSecond === 0 ? 'uncalled' : 'fits';
}

function strategiesFor(
  functions: readonly CallRate[],
  most: Strategy,
  { cost, fixed = 0 }: Wish,
  budget: number,
): Strategy[] {
  const target = (TARGET * budget * 1e9) / 100;
  // The cheapest first: of those that outlive the stack a call costs many times as much.
  const told = functions.map((each) => priceOf('performance', each, cost));
  const cheapest = functions.map((_, at) => at).toSorted((a, b) => told[a] - told[b]);
  const rarest = cheapest.toSorted((a, b) => functions[a].perSecond - functions[b].perSecond);
  const chosen: Strategy[] = functions.map(() => 'off');
  let left = Math.max(MIN_LEFT * target, target - fixed);

  /** Raises the first of these, as many as fit into a share of what is left. */
  const raise = (candidates: readonly number[], to: Strategy, share: number): number[] => {
    const allowed = left * share;
    let spent = 0;
    const raised: number[] = [];
    for (const at of candidates) {
      const more = priceOf(to, functions[at], cost) - priceOf(chosen[at], functions[at], cost);
      if (spent + more > allowed) break;
      spent += more;
      raised.push(at);
    }
    for (const at of raised) chosen[at] = to;
    left -= spent;
    return raised;
  };

  const counted = new Set(raise(rarest, 'minimal', most === 'minimal' ? 1 : FOR_COUNTS));
  if (most === 'minimal') return chosen;
  const hasValues = most === 'state_only' || most === 'full_trace';
  const tellable = cheapest.filter((at) => counted.has(at) && !functions[at].isSmallInLoop);
  const calls = raise(tellable, 'performance', hasValues ? FOR_CALLS : 1);
  if (!hasValues) return chosen;
  if (most === 'state_only') raise(calls, 'state_only', 1);
  else {
    const full = new Set(raise(calls, 'full_trace', FOR_CALLS));
    raise(
      calls.filter((at) => !full.has(at)),
      'state_only',
      1,
    );
  }
  return chosen;
}

/** As a run is told it: only what differs from what the tier says. The dearest count, where there are too many. */
export function planFiles(choices: readonly Choice[], tier: Tier): Plan['files'] {
  const files: Plan['files'] = {};
  const lines = choices
    .flatMap(({ of, strategy }) => {
      const keep = keptBy(strategy, tier);
      return keep === undefined ? [] : [{ ...of, keep }];
    })
    .toSorted((a, b) => a.perSecond - b.perSecond);
  for (const { path, id, perSecond, keep } of lines.slice(-MAX_PLANNED))
    (files[path] ??= {})[id] = { keep, perSecond: Math.round(perSecond) };
  return files;
}
