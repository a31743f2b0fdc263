/** Which stretches of the time index answer a window. Pure. */
import type { ThreadTimes, TimeNode } from '../../store/index.ts';

export interface Cover {
  thread: ThreadTimes;
  /** Their buckets are fine enough. */
  nodes: TimeNode[];
  /** Theirs are not: they are to be read again. */
  leaves: TimeNode[];
}

/** @param shift buckets may have up to `2 ** shift` µs @param from, to µs since the run began */
export function coverOf(thread: ThreadTimes, shift: number, from: number, to: number): Cover {
  const cover: Cover = { thread, nodes: [], leaves: [] };
  if (thread.root !== null) descend(thread.root, shift, from, to, cover);
  return cover;
}

function descend(node: TimeNode, shift: number, from: number, to: number, cover: Cover): void {
  if (node.to < from || node.from > to) return;
  if (node.lines.shift <= shift) cover.nodes.push(node);
  else if (node.leaf !== null) cover.leaves.push(node);
  else for (const child of node.children) descend(child, shift, from, to, cover);
}

/** Words that are to be read. */
export const wordsIn = (covers: readonly Cover[]): number =>
  covers.reduce((sum, { leaves }) => leaves.reduce((words, { leaf }) => words + (leaf?.words ?? 0), sum), 0);
