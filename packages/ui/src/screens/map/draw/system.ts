/** The level of the system: a box for each group of files, a square in it for each file, and what goes between them. */
import type { Frame } from '../../../scene/stage.ts';
import { fontOf, paintText, sans, widthOf } from '../../../scene/text.ts';
import { seen } from '../../../scene/view.ts';
import { count, percent, plural, short } from '../../../text/format.ts';
import { METRIC_WORDS, stepOf } from '../model/heat.ts';
import { pointOn } from '../model/curves.ts';
import { isDead, systemBox } from '../model/model.ts';
import { BOX, MOST_EDGES, PER_ROW } from '../model/system.ts';
import { FADED, heatInk, ink, intoScreen, intoWorld, onScreen, paintBadge, paintHead } from './ink.ts';
import type { Shown } from './shown.ts';

/** From this scale on there is room for figures, below it for the name alone. */
const FIGURES = 0.5;
/** From this width on there is room for sentences, px. */
const WORDY = 170;
/** Of names, px: the first that fits. */
const NAME_SIZES = [13.5, 12, 11, 10];
/** Text does not grow beyond this scale, nor shrink below that one. */
const [LEAST, MOST] = [0.8, 1.3];

export function paintSystem(context: CanvasRenderingContext2D, shown: Shown, frame: Frame): void {
  intoWorld(context, frame);
  paintGroupEdges(context, shown, frame);
  intoScreen(context, frame);
  paintCounts(context, shown, frame);
  for (const g of shown.model.systemGrid.within(seen(frame.view, frame)))
    paintGroup(context, shown, g, frame);
}

/** What a group calls and imports, and what uses it, above all else, which is dimmed. */
export function paintGroupsNear(
  context: CanvasRenderingContext2D,
  shown: Shown,
  g: number,
  frame: Frame,
): void {
  const { src, dst } = shown.model.layout.groupEdges;
  const edges = [...src.keys()].filter((e) => src[e] === g || dst[e] === g);
  intoWorld(context, frame);
  for (const e of edges) paintGroupEdge(context, shown, e, frame, 1);
  intoScreen(context, frame);
  for (const each of new Set([g, ...edges.flatMap((e) => [src[e], dst[e]])]))
    paintGroup(context, shown, each, frame);
}

function paintGroupEdges(context: CanvasRenderingContext2D, shown: Shown, frame: Frame): void {
  const { src, strength } = shown.model.layout.groupEdges;
  const drawn = shown.weaker ? src.length : Math.min(src.length, MOST_EDGES);
  // The strongest lie on top.
  for (let e = drawn - 1; e >= 0; e--) paintGroupEdge(context, shown, e, frame, 0.35 + 0.65 * strength[e]);
}

function paintGroupEdge(
  context: CanvasRenderingContext2D,
  { model }: Shown,
  e: number,
  { view }: Frame,
  alpha: number,
): void {
  const { groupEdges } = model.layout;
  const { line2, text3, hot } = ink();
  const isHot = model.system.hot[e] === 1;
  context.globalAlpha = isHot ? 1 : alpha;
  const c = model.system.curve.subarray(8 * e, 8 * e + 8);
  context.beginPath();
  context.moveTo(c[0], c[1]);
  context.bezierCurveTo(c[2], c[3], c[4], c[5], c[6], c[7]);
  context.strokeStyle = isHot ? hot : line2;
  context.lineWidth = (1 + 4.5 * groupEdges.strength[e]) / view.kx;
  context.stroke();
  context.fillStyle = isHot ? hot : text3;
  paintHead(context, { x: c[6], y: c[7] }, { x: c[4], y: c[5] }, 9 / view.kx);
  context.globalAlpha = 1;
}

/** How many calls go along an edge, in its middle. */
function paintCounts(context: CanvasRenderingContext2D, { model }: Shown, frame: Frame): void {
  const { groupEdges } = model.layout;
  const { ground, text2 } = ink();
  context.textAlign = 'center';
  context.textBaseline = 'middle';
  const told: { x: number; y: number }[] = [];
  for (let e = 0; e < groupEdges.src.length; e++) {
    if (!(groupEdges.calls[e] > 0) || groupEdges.strength[e] < 0.25) continue;
    const middle = pointOn(model.system.curve, 8 * e, 0.5);
    // Under a box it would be cut.
    if (model.systemGrid.at(middle, 20 / frame.view.kx) >= 0) continue;
    const at = onScreen(frame, { ...middle, w: 0, h: 0 });
    if (told.some(({ x, y }) => Math.abs(at.x - x) < 48 && Math.abs(at.y - y) < 18)) continue;
    told.push(at);
    const text = `${short(groupEdges.calls[e])}×`;
    const width = widthOf(context, text, sans(11)) + 8;
    context.fillStyle = ground;
    context.fillRect(at.x - width / 2, at.y - 8, width, 16);
    context.fillStyle = text2;
    context.font = fontOf(sans(11));
    context.fillText(text, at.x, at.y);
  }
}

