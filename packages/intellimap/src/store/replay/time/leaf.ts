/** A leaf of the time index as bytes (`base/columns.ts`), and back. */
import { decodeColumns, encodeColumns } from '../../../base/columns.ts';
import type { Lines } from './buckets.ts';
import type { SpanColumns } from './span-list.ts';

/** A call that was suspended when the leaf began, and goes on in it. */
export interface KnownFrame {
  /** The frame's id in its thread. */
  id: number;
  site: number;
  call: number;
}

/** What a leaf that is read by itself begins with. */
export interface KnownSpans {
  /** The stack, where it is another one than its first frame says. */
  stack: { sites: number[]; calls: number[]; frames: number[] } | null;
  /** Frames on the stack that were begun by another one below, which leaves the stack with them: `[frame, the other]`. */
  hosts: [number, number][];
  frames: KnownFrame[];
  /** Texts of errors that were caught in it and say that the stack is full. */
  fullStacks: number[];
}

/** Where and how a leaf begins. */
export interface LeafStart {
  /** µs of the machine's clock; NaN: not known. */
  clock: number;
  firstWord: number;
  words: number;
  /** Number of the first call that begins in it. */
  nextCall: number;
  /** Some of its spans are deeper than its lines. */
  isDeep: boolean;
  known: KnownSpans;
}

export interface Leaf {
  start: LeafStart;
  lines: Lines;
  /** Spans that began before it, and end in it. */
  crossing: SpanColumns;
}

interface Head {
  /** null: not known */
  clock: number | null;
  firstWord: number;
  words: number;
  nextCall: number;
  isDeep: boolean;
  stack: KnownSpans['stack'];
  hosts: [number, number][];
  /** Leaves of before have none. */
  fullStacks?: number[];
  shift: number;
  base: number;
  callBase: number;
}

type Columns = Omit<Lines, 'shift' | 'base' | 'callBase'> & {
  frameId: Int32Array;
  frameSite: Int32Array;
  frameCall: Float64Array;
} & { [K in keyof SpanColumns as `crossing ${K}`]: SpanColumns[K] };

export function encodeLeaf(
  { clock, firstWord, words, nextCall, isDeep, known: { stack, hosts, frames, fullStacks } }: LeafStart,
  { shift, base, callBase, ...lines }: Lines,
  crossing: SpanColumns,
): Uint8Array {
  const head: Head = {
    clock: Number.isNaN(clock) ? null : clock,
    firstWord,
    words,
    nextCall,
    isDeep,
    stack,
    hosts,
    fullStacks,
    shift,
    base,
    callBase,
  };
  const columns: Columns = {
    ...lines,
    frameId: Int32Array.from(frames, ({ id }) => id),
    frameSite: Int32Array.from(frames, ({ site }) => site),
    frameCall: Float64Array.from(frames, ({ call }) => call),
    'crossing depth': crossing.depth,
    'crossing start': crossing.start,
    'crossing end': crossing.end,
    'crossing fn': crossing.fn,
    'crossing call': crossing.call,
    'crossing flags': crossing.flags,
  };
  return encodeColumns({ head, columns });
}

/** @param bytes columns are views of them @throws RangeError when they are none of a leaf */
export function decodeLeaf(bytes: ArrayBuffer): Leaf {
  const { head, columns } = decodeColumns<Head, Columns>(bytes);
  const { frameId, frameSite, frameCall, ...rest } = columns;
  const {
    clock,
    firstWord,
    words,
    nextCall,
    isDeep,
    stack,
    hosts,
    fullStacks = [],
    shift,
    base,
    callBase,
  } = head;
  const frames = Array.from(frameId, (id, at) => ({ id, site: frameSite[at], call: frameCall[at] }));
  return {
    start: {
      clock: clock ?? NaN,
      firstWord,
      words,
      nextCall,
      isDeep,
      known: { stack, hosts, frames, fullStacks },
    },
    lines: { shift, base, callBase, ...rest },
    crossing: {
      depth: columns['crossing depth'],
      start: columns['crossing start'],
      end: columns['crossing end'],
      fn: columns['crossing fn'],
      call: columns['crossing call'],
      flags: columns['crossing flags'],
    },
  };
}
