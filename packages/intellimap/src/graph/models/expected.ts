/** What a recording shows where the steps of a body happen: which of them it sees, and whom each may call. Pure, plain data. */
import type { Seen } from '../../base/call-trace.ts';

/** What may be seen where a step happens. */
export interface Expected {
  /** Of a step that tells of itself: as what, and of which node. */
  readonly tells?: { readonly seen: Seen; readonly node: number };
  /** Functions one of which is called here. */
  readonly called?: ReadonlySet<number>;
  /** One of them is called whenever the step happens, and all are recorded. */
  readonly isSure?: boolean;
  /** Functions that are called from here any number of times, by what is called, or before it begins. */
  readonly within?: ReadonlySet<number>;
  /** Who else may be called from here, and what it costs to think so; absent: nobody. */
  readonly others?: (fn: number) => Guess | undefined;
}

/** A way to explain a call that nobody announced. The likelier, the cheaper. */
export interface Guess {
  readonly cost: number;
  readonly reason: Reason;
  /** It may be what stands there itself that is called, once; else it is called by that, or before it, any number of times. */
  readonly isItself?: boolean;
}

/** Something that may be seen wherever the way stands; `reason` null: it is foreseen, at a step (-1: at none) that it is told of. */
export type Anywhere = (
  seen: number,
  what: number,
) => { readonly cost: number; readonly reason: Reason | null; readonly step: number } | undefined;

/** Why a call was made that the model does not foresee. */
export const REASONS = [
  /** What is called comes from outside, and was handed the function. */
  'through outside code',
  /** What it is handed is called. */
  'parameter',
  'computed member',
  'too many candidates',
  'unknown object',
  /** The call graph knows other functions at that place. */
  'other target',
  /** A getter or setter; an iterator, a conversion, a proxy, a decorator. */
  'accessor',
  'implicit call',
  'module loading',
  /** Defaults of parameters and initialisers of fields run before what is called has begun, or for who makes an instance. */
  'default or field',
  /** A loop that fails closes its iterator. */
  'closing',
] as const;
export type Reason = (typeof REASONS)[number];
