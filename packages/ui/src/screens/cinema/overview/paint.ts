/** The whole run at a glance: how much ran, where errors are, what was lost; and the brush. */
import type { Overview } from '../../../../../intellimap/src/serve/contract.ts';
import { paintLost, xOf } from '../../../parts/density.ts';
import { fontOf, sans } from '../../../scene/text.ts';
import type { LanesPalette } from '../lanes/palette.ts';
import type { Stretch } from '../time/stretch.ts';

type Context = CanvasRenderingContext2D;

export interface OverviewPicture {
  overview: Overview;
  view: Stretch;
  bookmarks: readonly number[];
  width: number;
  height: number;
  colours: LanesPalette;
}

const AIR = 8;

/** Calls of each px: the sum of its buckets. Square roots, so that quiet stretches are seen beside busy ones. Pure. */
export function heightsOf(
  { head, columns }: Overview,
  width: number,
): { calls: Float64Array; errors: Uint32Array } {
  const calls = new Float64Array(width);
  const errors = new Uint32Array(width);
  const { from, to, resolution } = head;
  for (let n = 0; n < columns.calls.length; n++) {
    // A bucket that is wider than a px fills all of its px.
    const first = Math.floor(((n * resolution) / (to - from)) * width);
    const end = Math.max(first + 1, Math.floor((((n + 1) * resolution) / (to - from)) * width));
    for (let x = first; x < Math.min(end, width); x++) calls[x] += columns.calls[n] / (end - first);
    if (columns.errors[n] > 0 && first < width) errors[first] += columns.errors[n];
  }
  const most = Math.sqrt(Math.max(1, ...calls));
  return { calls: calls.map((value) => Math.sqrt(value) / most), errors };
}

export function paintDensity(context: Context, picture: OverviewPicture): void {
  const { overview, view, width, height, colours } = picture;
  const { calls, errors } = heightsOf(overview, Math.max(1, Math.floor(width)));
  const room = height - AIR - 4;
  const [x0, x1] = view.map((t) => xOf(t, overview.head, picture));
  for (const isIn of [false, true]) {
    context.fillStyle = colours.accent;
    context.globalAlpha = isIn ? 0.8 : 0.28;
    for (let x = 0; x < calls.length; x += 3) {
      if ((x >= x0 && x <= x1) !== isIn) continue;
      const share = Math.max(calls[x], calls[x + 1] ?? 0, calls[x + 2] ?? 0);
      if (share > 0) context.fillRect(x, height - Math.max(1.5, share * room), 2, height);
    }
  }
  context.globalAlpha = 1;
  context.fillStyle = colours.error;
  for (let x = 0; x < errors.length; x++) if (errors[x] > 0) context.fillRect(x - 0.5, 2, 2, 8);
  paintLost(context, overview.head, picture, colours.warn);
  paintVitals(context, picture);
  paintEvents(context, picture);
}

/** Short signs below: events of the program's own. */
function paintEvents(context: Context, { overview, width, height, colours }: OverviewPicture): void {
  context.fillStyle = colours.soft;
  for (const { at, kind } of overview.head.marks)
    if (kind === 'event') context.fillRect(xOf(at, overview.head, { width }), height - 6, 1, 6);
}

const LABEL = sans(9, 650);

/** When a page was there, `LCP`; and where it moved, or was late to answer. */
function paintVitals(context: Context, { overview, width, height, colours }: OverviewPicture): void {
  context.font = fontOf(LABEL);
  context.textBaseline = 'top';
  let free = 0;
  for (const { at, kind, text } of overview.head.marks) {
    if (kind !== 'vital') continue;
    const x = xOf(at, overview.head, { width });
    context.fillStyle = text.endsWith('good')
      ? colours.soft
      : text.endsWith('poor')
        ? colours.error
        : colours.warn;
    context.globalAlpha = 0.7;
    context.fillRect(x, 0, 1, height);
    context.globalAlpha = 1;
    const name = text.slice(0, text.indexOf(' '));
    // Those that would stand in one another say nothing.
    if (x < free || x + 26 > width) continue;
    context.fillText(name, x + 3, 1);
    free = x + context.measureText(name).width + 6;
  }
}

export const HANDLE = 5;

export function paintBrush(context: Context, picture: OverviewPicture): void {
  const { overview, view, bookmarks, width, height, colours } = picture;
  const [x0, x1] = view.map((t) => xOf(t, overview.head, picture));
  context.strokeStyle = context.fillStyle = colours.accent;
  context.globalAlpha = 0.07;
  context.fillRect(x0, 0, x1 - x0, height);
  context.globalAlpha = 1;
  context.lineWidth = 1.5;
  context.strokeRect(x0 + 0.75, 0.75, Math.max(2, x1 - x0 - 1.5), height - 1.5);
  for (const x of [x0, x1]) {
    context.beginPath();
    context.roundRect(Math.max(0, Math.min(width - 6, x - 3)), height / 2 - 7, 6, 14, 3);
    context.fill();
  }
  for (const mark of bookmarks) context.fillRect(xOf(mark, overview.head, picture), 0, 1.5, 6);
}
