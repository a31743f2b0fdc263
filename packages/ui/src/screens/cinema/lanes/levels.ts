/** The same bars at another level: whole threads, modules, or each call by itself. Pure. */
import type { Level } from '../../../state/url.ts';
import { type BarFunction, type Bars, NO_ROW, pick } from './bars.ts';

export const atLevel = (bars: Bars, level: Level): Bars =>
  level === 'system' ? rootsOf(bars) : level === 'module' ? modulesOf(bars) : bars;

const kept = new WeakMap<Bars, Map<Level, Bars>>();

/** As `atLevel`; made once for each answer. */
export function levelled(bars: Bars, level: Level): Bars {
  let levels = kept.get(bars);
  if (levels === undefined) kept.set(bars, (levels = new Map()));
  let made = levels.get(level);
  if (made === undefined) levels.set(level, (made = atLevel(bars, level)));
  return made;
}

/** What a thread did, without what that called; of errors below a call that went on, signs remain. */
const rootsOf = (bars: Bars): Bars =>
  pick(
    bars,
    indices(bars)
      .filter((n) => bars.depth[n] === 0 || bars.failed[n] > 0)
      .toSorted(
        (a, b) =>
          bars.lane[a] - bars.lane[b] ||
          rootDepth(bars, a) - rootDepth(bars, b) ||
          bars.from[a] - bars.from[b],
      ),
    (n) => rootDepth(bars, n),
  );

const rootDepth = ({ depth }: Bars, n: number): number => (depth[n] === 0 ? 0 : NO_ROW);

/**
 * Calls within a module are its own affair: a bar below one of the same module is left out, unless it failed and that one did not, and
 * what is below moves up.
 */
function modulesOf(bars: Bars): Bars {
  const level = new Int16Array(bars.lane.length);
  const module = bars.functions.map((fn) => fn.module);
  const stack: number[] = [];
  const kept: number[] = [];
  for (const n of byTime(bars)) {
    if (bars.depth[n] === NO_ROW) {
      level[n] = NO_ROW;
      kept.push(n);
      continue;
    }
    while (stack.length > 0 && !isBelow(bars, n, stack.at(-1)!)) stack.pop();
    const above = stack.at(-1);
    const isInside =
      above !== undefined &&
      module[bars.fn[above]] === module[bars.fn[n]] &&
      (bars.failed[n] === 0 || bars.failed[above] > 0);
    level[n] = above === undefined ? 0 : level[above] + (isInside ? 0 : 1);
    if (!isInside) kept.push(n);
    stack.push(n);
  }
  const ordered = kept.toSorted(
    (a, b) => bars.lane[a] - bars.lane[b] || level[a] - level[b] || bars.from[a] - bars.from[b],
  );
  return { ...pick(bars, ordered, (n) => level[n]), functions: bars.functions.map(asModule) };
}

/** What a bar is called at this level: its file. */
const asModule = (fn: BarFunction): BarFunction =>
  fn.module === '' ? fn : { ...fn, name: fn.module.slice(fn.module.lastIndexOf('/') + 1) };

/** By lane, then as they began, the outer one first. */
const byTime = (bars: Bars): number[] =>
  indices(bars).toSorted(
    (a, b) => bars.lane[a] - bars.lane[b] || bars.from[a] - bars.from[b] || bars.depth[a] - bars.depth[b],
  );

const isBelow = (bars: Bars, inner: number, outer: number): boolean =>
  bars.lane[inner] === bars.lane[outer] &&
  bars.depth[inner] > bars.depth[outer] &&
  bars.from[inner] < bars.to[outer];

const indices = (bars: Bars): number[] => Array.from(bars.lane.keys());
