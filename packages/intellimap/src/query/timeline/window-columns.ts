/** Columns of a window while they grow. */
import type { BucketLine } from './row-buckets.ts';
import { SpanFlag, type TimeWindowColumns, type WindowFunction } from './window-shape.ts';

const FIRST_SIZE = 1024;

const UNKNOWN: WindowFunction = { id: '', name: '(unknown)', module: '', line: 0 };

export class WindowColumns {
  readonly functions: WindowFunction[] = [];
  readonly #known: ReadonlyMap<number, WindowFunction>;
  /** Number of a function → its place among those that are told. */
  readonly #places = new Map<number, number>();
  #size = 0;
  #columns: TimeWindowColumns = columnsOf(FIRST_SIZE);

  constructor(known: ReadonlyMap<number, WindowFunction>) {
    this.#known = known;
  }

  /** @param more flags beside those of the line */
  add(row: number, depth: number, line: BucketLine, more: number): void {
    if (this.#size === this.#columns.row.length) this.#columns = resized(this.#columns, this.#size * 2);
    const at = this.#size++;
    const columns = this.#columns;
    columns.row[at] = row;
    columns.depth[at] = depth;
    columns.start[at] = line.start;
    columns.duration[at] = line.duration;
    columns.count[at] = line.count;
    columns.failed[at] = line.failed;
    columns.function[at] = this.#placeOf(line.fn);
    columns.call[at] = line.call;
    columns.failedCall[at] = line.failedCall;
    columns.flags[at] =
      (line.flags & ~SpanFlag.FAILED) |
      (line.failed > 0 ? SpanFlag.FAILED : 0) |
      (line.count > 1 ? SpanFlag.MANY : 0) |
      (line.isEarlier ? SpanFlag.EARLIER : 0) |
      more;
  }

  get columns(): TimeWindowColumns {
    return resized(this.#columns, this.#size);
  }

  #placeOf(fn: number): number {
    let place = this.#places.get(fn);
    if (place === undefined) {
      place = this.functions.push(this.#known.get(fn) ?? UNKNOWN) - 1;
      this.#places.set(fn, place);
    }
    return place;
  }
}

const columnsOf = (size: number): TimeWindowColumns => ({
  row: new Uint16Array(size),
  depth: new Uint8Array(size),
  start: new Uint32Array(size),
  duration: new Uint32Array(size),
  count: new Uint32Array(size),
  failed: new Uint32Array(size),
  function: new Uint32Array(size),
  call: new Float64Array(size),
  failedCall: new Float64Array(size),
  flags: new Uint8Array(size),
});

function resized(columns: TimeWindowColumns, size: number): TimeWindowColumns {
  const other = columnsOf(size);
  for (const name of Object.keys(other) as (keyof TimeWindowColumns)[])
    other[name].set(columns[name].subarray(0, size));
  return other;
}
