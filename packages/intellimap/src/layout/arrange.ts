/**
 * A plan made from nothing: groups as columns in the direction of calls, at the aspect ratio of a screen. Pure.
 *
 * Groups come in the order of their layers and fill columns of some height; of several heights the one is taken whose picture needs the least scaling
 * down, with as few calls as can be that go up and down within a column.
 */
import { groupedBy } from '../base/groups.ts';
import { layersOf, type WeightedEdge } from './layers.ts';
import { placed } from './place.ts';
import type { Plan, PlannedGroup, Scene } from './plan.ts';
import { CARD_WIDTH, widthOf } from './sizes.ts';
import { stacked, stacksFor } from './stacks.ts';

/** What a screen shows at scale 1. */
const SCREEN = { width: 1400, height: 820 };
/** Heights that are tried, each so many times the one before. */
const HEIGHTS = 14;
const GROWTH = 1.25;
/** What a share of weight that goes up and down within columns counts, beside scaling. */
const UPRIGHT_COST = 0.35;

export function arranged(scene: Scene): Plan {
  if (scene.paths.length === 0) return { columns: [] };
  const cellsOf = cellsIn(scene);
  const between = groupEdges(scene);
  const members = orderedMembers(scene);
  const order = groupOrder(scene, members, between);
  const where = new Map(scene.folders.map((folder, at) => [folder, at]));
  let best: { plan: Plan; score: number } | null = null;
  for (let n = 0, height = SCREEN.height / 2; n < HEIGHTS; n++, height *= GROWTH) {
    const plan = inColumns(order, members, height, cellsOf, scene.folders);
    const { width, height: reached } = placed(plan, cellsOf);
    const scale = Math.max(1, width / SCREEN.width, reached / SCREEN.height);
    const score = scale * (1 + UPRIGHT_COST * uprightShare(plan, between, where));
    if (best === null || score < best.score) best = { plan, score };
  }
  return best!.plan;
}

export function cellsIn({ paths, cells }: Scene): (path: string) => number {
  const known = new Map(paths.map((path, at) => [path, cells[at]]));
  return (path) => known.get(path) ?? 0;
}

function groupEdges({ groupOf, edges }: Scene): WeightedEdge[] {
  const pairs = groupedBy(
    edges.filter(({ src, dst }) => groupOf[src] !== groupOf[dst]),
    ({ src, dst }) => `${groupOf[src]} ${groupOf[dst]}`,
  );
  return [...pairs.values()].map((all) => ({
    src: groupOf[all[0].src],
    dst: groupOf[all[0].dst],
    weight: all.reduce((sum, { weight }) => sum + weight, 0),
  }));
}

/** Paths of each group: callers before callees, what never ran last. */
function orderedMembers({ paths, groupOf, folders, edges, isDead }: Scene): string[][] {
  const members = folders.map((): number[] => []);
  paths.forEach((_, at) => members[groupOf[at]].push(at));
  return members.map((all) => {
    const places = new Map(all.map((at, n) => [at, n]));
    const inner = edges.flatMap(({ src, dst, weight }) => {
      const [a, b] = [places.get(src), places.get(dst)];
      return a === undefined || b === undefined ? [] : [{ src: a, dst: b, weight }];
    });
    const layer = layersOf(all.length, inner);
    const dead = (n: number): number => Number(isDead(paths[all[n]]));
    return all
      .map((_, n) => n)
      .toSorted((a, b) => dead(a) - dead(b) || layer[a] - layer[b] || a - b)
      .map((n) => paths[all[n]]);
  });
}

/** Groups in the direction of calls; those that nothing connects, and those in which nothing ran, last. */
function groupOrder({ folders, isDead }: Scene, members: readonly string[][], edges: readonly WeightedEdge[]): { group: number; layer: number }[] {
  const layer = layersOf(folders.length, edges);
  const connected = new Set(edges.flatMap(({ src, dst }) => [src, dst]));
  const rank = (group: number): number =>
    members[group].every(isDead) ? 2 : connected.has(group) || folders.length === 1 ? 0 : 1;
  return folders
    .map((_, group) => ({ group, layer: layer[group] + rank(group) * folders.length }))
    .toSorted((a, b) => a.layer - b.layer || a.group - b.group);
} // prettier-ignore

/** Groups fill columns; each column is as wide as its widest group needs, and the others use that. */
function inColumns(
  order: readonly { group: number }[],
  members: readonly string[][],
  limit: number,
  cellsOf: (path: string) => number,
  folders: readonly string[],
): Plan {
  const columns: PlannedGroup[][] = [];
  let groups: number[] = [];
  const columnOf = (all: readonly number[]): PlannedGroup[] => {
    const needed = Math.max(...all.map((group) => stacksFor(members[group], limit, cellsOf)));
    return all.map((group) => stacked(folders[group], members[group], Math.min(needed, members[group].length), cellsOf));
  };
  for (const { group } of order) {
    const longer = columnOf([...groups, group]);
    const isWider = groups.length > 0 && widthIn(longer) > 1.6 * widthIn(columnOf(groups));
    if (groups.length > 0 && (isWider || placed({ columns: [longer] }, cellsOf).height > limit)) {
      columns.push(columnOf(groups));
      groups = [];
    }
    groups = [...groups, group];
  }
  columns.push(columnOf(groups));
  return { columns };
} // prettier-ignore

const widthIn = (column: readonly PlannedGroup[]): number =>
  Math.max(CARD_WIDTH, ...column.map(({ stacks }) => widthOf(stacks.length)));

/** Share of the weight between groups that stays in one column. */
function uprightShare(plan: Plan, edges: readonly WeightedEdge[], where: ReadonlyMap<string, number>): number {
  const column = new Map(plan.columns.flatMap((groups, at) => groups.map(({ folder }) => [where.get(folder)!, at] as const)));
  const all = edges.reduce((sum, { weight }) => sum + weight, 0);
  const upright = edges.reduce((sum, { src, dst, weight }) => sum + (column.get(src) === column.get(dst) ? weight : 0), 0);
  return all === 0 ? 0 : upright / all;
} // prettier-ignore
