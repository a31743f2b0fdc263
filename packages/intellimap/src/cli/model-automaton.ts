/** The automaton of a function with how often its calls went each way. Pure. */
import {
  type Automaton,
  automatonOf,
  End,
  type Folded,
  type FunctionModel,
  labelsOf,
  netOf,
} from '../graph/index.ts';
import type { ModelAutomaton } from './model-answer.ts';

/** More transitions make no picture. */
const MOST = 5000;

/** @returns null: it would be too large */
export function automatonAnswer(
  { flow }: FunctionModel,
  wanted: readonly number[],
  folded: Folded | null,
): ModelAutomaton | null {
  const told = new Set(wanted);
  const labelOf = labelsOf(flow);
  const it = automatonOf(
    netOf(flow, (step) => told.has(step)),
    labelOf,
    MOST,
  );
  if (it === undefined) return null;
  const { times, returned, threw } = counted(it, folded, (step) => (told.has(step) ? labelOf(step) : -1));
  return {
    states: Array.from(it.ends, (ends, state) => ({
      returns: (ends & End.RETURNS) !== 0,
      fails: (ends & End.FAILS) !== 0,
      returned: returned[state],
      threw: threw[state],
    })),
    transitions: Array.from(it.from, (from, at) => ({ from, to: it.to[at], step: it.label[at], times: times[at] })),
  };
} // prettier-ignore

/** @param labelOf -1: it is not told */
function counted(
  it: Automaton,
  folded: Folded | null,
  labelOf: (step: number) => number,
): { times: number[]; returned: number[]; threw: number[] } {
  const ways = new Map(Array.from(it.from, (from, at) => [`${from} ${it.label[at]}`, at] as const));
  const times = Array.from(it.from, () => 0);
  const [returned, threw] = [Array.from(it.ends, () => 0), Array.from(it.ends, () => 0)];
  for (const { way, end, count } of folded?.ways ?? []) {
    let state = 0;
    for (const step of way) {
      const label = labelOf(step);
      const at = label < 0 ? undefined : ways.get(`${state} ${label}`);
      if (at === undefined) continue;
      times[at] += count;
      state = it.to[at];
    }
    if (end === 'returned') returned[state] += count;
    else if (end === 'threw') threw[state] += count;
  }
  return { times, returned, threw };
}
