/** Calls of a tree as they come, in columns, up to a limit. Pure. */
import { CALL_FLAG, type CallTree } from './moment-answers.ts';

export class TreeColumns {
  readonly call: number[] = [];
  readonly parent: number[] = [];
  readonly fn: number[] = [];
  readonly start: number[] = [];
  readonly duration: number[] = [];
  readonly self: number[] = [];
  readonly wait: number[] = [];
  readonly depth: number[] = [];
  readonly flags: number[] = [];
  /** Calls that there was no room for. */
  more = 0;
  /** There are others beside those that `more` counts. */
  isCut = false;
  readonly depthLimit: number;
  readonly limit: number;
  readonly #rows = new Map<number, number>();
  /** Calls without a row → the row that they are below of. */
  readonly #hidden = new Map<number, number>();

  constructor(depth: number, limit: number) {
    this.depthLimit = depth;
    this.limit = limit;
  }

  get size(): number {
    return this.call.length;
  }

  /** Row of a call; undefined: it is not one of these, or has none. */
  rowOf(call: number): number | undefined {
    return this.#rows.get(call);
  }

  /** Whether it is one of these, with a row or without. */
  has(call: number): boolean {
    return this.#rows.has(call) || this.#hidden.has(call);
  }

  /**
   * A call begins. @param parent NaN: none @param isRoot it belongs here whoever called it
   * @returns its row; -1: it has none
   */
  begin(call: number, parent: number, fn: number, start: number, isAsync: boolean, isRoot: boolean): number {
    const above = this.#rows.get(parent);
    const below = above ?? this.#hidden.get(parent);
    if (below === undefined && !isRoot) return -1;
    const depth = above === undefined ? 0 : this.depth[above] + 1;
    const isHidden = below !== undefined && (above === undefined || depth > this.depthLimit);
    if (isHidden || this.size >= this.limit) {
      this.more++;
      if (below !== undefined) this.flags[below] |= CALL_FLAG.HIDES;
      this.#hidden.set(call, below ?? -1);
      return -1;
    }
    const row = this.size;
    this.#rows.set(call, row);
    this.call.push(call);
    this.parent.push(above ?? -1);
    this.fn.push(fn);
    this.start.push(start);
    this.duration.push(NaN);
    this.self.push(0);
    this.wait.push(0);
    this.depth.push(depth);
    this.flags.push((isAsync ? CALL_FLAG.ASYNC : 0) | CALL_FLAG.OPEN);
    return row;
  }

  ends(row: number, t: number): void {
    this.duration[row] = t - this.start[row];
    this.flags[row] &= ~CALL_FLAG.OPEN;
  }

  /** All but functions. */
  arrays(): Pick<CallTree, 'call' | 'parent' | 'start' | 'duration' | 'self' | 'wait' | 'depth' | 'flags'> {
    return {
      call: Float64Array.from(this.call),
      parent: Int32Array.from(this.parent),
      start: Float64Array.from(this.start),
      duration: Float64Array.from(this.duration),
      self: Float64Array.from(this.self),
      wait: Float64Array.from(this.wait),
      depth: Uint16Array.from(this.depth),
      flags: Uint8Array.from(this.flags),
    };
  }
}
