/** What can be done on the map, as changes of the selection. */
import { choose, go, optionsWith, selection } from '../../state/selection.ts';
import { watch } from '../../state/moments.ts';
import { watchSlowest } from '../../state/slowest.ts';
import { tell } from '../../state/toasts.ts';
import { METRIC_WORDS, choices, hottest, metricOf } from './model/heat.ts';
import {
  chosenOf,
  choosing,
  type Item,
  levelOf,
  type MapLevel,
  moduleOf,
  openOf,
  OPTION,
} from './model/items.ts';
import type { MapModel } from './model/model.ts';
import { shownModules } from './model/related.ts';
import { type Direction, next, nextCell } from './model/walk.ts';
import type { OpenCard } from './model/open-card.ts';

const here = selection.getState;

const levelNow = (model: MapModel): MapLevel => levelOf(model, here());
export const chosenNow = (model: MapModel): Item | null => chosenOf(model, here(), levelNow(model));

/** `replace`: no step of its own for Back, for whoever walks with keys. */
export function chooseItem(model: MapModel, item: Item | null, { replace = false } = {}): void {
  const { group, ...change } = choosing(model, item);
  const isLeft = item?.kind !== 'function' || change.function !== here().function;
  const shown = levelNow(model);
  go(
    {
      ...change,
      ...(isLeft ? { call: null } : {}),
      // Without a file, the level of functions shows files: choosing one does not open it.
      level: shown === 'function' ? here().level : shown,
      options: optionsWith({ [OPTION.group]: group }),
    },
    { replace },
  );
}

export function goToLevel(model: MapModel, level: MapLevel): void {
  if (level === 'function' && moduleOf(model, here()) < 0)
    return tell('Choose a file first: at the level of functions, one file is open');
  const open = level === 'function' ? model.facts.modules.path[moduleOf(model, here())] : null;
  go({ level, options: optionsWith({ [OPTION.open]: open, [OPTION.view]: null }) });
}

/** One level in: a group's files, a file's functions, a function's lines. */
export function enter(model: MapModel, item: Item | null): void {
  if (item === null) return;
  const level = levelNow(model);
  if (item.kind === 'group') {
    go({ level: 'module', options: optionsWith({ [OPTION.group]: null }) });
  } else if (item.kind === 'function' && level === 'function') toLines(model, item);
  else {
    const { group: _, ...change } = choosing(model, item);
    const options = {
      [OPTION.open]: change.module ?? null,
      [OPTION.group]: null,
      [OPTION.view]: null,
    };
    go({ ...change, level: 'function', options: optionsWith(options) });
  }
}

/** One level out; from the focus graph, back to the map. */
export function leave(model: MapModel): void {
  if (here().options[OPTION.view] !== undefined) return choose({ [OPTION.view]: null });
  const level = levelNow(model);
  if (level === 'function') {
    const { path } = model.facts.modules;
    go({
      module: path[openOf(model, here())],
      function: null,
      level: 'module',
      options: optionsWith({ [OPTION.open]: null }),
    });
  } else if (level === 'module') go({ level: 'system' });
}

/** The lines of what is chosen: in the call that is selected, else in the longest one; of what never ran, as they stand there. */
export function toLines(model: MapModel, item: Item | null): void {
  if (item === null || item.kind === 'group') return;
  const { group: _, ...change } = choosing(model, item);
  if (here().call !== null && here().function === change.function)
    return go({ ...change, screen: 'cinema', level: 'line' });
  const { module: path = null, function: id = null } = change;
  watch({ path, function: id });
}

export function clear(): void {
  const { options, module, function: id } = here();
  if (module !== null || id !== null || options[OPTION.group] !== undefined)
    go({ module: null, function: null, call: null, options: optionsWith({ [OPTION.group]: null }) });
  else choose({ [OPTION.find]: null, [OPTION.only]: null });
}

