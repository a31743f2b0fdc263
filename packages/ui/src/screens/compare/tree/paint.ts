/** Paints the flame: boxes in view, their names, and what is chosen. */
import { paletteOf } from '../../../scene/palette.ts';
import type { Frame } from '../../../scene/stage.ts';
import { mono, paintText } from '../../../scene/text.ts';
import { isShared, type Way, wayOf } from './direction.ts';
import { amount, nameOf } from './figures.ts';
import type { Flame } from './flame.ts';

export const ROW = 22;
const BAR = 20;
const LEAST_TEXT = 34;
/** Figures are written behind the name where there is so much room, px. */
const WITH_FIGURES = 170;
const MONO = mono(11);
const STRIPE = 7;

const colours = paletteOf({
  more: '--add',
  less: '--rem',
  same: '--bg-3',
  ground: '--bg-1',
  text: '--tx-1',
  quiet: '--tx-2',
  accent: '--accent',
});

export interface Shown {
  flame: Flame;
  chosen: number;
  /** Rows of the function that is chosen. */
  alike: ReadonlySet<number>;
}

export function paintFlame(context: CanvasRenderingContext2D, { flame }: Shown, frame: Frame): void {
  const { tree, w, depth } = flame;
  context.textBaseline = 'middle';
  const { view, width, height } = frame;
  for (let row = 0; row < w.length; row++) {
    const x = (flame.x[row] - view.x) * view.kx;
    const px = w[row] * view.kx;
    const y = depth[row] * ROW - view.y;
    if (px < 0.4 || x > width || x + px < 0 || y > height || y < -ROW) continue;
    paintBox(context, wayOf(tree, row), { x, y, w: Math.max(1, px - 1) });
    // The name stays in view while its box reaches out of it.
    const left = Math.max(x, 0) + 6;
    const room = Math.min(x + px, width) - left - 6;
    if (room < LEAST_TEXT) continue;
    paintName(context, flame, row, { left, room, y });
  }
}

function paintBox(context: CanvasRenderingContext2D, { direction, isClear }: Way, { x, y, w }: { x: number; y: number; w: number }): void {
  const paint = colours();
  const colour = direction === 'same' ? paint.same : direction === 'more' || direction === 'new' ? paint.more : paint.less;
  context.fillStyle = paint.ground;
  context.fillRect(x, y, w, BAR);
  context.fillStyle = colour;
  context.globalAlpha = direction === 'same' ? 1 : isClear ? 0.42 : 0.18;
  context.fillRect(x, y, w, BAR);
  context.globalAlpha = 1;
  if (direction !== 'same') {
    context.save();
    context.beginPath();
    context.rect(x, y, w, BAR);
    context.clip();
    paintPattern(context, direction, { x, y, w }, colour);
    context.restore();
  }
} // prettier-ignore

/** The direction without colour: strokes that rise or fall below the name; what is in one run only has a frame, whole or broken. */
function paintPattern(
  context: CanvasRenderingContext2D,
  direction: Way['direction'],
  { x, y, w }: { x: number; y: number; w: number },
  colour: string,
): void {
  context.strokeStyle = colour;
  context.lineWidth = 1.25;
  if (direction === 'new' || direction === 'gone') {
    context.setLineDash(direction === 'gone' ? [3, 3] : []);
    context.strokeRect(x + 0.75, y + 0.75, w - 1.5, BAR - 1.5);
    context.setLineDash([]);
    return;
  }
  const [top, bottom] = [y + BAR - 5, y + BAR];
  const [from, to] = direction === 'more' ? [bottom, top] : [top, bottom];
  const first = Math.max(0, Math.floor(-x / STRIPE));
  context.beginPath();
  for (let at = x + first * STRIPE; at < x + w && at < 10_000; at += STRIPE) {
    context.moveTo(at, from);
    context.lineTo(at + 5, to);
  }
  context.stroke();
}

function paintName(
  context: CanvasRenderingContext2D,
  { tree }: Flame,
  row: number,
  { left, room, y }: { left: number; room: number; y: number },
): void {
  const paint = colours();
  const figures = `${isShared(tree, row) ? '~ ' : ''}${amount(tree.measure, tree.before[row])} → ${amount(tree.measure, tree.now[row])}`;
  const forName = room > WITH_FIGURES ? room - figures.length * 6.7 - 12 : room;
  context.textAlign = 'left';
  context.fillStyle = paint.text;
  const middle = y + BAR / 2 - 0.5;
  paintText(context, nameOf(tree, row), { x: left, y: middle }, forName, MONO);
  if (forName === room) return;
  context.textAlign = 'right';
  context.fillStyle = paint.quiet;
  paintText(context, figures, { x: left + room, y: middle }, room, MONO);
  context.textAlign = 'left';
}

/** The ring around what is chosen, and around the same function elsewhere. */
export function paintChosen(
  context: CanvasRenderingContext2D,
  { flame, chosen, alike }: Shown,
  { view }: Frame,
): void {
  const { accent, text } = colours();
  for (const row of alike) {
    context.strokeStyle = row === chosen ? text : accent;
    context.lineWidth = row === chosen ? 2 : 1;
    const x = (flame.x[row] - view.x) * view.kx;
    context.strokeRect(x + 0.5, flame.depth[row] * ROW - view.y + 0.5, Math.max(2, flame.w[row] * view.kx - 2), BAR - 1); // prettier-ignore
  }
}
