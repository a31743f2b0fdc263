/**
 * The tree over the leaves of one thread: eight stretches of time are one, with buckets as wide as it takes for their lines to be as few as those of one. Any question
 * is answered by the widest stretches that are fine enough for it. Made when it is asked for first: some ms for a million lines.
 */
import { Buckets, type Lines } from '../replay/time/buckets.ts';
import type { LeafStart } from '../replay/time/leaf.ts';
import { ROWS } from '../replay/time/span-flag.ts';

export interface TimeNode {
  /** µs since the run began; -Infinity: not known. */
  from: number;
  to: number;
  lines: Lines;
  /** Some of its spans are deeper than its lines. */
  isDeep: boolean;
  /** None: it is a leaf. */
  children: readonly TimeNode[];
  /** Of a leaf: how it is read again. */
  leaf: LeafStart | null;
}

const FAN_OUT = 8;
const LINES = 512;

/** @param leaves in order of time; null: there are none */
export function treeOf(leaves: readonly TimeNode[]): TimeNode | null {
  const scratch = new Buckets();
  let level = leaves;
  while (level.length > 1) {
    const above: TimeNode[] = [];
    for (let at = 0; at < level.length; at += FAN_OUT)
      above.push(joined(level.slice(at, at + FAN_OUT), scratch));
    level = above;
  }
  return level[0] ?? null;
}

function joined(children: readonly TimeNode[], scratch: Buckets): TimeNode {
  if (children.length === 1) return children[0];
  scratch.clear(children.reduce((most, { lines }) => Math.max(most, lines.shift), 0));
  for (const { lines } of children) addAll(scratch, lines);
  while (scratch.isTooFine(LINES)) scratch.coarsen();
  return {
    from: children[0].from,
    to: children.at(-1)!.to,
    lines: scratch.lines(children[0].lines.callBase),
    isDeep: children.some(({ isDeep }) => isDeep),
    children,
    leaf: null,
  };
}

function addAll(
  into: Buckets,
  { shift, base, callBase, rows, bucket, reach, duration, count, fn, call, flags, ...failures }: Lines,
): void {
  const width = 2 ** (into.shift - shift);
  let next = 0;
  for (let row = 0; row < ROWS; row++)
    for (let at = rows[row]; at < rows[row + 1]; at++) {
      const begin = base + bucket[at];
      const hasFailed = failures.failedAt[next] === at;
      into.put(
        row,
        Math.floor(begin / width),
        Math.ceil((begin + reach[at]) / width),
        duration[at],
        count[at],
        fn[at],
        callBase + call[at],
        flags[at],
        hasFailed ? failures.failed[next] : 0,
        hasFailed ? failures.failedCall[next] : Infinity,
      );
      if (hasFailed) next++;
    }
}