/** The next metric that this run has. */
export function nextMetric({ facts }: MapModel): void {
  const there = choices(facts).filter(({ why }) => why === null);
  if (there.length === 0) return;
  const now = metricOf(facts, here().options[OPTION.metric]);
  const { metric } = there[(there.findIndex((each) => each.metric === now) + 1) % there.length];
  choose({ [OPTION.metric]: metric });
  tell(`Heat: ${METRIC_WORDS[metric].name}`);
}

export function onlyNeighbours(model: MapModel): void {
  const m = moduleOf(model, here());
  const isOn = here().options[OPTION.only] !== undefined;
  if (isOn) choose({ [OPTION.only]: null });
  else if (m >= 0) choose({ [OPTION.only]: model.facts.modules.path[m] });
  else tell('Choose a file first: its neighbours stay, the others go');
}

export function hide(model: MapModel): void {
  const m = moduleOf(model, here());
  if (m < 0) return tell('Choose a file first');
  const hidden = here().options[OPTION.hidden];
  const path = model.facts.modules.path[m];
  const all = hidden === undefined ? path : `${hidden}\n${path}`;
  go({ module: null, function: null, options: optionsWith({ [OPTION.hidden]: all }) });
}

export const showAll = (): void =>
  choose({ [OPTION.hidden]: null, [OPTION.only]: null, [OPTION.find]: null });

/** Plays the longest call of what is chosen. */
export async function playSlowest(model: MapModel): Promise<void> {
  const { function: id } = here();
  const m = moduleOf(model, here());
  if (m < 0) return tell('Choose a file or a function first: its slowest call is played');
  await watchSlowest(id === null ? { path: model.facts.modules.path[m] } : { function: id });
}

/** Where an arrow key leads, at this level. */
export function walk(model: MapModel, open: OpenCard | null, direction: Direction): void {
  const to = stepFrom(model, open, chosenNow(model), direction);
  if (to !== null) chooseItem(model, to, { replace: true });
}

function stepFrom(
  model: MapModel,
  open: OpenCard | null,
  item: Item | null,
  direction: Direction,
): Item | null {
  const level = levelNow(model);
  if (level === 'system') return { kind: 'group', at: next(model.system, item?.at ?? -1, direction) };
  if (level === 'function') return open === null ? null : amongNodes(open, item, direction);
  if (item?.kind === 'function') {
    const cell = amongCells(model, item.at, direction);
    if (cell !== null) return cell;
  }
  const there = shownModules(model, {
    only: here().options[OPTION.only],
    hidden: here().options[OPTION.hidden],
  });
  const isThere = (each: number): boolean => there === null || there.has(each);
  if (item === null) {
    const first = hottest(model.facts, metricOf(model.facts, here().options[OPTION.metric]), isThere);
    return first < 0 ? null : { kind: 'module', at: first };
  }
  const m = item.kind === 'function' ? model.facts.functions.module[item.at] : item.at;
  const at = next(model.layout.cards, m, direction, isThere);
  return at < 0 ? null : { kind: 'module', at };
}

function amongCells(
  { facts: { functions, modules }, layout }: MapModel,
  f: number,
  direction: Direction,
): Item | null {
  const m = functions.module[f];
  const cell = nextCell(f - modules.first[m], modules.count[m], layout.cards.perRow[m], direction);
  return cell < 0 ? null : { kind: 'function', at: modules.first[m] + cell };
}

/** The file's own functions, and the files at both sides; code outside of functions cannot be chosen. */
function amongNodes(open: OpenCard, item: Item | null, direction: Direction): Item | null {
  const isSame = (n: number): boolean => {
    const node = open.nodes[n];
    return node.kind !== 'body' && item !== null && node.at === item.at && (node.kind === 'function') === (item.kind === 'function'); // prettier-ignore
  };
  const from = open.nodes.findIndex((_, n) => isSame(n));
  const first = open.nodes.findIndex(({ kind }) => kind === 'function');
  const at = from < 0 ? first : next(open.boxes, from, direction, (n) => open.nodes[n].kind !== 'body');
  const node = open.nodes[at];
  if (node === undefined || node.kind === 'body') return null;
  return { kind: node.kind === 'function' ? 'function' : 'module', at: node.at };
}
