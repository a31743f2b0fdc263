/** The level of functions: the open card, its functions with their calls and times, and what goes in and out. */
import { type MapFacts, State } from '../../../../../intellimap/src/layout/picture.ts';
import type { Frame } from '../../../scene/stage.ts';
import { fontOf, mono, paintText, sans } from '../../../scene/text.ts';
import { seen, type Box } from '../../../scene/view.ts';
import { count, duration, short } from '../../../text/format.ts';
import { METRIC_WORDS, styleOf } from '../model/heat.ts';
import type { OpenCard, OpenNode } from '../model/open-card.ts';
import { FRAME } from '../model/open-card.ts';
import { neverRan } from '../model/words.ts';
import { FADED, heatInk, ink, intoWorld, lineWidth, paintBadge, paintHead } from './ink.ts';
import type { Shown } from './shown.ts';

export function paintOpen(context: CanvasRenderingContext2D, shown: Shown, frame: Frame): void {
  const { open } = shown;
  if (open === null) return;
  const { card, line2, text, text3 } = ink();
  intoWorld(context, frame);
  const { x, y, w, h } = open.frame;
  context.beginPath();
  context.roundRect(x, y, w, h, 8);
  context.fillStyle = card;
  context.fill();
  context.strokeStyle = line2;
  context.lineWidth = lineWidth(1.2, frame.view.kx);
  context.stroke();
  context.textAlign = 'left';
  context.textBaseline = 'alphabetic';
  context.fillStyle = text;
  paintText(context, titleOf(shown, open), { x: x + FRAME.padding, y: y + 25 }, w - 2 * FRAME.padding, sans(13, 600)); // prettier-ignore
  paintSides(context, open, text3);
  paintCalls(context, open, null, frame);
  for (const n of open.grid.within(seen(frame.view, frame))) paintNode(context, shown, n);
}

/** Path, and what is not drawn. */
function titleOf({ model }: Shown, { module, left, more }: OpenCard): string {
  const { path, count: functions } = model.facts.modules;
  const drawn = functions[module] - left;
  return [
    path[module],
    ...(left === 0
      ? []
      : [`${drawn} of ${count(functions[module])} functions, those that did most; T lists all`]),
    ...(more === 0 ? [] : [`${count(more)} calls not drawn`]),
  ].join('  ·  ');
}

/** Headings above the files at both sides. */
function paintSides(context: CanvasRenderingContext2D, { nodes, boxes }: OpenCard, colour: string): void {
  context.fillStyle = colour;
  for (const [side, title] of [
    ['callers', 'CALLED BY'],
    ['callees', 'CALLS'],
  ] as const) {
    const n = nodes.findIndex((node) => node.kind === 'outside' && node.side === side);
    if (n >= 0) paintText(context, title, { x: boxes.x[n], y: boxes.y[n] - 10 }, boxes.w[n], sans(11, 600));
  }
}

/** Edges; those of one box alone when `of` is given: in and out in colours of their own. */
export function paintCalls(
  context: CanvasRenderingContext2D,
  { edges }: OpenCard,
  of: number | null,
  { view }: Frame,
): void {
  const { line2, text2, text3, accent } = ink();
  for (const { from, to, strength, curve } of edges) {
    if (of !== null && from !== of && to !== of) continue;
    const isOut = from === of;
    context.strokeStyle = of === null ? line2 : isOut ? accent : text2;
    context.globalAlpha = of === null ? 0.5 + 0.5 * strength : 1;
    context.lineWidth = lineWidth(0.9 + 2.6 * strength, view.kx);
    context.beginPath();
    context.moveTo(curve[0], curve[1]);
    context.bezierCurveTo(curve[2], curve[3], curve[4], curve[5], curve[6], curve[7]);
    context.stroke();
    context.fillStyle = of === null ? text3 : isOut ? accent : text2;
    paintHead(context, { x: curve[6], y: curve[7] }, { x: curve[4], y: curve[5] }, 7);
  }
  context.globalAlpha = 1;
}

