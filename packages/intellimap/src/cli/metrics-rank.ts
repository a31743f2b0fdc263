/** Which functions are worth looking at, by what is known of them. Pure. */
import type { FunctionMetrics } from '../query/index.ts';

export interface RankedFunction extends FunctionMetrics {
  score: number;
}

/** A figure above what it may be. */
export interface OverLimit {
  id: string;
  name: string;
  path: string;
  line: number;
  figure: Limited;
  value: number;
  most: number;
}

/** Figures that may have a limit: `--max-cognitive`. */
export const LIMITED = ['cognitive', 'cyclomatic', 'nesting', 'lines', 'parameters'] as const;
export type Limited = (typeof LIMITED)[number];
export type Limits = Partial<Record<Limited, number>>;

/** What functions may be sorted by, greatest first. */
export const SORTED = [
  'score',
  'cognitive',
  'cyclomatic',
  'nesting',
  'lines',
  'parameters',
  'captured',
  'volume',
  'difficulty',
  'effort',
  'fan-in',
  'fan-out',
  'commits',
  'calls',
  'self',
  'errors',
] as const;
export type Sorted = (typeof SORTED)[number];

/**
 * Complexity × change × trouble: cognitive complexity; times 1 and the binary logarithm of 1 + commits; times 1, the root of its share of all self time (1 % is a tenth), 1 where errors come
 * from it, and a half where runs had it, and never called it. What is not known is 1: where there are no runs and no git, the complexity alone is left.
 */
export function scoreOf({ cognitive, commits, selfShare, errors, ran }: FunctionMetrics): number {
  const change = 1 + Math.log2(1 + (commits ?? 0));
  const trouble = 1 + Math.sqrt(selfShare ?? 0) + (errors > 0 ? 1 : 0) + (ran === false ? 0.5 : 0);
  return cognitive * change * trouble;
}

const VALUES: Readonly<Record<Sorted, (each: RankedFunction) => number | null>> = {
  score: ({ score }) => score,
  cognitive: ({ cognitive }) => cognitive,
  cyclomatic: ({ cyclomatic }) => cyclomatic,
  nesting: ({ nesting }) => nesting,
  lines: ({ lines }) => lines,
  parameters: ({ parameters }) => parameters,
  captured: ({ captured }) => captured,
  volume: ({ volume }) => volume,
  difficulty: ({ difficulty }) => difficulty,
  effort: ({ effort }) => effort,
  'fan-in': ({ fanIn }) => fanIn,
  'fan-out': ({ fanOut }) => fanOut,
  commits: ({ commits }) => commits,
  calls: ({ calls }) => calls,
  self: ({ selfMs }) => selfMs,
  errors: ({ errors }) => errors,
};

/** Greatest first; of equals the more complex one. */
export function ranked(functions: readonly FunctionMetrics[], by: Sorted): RankedFunction[] {
  const value = VALUES[by];
  return functions
    .map((each) => ({ ...each, score: scoreOf(each) }))
    .toSorted(
      (a, b) =>
        (value(b) ?? -1) - (value(a) ?? -1) ||
        b.score - a.score ||
        b.cyclomatic - a.cyclomatic ||
        (a.id < b.id ? -1 : 1),
    );
}

/** The farthest above its limit first. */
export function overLimits(functions: readonly FunctionMetrics[], limits: Limits): OverLimit[] {
  return functions
    .flatMap(({ id, name, path, line, ...figures }) =>
      LIMITED.flatMap((figure) => {
        const most = limits[figure];
        const value = figures[figure];
        return most === undefined || value <= most ? [] : [{ id, name, path, line, figure, value, most }];
      }),
    )
    .toSorted((a, b) => b.value / Math.max(b.most, 1) - a.value / Math.max(a.most, 1) || (a.id < b.id ? -1 : 1));
} // prettier-ignore

/** How well a function fits what somebody wrote; 9: not at all. */
function fit({ id, name }: FunctionMetrics, wanted: string): number {
  if (id === wanted) return 0;
  if (name === wanted) return 1;
  if (name.endsWith(`.${wanted}`)) return 2;
  return name.toLowerCase().includes(wanted.toLowerCase()) || id.includes(wanted) ? 3 : 9;
}

/** Those that fit best. */
export function named<Each extends FunctionMetrics>(functions: readonly Each[], wanted: string): Each[] {
  const best = Math.min(...new Set(functions.map((each) => fit(each, wanted))), 9);
  return best === 9 ? [] : functions.filter((each) => fit(each, wanted) === best);
}
