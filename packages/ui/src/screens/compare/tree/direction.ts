/** Which way a path went, and whether by more than chance. Pure. */
import type { CompareTree } from '../../../../../intellimap/src/serve/contract.ts';

/** A copy of `PATH_FLAG` that a test compares: only types come from the server's side. */
export const SHARED_NOW = 1;
export const SHARED_BEFORE = 2;
export const ROUND = 4;

export type Direction = 'more' | 'less' | 'new' | 'gone' | 'same';

export interface Way {
  direction: Direction;
  /** It differs by more than times of these runs differ anyhow. */
  isClear: boolean;
}

/** Less than this is the same. */
const SAME = 1.1;
/** So many times as much is clear, unless the two runs differ by more in everything; as `drift` has it. */
const CLEAR = 1.5;
/** Of all: paths that are smaller differ by nothing that matters. */
const LEAST = 0.002;

/** Times are set against the pace of both runs; calls are not, as a busy machine makes no more of them. */
export const paceOf = ({ measure, noise }: Pick<CompareTree, 'measure' | 'noise'>): number =>
  measure === 'calls' ? 1 : (noise?.pace ?? 1);

export function wayOf(tree: CompareTree, row: number): Way {
  const { callsNow, callsBefore, measure, noise } = tree;
  const [now, before] = [tree.now[row], tree.before[row] * paceOf(tree)];
  if (callsBefore[row] === 0 && before === 0) return { direction: 'new', isClear: true };
  if (callsNow[row] === 0 && now === 0) return { direction: 'gone', isClear: true };
  const difference = now - before;
  const all = Math.max(tree.totalNow, tree.totalBefore);
  const ratio = difference > 0 ? now / Math.max(before, 1e-12) : before / Math.max(now, 1e-12);
  if (ratio < SAME || Math.abs(difference) < LEAST * all) return { direction: 'same', isClear: false };
  const least = measure === 'calls' ? SAME : Math.max(CLEAR, noise?.factor ?? CLEAR);
  // A large part that grew by little has more to tell than its ratio says.
  const isClear = ratio >= least || Math.abs(difference) > 0.1 * all;
  return { direction: difference > 0 ? 'more' : 'less', isClear };
}

export const wordsOf = (direction: Direction, measure: CompareTree['measure']): string =>
  ({
    more: measure === 'calls' ? 'more calls' : 'slower',
    less: measure === 'calls' ? 'fewer calls' : 'faster',
    new: 'not there before',
    gone: 'not there now',
    same: 'about the same',
  })[direction];

/** Figures of the path are shares, in one of the runs at least. */
export const isShared = ({ flags }: Pick<CompareTree, 'flags'>, row: number): boolean =>
  (flags[row] & (SHARED_NOW | SHARED_BEFORE)) !== 0;
