/**
 * An open card: the functions of one file as boxes, callers left of callees, with the calls between them; files that call in stand at the
 * left, files that are called at the right. Functions that no call within the file reaches stand below, in the order of the source. Pure.
 */
import { layersOf } from '../../../../../intellimap/src/layout/layers.ts';
import type { InsideModule } from '../../../../../intellimap/src/serve/contract.ts';
import { BoxGrid, type BoxColumns } from '../../../scene/grid.ts';
import type { Box } from '../../../scene/view.ts';
import type { MapModel } from './model.ts';
import { type Curve, curveBetween } from './curves.ts';

/** `at`: function of the map; of `outside` ones the module. `body`: code of the file outside of functions. */
export type OpenNode =
  | { kind: 'function'; at: number }
  | { kind: 'body' }
  | { kind: 'outside'; at: number; side: 'callers' | 'callees'; calls: number };

export interface OpenCard {
  module: number;
  nodes: OpenNode[];
  boxes: Columns;
  grid: BoxGrid;
  edges: OpenEdge[];
  /** The card itself, around the functions. */
  frame: Box;
  bounds: Box;
  /** Place of a function's box. */
  nodeOf: ReadonlyMap<number, number>;
  /** Calls that are not drawn. */
  more: number;
  /** Functions that are not drawn: of a file of very many those with least time, or calls. */
  left: number;
}

export interface OpenEdge {
  /** Places of nodes. */
  from: number;
  to: number;
  /** 0 … 1, logarithmic in calls. */
  strength: number;
  curve: Curve;
}

type Columns = { [Side in keyof BoxColumns]: Float32Array };

const NODE = { w: 204, h: 46, gapX: 46, gapY: 14 } as const;
export const OUTSIDE = { w: 168, h: 34, gapY: 12, far: 60 } as const;
export const FRAME = { title: 40, padding: 20 } as const;
/** A card of few rows is spread out to this share of its width, for edges to be told apart, but rows are no further apart than this, px. */
const SPREAD = 0.42;
const FARTHEST = 44;
/** Boxes above each other before a column is broken into two. */
const HIGH = 16;
/** Boxes beside each other where functions only stand in the order of the source. */
const WIDE = 4;
/** Functions of a file that are drawn: more cannot be read. The table has all. */
export const MOST_FUNCTIONS = 90;
/** Files that are told on each side. */
const MOST_OUTSIDE = 14;

/** @param always a function that is drawn however little it did: the chosen one; −1: none */
export function openCard(
  model: MapModel,
  module: number,
  inside: InsideModule | undefined,
  always = -1,
): OpenCard {
  const there = strongest(model, module, always);
  const flow = flowOf(model, module, inside, there);
  const nodes: OpenNode[] = [];
  const boxes: Box[] = [];
  const put = (node: OpenNode, x: number, y: number, size: { w: number; h: number }): void => {
    nodes.push(node);
    boxes.push({ x, y, w: size.w, h: size.h });
  };
  const frame = placeInner(flow, put);
  for (const side of ['callers', 'callees'] as const) {
    const others = flow[side].slice(0, MOST_OUTSIDE);
    const height = others.length * (OUTSIDE.h + OUTSIDE.gapY) - OUTSIDE.gapY;
    const x = side === 'callers' ? -OUTSIDE.far - OUTSIDE.w : frame.w + OUTSIDE.far;
    others.forEach((node, n) => put(node, x, Math.max(FRAME.title, (frame.h - height) / 2) + n * (OUTSIDE.h + OUTSIDE.gapY), OUTSIDE)); // prettier-ignore
  }
  const columns = columnsOf(boxes);
  const grid = new BoxGrid(columns);
  const edges = edgesOf(model, module, inside, nodes, boxes);
  return {
    module,
    nodes,
    boxes: columns,
    grid,
    edges,
    frame,
    bounds: around([frame, ...boxes]),
    nodeOf: new Map(nodes.flatMap((node, n) => (node.kind === 'function' ? [[node.at, n] as const] : []))),
    more: inside?.more ?? 0,
    left: model.facts.modules.count[module] - there.size,
  };
}

