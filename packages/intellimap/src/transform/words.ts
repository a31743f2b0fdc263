/**
 * The event words that the rewriter spells out as literals.
 *
 * A copy of the kinds it needs from `packages/probe/src/wire/words.ts`: this area imports nothing of the probe. `words.test.ts`
 * compares the two.
 */

export const ENTER = 1;
export const LEAVE = 2;
export const THROW = 3;
export const FRAME_ENTER = 4;
export const FRAME_LEAVE = 5;
export const FRAME_THROW = 6;
export const SUSPEND = 7;
export const RESUME = 8;
export const THROWN = 9;
export const CAUGHT = 10;
export const REACHED = 11;
export const VALUE = 15;

/** Roles of values, and what is added to one for `x++` and `x--`: `core/values.ts`. */
export const Role = { RESULT: 1, THROWN: 2, PROPERTY: 3, VARIABLE: 4 } as const;
export const INCREMENT = 8;
export const DECREMENT = 16;

/** Largest payload of a word; a table whose last site lies beyond it cannot be instrumented. */
export const MAX_PAYLOAD = 2 ** 28 - 1;

/** Gates of a thread, a power of two: beyond, sites share those of others. */
export const GATES = 1 << 20;

/** A word as it is written into source: a signed 32-bit integer. */
export const wordOf = (kind: number, payload: number): number => (payload << 4) | kind;
