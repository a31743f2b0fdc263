/** Question: where along the calls do two runs take another time, or make other calls? */
import { type Noise, noiseBetween } from '../drift/noise.ts';
import { resolveRun, type RunRow, type Session } from '../session.ts';
import { type CalledFunction, type CallingEdge, runGraph, TREE_MEASURES, type TreeMeasure } from './graph.ts';
import { exactSide } from './exact.ts';
import { callsOf, type EdgeRow, edgesOf, type RunRows, rowsOf } from './rows.ts';
import { sharedSide } from './shared.ts';
import { type PathTree, pathTree, type Side, type TreeLimits } from './tree.ts';
import { type Unmatched, unmatchedOf } from './unmatched.ts';

export { PATH_FLAG } from './tree.ts';
export type { TreeMeasure } from './graph.ts';
export type { Noise } from '../drift/noise.ts';
export type { Unmatched } from './unmatched.ts';

export interface CompareTree extends PathTree {
  run: string;
  other: string;
  measure: TreeMeasure;
  /** `calls`: from every single call of both runs, exactly · `pairs`: from callers and callees, as not every call has a row; flags say what is shared out. */
  source: 'calls' | 'pairs';
  /** Those that both runs have: times only where both took times, none where one does not know who called whom. */
  measures: TreeMeasure[];
  /** In the measure: of all root calls. */
  totalNow: number;
  totalBefore: number;
  /** Of own times of functions that both runs called often: how busy the machine was, and what is nothing special. null: too few are known. */
  noise: Noise | null;
  /** Of `fn`. */
  functions: TreeFunction[];
  /** Every function that ran in one of the runs only; the heaviest first. */
  unmatched: Unmatched[];
}

export interface TreeFunction {
  id: string;
  name: string;
  path: string;
  line: number;
  /** Its text is the same in both; null: it is not known, or it ran in one only. */
  isSame: boolean | null;
}

export interface CompareTreeQuestion extends Partial<TreeLimits> {
  /** Id of a run, or a unique beginning of one. */
  other: string;
  measure?: TreeMeasure;
  /** Every call is read of runs that have no more rows of calls (default 300,000): beyond, that takes seconds. */
  mostCalls?: number;
}

const LIMITS: TreeLimits = { minShare: 0.00005, limit: 5000 };

const MOST_CALLS = 300_000;

const hasEveryCall = (
  { calls_rule: rule, calls_kept: kept, calls_total: total }: RunRow,
  most: number,
): boolean => rule === 'all' && kept === total && kept > 0 && kept <= most;

/** @throws Fault (NOT_FOUND): there is no such run */
export async function compareTree(
  { db, run, settings }: Session,
  {
    other,
    measure: wanted = 'work',
    minShare = LIMITS.minShare,
    limit = LIMITS.limit,
    mostCalls = MOST_CALLS,
  }: CompareTreeQuestion,
): Promise<CompareTree> {
  const compared = await resolveRun(db, other);
  const [now, before] = [await rowsOf(db, run.id), await rowsOf(db, compared.id)];
  const ids = [...new Set([...now.called.keys(), ...before.called.keys()])].toSorted();
  const numbers = new Map(ids.map((id, at) => [id, at]));
  const measures = TREE_MEASURES.filter((each) => has(now, each) && has(before, each));
  const measure = measures.includes(wanted) ? wanted : (measures[0] ?? wanted);
  const isExact = [run, compared].every((each) => hasEveryCall(each, mostCalls));
  const sideOf = async (of: RunRow, rows: RunRows): Promise<Side> =>
    isExact
      ? exactSide(await callsOf(db, of.id, numbers), measure)
      : sharedSide(runGraph(...numbered(rows, await edgesOf(db, of.id), numbers), measure, ids.length));
  const [a, b] = [await sideOf(run, now), await sideOf(compared, before)];
  const tree = pathTree(a, b, { minShare, limit });
  const used = [...new Set(tree.fn)];
  const places = new Map(used.map((fn, at) => [fn, at]));
  return {
    run: run.id,
    other: compared.id,
    measure,
    source: isExact ? 'calls' : 'pairs',
    measures,
    totalNow: a.total,
    totalBefore: b.total,
    noise: noiseBetween(now.called, before.called, settings.drift.minCalls),
    ...tree,
    fn: tree.fn.map((fn) => places.get(fn)!),
    functions: used.map((fn) => treeFunction(ids[fn], now, before)),
    unmatched: unmatchedOf(now, before),
  };
}

function treeFunction(id: string, now: RunRows, before: RunRows): TreeFunction {
  const [a, b] = [now.called.get(id), before.called.get(id)];
  const { name, path, line } = (a ?? b)!;
  const isKnown = a !== undefined && b !== undefined && a.hash !== null && b.hash !== null;
  return { id, name, path, line, isSame: isKnown ? a.hash === b.hash : null };
}

/** Whether a run that called anything tells this measure. */
function has({ called }: RunRows, measure: TreeMeasure): boolean {
  const all = [...called.values()];
  return measure === 'calls'
    ? all.every(({ roots }) => roots !== null)
    : all.every(({ totalMs, roots }) => totalMs !== null && roots !== null);
}

function numbered(
  { called }: RunRows,
  edges: readonly EdgeRow[],
  numbers: ReadonlyMap<string, number>,
): [functions: CalledFunction[], edges: CallingEdge[]] {
  return [
    [...called.values()].map(({ id, hits, roots, selfMs, waitMs, totalMs }) => ({
      at: numbers.get(id)!,
      hits,
      roots: roots ?? 0,
      selfMs: selfMs ?? 0,
      waitMs: waitMs ?? 0,
      totalMs: totalMs ?? 0,
    })),
    edges.flatMap(({ src, dst, count, totalMs }) => {
      const [from, to] = [numbers.get(src), numbers.get(dst)];
      return from === undefined || to === undefined ? [] : [{ src: from, dst: to, count, totalMs }];
    }),
  ];
}
