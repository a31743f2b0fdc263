/** What cells are coloured by: names, units, why there may be nothing; and the style of each cell. Pure. */
import { heatOf } from '../../../../../intellimap/src/layout/heat.ts';
import { METRICS, type MapFacts, type Metric, State } from '../../../../../intellimap/src/layout/picture.ts';
import { count, duration, percent, short } from '../../../text/format.ts';

interface MetricWords {
  /** In the selector. */
  name: string;
  /** What it means, for its tooltip. */
  meaning: string;
  /** Why this run has none. */
  missing: string;
  text: (value: number) => string;
}

const ms = (value: number): string => duration(value * 1000);

export const METRIC_WORDS: Readonly<Record<Metric, MetricWords>> = {
  self: {
    name: 'time',
    meaning: 'Time on the stack, without recorded calls made from it',
    missing: 'This run took no times: record with --tier performance',
    text: ms,
  },
  total: {
    name: 'total',
    meaning: 'Time from beginning to end, with callees and waiting',
    missing: 'This run took no times: record with --tier performance',
    text: ms,
  },
  calls: {
    name: 'calls',
    meaning: 'How often it was called',
    missing: 'Nothing was called',
    text: short,
  },
  errors: {
    name: 'errors',
    meaning: 'Errors first seen in it',
    missing: 'No errors were seen in this run',
    text: count,
  },
  coverage: {
    name: 'coverage',
    meaning: 'Share of its code that ran',
    missing: 'Nothing ran',
    text: percent,
  },
  flags: {
    name: 'flags',
    meaning: 'Places in it that read a feature flag',
    missing: 'No place in the source reads a feature flag',
    text: count,
  },
  cpu: {
    name: 'CPU',
    meaning: 'Processor time by V8’s samples',
    missing: 'No samples: record with --cpu-profile',
    text: ms,
  },
  heap: {
    name: 'heap',
    meaning: 'Bytes that objects of its class keep alive',
    missing: 'No snapshot: record with --heap',
    text: (bytes) => `${short(bytes)}B`,
  },
};

/** The metrics, each with why it cannot be chosen; null: it can. */
export const choices = ({ heat }: MapFacts): { metric: Metric; why: string | null }[] =>
  METRICS.map((metric) => ({
    metric,
    why: heat[metric] === undefined ? METRIC_WORDS[metric].missing : null,
  }));

/** The metric that was asked for, if the run has it; else the first that it has. */
export function metricOf(facts: MapFacts, wanted: string | undefined): Metric {
  const there = choices(facts).filter(({ why }) => why === null);
  return (there.find(({ metric }) => metric === wanted) ?? there[0])?.metric ?? 'calls';
}

/** The file with most of a metric, where a walk begins; −1: there is no file. */
export function hottest({ modules }: MapFacts, metric: Metric, isThere: (m: number) => boolean): number {
  const values = modules.metrics[metric];
  let best = -1;
  for (let m = 0; m < modules.path.length; m++)
    if (isThere(m) && (best < 0 || (values?.[m] || 0) > (values?.[best] || 0))) best = m;
  return best;
}

/** Styles of cells, in the order in which they are painted. 1 … 5: steps of heat. */
export const STYLE = { never: 0, unknown: 6 } as const;
export const STYLES = 7;

/** What ran is never colder than the first step: hollow means that it never ran. */
export function styleOf(facts: MapFacts, metric: Metric, f: number): number {
  const state = facts.functions.state[f];
  if ((state & State.RAN) === 0) return (state & State.UNKNOWN) === 0 ? STYLE.never : STYLE.unknown;
  return stepOf(facts, metric, facts.functions.metrics[metric]?.[f] ?? NaN);
}

/** Step 1 … 5 of a value. */
export function stepOf({ heat }: MapFacts, metric: Metric, value: number): number {
  const steps = heat[metric];
  return steps === undefined ? 1 : Math.max(1, heatOf(value, steps));
}

/** Functions by style: those of style s are `order` from `starts[s]` until `starts[s + 1]`. */
export interface Painted {
  order: Uint32Array;
  starts: Uint32Array;
}

export function painted(facts: MapFacts, metric: Metric): Painted {
  const total = facts.functions.id.length;
  const styles = Uint8Array.from({ length: total }, (_, f) => styleOf(facts, metric, f));
  const starts = new Uint32Array(STYLES + 1);
  for (const style of styles) starts[style + 1]++;
  for (let s = 0; s < STYLES; s++) starts[s + 1] += starts[s];
  const next = starts.slice();
  const order = new Uint32Array(total);
  for (let f = 0; f < total; f++) order[next[styles[f]]++] = f;
  return { order, starts };
}
