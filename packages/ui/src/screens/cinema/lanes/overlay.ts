/** The thin layer above lanes: what the pointer is on, what is selected, messages of the chosen task, marks on the ruler. */
import { fontOf, widthOf } from '../../../scene/text.ts';
import { duration, moment } from '../../../text/format.ts';
import type { Stretch } from '../time/stretch.ts';
import type { Bars } from './bars.ts';
import { BAR, barHeight, barTop, type BarPlace } from './layout.ts';
import { MONO, type Picture, RULER, TITLES, xOf } from './paint.ts';

type Context = CanvasRenderingContext2D;

/** A bar in its lane. */
export interface BarRef {
  bars: Bars;
  n: number;
  place: BarPlace;
}

export interface Message {
  from: BarRef;
  to: BarRef;
  kind: string;
  /** µs: the call that set it off began; the other one did. */
  sent: number;
  arrived: number;
}

export interface Overlay {
  hover: { bar: BarRef; x: number; y: number } | null;
  selected: readonly BarRef[];
  messages: readonly Message[];
  bookmarks: readonly number[];
  errors: readonly number[];
  /** Stretches that playing does not wait for. */
  passed: readonly Stretch[];
}

export function paintOverlay(context: Context, picture: Picture, overlay: Overlay): void {
  context.textBaseline = 'middle';
  context.save();
  context.beginPath();
  context.rect(TITLES, RULER, picture.width, picture.height);
  context.clip();
  for (const message of overlay.messages) arrow(context, picture, message);
  context.strokeStyle = picture.colours.text;
  context.lineWidth = 1.5;
  for (const bar of overlay.selected) outline(context, picture, bar);
  if (overlay.hover !== null) outline(context, picture, overlay.hover.bar);
  context.restore();
  marks(context, picture, overlay);
  if (overlay.hover !== null) tip(context, picture, overlay.hover);
}

const boxOf = (picture: Picture, { bars, n, place }: BarRef) => {
  const x = xOf(picture, bars.from[n]);
  const end = xOf(picture, Math.min(bars.to[n], picture.view[1] * 2));
  return { x, y: RULER + barTop(place, bars.depth[n]) - picture.scroll, w: Math.max(2, end - x) };
};

function outline(context: Context, picture: Picture, bar: BarRef): void {
  const { x, y, w } = boxOf(picture, bar);
  context.strokeRect(x - 0.5, y - 0.5, w, barHeight(bar.place) + 1);
}

/** From below what set it off to the beginning of what came of it. */
function arrow(context: Context, picture: Picture, { from, to, sent, arrived }: Message): void {
  const start = boxOf(picture, from);
  const end = boxOf(picture, to);
  const x0 = Math.min(xOf(picture, Math.min(Math.max(sent, from.bars.from[from.n]), arrived)), end.x) + 2;
  const [y0, y1] = [start.y + BAR, end.y + BAR / 2];
  const bend = Math.max(8, Math.min(40, Math.abs(end.x - x0) / 2));
  context.strokeStyle = context.fillStyle = picture.colours.play;
  context.lineWidth = 1.4;
  context.beginPath();
  context.moveTo(x0, y0);
  context.bezierCurveTo(x0, y0 + bend, end.x - bend, y1, end.x - 2, y1);
  context.stroke();
  context.beginPath();
  context.moveTo(end.x, y1);
  context.lineTo(end.x - 6, y1 - 3.5);
  context.lineTo(end.x - 6, y1 + 3.5);
  context.fill();
}

function marks(context: Context, picture: Picture, { bookmarks, errors, passed }: Overlay): void {
  const { colours } = picture;
  context.fillStyle = colours.error;
  for (const at of errors) {
    const x = xOf(picture, at);
    if (isSeen(picture, x)) context.fillRect(x - 1, 0, 2, 7);
  }
  context.fillStyle = colours.accent;
  for (const at of bookmarks) {
    const x = xOf(picture, at);
    if (!isSeen(picture, x)) continue;
    context.fillRect(x, 0, 1.5, RULER);
    context.beginPath();
    context.moveTo(x, 1);
    context.lineTo(x + 9, 5);
    context.lineTo(x, 9);
    context.fill();
  }
  context.strokeStyle = colours.quiet;
  context.lineWidth = 1.5;
  for (const [from, to] of passed) {
    const [x0, x1] = [Math.max(TITLES, xOf(picture, from)), Math.min(picture.width, xOf(picture, to))];
    if (x1 - x0 > 24) brokenAt(context, (x0 + x1) / 2);
  }
}

/** Two slanted strokes, as on an axis that leaves something out. */
function brokenAt(context: Context, x: number): void {
  context.beginPath();
  for (const dx of [-3, 3]) {
    context.moveTo(x + dx - 3, RULER - 4);
    context.lineTo(x + dx + 3, RULER - 15);
  }
  context.stroke();
}

const isSeen = ({ width }: Picture, x: number): boolean => x >= TITLES - 1 && x <= width;

/** What the bar is, beside the pointer. */
function tip(context: Context, picture: Picture, { bar, x, y }: NonNullable<Overlay['hover']>): void {
  const { colours } = picture;
  const lines = linesOf(bar);
  const width = Math.max(...lines.map((line) => widthOf(context, line, MONO))) + 18;
  const height = lines.length * 16 + 10;
  const left = Math.min(x + 14, picture.width - width - 4);
  const top = y + 18 + height > picture.height ? y - height - 8 : y + 18;
  context.fillStyle = colours.heading;
  context.strokeStyle = colours.line2;
  context.lineWidth = 1;
  context.beginPath();
  context.roundRect(left, top, width, height, 6);
  context.fill();
  context.stroke();
  context.font = fontOf(MONO);
  for (const [n, line] of lines.entries()) {
    context.fillStyle = n === 0 ? colours.text : line.startsWith('!') ? colours.error : colours.soft;
    context.fillText(line, left + 9, top + 13 + n * 16);
  }
}

export function linesOf({ bars, n }: BarRef): string[] {
  const fn = bars.functions[bars.fn[n]];
  const length = bars.to[n] - bars.from[n];
  return [
    fn.name,
    length === 0
      ? moment(bars.from[n])
      : Number.isFinite(length)
        ? `${moment(bars.from[n])}, ${duration(length)}`
        : `${moment(bars.from[n])}, not ended`,
    ...(bars.count[n] > 1
      ? [`${bars.count[n].toLocaleString('en-US')} calls here; the longest is drawn`]
      : []),
    ...(bars.failed[n] > 0 ? [bars.count[n] > 1 ? `! ${bars.failed[n]} of them failed` : '! failed'] : []),
    ...(fn.line > 0 ? [`${fn.module}:${fn.line}`] : []),
  ];
}
