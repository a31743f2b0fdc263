/** What can be chosen on the map, and how it stands in the selection. Pure. */
import type { Selection } from '../../../state/url.ts';
import type { MapModel } from './model.ts';

/** `at`: place in the columns of its kind. */
export type Item =
  | { kind: 'group'; at: number }
  | { kind: 'module'; at: number }
  | { kind: 'function'; at: number };

export type MapLevel = 'system' | 'module' | 'function';

/** Names of the map's own options. */
export const OPTION = {
  metric: 'heat',
  group: 'group',
  open: 'open',
  find: 'find',
  only: 'only',
  hidden: 'hide',
  weaker: 'weaker',
  view: 'view',
  depth: 'depth',
  dots: 'dots',
  over: 'over',
} as const;

/** Above: a function is part of a file, a file of a group. */
export const moduleOf = ({ facts, functionAt, moduleAt }: MapModel, selection: Selection): number => {
  const f = selection.function === null ? undefined : functionAt.get(selection.function);
  if (f !== undefined) return facts.functions.module[f];
  return (selection.module === null ? undefined : moduleAt.get(selection.module)) ?? -1;
};

/** The open file, which stays open while a file that it calls or is called by is chosen; −1: none. */
export function openOf(model: MapModel, selection: Selection): number {
  const path = selection.options[OPTION.open];
  const open = path === undefined ? undefined : model.moduleAt.get(path);
  const m = moduleOf(model, selection);
  if (open === undefined || m < 0) return open ?? m;
  const { src, dst } = model.facts.edges;
  const isNear =
    m === open || model.out[open].some((e) => dst[e] === m) || model.into[open].some((e) => src[e] === m);
  return isNear ? open : m;
}

/** Of more files than this, names cannot be read when all are shown. */
const MOST_CARDS = 250;

/** At the level of functions, and of lines, a file is open; without one there is nothing to open: files are shown, or of very many their groups. */
export function levelOf(model: MapModel, selection: Selection): MapLevel {
  if (selection.level === 'system' || selection.level === 'module') return selection.level;
  if (openOf(model, selection) >= 0) return 'function';
  return model.facts.modules.path.length > MOST_CARDS ? 'system' : 'module';
}

/** What is chosen, as the level shows it; null: nothing that it shows. */
export function chosenOf(model: MapModel, selection: Selection, level: MapLevel): Item | null {
  const module = moduleOf(model, selection);
  if (level === 'system') {
    const folder = selection.options[OPTION.group];
    const at = folder === undefined ? undefined : model.groupAt.get(folder);
    if (at !== undefined) return { kind: 'group', at };
    return module < 0 ? null : { kind: 'group', at: model.layout.cards.group[module] };
  }
  const f = selection.function === null ? undefined : model.functionAt.get(selection.function);
  const isElsewhere = level === 'function' && module !== openOf(model, selection);
  if (f !== undefined && !isElsewhere) return { kind: 'function', at: f };
  // The open file itself has no box of its own among its functions.
  return module < 0 || (level === 'function' && !isElsewhere) ? null : { kind: 'module', at: module };
}

/** The change of the selection that chooses an item. */
export function choosing(
  { facts, layout }: MapModel,
  item: Item | null,
): Partial<Pick<Selection, 'module' | 'function'>> & { group: string | null } {
  if (item === null) return { module: null, function: null, group: null };
  if (item.kind === 'group') return { group: layout.groups.folder[item.at] };
  if (item.kind === 'module') return { module: facts.modules.path[item.at], function: null, group: null };
  const { id, module } = facts.functions;
  return { module: facts.modules.path[module[item.at]], function: id[item.at], group: null };
}

export const isSameItem = (a: Item | null, b: Item | null): boolean =>
  a === b || (a !== null && b !== null && a.kind === b.kind && a.at === b.at);
