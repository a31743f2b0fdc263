/** The level of modules: groups by name, cards with a cell for each function. */
import { State } from '../../../../../intellimap/src/layout/picture.ts';
import { CELL, PADDING, TITLE } from '../../../../../intellimap/src/layout/sizes.ts';
import type { Frame } from '../../../scene/stage.ts';
import { fontOf, paintText, sans } from '../../../scene/text.ts';
import { seen } from '../../../scene/view.ts';
import { STYLE, STYLES } from '../model/heat.ts';
import { cardBox, isDead, type MapModel } from '../model/model.ts';
import { paintEdges } from './edges.ts';
import {
  FADED,
  heatInk,
  ink,
  intoScreen,
  intoWorld,
  lineWidth,
  onScreen,
  paintBadge,
  RADIUS,
} from './ink.ts';
import { isShown, type Shown } from './shown.ts';

/** Letters smaller than this, px, are no letters. */
const LEAST_TEXT = 7.5;
/** Names of groups may reach into the gap behind them, px of the map. */
const OVERHANG = 80;
/** Below this scale, hollow cells are flat: their border would be all there is of them. */
const FLAT = 0.55;

export function paintCards(context: CanvasRenderingContext2D, shown: Shown, frame: Frame): void {
  const { model } = shown;
  const there = model.cards.within(seen(frame.view, frame)).filter((m) => isShown(shown, m));
  intoWorld(context, frame);
  paintEdges(context, shown, frame);
  paintFrames(context, model, there, frame.view.kx);
  paintCells(context, shown, there, frame.view.kx);
  intoScreen(context, frame);
  paintGroupNames(context, shown, frame);
  for (const m of there) paintWords(context, shown, m, frame);
}

/** One fill and one stroke for all cards alike. */
export function paintFrames(context: CanvasRenderingContext2D, model: MapModel, there: readonly number[], k: number): void {
  const { card, ground, line2, error, added, removed } = ink();
  const { modules } = model.facts;
  const kinds: Record<'plain' | 'dead' | 'bad' | 'added' | 'removed', number[]> = { plain: [], dead: [], bad: [], added: [], removed: [] }; // prettier-ignore
  for (const m of there)
    if ((modules.state[m] & State.REMOVED) !== 0) kinds.removed.push(m);
    else if (isDead(model, m)) kinds.dead.push(m);
    else if (errorsIn(model, m) > 0) kinds.bad.push(m);
    else if ((modules.state[m] & State.ADDED) !== 0) kinds.added.push(m);
    else kinds.plain.push(m);
  const draw = (all: readonly number[], fill: string, stroke: string, width: number, dash: readonly number[] = [], alpha = 1): void => {
    if (all.length === 0) return;
    context.beginPath();
    for (const m of all) {
      const { x, y, w, h } = cardBox(model, m);
      context.roundRect(x, y, w, h, RADIUS);
    }
    context.fillStyle = fill;
    context.fill();
    context.globalAlpha = alpha;
    context.setLineDash([...dash]);
    context.strokeStyle = stroke;
    context.lineWidth = lineWidth(width, k);
    context.stroke();
    context.setLineDash([]);
    context.globalAlpha = 1;
  };
  draw(kinds.dead, ground, line2, 1.2, [4, 3], 0.8);
  draw(kinds.plain, card, line2, 1.2);
  draw(kinds.added, card, added, 1.8);
  draw(kinds.removed, ground, removed, 1.8, [2, 3]);
  draw(kinds.bad, card, error, 1.8);
} // prettier-ignore

const errorsIn = ({ facts: { modules } }: MapModel, m: number): number => modules.metrics.errors?.[m] || 0;

function paintCells(context: CanvasRenderingContext2D, shown: Shown, there: readonly number[], k: number): void {
  const { model, cells } = shown;
  const { functions } = model.facts;
  const isThere = new Uint8Array(model.facts.modules.path.length);
  for (const m of there) isThere[m] = isDead(model, m) ? 2 : 1;
  for (let style = 0; style < STYLES; style++) {
    const all = cells.order.subarray(cells.starts[style], cells.starts[style + 1]).filter((f) => isThere[functions.module[f]] > 0);
    if (style === STYLE.never) paintHollow(context, model, all, k, isThere);
    else if (style === STYLE.unknown) paintUnknown(context, model, all, k);
    else {
      context.fillStyle = heatInk()[style];
      for (const f of all) context.fillRect(model.cellX[f], model.cellY[f], CELL, CELL);
    }
  }
  if (k > 0.3) paintMarks(context, model, there, k);
} // prettier-ignore

