/** What a slice is asked with, and what comes of it. */

/** `src/a.ts`, line 12, and on it a name, a column, or all that is there. Lines and columns count from 1. */
export interface SlicePlace {
  path: string;
  line: number;
  column?: number;
  name?: string;
}

/** The same, with all that was said. */
export interface SliceStart {
  path: string;
  line: number;
  column: number | null;
  name: string | null;
}

/** A call from a place of the text to a function: a row of `call_edges`. Columns count from 0. */
export interface SliceCall {
  path: string;
  line: number;
  column: number;
  /** The function that is called, and its file. */
  dst: string;
  dstPath: string;
  /** What stands there as an argument is its parameter; otherwise somebody between calls it. */
  isDirect: boolean;
}

/** The workspace, for slices. */
export interface SliceSource {
  /** undefined: there is no such file, or it cannot be read. */
  text: (path: string) => string | undefined;
  isModule: (path: string, text: string) => boolean;
  callsIn: (path: string) => Promise<readonly SliceCall[]>;
  callsOf: (functions: readonly string[]) => Promise<readonly SliceCall[]>;
}

/**
 * Why a line is part of it: its value is used · it decides whether something happens · a call leads there · it may be what is found in a variable that several functions
 * write, or in a property.
 */
export const REASONS = ['data', 'control', 'call', 'memory'] as const;
export type SliceReason = (typeof REASONS)[number];

export interface SlicedLine {
  line: number;
  text: string;
  /** It was asked for. */
  isStart: boolean;
  why: SliceReason[];
  /** Lines that it is there for: backward those that depend on it, forward those that it depends on. `path` where that is another file. */
  of: { path: string | null; line: number }[];
  /** The function it lies in: id that recordings have; null: it has none. */
  function: string | null;
}

export interface SlicedFile {
  path: string;
  lines: SlicedLine[];
}

/** Where the text leads further, and the slice does not. */
export interface SliceStop {
  path: string;
  line: number;
  why: string;
}

export interface Slice {
  start: SliceStart;
  direction: 'backward' | 'forward';
  /** `SliceOptions.isFull` */
  isFull: boolean;
  /** That of the start first. */
  files: SlicedFile[];
  stops: SliceStop[];
}
