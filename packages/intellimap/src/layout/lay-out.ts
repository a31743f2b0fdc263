/** The layout of a map: a plan, kept from before as far as it holds, with sizes, titles and curves. Pure; the same twice. */
import { amended, present } from './amend.ts';
import { arranged } from './arrange.ts';
import { uncrossed } from './cross.ts';
import { folderOf, groupsOf } from './groups.ts';
import { cardTitle, groupNames } from './names.ts';
import { EDGE_KINDS, type MapFacts, type MapLayout, State } from './picture.ts';
import { type Box, type Placed, placed, type PlacedCard } from './place.ts';
import { cardsIn, groupsIn, type Plan, type Scene } from './plan.ts';
import { groupEdges } from './group-edges.ts';
import { waysOf } from './lanes.ts';
import { CARD_WIDTH } from './sizes.ts';
import { type Curve, route } from './routes.ts';

/** Edges that are drawn: the first so many. */
const EDGES_DRAWN = 400;

/**
 * @param kept plan of the layout before this one; what is in both stays where it is
 * @returns the layout, and a plan to be kept for the next: with files that this picture has not, but the one before had
 */
export function layOut(facts: MapFacts, kept: Plan | null = null): { layout: MapLayout; plan: Plan } {
  const scene = sceneOf(facts);
  const plan = (kept === null ? null : amended(kept, scene)) ?? uncrossed(arranged(scene), scene);
  const shown = present(plan, scene);
  return { layout: drawn(shown, facts, placed(shown, scene.cellsOf)), plan };
}

/** How much a pair of modules belongs together: that something is called counts, and how strongly. */
function sceneOf({ modules, edges }: MapFacts): Scene {
  const unused = EDGE_KINDS.indexOf('unused');
  const calls = EDGE_KINDS.indexOf('calls');
  const dead = new Set(modules.path.filter((_, at) => (modules.state[at] & (State.RAN | State.UNKNOWN)) === 0));
  const isDead = (path: string): boolean => dead.has(path);
  const cells = new Map(modules.path.map((path, at) => [path, modules.count[at]]));
  const pairs = Array.from(edges.src, (src, at) => ({ src, dst: edges.dst[at] }));
  const { folders, groupOf } = groupsOf(modules.path, pairs, isDead);
  return {
    paths: modules.path,
    cellsOf: (path) => cells.get(path) ?? 0,
    isDead,
    folders,
    groupOf,
    edges: Array.from(edges.src, (src, at) => {
      const weight = edges.kind[at] === calls ? 0.3 + edges.strength[at] : edges.kind[at] === unused ? 0.05 : 0.15;
      return { src, dst: edges.dst[at], weight };
    }),
  };
} // prettier-ignore

function drawn(plan: Plan, facts: MapFacts, { width, height, groups, cards }: Placed): MapLayout {
  const { modules, edges, packages } = facts;
  const planned = groupsIn(plan);
  const keys = planned.map(({ folder }) => folder);
  const folders = keys.map(folderOf);
  const groupAt = new Map(planned.flatMap((group, at) => cardsIn(group).map((path) => [path, at] as const)));
  const boxes = modules.path.map((path): PlacedCard => cards.get(path)!);
  const group = Uint32Array.from(modules.path, (path) => groupAt.get(path)!);
  const isNext = nextIn(plan);
  const shown = Math.min(edges.src.length, EDGES_DRAWN);
  const ways = waysOf(boxes, CARD_WIDTH);
  const routes = Array.from({ length: shown }, (_, at): Curve[] => {
    const [from, to] = [edges.src[at], edges.dst[at]];
    return route(boxes[from], boxes[to], isNext(modules.path[from], modules.path[to]), ways);
  });
  const groupBoxes = keys.map((key) => groups.get(key)!);
  return {
    width,
    height,
    groups: { ...columnsOf(groupBoxes), folder: folders, name: groupNames(folders, packages) },
    cards: {
      ...columnsOf(boxes),
      group,
      title: modules.path.map((path, at) => cardTitle(path, folders[group[at]])),
      perRow: Uint16Array.from(boxes, ({ perRow }) => perRow),
    },
    routes: {
      edge: Uint32Array.from(routes.flatMap((curves, at) => curves.map(() => at))),
      curve: Float32Array.from(routes.flat(2)),
    },
    weaker: edges.src.length - shown,
    groupEdges: groupEdges(edges, group, groupBoxes),
  };
} // prettier-ignore

const columnsOf = (boxes: readonly Box[]): Record<'x' | 'y' | 'w' | 'h', Float32Array> => ({
  x: Float32Array.from(boxes, ({ x }) => x),
  y: Float32Array.from(boxes, ({ y }) => y),
  w: Float32Array.from(boxes, ({ w }) => w),
  h: Float32Array.from(boxes, ({ h }) => h),
});

/** Whether two cards stand directly above each other in a stack. */
function nextIn(plan: Plan): (a: string, b: string) => boolean {
  const below = new Map<string, string>();
  for (const { stacks } of groupsIn(plan))
    for (const stack of stacks) stack.slice(1).forEach((path, at) => below.set(stack[at], path));
  return (a, b) => below.get(a) === b || below.get(b) === a;
}
