/** The whole run as a strip: bars of calls, ticks of errors, hatching where events were lost. Paints on a canvas; pure but for that. */
import { fontOf, sans } from '../scene/text.ts';
import { niceStep } from './ruler.ts';

export interface Density {
  from: number;
  to: number;
  /** µs of a bucket. */
  resolution: number;
  calls: ArrayLike<number>;
  errors: ArrayLike<number>;
  /** Stretches of which events are missing, µs. */
  lost: readonly (readonly [number, number])[];
}

export interface Frame {
  width: number;
  height: number;
}

export interface Colours {
  bar: string;
  barIn: string;
  error: string;
  line: string;
  lost: string;
  text: string;
}

/** Above the bars, for the ticks of errors. */
const HEAD_PX = 14;
const FOOT_PX = 16;

type Ends = Pick<Density, 'from' | 'to'>;
type Wide = Pick<Frame, 'width'>;

export const xOf = (t: number, { from, to }: Ends, { width }: Wide): number =>
  to > from ? ((t - from) / (to - from)) * width : 0;

export const timeAt = (x: number, { from, to }: Ends, { width }: Wide): number =>
  from + Math.min(1, Math.max(0, x / width)) * (to - from);

/** Bars of one pixel or more. Heights are square roots: a quiet second is seen beside a busy one, and 0 stays 0. */
export function barsOf(density: Density, frame: Frame): { x: number; width: number; share: number }[] {
  const { calls, resolution, from } = density;
  const width = Math.max(1, xOf(from + resolution, density, frame) - 0.5);
  const step = Math.max(1, Math.floor(calls.length / frame.width));
  const bars: { x: number; width: number; share: number }[] = [];
  let most = 0;
  for (let at = 0; at < calls.length; at += step) {
    let sum = 0;
    for (let each = at; each < Math.min(at + step, calls.length); each++) sum += calls[each];
    most = Math.max(most, sum);
    if (sum > 0)
      bars.push({ x: xOf(from + at * resolution, density, frame), width: width * step, share: sum });
  }
  return bars.map((bar) => ({ ...bar, share: Math.sqrt(bar.share / most) }));
}

/** Buckets with errors: index and number. */
export function errorBuckets({ errors }: Pick<Density, 'errors'>): { bucket: number; count: number }[] {
  const found: { bucket: number; count: number }[] = [];
  for (let bucket = 0; bucket < errors.length; bucket++)
    if (errors[bucket] > 0) found.push({ bucket, count: errors[bucket] });
  return found;
}

/** Least distance of two labels, px. */
const LABEL_GAP = 110;

/** Times worth a label, so far apart that labels do not touch. */
export function ticksOf({ from, to }: Density, { width }: Frame): number[] {
  const step = niceStep(((to - from) / Math.max(1, width)) * LABEL_GAP);
  const ticks: number[] = [];
  for (let t = Math.ceil(from / step) * step; t <= to; t += step) ticks.push(t);
  return ticks;
}

export function paintDensity(
  context: CanvasRenderingContext2D,
  density: Density,
  frame: Frame,
  colours: Colours,
  { window, label }: { window: readonly [number, number] | null; label: (us: number) => string },
): void {
  const { width, height } = frame;
  const foot = height - FOOT_PX;
  const room = foot - HEAD_PX;
  context.clearRect(0, 0, width, height);
  const isIn = (x: number): boolean =>
    window === null || (x >= xOf(window[0], density, frame) && x <= xOf(window[1], density, frame));
  for (const { x, width: wide, share } of barsOf(density, frame)) {
    context.fillStyle = isIn(x) ? colours.barIn : colours.bar;
    const tall = Math.max(1.5, share * room);
    context.fillRect(x, foot - tall, wide, tall);
  }
  paintLost(context, density, { width, height: foot }, colours.lost);
  context.fillStyle = colours.line;
  context.fillRect(0, foot, width, 1);
  paintTicks(context, density, frame, colours, label);
  context.fillStyle = colours.error;
  for (const { bucket } of errorBuckets(density))
    context.fillRect(xOf(density.from + (bucket + 0.5) * density.resolution, density, frame) - 1, 3, 2, 9);
}

function paintTicks(
  context: CanvasRenderingContext2D,
  density: Density,
  frame: Frame,
  colours: Colours,
  label: (us: number) => string,
): void {
  context.font = fontOf(sans(10.5));
  context.textBaseline = 'middle';
  for (const t of ticksOf(density, frame)) {
    const x = xOf(t, density, frame);
    const text = label(t);
    const wide = context.measureText(text).width;
    context.fillStyle = colours.line;
    context.fillRect(Math.min(x, frame.width - 1), frame.height - FOOT_PX, 1, 5);
    context.fillStyle = colours.text;
    if (x + wide + 8 < frame.width) context.fillText(text, x + 4, frame.height - FOOT_PX / 2 + 1);
  }
}

/** Stripes, so that it is no matter of colour alone. */
export function paintLost(
  context: CanvasRenderingContext2D,
  density: Pick<Density, 'from' | 'to' | 'lost'>,
  frame: Frame,
  colour: string,
): void {
  const { height } = frame;
  context.strokeStyle = colour;
  context.lineWidth = 1;
  for (const [from, to] of density.lost) {
    const [left, right] = [
      xOf(from, density, frame),
      Math.max(xOf(to, density, frame), xOf(from, density, frame) + 3),
    ];
    context.save();
    context.beginPath();
    context.rect(left, 0, right - left, height);
    context.clip();
    context.beginPath();
    for (let x = left - height; x < right; x += 6) {
      context.moveTo(x, height);
      context.lineTo(x + height, 0);
    }
    context.stroke();
    context.restore();
  }
}
