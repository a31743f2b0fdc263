/**
 * Where groups stand at the level of the system. Cards make groups as narrow as one file or as wide as ten; here a group is as large as what is said of it, so
 * that its name can be read. Order is that of the layout: columns from the left, in each from above. Pure.
 */
import type { MapPicture } from '../../../../../intellimap/src/layout/picture.ts';
import type { BoxColumns } from '../../../scene/grid.ts';
import { curveBetween } from './curves.ts';

/** Edges come the strongest first: of very many, the weak are seen where one of their groups is chosen. */
export const MOST_EDGES = 48;

export interface SystemBoxes extends BoxColumns {
  x: Float32Array;
  y: Float32Array;
  w: Float32Array;
  h: Float32Array;
  /** As `GroupEdges.curve`: 8 numbers for each edge between groups. */
  curve: Float32Array;
  /** By edge between groups: 1 where the heaviest chain goes. */
  hot: Uint8Array;
  width: number;
  height: number;
}

/** Sizes at scale 1, px. */
export const BOX = { width: 208, padding: 12, head: 88, square: 14, pitch: 17 } as const;
const GAP_X = 76;
const GAP_Y = 26;
/** What the map usually has of a page, px. */
const ROOM = { w: 1000, h: 620 };
/** Columns in the direction of calls are worth so much of the size that boxes stacked otherwise would have. */
const WORTH = 0.8;

export const PER_ROW = Math.floor((BOX.width - 2 * BOX.padding + BOX.pitch - BOX.square) / BOX.pitch);

export function systemBoxes({ facts, layout }: MapPicture): SystemBoxes {
  const { groups, cards, groupEdges } = layout;
  const files = new Uint32Array(groups.x.length);
  for (const g of cards.group) files[g]++;
  const h = Float32Array.from(
    files,
    (count) => BOX.head + Math.ceil(count / PER_ROW) * BOX.pitch + BOX.padding,
  );
  const order = Array.from(files, (_, g) => g).toSorted(
    (a, b) => groups.x[a] - groups.x[b] || groups.y[a] - groups.y[b],
  );
  const columns = best(order, groups.x, h);
  const x = new Float32Array(h.length);
  const y = new Float32Array(h.length);
  const height = Math.max(0, ...columns.map((column) => heightOf(column, h)));
  columns.forEach((column, n) => {
    let top = (height - heightOf(column, h)) / 2;
    for (const g of column) {
      [x[g], y[g]] = [n * (BOX.width + GAP_X), top];
      top += h[g] + GAP_Y;
    }
  });
  const boxAt = (g: number): { x: number; y: number; w: number; h: number } => ({ x: x[g], y: y[g], w: BOX.width, h: h[g] }); // prettier-ignore
  const curve = new Float32Array(8 * groupEdges.src.length);
  groupEdges.src.forEach((src, e) => curve.set(curveBetween(boxAt(src), boxAt(groupEdges.dst[e])), 8 * e));
  return {
    x,
    y,
    w: h.map(() => BOX.width),
    h,
    curve,
    hot: hotEdges({ facts, layout }),
    width: widthOf(columns.length),
    height,
  };
}

function hotEdges({ facts: { edges }, layout: { cards, groupEdges } }: MapPicture): Uint8Array {
  const pairs = new Set<string>();
  edges.hot.forEach(
    (hot, e) => hot === 1 && pairs.add(`${cards.group[edges.src[e]]} ${cards.group[edges.dst[e]]}`),
  );
  return Uint8Array.from(groupEdges.src, (src, e) => Number(pairs.has(`${src} ${groupEdges.dst[e]}`)));
}

/** The columns of the layout, unless stacking the same order otherwise shows all of it clearly larger. */
function best(order: readonly number[], at: ArrayLike<number>, h: Float32Array): number[][] {
  const own: number[][] = [];
  for (const g of order) {
    const last = own.at(-1);
    if (last !== undefined && at[last[0]] === at[g]) last.push(g);
    else own.push([g]);
  }
  let chosen = own;
  let scale = scaleOf(own, h) / WORTH;
  for (let count = 1; count <= Math.min(order.length, 12); count++) {
    const stacked = stackedIn(order, count, h);
    if (scaleOf(stacked, h) > scale) [chosen, scale] = [stacked, scaleOf(stacked, h)];
  }
  return chosen;
}

/** So many columns of about the same height, in order. */
function stackedIn(order: readonly number[], count: number, h: Float32Array): number[][] {
  const share = order.reduce((sum, g) => sum + h[g] + GAP_Y, 0) / count;
  const columns: number[][] = [];
  let sum = 0;
  for (const g of order) {
    const column = Math.min(count - 1, Math.floor((sum + (h[g] + GAP_Y) / 2) / share));
    (columns[column] ??= []).push(g);
    sum += h[g] + GAP_Y;
  }
  return columns.filter((column) => column.length > 0);
}

const widthOf = (columns: number): number => Math.max(0, columns * (BOX.width + GAP_X) - GAP_X);
const heightOf = (column: readonly number[], h: Float32Array): number =>
  column.reduce((sum, g) => sum + h[g] + GAP_Y, -GAP_Y);

/** Scale at which the columns just fit. */
function scaleOf(columns: readonly (readonly number[])[], h: Float32Array): number {
  const height = Math.max(...columns.map((column) => heightOf(column, h)));
  return Math.min(1, ROOM.w / widthOf(columns.length), ROOM.h / height);
}
