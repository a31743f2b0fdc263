/** Paints lanes: bars, awaits, grid; and above them ruler and titles. What is out of view is not looked at. */
import { ticksOf } from '../../../parts/ruler.ts';
import { fontOf, mono, widthOf } from '../../../scene/text.ts';
import { duration, pathIn } from '../../../text/format.ts';
import type { Stretch } from '../time/stretch.ts';
import { Bar, type Bars, firstAfter } from './bars.ts';
import { colourOf } from './colour.ts';
import { sharesOf } from './density.ts';
import { hatch } from './hatch.ts';
import {
  AIR,
  BAR,
  barHeight,
  barTop,
  type LanePlace,
  type LanesLayout,
  type BarPlace,
  type TaskPlace,
  type ThreadPlace,
} from './layout.ts';
import type { LanesPalette } from './palette.ts';
import { type Spans, spansOf } from './tasks.ts';

/** px: titles at the left, ruler above. */
export const TITLES = 190;
export const RULER = 26;

export const MONO = mono(11);

/** Narrower bars have no text, and no gap to their neighbour. */
const LEAST_TEXT = 26;
const LEAST_GAP = 3;
/** A failed bar that is narrower is all crimson: an outline would hide it. */
const LEAST_OUTLINE = 5;
/** px of a step of a lane that shows how busy its thread is. */
const COLUMN = 4;
/** Height of the sign of an error whose bar is not shown. */
const HIDDEN = 5;

export interface Picture {
  layout: LanesLayout;
  /** Of the threads, and of the tasks. */
  bars: Bars | null;
  tasks: Bars | null;
  tracks: Bars | null;
  view: Stretch;
  width: number;
  height: number;
  /** px that lanes are scrolled down. */
  scroll: number;
  colours: LanesPalette;
  /** Functions (`ast_node_id`) that alone are bright; null: all. */
  chain: ReadonlySet<string> | null;
  /** When the next thing happens in a thread that is idle now, µs; as far as it is known. */
  next: ReadonlyMap<number, number>;
  /** Key of the task that was chosen: `<thread>.<task>`. */
  chosen: string | null;
}

/** Bars of a lane are among those of its kind. */
export const barsFor = <B extends Bars>(
  { kind }: BarPlace,
  { bars, tasks, tracks }: { bars: B | null; tasks: B | null; tracks: B | null },
): B | null => (kind === 'task' ? tasks : kind === 'track' ? tracks : bars);

type Context = CanvasRenderingContext2D;

export const xOf = ({ view, width }: Pick<Picture, 'view' | 'width'>, t: number): number =>
  TITLES + ((t - view[0]) / (view[1] - view[0])) * (width - TITLES);
export const tOf = ({ view, width }: Pick<Picture, 'view' | 'width'>, x: number): number =>
  view[0] + ((x - TITLES) / (width - TITLES)) * (view[1] - view[0]);

/** Whether a lane is in view. */
export const inView = ({ scroll, height }: Picture, { top, height: own }: LanePlace): boolean =>
  top + own >= scroll && top < scroll + height;

/** The heavy layer: everything that is of the data. */
export function paintBars(context: Context, picture: Picture): void {
  const { colours, width, layout, scroll } = picture;
  context.fillStyle = colours.grid;
  for (const { at } of ticksOf(...picture.view, width - TITLES))
    context.fillRect(Math.round(xOf(picture, at)), RULER, 1, picture.height);
  for (const place of layout.places) {
    if (!inView(picture, place)) continue;
    context.fillStyle = place.kind === 'process' ? colours.heading : colours.line;
    const y = RULER + place.top - scroll;
    if (place.kind === 'process') context.fillRect(0, y, width, place.height);
    else context.fillRect(0, y + place.height - 1, width, 1);
  }
  const painter = new BarPainter(context, picture);
  for (const place of layout.places)
    if (place.kind !== 'process' && inView(picture, place)) painter.lane(place);
  painter.finish();
}