function paintGroup(context: CanvasRenderingContext2D, shown: Shown, g: number, frame: Frame): void {
  const { model } = shown;
  const { card, line2, text, text2, error, onAccent } = ink();
  const box = onScreen(frame, systemBox(model, g));
  const { modules, functions, ran, metrics } = model.groupFacts[g];
  const isBad = (metrics.errors ?? 0) > 0;
  context.globalAlpha = ran === 0 && functions > 0 ? 0.6 : 1;
  context.beginPath();
  context.roundRect(box.x, box.y, box.w, box.h, 8);
  context.fillStyle = card;
  context.fill();
  context.strokeStyle = isBad ? error : line2;
  context.lineWidth = isBad ? 1.8 : 1.2;
  context.setLineDash(ran === 0 && functions > 0 ? [4, 3] : []);
  context.stroke();
  context.setLineDash([]);
  context.save();
  context.clip();
  context.textAlign = 'left';
  context.textBaseline = 'alphabetic';
  context.fillStyle = text;
  const k = frame.view.kx;
  const scale = Math.min(MOST, Math.max(LEAST, k));
  const padding = Math.max(6, BOX.padding * k);
  const room = box.w - 2 * padding;
  const name = model.layout.groups.name[g];
  const sizes = NAME_SIZES.map((size) => Math.max(10, size * scale));
  const size = sizes.find((each) => widthOf(context, name, sans(each, 650)) <= room) ?? sizes.at(-1)!;
  paintText(context, name, { x: box.x + padding, y: box.y + Math.max(15, 22 * k) }, room, sans(size, 650));
  context.fillStyle = text2;
  const lines = k < FIGURES ? [] : linesOf(shown, g, room);
  lines.forEach((line, n) => {
    const at = { x: box.x + padding, y: box.y + (41 + 18 * n) * k + 2 };
    paintText(context, line, at, room, sans(Math.max(10, 11.5 * scale)));
  });
  paintFiles(context, shown, modules, { x: box.x + padding, y: box.y + BOX.head * k, k });
  context.restore();
  context.globalAlpha = 1;
  if (isBad) paintBadge(context, `! ${metrics.errors}`, { x: box.x + box.w, y: box.y }, { fill: error, text: onAccent });
} // prettier-ignore

/** Figures of a group, in so many words as there is room for, px. */
function linesOf({ model, metric }: Shown, g: number, room: number): string[] {
  const { modules, functions, ran, metrics } = model.groupFacts[g];
  const value = metrics[metric];
  const share = ran === 0 ? 'no function' : percent(ran / functions);
  const { name, text } = METRIC_WORDS[metric];
  return [
    plural(modules.length, 'file'),
    ...(functions === 0
      ? []
      : [room < WORDY ? `${share} ran` : `${count(ran)} of ${count(functions)} functions ran`]),
    // How much ran was said.
    ...(value === undefined || metric === 'coverage'
      ? []
      : [room < WORDY ? text(value) : `${name} ${text(value)}`]),
  ];
}

/** A square for each file, as hot as the file is for its size on this level. */
function paintFiles(
  context: CanvasRenderingContext2D,
  { model, metric }: Shown,
  modules: readonly number[],
  { x, y, k }: { x: number; y: number; k: number },
): void {
  const heat = heatInk();
  const values = model.facts.modules.metrics[metric];
  modules.forEach((m, n) => {
    const [left, top] = [x + (n % PER_ROW) * BOX.pitch * k, y + Math.floor(n / PER_ROW) * BOX.pitch * k];
    const side = BOX.square * k;
    if (isDead(model, m)) {
      context.globalAlpha = FADED;
      context.strokeStyle = heat[0];
      context.strokeRect(left + 0.5, top + 0.5, side - 1, side - 1);
      context.globalAlpha = 1;
    } else {
      context.fillStyle = heat[stepOf(model.facts, metric, values?.[m] ?? NaN)];
      context.fillRect(left, top, side, side);
    }
  });
}
