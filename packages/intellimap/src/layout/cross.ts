/** Fewer crossings: cards of a stack are put in the order of what they are connected with (barycentre; Sugiyama, Tagawa and Toda 1981). Pure. */
import { addTo } from '../base/groups.ts';
import { placed } from './place.ts';
import type { Plan, PlannedGroup, Scene } from './plan.ts';

/** To the right and back, so many times. */
const SWEEPS = 8;
/** How much a card's own place counts beside its neighbours: without that, stacks swing to and fro. */
const INERTIA = 0.3;

/** Middles of cards, by path. */
type Middles = Map<string, number>;

/**
 * The plan with its stacks reordered; what never ran stays at the end. One column after the other is put into the order of what stands where at that moment, as two
 * that go by each other at once would only change places. The best round is taken.
 */
export function uncrossed(plan: Plan, scene: Scene): Plan {
  const { paths, edges, isDead, cellsOf } = scene;
  const neighbours = new Map<string, { path: string; weight: number }[]>();
  for (const { src, dst, weight } of edges) {
    addTo(neighbours, paths[src], { path: paths[dst], weight });
    addTo(neighbours, paths[dst], { path: paths[src], weight });
  }
  const where: Middles = new Map();
  const settle = (column: readonly PlannedGroup[]): void => {
    for (const [path, { y, h }] of placed({ columns: [[...column]] }, cellsOf).cards) where.set(path, y + h / 2);
  };
  plan.columns.forEach(settle);
  const keyOf = (path: string): number => (isDead(path) ? Infinity : barycentre(path, neighbours.get(path) ?? [], where));
  const columns = [...plan.columns];
  let best = plan;
  let least = costOf(where, scene);
  for (let sweep = 0; sweep < SWEEPS; sweep++) {
    for (let n = 0; n < columns.length; n++) {
      const at = sweep % 2 === 0 ? n : columns.length - 1 - n;
      columns[at] = columns[at].map((group) => reordered(group, keyOf));
      settle(columns[at]);
    }
    const cost = costOf(where, scene);
    if (cost >= least) continue;
    [best, least] = [{ columns: [...columns] }, cost];
  }
  return best;
} // prettier-ignore

function barycentre(
  path: string,
  neighbours: readonly { path: string; weight: number }[],
  where: Middles,
): number {
  let sum = INERTIA * where.get(path)!;
  let all = INERTIA;
  for (const { path: other, weight } of neighbours) {
    sum += weight * where.get(other)!;
    all += weight;
  }
  return sum / all;
}

const reordered = (group: PlannedGroup, keyOf: (path: string) => number): PlannedGroup => ({
  ...group,
  stacks: group.stacks.map((stack) => {
    const keys = new Map(stack.map((path) => [path, keyOf(path)]));
    return stack.toSorted((a, b) => {
      const [one, other] = [keys.get(a)!, keys.get(b)!];
      return one === other ? 0 : one - other;
    });
  }),
});

/** How far edges go up or down, by weight. */
function costOf(where: Middles, { paths, edges }: Scene): number {
  return edges.reduce(
    (sum, { src, dst, weight }) => sum + weight * Math.abs(where.get(paths[src])! - where.get(paths[dst])!),
    0,
  );
}