/** Rectangles by colour: a canvas is slow at changing colours, not at rectangles. */
class BarPainter {
  readonly #context: Context;
  readonly #picture: Picture;
  readonly #fills = new Map<string, number[]>();
  readonly #texts: { text: string; x: number; y: number; colour: string }[] = [];
  readonly #outlines: number[] = [];
  /** Of each stretch x, y, width; a negative width is where something ran, and stays as it is. */
  readonly #hatched: number[] = [];
  /** By thread: all of its tasks ask for them. */
  readonly #spans = new Map<number, Spans>();
  readonly #letter: number;

  constructor(context: Context, picture: Picture) {
    this.#context = context;
    this.#picture = picture;
    this.#letter = widthOf(context, 'M', MONO);
  }

  lane(place: BarPlace): void {
    const picture = this.#picture;
    const bars = barsFor(place, picture);
    if (bars === null) return;
    if (place.kind === 'thread' && place.isDensity) return this.#density(bars, place);
    let isIdle = true;
    const spans = place.kind === 'task' ? this.#spansOf(place) : null;
    for (const run of bars.runs) {
      if (run.lane !== place.lane) continue;
      const isShown = run.depth < place.depths;
      for (
        let n = firstAfter(bars, run, picture.view[0]);
        n < run.end && bars.from[n] < picture.view[1];
        n++
      ) {
        isIdle = false;
        if (isShown) this.#bar(bars, n, place, spans);
        else if (bars.failed[n] > 0) this.#hiddenError(bars, n, place);
      }
    }
    if (isIdle) this.#idle(place);
  }

  finish(): void {
    const { colours } = this.#picture;
    const context = this.#context;
    for (const [colour, rects] of this.#fills) {
      context.fillStyle = colour;
      for (let n = 0; n < rects.length; n += 4)
        context.fillRect(rects[n], rects[n + 1], rects[n + 2], rects[n + 3]);
    }
    hatch(context, this.#hatched, this.#picture);
    context.font = fontOf(MONO);
    context.textBaseline = 'middle';
    for (const { text, x, y, colour } of this.#texts) {
      context.fillStyle = colour;
      context.fillText(text, x, y);
    }
    // Errors are painted last: whatever else lies on these pixels, they are seen.
    context.strokeStyle = colours.error;
    context.fillStyle = colours.error;
    context.lineWidth = 2;
    for (let n = 0; n < this.#outlines.length; n += 3) {
      const [x, y, w] = this.#outlines.slice(n, n + 3);
      if (w < LEAST_OUTLINE) context.fillRect(x, y, Math.max(2, w), BAR);
      else context.strokeRect(x + 1, y + 1, w - 2, BAR - 2);
    }
  }

  #spansOf({ task: { thread } }: TaskPlace): Spans | null {
    const { bars, layout, view } = this.#picture;
    if (bars === null) return null;
    let spans = this.#spans.get(thread);
    if (spans === undefined) {
      const own = layout.places.find(
        (each): each is ThreadPlace => each.kind === 'thread' && each.thread.thread === thread,
      );
      this.#spans.set(thread, (spans = spansOf(bars, own?.lane ?? -1, ...view)));
    }
    return spans;
  }

