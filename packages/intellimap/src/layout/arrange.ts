/**
 * A plan made from nothing: groups as columns in the direction of calls, at the aspect ratio of a screen. Pure.
 *
 * Groups come in the order of their layers and fill columns of some height; of several heights the one is taken whose picture needs the least scaling
 * down, with as few calls as can be that go up and down within a column.
 */
import { groupedBy } from '../base/groups.ts';
import { layersOf, type WeightedEdge } from './layers.ts';
import { columnHeight, extent, placedIn } from './place.ts';
import type { Plan, PlannedGroup, Scene } from './plan.ts';
import { CARD_WIDTH } from './sizes.ts';
import { stacked } from './stacks.ts';

/** What a screen shows at scale 1. */
const SCREEN = { width: 1400, height: 820 };
/** Heights that are tried, each so many times the one before. */
const HEIGHTS = 30;
const GROWTH = 1.12;
/** A picture that is so much higher than wide gets no better. */
const TOO_HIGH = 2;
/** Groups of which one needs so many times the stacks of the other do not stand in one column. */
const UNEVEN = 1.6;
/** What a share of weight that goes up and down within columns counts, beside scaling. */
const UPRIGHT_COST = 0.35;

export function arranged(scene: Scene): Plan {
  if (scene.paths.length === 0) return { columns: [] };
  const { cellsOf } = scene;
  const between = groupEdges(scene);
  const members = orderedMembers(scene);
  const order = groupOrder(scene, members, between);
  const where = new Map(scene.folders.map((folder, at) => [folder, at]));
  const blocks = new Blocks(scene.folders, members, cellsOf);
  let best: { columns: Block[][]; score: number } | null = null;
  for (let n = 0, height = SCREEN.height / 2; n < HEIGHTS; n++, height *= GROWTH) {
    const columns = inColumns(order, blocks, height);
    const { width, height: reached } = extent(columns);
    const scale = Math.max(1, width / SCREEN.width, reached / SCREEN.height);
    const score = scale * (1 + UPRIGHT_COST * uprightShare(columns, between, where));
    if (best === null || score < best.score) best = { columns, score };
    // Higher columns only get higher.
    if (width <= CARD_WIDTH || reached > TOO_HIGH * width) break;
  }
  return { columns: best!.columns.map((column) => column.map(({ group }) => group)) };
}

/** A group as some number of stacks, and its size. */
interface Block {
  group: PlannedGroup;
  w: number;
  h: number;
}

/** Blocks by group and number of stacks: asked for again and again while columns are filled. */
class Blocks {
  readonly #members: readonly string[][];
  readonly #folders: readonly string[];
  readonly #cellsOf: (path: string) => number;
  readonly #known = new Map<string, Block>();

  constructor(folders: readonly string[], members: readonly string[][], cellsOf: (path: string) => number) {
    this.#folders = folders;
    this.#members = members;
    this.#cellsOf = cellsOf;
  }

  of(group: number, count: number): Block {
    const stacks = Math.min(count, this.#members[group].length);
    const key = `${group} ${stacks}`;
    const known = this.#known.get(key);
    if (known !== undefined) return known;
    const planned = stacked(this.#folders[group], this.#members[group], stacks, this.#cellsOf);
    const { w, h } = placedIn(planned, this.#cellsOf);
    const made = { group: planned, w, h };
    this.#known.set(key, made);
    return made;
  }

  /** How many stacks a group needs to be no higher than `limit`, if any number is enough. */
  needed(group: number, limit: number): number {
    const most = this.#members[group].length;
    let count = 1;
    while (count < most && this.of(group, count).h > limit) count++;
    const enough = this.of(group, count);
    return enough.h > limit ? enough.group.stacks.length : Math.max(count, enough.group.stacks.length);
  }
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
function inColumns(order: readonly { group: number }[], blocks: Blocks, limit: number): Block[][] {
  const columns: Block[][] = [];
  let groups: number[] = [];
  let stacks = 0;
  for (const { group } of order) {
    const needed = blocks.needed(group, limit);
    const wider = Math.max(stacks, needed);
    const all = [...groups, group];
    const height = columnHeight(all.map((each) => blocks.of(each, wider)));
    const isUneven = groups.length > 0 && Math.max(stacks, needed) > UNEVEN * Math.min(stacks, needed);
    if (groups.length === 0 || (!isUneven && height <= limit)) {
      groups = all;
      stacks = wider;
      continue;
    }
    columns.push(groups.map((each) => blocks.of(each, stacks)));
    groups = [group];
    stacks = needed;
  }
  columns.push(groups.map((each) => blocks.of(each, stacks)));
  return columns;
}

/** Share of the weight between groups that stays in one column. */
function uprightShare(columns: readonly Block[][], edges: readonly WeightedEdge[], where: ReadonlyMap<string, number>): number {
  const column = new Map(columns.flatMap((blocks, at) => blocks.map(({ group }) => [where.get(group.folder)!, at] as const)));
  const all = edges.reduce((sum, { weight }) => sum + weight, 0);
  const upright = edges.reduce((sum, { src, dst, weight }) => sum + (column.get(src) === column.get(dst) ? weight : 0), 0);
  return all === 0 ? 0 : upright / all;
} // prettier-ignore
