/** The map's data with what is looked up in it: places by id, edges by module, groups summed up, boxes to be picked. Pure. */
import {
  METRICS,
  type MapPicture,
  type Metric,
  State,
} from '../../../../../intellimap/src/layout/picture.ts';
import { CELL, cellAt } from '../../../../../intellimap/src/layout/sizes.ts';
import { BoxGrid } from '../../../scene/grid.ts';
import type { Box } from '../../../scene/view.ts';
import { type SystemBoxes, systemBoxes } from './system.ts';

export interface MapModel extends MapPicture {
  /** Place of a module by its path, of a function by its id, of a group by its folder. */
  moduleAt: ReadonlyMap<string, number>;
  functionAt: ReadonlyMap<string, number>;
  groupAt: ReadonlyMap<string, number>;
  /** Top left corners of cells, by function. */
  cellX: Float32Array;
  cellY: Float32Array;
  cards: BoxGrid;
  groups: BoxGrid;
  /** Groups as the level of the system has them. */
  system: SystemBoxes;
  systemGrid: BoxGrid;
  groupFacts: GroupFacts[];
  /** By module: places of edges that leave it, and that come in. */
  out: readonly number[][];
  into: readonly number[][];
  /** By edge: first piece of its curve in `layout.routes`, and one behind the last; none: it is not routed. */
  pieces: ReadonlyMap<number, readonly [from: number, to: number]>;
  bounds: Box;
}

/** What the system level tells of a group. */
export interface GroupFacts {
  modules: number[];
  functions: number;
  ran: number;
  metrics: Partial<Record<Metric, number>>;
}

export function modelOf({ facts, layout }: MapPicture): MapModel {
  const { modules, functions, edges } = facts;
  const cellX = new Float32Array(functions.id.length);
  const cellY = new Float32Array(functions.id.length);
  for (let m = 0; m < modules.path.length; m++)
    for (let n = 0; n < modules.count[m]; n++) {
      const { x, y } = cellAt(n, layout.cards.perRow[m]);
      cellX[modules.first[m] + n] = layout.cards.x[m] + x;
      cellY[modules.first[m] + n] = layout.cards.y[m] + y;
    }
  const out: number[][] = modules.path.map(() => []);
  const into: number[][] = modules.path.map(() => []);
  for (let e = 0; e < edges.src.length; e++) {
    out[edges.src[e]].push(e);
    into[edges.dst[e]].push(e);
  }
  const system = systemBoxes({ facts, layout });
  return {
    facts,
    layout,
    moduleAt: placesOf(modules.path),
    functionAt: placesOf(functions.id),
    groupAt: placesOf(layout.groups.folder),
    cellX,
    cellY,
    cards: new BoxGrid(layout.cards),
    groups: new BoxGrid(layout.groups),
    system,
    systemGrid: new BoxGrid(system),
    groupFacts: groupFacts({ facts, layout }),
    out,
    into,
    pieces: piecesOf(layout.routes.edge),
    bounds: { x: 0, y: 0, w: layout.width, h: layout.height },
  };
}

export const cardBox = ({ layout: { cards } }: MapPicture, m: number): Box => ({
  x: cards.x[m],
  y: cards.y[m],
  w: cards.w[m],
  h: cards.h[m],
});

export const groupBox = ({ layout: { groups } }: MapPicture, g: number): Box => ({
  x: groups.x[g],
  y: groups.y[g],
  w: groups.w[g],
  h: groups.h[g],
});

/** At the level of the system. */
export const systemBox = ({ system }: MapModel, g: number): Box => ({
  x: system.x[g],
  y: system.y[g],
  w: system.w[g],
  h: system.h[g],
});

export const cellBox = ({ cellX, cellY }: MapModel, f: number): Box => ({
  x: cellX[f],
  y: cellY[f],
  w: CELL,
  h: CELL,
});

/** Nothing of a file ran, and it is known. */
export const isDead = ({ facts }: MapPicture, m: number): boolean =>
  (facts.modules.state[m] & (State.RAN | State.UNKNOWN)) === 0;

/** The cell of a card that is at a point of the map, half of the gaps around it counted in; −1: none. */
export function cellAtPoint(model: MapModel, m: number, { x, y }: { x: number; y: number }): number {
  const { modules } = model.facts;
  const half = 1;
  for (let f = modules.first[m]; f < modules.first[m] + modules.count[m]; f++) {
    const [dx, dy] = [x - model.cellX[f], y - model.cellY[f]];
    if (dx >= -half && dx <= CELL + half && dy >= -half && dy <= CELL + half) return f;
  }
  return -1;
}

const placesOf = (names: readonly string[]): Map<string, number> =>
  new Map(names.map((name, at) => [name, at]));

/** Pieces of one edge follow each other. */
function piecesOf(edge: Uint32Array): Map<number, readonly [number, number]> {
  const found = new Map<number, readonly [number, number]>();
  for (let n = 0; n < edge.length; n++) found.set(edge[n], [found.get(edge[n])?.[0] ?? n, n + 1]);
  return found;
}

function groupFacts({ facts: { modules }, layout }: MapPicture): GroupFacts[] {
  const groups = layout.groups.folder.map((): GroupFacts => ({ modules: [], functions: 0, ran: 0, metrics: {} })); // prettier-ignore
  for (let m = 0; m < modules.path.length; m++) {
    const group = groups[layout.cards.group[m]];
    group.modules.push(m);
    group.functions += modules.count[m];
    group.ran += modules.ran[m];
    for (const metric of METRICS) {
      const value = modules.metrics[metric]?.[m] ?? NaN;
      if (!Number.isNaN(value)) group.metrics[metric] = folded(metric, group.metrics[metric], value);
    }
  }
  for (const group of groups) if (group.functions > 0) group.metrics.coverage = group.ran / group.functions;
  return groups;
}

/** Times with what was called count callers and callees: of those the longest, of all else the sum. */
const folded = (metric: Metric, before: number | undefined, value: number): number =>
  before === undefined ? value : metric === 'total' ? Math.max(before, value) : before + value;