  #bar(bars: Bars, n: number, place: BarPlace, spans: Spans | null): void {
    const picture = this.#picture;
    const [x, w] = this.#extent(bars.from[n], bars.to[n]);
    const y = RULER + barTop(place, bars.depth[n]) - picture.scroll;
    const fn = bars.functions[bars.fn[n]];
    const isDim = picture.chain !== null && !picture.chain.has(fn.id);
    const own = fn.module === '' ? 0 : colourOf(fn.module);
    const colour = isDim ? picture.colours.dim : picture.colours.lanes[own];
    const waits = (bars.flags[n] & Bar.WAITS) !== 0 && spans !== null && !isDim;
    this.#fill(colour, x, y, w);
    if (waits) {
      this.#hatched.push(x, y, w);
      for (const [from, to] of spans.get(bars.call[n]) ?? []) {
        const [sx, sw] = this.#extent(Math.max(from, bars.from[n]), Math.min(to, bars.to[n]));
        this.#hatched.push(sx, y, -sw);
      }
    }
    if (bars.failed[n] > 0 && !(place.kind === 'task' && bars.depth[n] === 0)) this.#outlines.push(x, y, w);
    if (w >= LEAST_TEXT) this.#text(bars, n, fn, x, y, w, isDim);
  }

  #text(
    bars: Bars,
    n: number,
    fn: { name: string; module: string },
    x: number,
    y: number,
    w: number,
    isDim: boolean,
  ): void {
    const left = Math.max(x, TITLES);
    const room = Math.floor((x + w - left - 7) / this.#letter);
    if (room < 2) return;
    const name = fn.name === fn.module ? pathIn(fn.name, room) : fn.name;
    const more = bars.count[n] > 1 ? ` ×${bars.count[n].toLocaleString('en-US')}` : '';
    const length = bars.to[n] - bars.from[n];
    const long = more === '' && Number.isFinite(length) ? `  ${duration(length)}` : '';
    const whole = `${name}${more}${long}`;
    const text =
      whole.length <= room ? whole : `${name}${more}`.length <= room ? `${name}${more}` : name.slice(0, room);
    const { colours } = this.#picture;
    this.#texts.push({
      text,
      x: left + 4,
      y: y + BAR / 2 + 0.5,
      colour: isDim ? colours.faint : colours.onBar,
    });
  }

  /** How much of each few pixels something of the thread lay on its stack; errors stand before that. */
  #density(bars: Bars, place: ThreadPlace): void {
    const { view, width, scroll, colours } = this.#picture;
    const y = RULER + place.top - scroll + AIR;
    const high = barHeight(place);
    const shares = sharesOf(bars, place.lane, view, Math.ceil((width - TITLES) / COLUMN));
    for (const [at, share] of shares.entries()) {
      const h = share === 0 ? 0 : Math.max(1, Math.round(share * high));
      if (h > 0) this.#fill(colours.accent, TITLES + at * COLUMN, y + high - h, COLUMN - 1, h);
    }
    for (const run of bars.runs)
      if (run.lane === place.lane)
        for (let n = firstAfter(bars, run, view[0]); n < run.end && bars.from[n] < view[1]; n++)
          if (bars.failed[n] > 0)
            this.#fill(colours.error, this.#extent(bars.from[n], bars.to[n])[0], y, 2, 2 * HIDDEN);
    if (shares.every((share) => share === 0)) this.#idle(place);
  }

  /** An error in a depth that is not shown stands at the bottom of its lane. */
  #hiddenError(bars: Bars, n: number, place: BarPlace): void {
    const [x] = this.#extent(bars.from[n], bars.to[n]);
    const y = RULER + place.top + place.height - this.#picture.scroll - HIDDEN;
    this.#fill(this.#picture.colours.error, x, y, 2, HIDDEN);
  }

  #idle(place: BarPlace): void {
    const y = RULER + place.top - this.#picture.scroll + place.height / 2;
    const { faint } = this.#picture.colours;
    const what = place.kind === 'track' ? 'no rows' : 'idle, 0 events';
    const next = place.kind === 'thread' ? this.#picture.next.get(place.thread.thread) : undefined;
    const then =
      next === undefined || next <= this.#picture.view[1]
        ? ''
        : `; next event in ${duration(next - this.#picture.view[1])}`;
    this.#texts.push({ text: `${what} here${then}`, x: TITLES + 10, y, colour: faint });
  }

  #extent(from: number, to: number): [x: number, w: number] {
    const { view, width } = this.#picture;
    const x = Math.max(xOf(this.#picture, Math.max(from, view[0])), TITLES - 2);
    const end = Math.min(xOf(this.#picture, Math.min(to, view[1])), width + 2);
    const w = end - x;
    return [x, w > LEAST_GAP ? w - 1 : Math.max(1, w)];
  }

  #fill(colour: string, x: number, y: number, w: number, h = BAR): void {
    const rects = this.#fills.get(colour);
    if (rects === undefined) this.#fills.set(colour, [x, y, w, h]);
    else rects.push(x, y, w, h);
  }
}
