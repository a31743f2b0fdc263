/**
 * The vocabulary of the ring: what each 32-bit word of a recording means.
 *
 * A word is `payload << 4 | kind`, kept as a signed 32-bit integer because rings are `Int32Array`s; the payload has
 * 28 bits and is nearly always a site. Kinds marked +n are followed by n plain unsigned 32-bit operand words.
 *
 * The call tree of a thread follows from the order of its words alone. Only activations that can outlive the stack
 * (async functions, generators) carry a frame id, so that SUSPEND and RESUME can find them again.
 */

/** Version of words, frames and segments together. A reader refuses what is newer than itself. */
export const VERSION = 2;
export type Version = typeof VERSION;

/** Dense id of a probe's place in one process: `base` of the file's site table + the site's ordinal. 1 … 2^28-1; 0 = none. */
export type SiteId = number;
/** Id of one activation of an async function or generator; counts up per thread, wraps at 2^32. */
export type FrameId = number;
/** Low 32 bits of the machine's monotonic clock in µs (wraps every 71.6 minutes; time samples carry the rest). */
export type MicrosLow = number;

export const Kind = {
  /** A synchronous function begins. payload: site of the function. */
  ENTER: 1,
  /** It returned. payload: site of the function, so that a reader can find its footing again after a loss. */
  LEAVE: 2,
  /** It was left by an exception. payload: site of the function. */
  THROW: 3,
  /** +2 (frame, time). An async function or generator begins. payload: site of the function. */
  FRAME_ENTER: 4,
  /** +2 (frame, time). It returned (a generator: finished or was closed by `return()`). payload: site of the function. */
  FRAME_LEAVE: 5,
  /** +2 (frame, time). It rejected or threw. payload: site of the function. */
  FRAME_THROW: 6,
  /** +2 (frame, time). The frame gives up the stack at an `await` or `yield`. payload: site of that expression. */
  SUSPEND: 7,
  /**
   * +2 (frame, time). The frame is back on the stack. payload: site of the await/yield, or 0 from a catch or finally
   * clause, where it means "on the stack again if it was suspended" and changes nothing otherwise.
   */
  RESUME: 8,
  /** +1 (error). A `throw` statement ran. payload: site of the statement. Operand: error signature << 1 | first sighting of the object. */
  THROWN: 9,
  /** +1 (error). A catch clause was entered. payload: site of the clause. Operand as THROWN. */
  CAUGHT: 10,
  /**
   * A `require()` or `import()` expression was reached. payload: site of the expression. Right behind a SUSPEND of the same site, a `yield*` or
   * `for await`: what it goes on with is the object of a generator, so a generator that begins with the very next word was called by that frame.
   */
  REACHED: 11,
  /** +2 (task, time). payload: 0 the turn belongs to the task from here · 1 the synchronous part of the turn ended · 2 the task is done · 3 the program makes a request, whose number stands in place of the task's. */
  TASK: 12,
  /** +1 (words). So many ring words were dropped at this point because the reader was late. */
  LOST: 13,
  /**
   * +2 (0, time). Nothing but the time: a module begins, or the thread ends. payload: 0; 1: the stack is empty, as nobody caught an exception;
   * 2: a stall, see `STALL`.
   */
  TIME: 14,
  /**
   * +2 (length << 4 | role, position). Something was looked at in the call on top of the stack: see `Role`. payload: site of the function, the
   * `throw` or the write. The text is `length` bytes from `position` of the thread's values; the same text may be referred to again.
   */
  VALUE: 15,
} as const;
export type Kind = (typeof Kind)[keyof typeof Kind];

/** What a VALUE is of its call. */
export const Role = {
  /** What it was called with: `{"n": names, "v": [value …], "t": this}`. */
  ARGUMENTS: 0,
  /** Operand of its `return`, or value of its expression. The last one counts. */
  RESULT: 1,
  /** Operand of a `throw` of it. */
  THROWN: 2,
  /** A property, a variable of somebody else's after it was written to: `[target, value]`. */
  PROPERTY: 3,
  VARIABLE: 4,
} as const;
export type Role = (typeof Role)[keyof typeof Role];
/** Bits of the operand that hold the role. */
export const ROLE_BITS = 4;

/** Operand words that follow a word of each kind; index = kind. */
export const OPERANDS: readonly number[] = [0, 0, 0, 0, 2, 2, 2, 2, 2, 1, 1, 0, 2, 1, 2, 2];

/** The same as bytes, for loops over words: 1 ns a word faster than the plain list. */
export const operandsOf = /* @__PURE__ */ Uint8Array.from(OPERANDS);

/** Bits of a word that hold the kind. */
export const KIND_BITS = 4;
/** Largest payload a word can carry. */
export const MAX_PAYLOAD = 2 ** 28 - 1;

export const wordOf = (kind: number, payload: number): number => (payload << KIND_BITS) | kind;
/**
 * +2 (µs, time). The thread waited for the recorder: so many µs, up to this time; words before it are of the time before. 0 µs: it is about to wait. A `Told` in place of
 * µs: it did not wait.
 * Whatever belongs together otherwise may have such words in between.
 */
export const STALL = wordOf(Kind.TIME, 2);
/** The reader looks rarely, so the thread tells the time: that of the word before, or of the next one. */
export const Told = { BEFORE: -1, NEXT: -2 } as const;
/** µs that the thread waited, by the first operand of a STALL. */
export const stallMicros = (operand: number): number =>
  operand === Told.BEFORE || operand === Told.NEXT ? 0 : operand >>> 0;
export const kindOf = (word: number): number => word & 15;
export const payloadOf = (word: number): number => word >>> KIND_BITS;
