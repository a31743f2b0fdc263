/** A plan of before, for the modules of now: what is in both keeps its place, what is new stands where it moves little. Pure. */
import { groupedBy } from '../base/groups.ts';
import { arranged } from './arrange.ts';
import { folderOf } from './groups.ts';
import { placed, placedIn } from './place.ts';
import { cardsIn, groupsIn, type Plan, type PlannedGroup, type Scene } from './plan.ts';
import { spanOf } from './sizes.ts';
import { stacked } from './stacks.ts';

/** With fewer of its modules known before, a picture is made anew. */
const KNOWN_SHARE = 0.5;
/** A plan that needs so much more room than one made anew has outlived itself. */
const ROOM = 1.6;
/** Files that are kept in mind though this picture has none of them. */
const MOST_ABSENT = 20_000;

/**
 * @returns a plan with the places of absent modules, too: another run may show them again (`present` leaves them out). null: too little of it holds.
 */
export function amended(kept: Plan, scene: Scene): Plan | null {
  const known = new Set(groupsIn(kept).flatMap(cardsIn));
  const added = scene.paths.filter((path) => !known.has(path));
  if (added.length > (1 - KNOWN_SHARE) * scene.paths.length) return null;
  if (known.size + added.length - scene.paths.length > MOST_ABSENT) return null;
  const shown = new Set(scene.paths);
  const { cellsOf } = scene;
  const columns = kept.columns.map((groups) => groups.map((group) => widened(group, cellsOf)));
  const keys = columns.flat().map(({ folder }) => folder);
  for (const path of added) {
    const home = homeOf(path, keys);
    const at = columns.findIndex((groups) => groups.some(({ folder }) => folder === home));
    if (home !== null) columns[at] = columns[at].map((group) => (group.folder === home ? joined(group, path, shown, cellsOf) : group));
  }
  const homeless = groupedBy(added.filter((path) => homeOf(path, keys) === null), keyIn(scene));
  for (const [key, paths] of homeless) shortest(columns, shown, cellsOf).push(stacked(key, paths, 1, cellsOf));
  const plan = { columns };
  return isRoomy(present(plan, scene), scene) ? plan : null;
} // prettier-ignore

/** What of a plan a picture has: stacks that are empty stay, so that their neighbours do not move. */
export function present({ columns }: Plan, { paths }: Scene): Plan {
  const shown = new Set(paths);
  return {
    columns: columns
      .map((groups) => groups.map((group) => only(group, shown)).filter((group) => cardsIn(group).length > 0))
      .filter((groups) => groups.length > 0),
  };
}

const only = ({ folder, wide, stacks }: PlannedGroup, shown: ReadonlySet<string>): PlannedGroup => ({
  folder,
  wide: wide.filter((path) => shown.has(path)),
  stacks: stacks.map((stack) => stack.filter((path) => shown.has(path))),
});

function keyIn({ paths, folders, groupOf }: Scene): (path: string) => string {
  const keys = new Map(paths.map((path, at) => [path, folders[groupOf[at]]]));
  return (path) => keys.get(path)!;
}

/** Key of the group that a file is in by its folder, the innermost. null: there is none, or only the one of the workspace's own files. */
function homeOf(path: string, keys: readonly string[]): string | null {
  const around = keys.filter((key) => folderOf(key) === key && key !== '' && path.startsWith(`${key}/`));
  if (around.length === 0) return path.includes('/') || !keys.includes('') ? null : '';
  return around.reduce((inner, key) => (key.length > inner.length ? key : inner));
}

/** A file that grew beyond a stack stands above the others from then on. */
function widened({ folder, wide, stacks }: PlannedGroup, cellsOf: (path: string) => number): PlannedGroup {
  const grown = new Set(stacks.length === 1 ? [] : stacks.flat().filter((path) => spanOf(cellsOf(path)) > 1));
  return {
    folder,
    wide: [...wide, ...grown],
    stacks: stacks.map((stack) => stack.filter((path) => !grown.has(path))),
  };
}

/** At the end of the lowest stack, where it moves nothing of its group. */
function joined(
  group: PlannedGroup,
  path: string,
  shown: ReadonlySet<string>,
  cellsOf: (path: string) => number,
): PlannedGroup {
  if (group.stacks.length > 1 && spanOf(cellsOf(path)) > 1) return { ...group, wide: [...group.wide, path] };
  const { heights } = placedIn(only(group, shown), cellsOf);
  const lowest = heights.indexOf(Math.min(...heights));
  return { ...group, stacks: group.stacks.map((stack, at) => (at === lowest ? [...stack, path] : stack)) };
}

function shortest(
  columns: PlannedGroup[][],
  shown: ReadonlySet<string>,
  cellsOf: (path: string) => number,
): PlannedGroup[] {
  const heights = columns.map(
    (groups) => placed({ columns: [groups.map((group) => only(group, shown))] }, cellsOf).height,
  );
  return columns[heights.indexOf(Math.min(...heights))];
}

function isRoomy(plan: Plan, scene: Scene): boolean {
  const { cellsOf } = scene;
  const areaOf = ({ width, height }: { width: number; height: number }): number => width * height;
  return areaOf(placed(plan, cellsOf)) <= ROOM * areaOf(placed(arranged(scene), cellsOf));
}
