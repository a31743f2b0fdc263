/**
 * Layout of one thread's edge counters in shared memory: how often which function called which, without a word in the ring. Written by the
 * program's thread, read by the drain.
 *
 * `table` begins with SLOTS places for edges, two numbers each: a word that stands for the caller (0: free), and the count. Which place an edge
 * has follows from its two sites alone, so caller and place tell the callee. Edges whose place is taken have their counts behind the places.
 */

/** Places of edges: a power of two. Functions with a site beyond have none, and are counted on the slow path. */
export const EDGE_SLOTS = 1 << 17;
/** Edges of a thread that are counted each by itself. */
export const MAX_EDGES = 1 << 16;
/** Counts of edges whose place was taken: `SPILLED` + number of the edge. */
export const SPILLED = 2 * EDGE_SLOTS;
/** Where calls are counted whose edge found no room. */
export const ROOMLESS = SPILLED + MAX_EDGES;

/** Fields of an edge in `list`. */
export const EDGE_FIELDS = 3;

export interface EdgeTable {
  /** `ROOMLESS` + 1 numbers. */
  table: Float64Array;
  /** Of each edge, in order of appearance: site of the caller (0: none), site of the callee, index of its count in `table`. How many: `Control.EDGES`. */
  list: Int32Array;
}

/** Edges as they are told: calls since the last time. */
export interface EdgeCounts {
  callers: ArrayLike<number>;
  callees: ArrayLike<number>;
  calls: ArrayLike<number>;
  count: number;
  /** Calls since the last time whose edge found no room; they are among the counts of their functions. */
  roomless: number;
}

export const newEdgeTable = (): EdgeTable => ({
  table: new Float64Array(new SharedArrayBuffer((ROOMLESS + 1) * 8)),
  list: new Int32Array(new SharedArrayBuffer(MAX_EDGES * EDGE_FIELDS * 4)),
});

/** As a new one. @param count edges that it holds */
export function clearEdges({ table, list }: EdgeTable, count: number): void {
  for (let at = 0; at < count * EDGE_FIELDS; at += EDGE_FIELDS) {
    const counter = list[at + 2];
    table[counter] = 0;
    if (counter < SPILLED) table[counter - 1] = 0;
    list[at] = list[at + 1] = list[at + 2] = 0;
  }
  table[ROOMLESS] = 0;
}
