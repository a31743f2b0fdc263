/**
 * Which functions carry what probes, so that recording costs no more than a budget: made from how often each was called before. Pure.
 *
 * A call that is told costs ten times what a counted one costs, and a handful of functions make most calls of a program. So the rarest are told, as
 * many as fit; the others are counted; and where even that is too dear, those that are called most carry no probe at all.
 */
import type { CallCosts } from './cost.ts';
import { sum } from './numbers.ts';
import type { Plan, Tier } from './recording.ts';

export interface CallRate {
  path: string;
  /** Stable id of the function: `ast_node_id`. */
  id: string;
  /** Calls in a second of the program's own processor time. */
  perSecond: number;
  /** It can outlive the stack: its calls cannot be left out. */
  isFrame: boolean;
}

/** Words of a call: ENTER and LEAVE. */
const CALL_WORDS = 2;
/** What is aimed at, of the budget: the recorder's own threads take a little, too. */
const TARGET = 0.8;
/** Part of it that may go to counting, where functions are told as well. */
const FOR_COUNTS = 0.5;
/** So much at least is for the others, whatever async functions cost. */
const MIN_LEFT = 0.1;
/** More are not worth a line in the plan. */
const MAX_PLANNED = 20_000;

/** @param budget percent of the program's own time. Returns undefined when all can be told. */
export function planFor(
  rates: readonly CallRate[],
  { budget, tier, cost, from }: { budget: number; tier: Tier; cost: CallCosts; from: string },
): Plan | undefined {
  const allowed = (TARGET * budget * 1e9) / 100;
  const frames = callsOf(rates.filter(({ isFrame }) => isFrame)) * cost.framed;
  const rarestFirst = rates.filter(({ isFrame }) => !isFrame).toSorted((a, b) => a.perSecond - b.perSecond);
  const left = Math.max(MIN_LEFT * allowed, allowed - frames);
  const counted = fitting(rarestFirst, tier === 'minimal' ? left : left * FOR_COUNTS, cost.hit);
  const told =
    tier === 'minimal'
      ? 0
      : fitting(
          rarestFirst.slice(0, counted),
          left - cost.hit * callsOf(rarestFirst.slice(0, counted)),
          cost.told + CALL_WORDS * cost.read - cost.hit,
        );
  const files: Plan['files'] = {};
  const plan = (list: CallRate[], keep: 'count' | 'nothing'): void => {
    for (const { path, id, perSecond } of list.slice(-MAX_PLANNED))
      (files[path] ??= {})[id] = { keep, perSecond: Math.round(perSecond) };
  };
  if (tier !== 'minimal') plan(rarestFirst.slice(told, counted), 'count');
  plan(rarestFirst.slice(counted), 'nothing');
  return Object.keys(files).length === 0 ? undefined : { from, budget, files };
}

const callsOf = (rates: readonly CallRate[]): number => sum(rates.map(({ perSecond }) => perSecond));

/** How many of the list, from its beginning, fit into `allowed` ns a second at `ns` a call. */
function fitting(list: readonly CallRate[], allowed: number, ns: number): number {
  let left = allowed;
  const end = list.findIndex(({ perSecond }) => (left -= perSecond * ns) < 0);
  return end < 0 ? list.length : end;
}
