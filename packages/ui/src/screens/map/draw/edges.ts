/** Edges between files: how each looks, and all of them in few strokes. */
import { EDGE_CHANGES, EDGE_KINDS } from '../../../../../intellimap/src/layout/picture.ts';
import type { Frame } from '../../../scene/stage.ts';
import { curveBetween } from '../model/curves.ts';
import { cardBox, type MapModel } from '../model/model.ts';
import { ink, lineWidth, paintHead } from './ink.ts';
import { isShown, type Shown } from './shown.ts';

interface Stroke {
  colour: string;
  /** px at scale 1 */
  width: number;
  dash: readonly number[];
  alpha: number;
}

const [UNUSED, IMPORT] = [EDGE_KINDS.indexOf('unused'), EDGE_KINDS.indexOf('import')];
const [ADDED, REMOVED] = [EDGE_CHANGES.indexOf('added'), EDGE_CHANGES.indexOf('removed')];
/** Widths between the weakest and the strongest: edges alike are one stroke. */
const STEPS = 5;

/** Unlike colours are also unlike lines: thick, dashed, dotted. */
function strokeOf({ facts: { edges } }: MapModel, e: number): Stroke {
  const { hot, added, removed, text3, line2 } = ink();
  const strength = Math.round(edges.strength[e] * STEPS) / STEPS;
  if (edges.hot[e] === 1) return { colour: hot, width: 3 + 4.5 * strength, dash: [], alpha: 1 };
  if (edges.change[e] === ADDED) return { colour: added, width: 2.2, dash: [], alpha: 1 };
  if (edges.change[e] === REMOVED) return { colour: removed, width: 1.8, dash: [1.5, 4], alpha: 1 };
  if (edges.kind[e] === UNUSED) return { colour: text3, width: 1.1, dash: [5, 4], alpha: 0.75 };
  if (edges.kind[e] === IMPORT) return { colour: line2, width: 1, dash: [], alpha: 0.6 };
  return { colour: line2, width: 1.2 + 2.3 * strength, dash: [], alpha: 0.6 + 0.4 * strength };
}

/** All that are drawn, the hot path on top; coordinates are those of the map. */
export function paintEdges(context: CanvasRenderingContext2D, shown: Shown, { view }: Frame): void {
  const { model, weaker } = shown;
  const { edges } = model.facts;
  const alike = new Map<string, { stroke: Stroke; all: number[] }>();
  for (let e = 0; e < edges.src.length; e++) {
    if (!weaker && !model.pieces.has(e)) continue;
    if (!isShown(shown, edges.src[e]) || !isShown(shown, edges.dst[e])) continue;
    const stroke = strokeOf(model, e);
    const key = `${stroke.colour} ${stroke.width} ${stroke.alpha}`;
    const group = alike.get(key);
    if (group === undefined) alike.set(key, { stroke, all: [e] });
    else group.all.push(e);
  }
  const groups = [...alike.values()].toSorted((a, b) => a.stroke.width - b.stroke.width);
  for (const { stroke, all } of groups) {
    take(context, stroke, view.kx);
    context.beginPath();
    for (const e of all) trace(context, model, e);
    context.stroke();
  }
  context.globalAlpha = 1;
  context.setLineDash([]);
}

/** Those of one file: what it calls in one colour, what calls it in another, each with a head. */
export function paintRelated(context: CanvasRenderingContext2D, shown: Shown, { view }: Frame): void {
  const { model, related } = shown;
  if (related === null) return;
  const { accent, text2, removed, hot } = ink();
  const { edges } = model.facts;
  for (const [all, colour] of [
    [related.into, text2],
    [related.out, accent],
  ] as const)
    for (const e of all) {
      if (!isShown(shown, edges.src[e]) || !isShown(shown, edges.dst[e])) continue;
      const own = strokeOf(model, e);
      const paint = edges.hot[e] === 1 ? hot : edges.change[e] === REMOVED ? removed : colour;
      take(context, { ...own, colour: paint, width: Math.max(1.6, own.width), alpha: 1 }, view.kx);
      context.beginPath();
      trace(context, model, e);
      context.stroke();
      context.setLineDash([]);
      context.fillStyle = paint;
      const [to, from] = endOf(model, e);
      paintHead(context, to, from, Math.max(9, own.width * 2.2));
    }
}

function take(context: CanvasRenderingContext2D, { colour, width, dash, alpha }: Stroke, k: number): void {
  context.strokeStyle = colour;
  context.lineWidth = lineWidth(width, k);
  context.setLineDash([...dash]);
  context.globalAlpha = alpha;
}

function trace(context: CanvasRenderingContext2D, model: MapModel, e: number): void {
  const { curve, from, to } = curveOf(model, e);
  context.moveTo(curve[8 * from], curve[8 * from + 1]);
  for (let n = 8 * from; n < 8 * to; n += 8)
    context.bezierCurveTo(curve[n + 2], curve[n + 3], curve[n + 4], curve[n + 5], curve[n + 6], curve[n + 7]);
}

/** Last point of an edge, and the one that it comes from. */
function endOf(model: MapModel, e: number): [{ x: number; y: number }, { x: number; y: number }] {
  const { curve, to } = curveOf(model, e);
  const n = 8 * (to - 1);
  return [
    { x: curve[n + 6], y: curve[n + 7] },
    { x: curve[n + 4], y: curve[n + 5] },
  ];
}

/** Pieces `from` until `to` of a curve; of edges that the layout left out, one from card to card. */
export function curveOf(model: MapModel, e: number): { curve: ArrayLike<number>; from: number; to: number } {
  const [from, to] = model.pieces.get(e) ?? [-1, -1];
  if (from >= 0) return { curve: model.layout.routes.curve, from, to };
  const { src, dst } = model.facts.edges;
  return { curve: curveBetween(cardBox(model, src[e]), cardBox(model, dst[e])), from: 0, to: 1 };
}
