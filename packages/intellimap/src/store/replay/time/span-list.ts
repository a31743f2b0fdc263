/** Spans of one thread one by one, as columns. Those of one depth never overlap, and come in order. */
import { doubled } from '../doubled.ts';
import { TOLD } from './span-flag.ts';

/** By depth, then by time. Times in µs since the run began. */
export interface SpanRows {
  /** [depth] its first span; one entry more than there are depths. */
  rows: Uint32Array;
  start: Float64Array;
  end: Float64Array;
  fn: Int32Array;
  call: Float64Array;
  flags: Uint8Array;
}

/** As they come. */
export interface SpanColumns extends Omit<SpanRows, 'rows'> {
  depth: Uint8Array;
}

const FIRST_SIZE = 64;

export class SpanList {
  size = 0;
  private depth: Uint8Array;
  private start: Float64Array;
  private end: Float64Array;
  private fn: Int32Array;
  private call: Float64Array;
  private flags: Uint8Array;

  /** @param room for so many at first */
  constructor(room = FIRST_SIZE) {
    this.depth = new Uint8Array(room);
    this.start = new Float64Array(room);
    this.end = new Float64Array(room);
    this.fn = new Int32Array(room);
    this.call = new Float64Array(room);
    this.flags = new Uint8Array(room);
  }

  add(depth: number, start: number, end: number, fn: number, call: number, flags: number): void {
    if (this.size === this.depth.length) this.#grow();
    const at = this.size++;
    this.depth[at] = depth;
    this.start[at] = start;
    this.end[at] = end;
    this.fn[at] = fn;
    this.call[at] = call;
    this.flags[at] = flags;
  }

  /** What was added, in its order; valid until more is. */
  columns(): SpanColumns {
    const { size } = this;
    return {
      depth: this.depth.subarray(0, size),
      start: this.start.subarray(0, size),
      end: this.end.subarray(0, size),
      fn: this.fn.subarray(0, size),
      call: this.call.subarray(0, size),
      flags: this.flags.subarray(0, size),
    };
  }

  #grow(): void {
    this.depth = doubled(this.depth);
    this.start = doubled(this.start);
    this.end = doubled(this.end);
    this.fn = doubled(this.fn);
    this.call = doubled(this.call);
    this.flags = doubled(this.flags);
  }
}

/** Spans by depth. @param lists one after the other: spans of the same depth in a later one come later */
export function rowsOf(lists: readonly SpanColumns[]): SpanRows {
  const rows = new Uint32Array(TOLD + 1);
  for (const { depth } of lists) for (let at = 0; at < depth.length; at++) rows[depth[at] + 1]++;
  for (let depth = 0; depth < TOLD; depth++) rows[depth + 1] += rows[depth];
  const next = rows.slice();
  const size = rows[TOLD];
  const all = {
    rows,
    start: new Float64Array(size),
    end: new Float64Array(size),
    fn: new Int32Array(size),
    call: new Float64Array(size),
    flags: new Uint8Array(size),
  };
  for (const { depth, start, end, fn, call, flags } of lists)
    for (let at = 0; at < depth.length; at++) {
      const to = next[depth[at]]++;
      all.start[to] = start[at];
      all.end[to] = end[at];
      all.fn[to] = fn[at];
      all.call[to] = call[at];
      all.flags[to] = flags[at];
    }
  return all;
}
