/**
 * What became slower or faster. Times differ from run to run, so nothing is said of a difference that is smaller than a floor, of a factor that is
 * smaller than a threshold or than what other times of the two runs differ by, of few calls, or of what earlier runs had as well. Pure.
 */
import { edgeSubject } from './calls.ts';
import { becauseOf, type Change, type Pair, type Thresholds } from './change.ts';
import { type Noise, noiseOf } from './noise.ts';
import type { EdgeFact, Snapshot } from './snapshot.ts';

/** Percentiles of fewer calls than this are those of some calls. */
const CALLS_FOR_P95 = 100;
const TASKS_FOR_P50 = 5;
/** Beyond the slowest of earlier runs. */
const MARGIN = 1.1;
/** The threshold is so much higher where no earlier runs show what is usual. */
const WITHOUT_HISTORY = 1.3;

/** One time that both runs have. */
interface Timed {
  figure: (run: Snapshot) => number | null;
  /** ms that it must differ by */
  floor: number;
  facts: Omit<Change, 'what' | 'before' | 'now' | 'confidence'>;
}

/** Of an edge, where none of the callee's own edges changed: that is told where it began. */
export function latencyChanges(pair: Pair, thresholds: Thresholds): Change[] {
  const medians = timedEdges(pair, thresholds, 'p50Ms', thresholds.minCalls);
  const slow = timedEdges(pair, thresholds, 'p95Ms', Math.max(CALLS_FOR_P95, thresholds.minCalls));
  const found = new Map<string, Change>();
  for (const change of [...changed(pair, slow, thresholds), ...changed(pair, medians, thresholds)])
    found.set(change.key, change);
  const below = new Set([...found.values()].map(({ key, what }) => `${key.split('\n')[0]}\n${what}`));
  return [...found.values()].filter(({ key, what }) => !below.has(`${key.split('\n')[1]}\n${what}`));
}

function timedEdges(
  pair: Pair,
  { latencyFloorMs }: Thresholds,
  figure: 'p50Ms' | 'p95Ms',
  least: number,
): Timed[] {
  const { now, before } = pair;
  const isOften = ([key, { count }]: [string, EdgeFact]): boolean =>
    Math.min(count, before.edges.get(key)?.count ?? 0) >= least;
  return [...now.edges].filter(isOften).map(([key, { src, dst }]) => ({
    figure: (run) => run.edges.get(key)?.[figure] ?? null,
    floor: latencyFloorMs,
    facts: {
      kind: 'latency', key, ...edgeSubject(now, src, dst), because: becauseOf(pair, [dst]),
      unit: figure === 'p50Ms' ? 'ms (median)' : 'ms (95 of 100)',
    },
  })); // prettier-ignore
}

/** Own time of functions for each call. */
export function selfChanges(pair: Pair, thresholds: Thresholds): Change[] {
  const { now, before } = pair;
  const timed = [...now.functions.values()]
    .filter(({ id, hits }) => Math.min(hits, before.functions.get(id)?.hits ?? 0) >= thresholds.minCalls)
    .map(({ id, name, path, line, hits }): Timed => ({
      figure: (run) => selfPerCall(run, id),
      // A floor of all calls together: each may be short.
      floor: (10 * thresholds.latencyFloorMs) / hits,
      facts: { kind: 'self', key: id, subject: name, path, line, unit: 'ms of its own a call', because: becauseOf(pair, [id]) },
    })); // prettier-ignore
  return changed(pair, timed, thresholds);
}

function selfPerCall(run: Snapshot, id: string): number | null {
  const own = run.functions.get(id);
  return own === undefined || own.selfMs === null || own.hits === 0 ? null : own.selfMs / own.hits;
}

/** Durations of tasks that are alike, and the calls in one. */
export function taskChanges(pair: Pair, thresholds: Thresholds): Change[] {
  const { now, before } = pair;
  const shapes = [...now.tasks.values()].filter(
    ({ shape, tasks }) => Math.min(tasks, before.tasks.get(shape)?.tasks ?? 0) >= TASKS_FOR_P50,
  );
  const timed = shapes.map(({ shape }): Timed => ({
    figure: (run) => run.tasks.get(shape)?.p50Ms ?? null,
    floor: thresholds.latencyFloorMs,
    facts: { ...taskFacts(shape), unit: 'ms (median)' },
  }));
  return [
    ...changed(pair, timed, thresholds),
    ...shapes.flatMap(({ shape }) => callsInTask(pair, shape, thresholds) ?? []),
  ];
}

const taskFacts = (shape: string): Omit<Timed['facts'], 'unit'> => ({
  kind: 'task',
  key: shape,
  subject: shape,
  path: null,
  line: null,
  because: 'behaviour',
});

function callsInTask(
  { now, before, history }: Pair,
  shape: string,
  { countTolerance }: Thresholds,
): Change | null {
  const past = [before, ...history].flatMap((run) => run.tasks.get(shape)?.calls ?? []);
  const { calls } = now.tasks.get(shape)!;
  const isMore = calls > Math.max(...past) * (1 + countTolerance);
  if (!isMore && calls >= Math.min(...past) * (1 - countTolerance)) return null;
  const confidence = past.length > 2 ? 'likely' : 'possible';
  return { ...taskFacts(shape), key: `${shape}\ncalls`, what: isMore ? 'more' : 'fewer', before: past[0], now: calls, unit: 'calls in one (median)', confidence }; // prettier-ignore
}

function changed(pair: Pair, timed: readonly Timed[], thresholds: Thresholds): Change[] {
  const ratios = timed
    .map(({ figure }) => [figure(pair.now), figure(pair.before)])
    .flatMap(([now, before]) => (now === null || before === null ? [] : now / before));
  const noise = noiseOf(ratios);
  return timed.flatMap((each) => changeOf(pair, each, thresholds, noise) ?? []);
}

function changeOf(
  { now, before, history }: Pair,
  { figure, floor, facts }: Timed,
  { latencyRatio }: Thresholds,
  { pace, factor }: Noise,
): Change | null {
  const [mine, last] = [figure(now), figure(before)];
  if (mine === null || last === null) return null;
  const expected = last * pace;
  if (Math.abs(mine - expected) < floor) return null;
  const past = [last, ...history.map(figure).filter((each) => each !== null)];
  const isKnown = past.length > 2;
  const ratio = Math.max(factor, latencyRatio * (isKnown ? 1 : WITHOUT_HISTORY));
  const isSlower = mine >= expected * ratio && mine > Math.max(...past) * pace * MARGIN;
  const isFaster = mine * ratio <= expected && mine * MARGIN < Math.min(...past) * pace;
  if (!isSlower && !isFaster) return null;
  // Two runs are two samples.
  const confidence = isKnown && factor > 1 ? 'likely' : 'possible';
  return { ...facts, what: isSlower ? 'slower' : 'faster', before: last, now: mine, confidence };
}
