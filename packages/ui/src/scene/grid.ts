/** Which of many boxes is at a point, or in a window: a grid of buckets, built once. Pure. */
import type { Box, Point } from './view.ts';

/** Columns of boxes, element n of each is of box n. */
export interface BoxColumns {
  x: ArrayLike<number>;
  y: ArrayLike<number>;
  w: ArrayLike<number>;
  h: ArrayLike<number>;
}

/** Buckets at most: a sparse world must not cost memory. */
const MOST_BUCKETS = 1 << 16;

export class BoxGrid {
  readonly #boxes: BoxColumns;
  readonly #bounds: Box;
  readonly #across: number;
  readonly #down: number;
  /** Boxes of bucket b are `#items` from `#starts[b]` until `#starts[b + 1]`, in their own order. */
  readonly #starts: Uint32Array;
  readonly #items: Uint32Array;

  constructor(boxes: BoxColumns) {
    this.#boxes = boxes;
    this.#bounds = boundsOf(boxes);
    const buckets = Math.min(MOST_BUCKETS, Math.max(1, boxes.x.length));
    const ratio = Math.max(this.#bounds.w, 1) / Math.max(this.#bounds.h, 1);
    this.#across = Math.max(1, Math.min(buckets, Math.round(Math.sqrt(buckets * ratio))));
    this.#down = Math.max(1, Math.ceil(buckets / this.#across));
    const counts = new Uint32Array(this.#across * this.#down + 1);
    for (let n = 0; n < boxes.x.length; n++) this.#each(this.#boxAt(n), (bucket) => counts[bucket + 1]++);
    for (let b = 1; b < counts.length; b++) counts[b] += counts[b - 1];
    this.#starts = counts.slice();
    this.#items = new Uint32Array(counts.at(-1)!);
    for (let n = 0; n < boxes.x.length; n++)
      this.#each(this.#boxAt(n), (bucket) => (this.#items[counts[bucket]++] = n));
  }

  /** The last box (drawn above the others) that has the point in it, with `slack` around it; −1: none. */
  at({ x, y }: Point, slack = 0): number {
    let found = -1;
    for (const n of this.within({ x: x - slack, y: y - slack, w: 2 * slack, h: 2 * slack }))
      if (n > found) found = n;
    return found;
  }

  /** Boxes that touch the window, ascending. */
  within(window: Box): number[] {
    const found = new Set<number>();
    this.#each(window, (bucket) => {
      for (let i = this.#starts[bucket]; i < this.#starts[bucket + 1]; i++) {
        const n = this.#items[i];
        if (touches(this.#boxAt(n), window)) found.add(n);
      }
    });
    return [...found].toSorted((a, b) => a - b);
  }

  #boxAt(n: number): Box {
    const { x, y, w, h } = this.#boxes;
    return { x: x[n], y: y[n], w: w[n], h: h[n] };
  }

  #each(box: Box, visit: (bucket: number) => void): void {
    const [left, right] = span(box.x, box.w, this.#bounds.x, this.#bounds.w, this.#across);
    const [top, bottom] = span(box.y, box.h, this.#bounds.y, this.#bounds.h, this.#down);
    for (let row = top; row <= bottom; row++)
      for (let column = left; column <= right; column++) visit(row * this.#across + column);
  }
}

export const touches = (a: Box, b: Box): boolean =>
  a.x <= b.x + b.w && b.x <= a.x + a.w && a.y <= b.y + b.h && b.y <= a.y + a.h;

export function boundsOf({ x, y, w, h }: BoxColumns): Box {
  if (x.length === 0) return { x: 0, y: 0, w: 0, h: 0 };
  let [left, top, right, bottom] = [Infinity, Infinity, -Infinity, -Infinity];
  for (let n = 0; n < x.length; n++) {
    left = Math.min(left, x[n]);
    top = Math.min(top, y[n]);
    right = Math.max(right, x[n] + w[n]);
    bottom = Math.max(bottom, y[n] + h[n]);
  }
  return { x: left, y: top, w: right - left, h: bottom - top };
}

/** First and last bucket that a stretch touches; last before first: it is outside. */
function span(
  from: number,
  length: number,
  start: number,
  extent: number,
  buckets: number,
): [number, number] {
  if (from > start + extent || from + length < start) return [0, -1];
  const size = extent / buckets || 1;
  const place = (at: number): number => Math.max(0, Math.min(buckets - 1, Math.floor((at - start) / size)));
  return [place(from), place(from + length)];
}
