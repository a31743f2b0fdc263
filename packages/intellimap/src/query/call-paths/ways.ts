/** The best ways through a graph, in order. Pure. */

export interface Step {
  src: string;
  dst: string;
  /** How little is known of it: 0 … below 0.05, so that twenty of them weigh less than one more step. */
  doubt: number;
}

export interface Ways {
  /** Functions along each way, the best one first: few steps, then little doubt. */
  ways: string[][];
  /** It was given up before all were looked at. */
  isCapped: boolean;
}

/** Ways that are looked at, at most. */
const MOST_TRIED = 20_000;

interface Way {
  ids: readonly string[];
  cost: number;
  /** `cost`, and at least so much more to the end. */
  least: number;
}

/**
 * Ways that pass no function twice (A* over ways, not over functions: the next best one is wanted, too).
 * @param left steps from a function to an end, at least
 */
export function bestWays(
  steps: readonly Step[],
  starts: readonly string[],
  ends: readonly string[],
  left: ReadonlyMap<string, number>,
  most: number,
): Ways {
  const out = grouped(steps);
  const isEnd = new Set(ends);
  const open = new Queue();
  for (const id of starts) open.add({ ids: [id], cost: 0, least: left.get(id) ?? 0 });
  const ways: string[][] = [];
  let tried = 0;
  for (let way = open.take(); way !== undefined && ways.length < most; way = open.take()) {
    if (tried++ >= MOST_TRIED) return { ways, isCapped: true };
    const last = way.ids.at(-1)!;
    if (way.ids.length > 1 && isEnd.has(last)) {
      ways.push([...way.ids]);
      continue;
    }
    for (const { dst, doubt } of out.get(last) ?? []) {
      // A way may come back to where it began only when that is where it shall end.
      if (way.ids.includes(dst) && !(isEnd.has(dst) && dst === way.ids[0])) continue;
      const cost = way.cost + 1 + doubt;
      open.add({ ids: [...way.ids, dst], cost, least: cost + (isEnd.has(dst) ? 0 : (left.get(dst) ?? 0)) });
    }
  }
  return { ways, isCapped: false };
}

function grouped(steps: readonly Step[]): Map<string, Step[]> {
  const out = new Map<string, Step[]>();
  for (const step of steps) {
    const known = out.get(step.src);
    if (known === undefined) out.set(step.src, [step]);
    else known.push(step);
  }
  return out;
}

/** A binary heap: the way that can end first comes first, of equal ones the older. */
class Queue {
  readonly #ways: (Way & { order: number })[] = [];
  #added = 0;

  add(way: Way): void {
    const ways = this.#ways;
    let at = ways.push({ ...way, order: this.#added++ }) - 1;
    for (let above = (at - 1) >> 1; at > 0 && before(ways[at], ways[above]); at = above, above = (at - 1) >> 1)
      [ways[at], ways[above]] = [ways[above], ways[at]];
  }

  take(): Way | undefined {
    const ways = this.#ways;
    const first = ways[0];
    const last = ways.pop();
    if (ways.length === 0 || last === undefined) return first;
    ways[0] = last;
    for (let at = 0; ; ) {
      let least = at;
      for (const below of [2 * at + 1, 2 * at + 2])
        if (below < ways.length && before(ways[below], ways[least])) least = below;
      if (least === at) return first;
      [ways[at], ways[least]] = [ways[least], ways[at]];
      at = least;
    }
  }
} // prettier-ignore

const before = (a: Way & { order: number }, b: Way & { order: number }): boolean =>
  a.least < b.least || (a.least === b.least && a.order < b.order);
