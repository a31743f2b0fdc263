/**
 * The probes: a few instructions each, made for V8's inliner (a body of at most 27 bytecodes is inlined without
 * charge). No probe calls code of the user, reads a clock without need, or allocates. FORMATS.md tells what they write.
 */
import {
  CHECK_WORDS,
  CHUNKS,
  Control,
  Gate,
  GATE_MASK,
  LATE_MICROS,
  SLACK_WORDS,
  type Ring,
} from '../wire/ring.ts';
import { Kind, type FrameId, type MicrosLow, type SiteId } from '../wire/words.ts';
import { createSlowPath, type SlowPathHost, type Stalls } from './slow-path.ts';
import type { LookAt, LookAtArguments } from './values.ts';

// Taken now: programs delete globals.
const { min } = Math;
const { compareExchange } = Atomics;

/** Low 32 bits of CLOCK_MONOTONIC in µs. */
export type Clock = () => MicrosLow;
/** Operand of THROWN and CAUGHT: `signature id << 1 | first sighting of the object`. */
export type ErrorSigner = (error: unknown) => number;

/** Keys as instrumented code sees them: `e` is `$imE` and so on. A word is a site and a kind. */
export interface Probes {
  /** A `Gate` for each site; the code asks before `e`, `a` and `f`, and calls `o` instead where it is not open. */
  g: Uint8Array;
  /**
   * What is done where the gate is not open: at most the site is counted, and the answer is 0; or, where it is timed, as the word's kind says what `e` (ENTER), `f` (FRAME_ENTER)
   * or `a` (LEAVE) do.
   */
  o: (word: number) => number;
  /** ENTER, REACHED: one word, no check. Returns the word to leave with: THROW. */
  e: (word: number) => number;
  /** LEAVE, THROW: one word; the place where a full chunk is noticed. */
  l: (word: number) => void;
  /** ENTER and LEAVE at once. */
  a: (word: number) => void;
  /** FRAME_ENTER. Returns the frame's id. The probes below do nothing for frame 0, which began behind a closed gate. */
  f: (word: number) => FrameId;
  /** FRAME_LEAVE, FRAME_THROW. */
  x: (word: number, frame: FrameId) => void;
  /** SUSPEND; returns the value, to stand inside of `await` or `yield`. */
  s: <T>(word: number, frame: FrameId, value: T) => T;
  /** SUSPEND of `yield*` and `for await`, and REACHED where they go on with a generator's object; returns it. */
  d: <T>(word: number, frame: FrameId, value: T) => T;
  /** RESUME; returns the value, to stand around it. */
  r: <T>(word: number, frame: FrameId, value: T) => T;
  /** SUSPEND or RESUME as a statement. */
  m: (word: number, frame: FrameId) => void;
  /** THROWN; returns the error, to stand inside of `throw`. */
  t: <T>(word: number, error: T) => T;
  /** CAUGHT; returns nothing: its value would become that of a script which ends in the catch clause. */
  c: (word: number, error: unknown) => void;
  /** T0: counts the site. */
  h: (site: SiteId) => void;
  /** VALUE, of what a call was called with; see values.ts. */
  v: LookAtArguments;
  /** VALUE, of one value; returns it. */
  u: LookAt;
}

/** What a recorder makes; `v` and `u` come from values.ts. */
export type WordProbes = Omit<Probes, 'v' | 'u'>;

export interface Recorder extends WordProbes {
  /** VALUE: word, and its operands. */
  value: (word: number, what: number, position: number) => void;
  /** TIME, TASK: word, operand, time. */
  mark: (word: number, operand: number) => void;
  /** Leaves the scratch area when there is room again, so that the loss is written down; false when there was none. */
  settle: () => boolean;
  stalls: Stalls;
  /** The last `throw` statement that ran: its THROWN word and operand; zeros before the first. The error itself is not kept. */
  lastThrown: () => { word: number; error: number };
}

/** What a recorder asks of its host. */
export interface RecorderHost extends SlowPathHost {
  sign: ErrorSigner;
  /** Is it the object of a generator, async or not? Must not run code of the program. */
  isGenerator: (value: unknown) => boolean;
}

export function createRecorder(ring: Ring, host: RecorderHost): Recorder {
  const { control, chunkWords } = ring;
  const { clock, waitForReader } = host;
  control[Control.WRITTEN_TO] = clock();
  control[Control.LIMIT] = min(chunkWords - SLACK_WORDS, CHECK_WORDS);
  const { full, begin, stalls } = createSlowPath(ring, host);
  const settle = (): boolean => {
    if (control[Control.LIMIT] <= CHUNKS * chunkWords) return false;
    full();
    return true;
  };
  const probes = createProbes(ring, host, full, waitForReader);
  const value = valueOf(ring.data, control, full);
  return { ...probes, value, o: aside(ring.gates, probes, begin), settle, stalls };
}

/** Not among the others, as pages record no values. */
const valueOf =
  (R: Ring['data'], C: Int32Array, full: () => void): Recorder['value'] =>
  (word, what, position) => {
    const q = C[0];
    R[q] = word;
    R[q + 1] = what;
    R[q + 2] = position;
    if ((C[0] = q + 3) > C[1]) full();
  };

