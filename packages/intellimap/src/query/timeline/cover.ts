/** Which stretches of the time index answer a window. Pure. */
import type { ThreadTimes, TimeNode } from '../../store/index.ts';

export interface Cover {
  thread: ThreadTimes;
  /** Their buckets are fine enough. */
  nodes: TimeNode[];
  /** These are to be read again: their buckets are too wide, or not deep enough. */
  leaves: TimeNode[];
  /** No span of the window is deeper than what is told. */
  isWhole: boolean;
}

/** What is asked of a stretch: buckets of up to `2 ** shift` µs, in a time (µs since the run began); with `isDeep`, at all depths. */
export interface Wanted {
  shift: number;
  from: number;
  to: number;
  isDeep: boolean;
}

export function coverOf(thread: ThreadTimes, wanted: Wanted): Cover {
  const cover: Cover = { thread, nodes: [], leaves: [], isWhole: true };
  if (thread.root !== null) descend(thread.root, wanted, cover);
  return cover;
}

function descend(node: TimeNode, wanted: Wanted, cover: Cover): void {
  if (node.to < wanted.from || node.from > wanted.to) return;
  if (node.lines.shift <= wanted.shift && !(wanted.isDeep && node.isDeep)) {
    cover.nodes.push(node);
    if (node.isDeep) cover.isWhole = false;
  } else if (node.leaf !== null) cover.leaves.push(node);
  else for (const child of node.children) descend(child, wanted, cover);
}

/** Words that are to be read. */
export const wordsIn = (covers: readonly Cover[]): number =>
  covers.reduce((sum, { leaves }) => leaves.reduce((words, { leaf }) => words + (leaf?.words ?? 0), sum), 0);