export function paintNode(context: CanvasRenderingContext2D, shown: Shown, n: number): void {
  const { nodes, boxes } = shown.open!;
  const node = nodes[n];
  const box = { x: boxes.x[n], y: boxes.y[n], w: boxes.w[n], h: boxes.h[n] };
  context.textAlign = 'left';
  context.textBaseline = 'alphabetic';
  if (node.kind === 'function') paintFunction(context, shown, node.at, box);
  else if (node.kind === 'outside') paintOutside(context, shown, node, box);
  else {
    paintBox(context, box, ink().line2, [2, 3]);
    context.fillStyle = ink().text2;
    paintText(context, 'code of the file', { x: box.x + 12, y: box.y + 28 }, box.w - 24, sans(12.5));
  }
}

function paintFunction(context: CanvasRenderingContext2D, shown: Shown, f: number, box: Box): void {
  const { model, metric } = shown;
  const { functions } = model.facts;
  const { line2, error, text, text2, text3, onAccent } = ink();
  const ran = (functions.state[f] & State.RAN) !== 0;
  const errors = functions.metrics.errors?.[f] || 0;
  context.globalAlpha = ran ? 1 : FADED + 0.2;
  paintBox(context, box, errors > 0 ? error : line2, ran ? [] : [4, 3]);
  if (ran) {
    context.fillStyle = heatInk()[styleOf(model.facts, metric, f)];
    context.beginPath();
    context.roundRect(box.x + 1, box.y + 1, 6, box.h - 2, [5, 0, 0, 5]);
    context.fill();
  }
  context.fillStyle = ran ? text : text3;
  paintText(context, functions.name[f], { x: box.x + 14, y: box.y + 20 }, box.w - 22, mono(13));
  context.fillStyle = ran ? text2 : text3;
  paintText(context, ran ? figures(shown, f) : wordsOf(model.facts, functions.state[f]), { x: box.x + 14, y: box.y + 37 }, box.w - 22, sans(12)); // prettier-ignore
  context.globalAlpha = 1;
  if (errors > 0) paintBadge(context, `! ${errors}`, { x: box.x + box.w, y: box.y }, { fill: error, text: onAccent }); // prettier-ignore
}

/** `88.2 k calls · 6.1 s`, and what the heat is of, when it is neither. */
function figures({ model: { facts }, metric }: Shown, f: number): string {
  const { calls, self } = facts.functions.metrics;
  const time = self?.[f] ?? NaN;
  const value = facts.functions.metrics[metric]?.[f] ?? NaN;
  const isTold = metric === 'calls' || metric === 'self' || Number.isNaN(value);
  return [
    `${short(calls?.[f] ?? 0)} ${calls?.[f] === 1 ? 'call' : 'calls'}`,
    ...(Number.isNaN(time) ? [] : [duration(time * 1000)]),
    ...(isTold ? [] : [`${METRIC_WORDS[metric].name} ${METRIC_WORDS[metric].text(value)}`]),
  ].join(' · ');
}

const wordsOf = (facts: MapFacts, state: number): string =>
  (state & State.UNKNOWN) === 0 ? neverRan(facts) : 'not recorded';

function paintOutside(
  context: CanvasRenderingContext2D,
  { model }: Shown,
  { at, calls }: Extract<OpenNode, { kind: 'outside' }>,
  box: Box,
): void {
  const { line2, text2, text3 } = ink();
  paintBox(context, box, line2);
  const told = `${short(calls)}×`;
  context.fillStyle = text3;
  context.textAlign = 'right';
  context.font = fontOf(sans(12));
  context.fillText(told, box.x + box.w - 10, box.y + 21.5);
  context.textAlign = 'left';
  context.fillStyle = text2;
  paintText(context, model.layout.cards.title[at], { x: box.x + 10, y: box.y + 21.5 }, box.w - 30 - told.length * 6.5, sans(12.5)); // prettier-ignore
}

function paintBox(
  context: CanvasRenderingContext2D,
  box: Box,
  stroke: string,
  dash: readonly number[] = [],
): void {
  context.beginPath();
  context.roundRect(box.x, box.y, box.w, box.h, 6);
  context.fillStyle = ink().raised;
  context.fill();
  context.setLineDash([...dash]);
  context.strokeStyle = stroke;
  context.lineWidth = 1.2;
  context.stroke();
  context.setLineDash([]);
}
