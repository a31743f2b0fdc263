/** Fewer crossings: cards of a stack are put in the order of what they are connected with (barycentre; Sugiyama, Tagawa and Toda 1981). Pure. */
import { addTo } from '../base/groups.ts';
import { cellsIn } from './arrange.ts';
import { type Placed, placed } from './place.ts';
import type { Plan, Scene } from './plan.ts';

const SWEEPS = 8;

/** The plan with its stacks reordered; what never ran stays at the end. The best of some rounds is taken. */
export function uncrossed(plan: Plan, scene: Scene): Plan {
  const { paths, edges, isDead } = scene;
  const cellsOf = cellsIn(scene);
  const neighbours = new Map<string, { path: string; weight: number }[]>();
  for (const { src, dst, weight } of edges) {
    addTo(neighbours, paths[src], { path: paths[dst], weight });
    addTo(neighbours, paths[dst], { path: paths[src], weight });
  }
  let best = plan;
  let where = placed(plan, cellsOf);
  let least = costOf(where, scene);
  let current = plan;
  for (let sweep = 0; sweep < SWEEPS; sweep++) {
    const keyOf = (path: string): number => (isDead(path) ? Infinity : barycentre(path, neighbours.get(path) ?? [], where));
    current = reordered(current, keyOf);
    where = placed(current, cellsOf);
    const cost = costOf(where, scene);
    if (cost >= least) continue;
    [best, least] = [current, cost];
  }
  return best;
} // prettier-ignore

const middle = ({ y, h }: { y: number; h: number }): number => y + h / 2;

/** Where its neighbours are, its own place counted as one of them: without that, stacks swing to and fro. */
function barycentre(
  path: string,
  neighbours: readonly { path: string; weight: number }[],
  { cards }: Placed,
): number {
  let sum = 0.3 * middle(cards.get(path)!);
  let all = 0.3;
  for (const { path: other, weight } of neighbours) {
    sum += weight * middle(cards.get(other)!);
    all += weight;
  }
  return sum / all;
}

const reordered = ({ columns }: Plan, keyOf: (path: string) => number): Plan => ({
  columns: columns.map((groups) =>
    groups.map((group) => ({
      ...group,
      stacks: group.stacks.map((stack) => {
        const keys = new Map(stack.map((path) => [path, keyOf(path)]));
        return stack.toSorted((a, b) => {
          const [one, other] = [keys.get(a)!, keys.get(b)!];
          return one === other ? 0 : one - other;
        });
      }),
    })),
  ),
});

/** How far edges go up or down, by weight. */
function costOf({ cards }: Placed, { paths, edges }: Scene): number {
  return edges.reduce(
    (sum, { src, dst, weight }) =>
      sum + weight * Math.abs(middle(cards.get(paths[src])!) - middle(cards.get(paths[dst])!)),
    0,
  );
}
