/** A plan of before, for the modules of now: what is in both keeps its place, what is new stands where it moves little. Pure. */
import { groupedBy } from '../base/groups.ts';
import { arranged, cellsIn } from './arrange.ts';
import { placed, placedIn } from './place.ts';
import { cardsIn, groupsIn, type Plan, type PlannedGroup, type Scene } from './plan.ts';
import { spanOf } from './sizes.ts';
import { stacked } from './stacks.ts';

/** With fewer of its modules known before, a picture is made anew. */
const KNOWN_SHARE = 0.5;
/** A plan that needs so much more room than one made anew has outlived itself. */
const ROOM = 1.6;

/** null: too little of it holds. */
export function amended(kept: Plan, scene: Scene): Plan | null {
  const known = new Set(groupsIn(kept).flatMap(cardsIn));
  const present = new Set(scene.paths);
  const added = scene.paths.filter((path) => !known.has(path));
  if (added.length > (1 - KNOWN_SHARE) * scene.paths.length) return null;
  const cellsOf = cellsIn(scene);
  const left = kept.columns
    .map((groups) => groups.map((group) => without(group, present)).filter((group) => cardsIn(group).length > 0))
    .filter((groups) => groups.length > 0);
  const folders = left.flat().map(({ folder }) => folder);
  const homes = groupedBy(added, (path) => homeOf(path, folders));
  const columns = left.map((groups) =>
    groups.map((group) => (homes.get(group.folder) ?? []).reduce((all, path) => joined(all, path, cellsOf), widened(group, cellsOf))),
  );
  const homeless = groupedBy(homes.get(null) ?? [], (path) => scene.folders[scene.groupOf[scene.paths.indexOf(path)]]);
  for (const [folder, paths] of homeless) shortest(columns, cellsOf).push(stacked(folder, paths, 1, cellsOf));
  const plan = { columns };
  return isRoomy(plan, scene) ? plan : null;
} // prettier-ignore

/** Stacks that are empty stay: their neighbours do not move. */
const without = ({ folder, wide, stacks }: PlannedGroup, present: ReadonlySet<string>): PlannedGroup => ({
  folder,
  wide: wide.filter((path) => present.has(path)),
  stacks: stacks.map((stack) => stack.filter((path) => present.has(path))),
});

/** A group that the file is in by its folder, the innermost. null: there is none, or only one for all that is nowhere else. */
function homeOf(path: string, folders: readonly string[]): string | null {
  const around = folders.filter((folder) => folder !== '' && path.startsWith(`${folder}/`));
  if (around.length === 0)
    return path.includes('/') ? null : (folders.find((folder) => folder === '') ?? null);
  return around.reduce((inner, folder) => (folder.length > inner.length ? folder : inner));
}

/** A file that grew beyond a stack stands above the others from then on. */
function widened({ folder, wide, stacks }: PlannedGroup, cellsOf: (path: string) => number): PlannedGroup {
  const grown = stacks.length === 1 ? [] : stacks.flat().filter((path) => spanOf(cellsOf(path)) > 1);
  return {
    folder,
    wide: [...wide, ...grown],
    stacks: stacks.map((stack) => stack.filter((path) => !grown.includes(path))),
  };
}

/** At the end of the lowest stack, where it moves nothing of its group. */
function joined(group: PlannedGroup, path: string, cellsOf: (path: string) => number): PlannedGroup {
  if (group.stacks.length > 1 && spanOf(cellsOf(path)) > 1) return { ...group, wide: [...group.wide, path] };
  const { heights } = placedIn(group, cellsOf);
  const lowest = heights.indexOf(Math.min(...heights));
  return {
    ...group,
    stacks: group.stacks.map((stack, at) => (at === lowest ? [...stack, path] : stack)),
  };
}

function shortest(columns: PlannedGroup[][], cellsOf: (path: string) => number): PlannedGroup[] {
  const heights = columns.map((groups) => placed({ columns: [groups] }, cellsOf).height);
  return columns[heights.indexOf(Math.min(...heights))];
}

function isRoomy(plan: Plan, scene: Scene): boolean {
  const cellsOf = cellsIn(scene);
  const areaOf = ({ width, height }: { width: number; height: number }): number => width * height;
  return areaOf(placed(plan, cellsOf)) <= ROOM * areaOf(placed(arranged(scene), cellsOf));
}