/** Functions of a file that are drawn. */
export function strongest({ facts }: MapModel, module: number, always: number): ReadonlySet<number> {
  const { first, count } = facts.modules;
  const { self, calls } = facts.functions.metrics;
  const own = Array.from({ length: count[module] }, (_, n) => first[module] + n);
  if (own.length <= MOST_FUNCTIONS) return new Set(own);
  const weight = (f: number): number => (f === always ? Infinity : (self ?? calls)?.[f] || 0);
  const sorted = own.toSorted((a, b) => weight(b) - weight(a) || a - b);
  return new Set(sorted.slice(0, MOST_FUNCTIONS));
}

interface Flow {
  /** In each column the nodes from top to bottom. */
  columns: OpenNode[][];
  /** Not called from within, and calling nothing there. */
  alone: OpenNode[];
  callers: Extract<OpenNode, { kind: 'outside' }>[];
  callees: Extract<OpenNode, { kind: 'outside' }>[];
}

function flowOf(
  model: MapModel,
  module: number,
  inside: InsideModule | undefined,
  there: ReadonlySet<number>,
): Flow {
  const { first, count, path } = model.facts.modules;
  const own = path[module];
  const isDrawn = (id: string): boolean =>
    there.has(model.functionAt.get(id) ?? -1) || !model.functionAt.has(id);
  const within = (inside?.edges ?? []).filter(
    ({ src, dst }) => src.path === own && dst.path === own && isDrawn(src.id) && isDrawn(dst.id),
  );
  // Place `count` stands for the body.
  const places = count[module] + 1;
  const placeOf = (id: string): number => (model.functionAt.get(id) ?? first[module] + count[module]) - first[module]; // prettier-ignore
  const layers = layersOf(places, within.map(({ src, dst, calls }) => ({ src: placeOf(src.id), dst: placeOf(dst.id), weight: calls }))); // prettier-ignore
  const linked = new Set(within.flatMap(({ src, dst }) => (src.id === dst.id ? [] : [placeOf(src.id), placeOf(dst.id)]))); // prettier-ignore
  const least = Math.min(...[...linked].map((place) => layers[place]));
  const nodeAt = (place: number): OpenNode =>
    place === places - 1 ? { kind: 'body' } : { kind: 'function', at: first[module] + place };
  const columns: OpenNode[][] = [];
  for (const place of [...linked].toSorted((a, b) => a - b))
    (columns[layers[place] - least] ??= []).push(nodeAt(place));
  const alone = Array.from({ length: count[module] }, (_, place) => place).filter((place) => there.has(first[module] + place) && !linked.has(place)); // prettier-ignore
  return {
    columns: columns.flatMap(broken),
    alone: alone.map(nodeAt),
    callers: outside(model, own, inside, 'callers'),
    callees: outside(model, own, inside, 'callees'),
  };
}

/** A column that is too high, as some beside each other. */
function broken(column: OpenNode[]): OpenNode[][] {
  const parts = Math.ceil(column.length / HIGH);
  const size = Math.ceil(column.length / parts);
  return Array.from({ length: parts }, (_, n) => column.slice(n * size, (n + 1) * size));
}

/** Other files at one side, the most frequent first. */
function outside(
  model: MapModel,
  own: string,
  inside: InsideModule | undefined,
  side: 'callers' | 'callees',
): Extract<OpenNode, { kind: 'outside' }>[] {
  const calls = new Map<number, number>();
  for (const { src, dst, calls: count } of inside?.edges ?? []) {
    const [other, mine] = side === 'callers' ? [src, dst] : [dst, src];
    const at = model.moduleAt.get(other.path);
    if (mine.path === own && other.path !== own && at !== undefined) calls.set(at, (calls.get(at) ?? 0) + count); // prettier-ignore
  }
  return [...calls]
    .toSorted((a, b) => b[1] - a[1] || a[0] - b[0])
    .map(([at, count]) => ({ kind: 'outside', at, side, calls: count }));
}