/** Never ran: hollow; in a file of which nothing did, faded, too. */
function paintHollow(context: CanvasRenderingContext2D, model: MapModel, all: Uint32Array, k: number, isThere: Uint8Array): void {
  const { module } = model.facts.functions;
  const { line2, heat0 } = ink();
  for (const isFaded of [false, true]) {
    const some = all.filter((f) => (isThere[module[f]] === 2) === isFaded);
    context.globalAlpha = isFaded ? FADED : 1;
    if (k < FLAT) {
      context.fillStyle = heat0;
      for (const f of some) context.fillRect(model.cellX[f], model.cellY[f], CELL, CELL);
    } else outline(context, model, some, line2, 1);
  }
  context.globalAlpha = 1;
} // prettier-ignore

/** Nobody looked: a dot, which is neither hollow nor filled. */
function paintUnknown(context: CanvasRenderingContext2D, model: MapModel, all: Uint32Array, k: number): void {
  context.fillStyle = ink().line2;
  const size = k < FLAT ? CELL / 2 : CELL / 3;
  const inset = (CELL - size) / 2;
  for (const f of all) context.fillRect(model.cellX[f] + inset, model.cellY[f] + inset, size, size);
}

/** Errors, and in a comparison what is new, gone or changed. */
function paintMarks(
  context: CanvasRenderingContext2D,
  model: MapModel,
  there: readonly number[],
  k: number,
): void {
  const { first, count } = model.facts.modules;
  const { state, metrics } = model.facts.functions;
  const marks: Record<'added' | 'removed' | 'changed' | 'error', number[]> = { added: [], removed: [], changed: [], error: [] }; // prettier-ignore
  for (const m of there)
    for (let f = first[m]; f < first[m] + count[m]; f++)
      if ((metrics.errors?.[f] ?? 0) > 0) marks.error.push(f);
      else if ((state[f] & State.ADDED) !== 0) marks.added.push(f);
      else if ((state[f] & State.REMOVED) !== 0) marks.removed.push(f);
      else if ((state[f] & State.CHANGED) !== 0) marks.changed.push(f);
  const colours = ink();
  for (const kind of ['added', 'removed', 'changed', 'error'] as const)
    outline(context, model, marks[kind], colours[kind], lineWidth(kind === 'error' ? 2 : 1.5, k, 1));
}

function outline(context: CanvasRenderingContext2D, model: MapModel, all: ArrayLike<number>, colour: string, width: number): void {
  context.beginPath();
  for (let n = 0; n < all.length; n++) {
    const [x, y] = [model.cellX[all[n]], model.cellY[all[n]]];
    context.rect(x + width / 2, y + width / 2, CELL - width, CELL - width);
  }
  context.strokeStyle = colour;
  context.lineWidth = width;
  context.stroke();
} // prettier-ignore

function paintGroupNames(context: CanvasRenderingContext2D, { model }: Shown, frame: Frame): void {
  const { groups } = model.layout;
  context.fillStyle = ink().text3;
  context.textAlign = 'left';
  context.textBaseline = 'alphabetic';
  const size = Math.min(15, Math.max(10.5, 12.5 * frame.view.kx));
  for (const g of model.groups.within(seen(frame.view, frame))) {
    const at = onScreen(frame, { x: groups.x[g], y: groups.y[g], w: groups.w[g], h: 0 });
    const y = Math.max(at.y + size, at.y + 18 * frame.view.kx);
    paintText(context, groups.name[g], { x: at.x, y }, at.w + OVERHANG * frame.view.kx, sans(size, 600));
  }
}

/** Title, badge, and what there is to say of a card; px of the screen. */
export function paintWords(context: CanvasRenderingContext2D, { model }: Shown, m: number, frame: Frame): void {
  const { text, text3, error, onAccent } = ink();
  const box = onScreen(frame, cardBox(model, m));
  const k = frame.view.kx;
  const isFaded = isDead(model, m);
  const size = Math.min(16, Math.max(LEAST_TEXT + 0.5, 12.5 * k));
  context.globalAlpha = isFaded ? 0.65 : 1;
  context.textAlign = 'left';
  context.textBaseline = 'alphabetic';
  if (TITLE * k >= LEAST_TEXT) {
    context.fillStyle = isFaded ? text3 : text;
    const room = box.w - 2 * Math.max(3, PADDING * k);
    paintText(context, model.layout.cards.title[m], { x: box.x + Math.max(3, PADDING * k), y: box.y + 16.5 * k }, room, sans(size, 600));
  }
  if (isFaded && k > 0.5) {
    context.globalAlpha = 1;
    context.fillStyle = text3;
    context.textAlign = 'right';
    context.font = fontOf(sans(Math.max(8, 9.5 * Math.min(k, 1.3)), 600));
    context.fillText('NEVER RAN', box.x + box.w - 6 * k, box.y + box.h - 5 * k);
  }
  context.globalAlpha = 1;
  const errors = errorsIn(model, m);
  if (errors > 0 && k > 0.12) paintBadge(context, `! ${errors}`, { x: box.x + box.w, y: box.y }, { fill: error, text: onAccent }, k);
} // prettier-ignore
