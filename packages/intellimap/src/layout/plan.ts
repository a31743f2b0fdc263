/** What stands beside and above what, without sizes: the part of a layout that is kept for the next run. Pure. */

export interface Plan {
  /** From left to right; in each the groups from top to bottom. */
  columns: PlannedGroup[][];
}

export interface PlannedGroup {
  /** Its key: its folder, with `ENTRIES` or `NEVER` where these stand alone. */
  folder: string;
  /** Paths of cards that are wider than one stack, above the others. */
  wide: string[];
  /** Beside each other, in each the paths of cards from top to bottom. */
  stacks: string[][];
}

/** What a plan is made of. */
export interface Scene {
  /** Sorted. */
  paths: readonly string[];
  /** Functions of a file; 0: it is none of these. */
  cellsOf: (path: string) => number;
  /** Nothing of it ran. */
  isDead: (path: string) => boolean;
  folders: readonly string[];
  groupOf: ArrayLike<number>;
  /** Between places in `paths`. */
  edges: readonly { src: number; dst: number; weight: number }[];
}

export const groupsIn = (plan: Plan): PlannedGroup[] => plan.columns.flat();

export const cardsIn = ({ wide, stacks }: PlannedGroup): string[] => [...wide, ...stacks.flat()];
