/** The runs that a claim of "never" rests on, in words. */
import type { Window, WindowRun } from '../../query/index.ts';
import { plural } from '../analysis.ts';

const day = (ms: number): string => new Date(ms).toISOString().slice(0, 10);
const distinct = (runs: readonly WindowRun[], of: (run: WindowRun) => string | null): string[] =>
  [...new Set(runs.map(of))].filter((each): each is string => each !== null);

/** The runs of a window, summed up. */
export interface WindowFacts {
  runs: number;
  /** Of these, those that told all that happened. */
  whole: number;
  /** ms since the epoch */
  from: number;
  to: number;
  commands: string[];
  branches: string[];
  /** `Node v24.1.0 on linux x64` */
  environments: string[];
}

/** @param window of at least one run */
export const factsOf = ({ runs, from, to }: Window): WindowFacts => ({
  runs: runs.length,
  whole: runs.filter(({ isWhole }) => isWhole).length,
  from: from!,
  to: to!,
  commands: distinct(runs, ({ command }) => command.join(' ')),
  branches: distinct(runs, ({ branch }) => branch),
  environments: distinct(runs, ({ node, platform }) => `Node ${node} on ${platform}`),
});

/** `3 runs of 2026-11-20 to 2026-11-22 (2 commands; branches main, next; 1 of them not whole)` */
export function told({ runs, whole, from, to, commands, branches, environments }: WindowFacts): string {
  const span = day(from) === day(to) ? day(from) : `${day(from)} to ${day(to)}`;
  const facts = [
    plural(commands.length, 'command'),
    ...(branches.length > 0 ? [`${branches.length > 1 ? 'branches' : 'branch'} ${branches.join(', ')}`] : []),
    ...environments,
    ...(whole < runs ? [`${runs - whole} of them not whole`] : []),
  ];
  return `${plural(runs, 'run')} of ${span} (${facts.join('; ')})`;
}