/** What is done where a gate is not open: `o` of the probes, but for gates that are timed. */
function aside(gates: Uint8Array, { e, a, f, o }: WordProbes, begin: () => boolean): Probes['o'] {
  const timed = (word: number): number => {
    const isNear = (word & 15) === Kind.FRAME_ENTER || !begin();
    // By now the reader may have closed it.
    if (isNear) compareExchange(gates, (word >>> 4) & GATE_MASK, Gate.TIMED, Gate.OPEN);
    if ((word & 15) === Kind.ENTER) return e(word);
    if ((word & 15) === Kind.FRAME_ENTER) return f(word);
    a((word & ~15) | Kind.ENTER);
    return 0;
  };
  // 3 is Gate.TIMED.
  return (word) => (gates[(word >>> 4) & GATE_MASK] === 3 ? timed(word) : o(word));
}

/**
 * @param full called when the cursor has passed `Control.LIMIT`; does not throw
 * @param late called when the reader is LATE_MICROS behind
 */
export function createProbes(
  { data, control, hits, gates }: Pick<Ring, 'data' | 'control' | 'hits' | 'gates'>,
  { clock, sign, isGenerator }: Pick<RecorderHost, 'clock' | 'sign' | 'isGenerator'>,
  full: () => void,
  late: () => void,
): Omit<Recorder, 'settle' | 'stalls' | 'value'> {
  return probesOf(data, data.length - 1, control, hits, gates, clock, sign, full, late, isGenerator);
}

/**
 * R, C, H and the rest are parameters on purpose: V8 folds closed-over variables that are never assigned into the code,
 * and parameters, unlike `const`, need no check that they are initialised (2 bytecodes a use).
 * C[0] is Control.CURSOR and C[1] Control.LIMIT. Masked by M, an index is in bounds for all that V8 knows: without a check to fail, and
 * with the old cursor compared instead of the new one, an inlined pair has four places less where optimised code may have to be left.
 */
function probesOf(
  R: Int32Array,
  M: number,
  C: Int32Array,
  H: Float64Array,
  G: Uint8Array,
  clock: Clock,
  sign: ErrorSigner,
  full: () => void,
  late: () => void,
  isGenerator: (value: unknown) => boolean,
): Omit<Recorder, 'settle' | 'stalls' | 'value'> {
  let frames: FrameId = 0;
  const thrown = { word: 0, error: 0 };

  /**
   * Writes FRAME_ENTER and the like, of three words, or THROWN and CAUGHT, of two. V8 copies what it calls into the caller, here with clock and
   * signer into every `await` and `throw` of a program, unless its bytecode is longer than 460 bytes: hence the long line. M is never negative.
   */
  const written = (word: number, frame: FrameId, error: unknown, isError: boolean): number => {
    const operand = isError ? sign(error) : frame;
    let time = isError ? C[Control.WRITTEN_TO] : clock();
    // oxfmt-ignore
    if (M < 0) time = C[9] ^ C[9] ^ C[9] ^ C[9] ^ C[9] ^ C[9] ^ C[9] ^ C[9] ^ C[9] ^ C[9] ^ C[9] ^ C[9] ^ C[9] ^ C[9] ^ C[9] ^ C[9] ^ C[9] ^ C[9] ^ C[9] ^ C[9] ^ C[9] ^ C[9] ^ C[9] ^ C[9] ^ C[9] ^ C[9] ^ C[9] ^ C[9] ^ C[9] ^ C[9] ^ C[9] ^ C[9] ^ C[9] ^ C[9] ^ C[9] ^ C[9] ^ C[9] ^ C[9] ^ C[9] ^ C[9];
    const q = C[0];
    R[q] = word;
    R[q + 1] = operand;
    if (!isError) R[q + 2] = time;
    if ((C[0] = isError ? q + 2 : q + 3) > C[1]) full();
    else if (((time - C[Control.WRITTEN_TO]) | 0) > LATE_MICROS) late();
    return operand;
  };
  const mark = (word: number, operand: number): void => {
    if (C[Control.QUIET] === 0) written(word, operand, undefined, false);
  };
  const framed = (word: number, frame: FrameId): void => {
    if (frame !== 0) mark(word, frame);
  };
  const signed = (word: number, error: unknown): number =>
    C[Control.QUIET] === 0 ? written(word, 0, error, true) : 0;

  return {
    e: (word) => {
      const c = C;
      const q = c[0];
      R[q & M] = word;
      c[0] = q + 1;
      return word | 2;
    },
    a: (word) => {
      const c = C;
      const q = c[0];
      R[q & M] = word;
      R[(q + 1) & M] = word + 1;
      c[0] = q + 2;
      if (q > c[1]) full();
    },
    l: (word) => {
      const c = C;
      const q = c[0];
      R[q & M] = word;
      c[0] = q + 1;
      if (q > c[1]) full();
    },
    f: (word) => {
      const frame = (frames = frames >= 0xffffffff ? 1 : frames + 1);
      mark(word, frame);
      return frame;
    },
    x: framed,
    s: (word, frame, value) => {
      framed(word, frame);
      return value;
    },
    d: (word, frame, value) => {
      framed(word, frame);
      if (frame !== 0 && C[Control.QUIET] === 0 && isGenerator(value)) {
        const q = C[0];
        R[q & M] = (word & ~15) | Kind.REACHED;
        C[0] = q + 1;
      }
      return value;
    },
    r: (word, frame, value) => {
      framed(word, frame);
      return value;
    },
    m: framed,
    t: (word, error) => {
      thrown.error = signed(word, error);
      thrown.word = word;
      return error;
    },
    c: (word, error) => {
      signed(word, error);
    },
    h: (site) => {
      H[site]++;
    },
    g: G,
    // 2 is Gate.OFF. Not only where it is 1: it may have been opened since the code asked for it. A branch costs less than adding 0 where it is off.
    o: (word) => {
      const site = word >>> 4;
      if (G[site] !== 2) H[site]++;
      return 0;
    },
    mark,
    lastThrown: () => thrown,
  };
}
