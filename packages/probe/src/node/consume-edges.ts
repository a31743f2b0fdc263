/** The consumer's side of a thread's edge counters: what was added since the last look. */
import { EDGE_FIELDS, type EdgeTable, MAX_EDGES, ROOMLESS } from '../wire/edges.ts';
import { Control, type Ring } from '../wire/ring.ts';
import type { SiteId } from '../wire/words.ts';
import type { Segments } from './segment-file.ts';

type Micros = number;

export class EdgeConsumer {
  readonly #control: Int32Array;
  readonly #edges: EdgeTable | undefined;
  readonly #files: Segments;
  /** Counts at the last look, by edge. */
  #seen = new Float64Array(0);
  #roomless = 0;

  constructor({ control, edges }: Ring, files: Segments) {
    this.#control = control;
    this.#edges = edges;
    this.#files = files;
  }

  /** Edges that are known. */
  get count(): number {
    return this.#edges === undefined ? 0 : Atomics.load(this.#control, Control.EDGES);
  }

  /** @param see told of each edge's callee, and how often it was called */
  take(now: Micros, see: ((site: SiteId, calls: number) => void) | undefined): void {
    if (this.#edges === undefined) return;
    const { table, list } = this.#edges;
    const known = this.count;
    this.#makeRoom(known);
    const seen = this.#seen;
    const callers: number[] = [];
    const callees: number[] = [];
    const calls: number[] = [];
    for (let edge = 0; edge < known; edge++) {
      const at = edge * EDGE_FIELDS;
      const counted = table[list[at + 2]];
      if (counted === seen[edge]) continue;
      callers.push(list[at]);
      callees.push(list[at + 1]);
      calls.push(counted - seen[edge]);
      see?.(list[at + 1], counted - seen[edge]);
      seen[edge] = counted;
    }
    const roomless = table[ROOMLESS] - this.#roomless;
    this.#roomless += roomless;
    if ((calls.length === 0 && roomless === 0) || !this.#files.ready()) return;
    this.#files.writer.edges({ callers, callees, calls, count: calls.length, roomless }, now);
  }

  #makeRoom(edges: number): void {
    if (edges <= this.#seen.length) return;
    const before = this.#seen;
    (this.#seen = new Float64Array(Math.min(MAX_EDGES, edges * 2))).set(before);
  }
}
