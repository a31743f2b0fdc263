/**
 * Functions of a run, numbered, and what each has seen. Every thread of every process adds to the same numbers: a file
 * loaded twice is one set of functions.
 */
import { EDGE, Edges } from './edges.ts';

/** Number of a function in its run, from 1; 0 is "its site is unknown". */
export type FunctionNo = number;

/** Fields of a function's record, one cache line of doubles. Times in µs. */
export const NODE = {
  STRIDE: 8,
  HITS: 0,
  ROOTS: 1,
  THREW: 2,
  SELF: 3,
  TOTAL: 4,
  WAIT: 5,
  /** Entries on the stack of the thread being replayed; 0 between threads. */
  ACTIVE: 6,
  /** Edge of its last call: saves most look-ups. */
  EDGE: 7,
} as const;

/** Aggregates over every call of a run. Threads are replayed one after the other. */
export class Aggregates {
  readonly edges = new Edges();
  /** Records by function number. */
  readonly nodes: Float64Array;

  constructor(functions: number) {
    this.nodes = new Float64Array((functions + 1) * NODE.STRIDE);
  }

  /** Calls that were counted, not recorded one by one. */
  hit(fn: FunctionNo, times: number): void {
    this.nodes[fn * NODE.STRIDE + NODE.HITS] += times;
  }

  /** Calls that were counted by caller and callee. @param caller undefined: none */
  called(caller: FunctionNo | undefined, callee: FunctionNo, times: number): void {
    this.hit(callee, times);
    if (caller === undefined) {
      this.nodes[callee * NODE.STRIDE + NODE.ROOTS] += times;
      return;
    }
    // Finding it may make other records.
    const edge = this.edges.find(caller, callee);
    this.edges.records[edge * EDGE.STRIDE + EDGE.COUNT] += times;
  }

  of(fn: FunctionNo, field: number): number {
    return this.nodes[fn * NODE.STRIDE + field];
  }
}

/** Sites of one process: dense site → function around it (of a function's own site: itself). */
export interface ProcessSites {
  functionOf: Int32Array;
  /** [function number] 1: a module body. */
  isModule: Uint8Array;
  /** [function number] 1: an exception that leaves it is not told. */
  endsUnseen: Uint8Array;
  /** [function number] 1: an async function, no generator: it goes on when the stack is empty, and never else. */
  resumesAlone: Uint8Array;
  /** [function number] 1: a generator, async or not. */
  isGenerator: Uint8Array;
}