/** Puts the functions into the card; gives the card. */
function placeInner(
  { columns, alone }: Flow,
  put: (node: OpenNode, x: number, y: number, size: { w: number; h: number }) => void,
): Box {
  const deepest = Math.max(0, ...columns.map(({ length }) => length));
  const rowsBelow = Math.ceil(alone.length / Math.max(Math.min(WIDE, alone.length), columns.length, 1));
  const wanted = (SPREAD * columns.length * (NODE.w + NODE.gapX)) / Math.max(1, deepest + rowsBelow) - NODE.h;
  const step = NODE.h + Math.max(NODE.gapY, Math.min(FARTHEST, wanted));
  const high = deepest * step;
  columns.forEach((column, n) => {
    const top = FRAME.title + (high - column.length * step) / 2;
    column.forEach((node, row) => put(node, FRAME.padding + n * (NODE.w + NODE.gapX), top + row * step, NODE)); // prettier-ignore
  });
  const below = FRAME.title + high + (high > 0 && alone.length > 0 ? NODE.gapY : 0);
  // As wide as the columns above, so that the card has no empty corner.
  const wide = Math.max(Math.min(WIDE, alone.length), columns.length, 1);
  const pitch = NODE.w + (columns.length > 0 ? NODE.gapX : NODE.gapY);
  alone.forEach((node, n) => put(node, FRAME.padding + (n % wide) * pitch, below + Math.floor(n / wide) * step, NODE)); // prettier-ignore
  const rows = Math.ceil(alone.length / wide) * step;
  return {
    x: 0,
    y: 0,
    w: 2 * FRAME.padding + wide * pitch - (pitch - NODE.w),
    h: Math.max(below + rows - (step - NODE.h), FRAME.title + NODE.h) + FRAME.padding,
  };
}

function edgesOf(
  model: MapModel,
  module: number,
  inside: InsideModule | undefined,
  nodes: readonly OpenNode[],
  boxes: readonly Box[],
): OpenEdge[] {
  const own = model.facts.modules.path[module];
  const places = new Map(nodes.map((node, n) => [keyOf(node), n]));
  const placeOf = ({ id, path }: { id: string; path: string }, side: string): number | undefined => {
    if (path !== own) return places.get(`${side} ${model.moduleAt.get(path) ?? -1}`);
    const f = model.functionAt.get(id);
    return places.get(f === undefined ? 'body' : `function ${f}`);
  };
  const most = Math.max(1, ...(inside?.edges ?? []).map(({ calls }) => calls));
  return (inside?.edges ?? []).flatMap(({ src, dst, calls }): OpenEdge[] => {
    const [from, to] = [placeOf(src, 'callers'), placeOf(dst, 'callees')];
    if (from === undefined || to === undefined || from === to) return [];
    const strength = Math.log1p(calls) / Math.log1p(most);
    return [{ from, to, strength, curve: curveBetween(boxes[from], boxes[to]) }];
  });
}

const keyOf = (node: OpenNode): string =>
  node.kind === 'body' ? 'body' : node.kind === 'function' ? `function ${node.at}` : `${node.side} ${node.at}`; // prettier-ignore

const columnsOf = (boxes: readonly Box[]): Columns => ({
  x: Float32Array.from(boxes, ({ x }) => x),
  y: Float32Array.from(boxes, ({ y }) => y),
  w: Float32Array.from(boxes, ({ w }) => w),
  h: Float32Array.from(boxes, ({ h }) => h),
});

function around(boxes: readonly Box[]): Box {
  const [x, y] = [Math.min(...boxes.map((box) => box.x)), Math.min(...boxes.map((box) => box.y))];
  const right = Math.max(...boxes.map((box) => box.x + box.w));
  const bottom = Math.max(...boxes.map((box) => box.y + box.h));
  return { x, y, w: right - x, h: bottom - y };
}
