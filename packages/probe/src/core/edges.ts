/**
 * Probes of the tier `edges`: how often which function called which, counted exactly, without a word in the ring.
 *
 * A cell holds the function that runs, as its ENTER word. `e` counts the edge from there, puts the new function into the cell, and answers with what
 * was there; `l` puts that back. So an exception that passes a function without `finally` is forgotten when the next one further up ends.
 *
 *   cell     site << 4 | 1; 3 where nothing of the program is on the stack
 *   token    what `$imk` holds: the cell before. Bit 0 is the text's, to say how the function was left; it is never 0
 *   frame    what `$imf` holds: an object, as it can outlive the stack. `before` is the cell before its turn; 0: it is suspended
 *
 * The common case, an edge at its place, is a compare and an addition. `e` has 27 bytes of bytecode, which V8 inlines without charge; `count`
 * has more, and is inlined where there is room.
 */
import { EDGE_FIELDS, EDGE_SLOTS, type EdgeTable, MAX_EDGES, ROOMLESS, SPILLED } from '../wire/edges.ts';
import { Control, type Ring } from '../wire/ring.ts';
import { Kind, wordOf, type FrameId } from '../wire/words.ts';
import { createRecorder, type Recorder, type RecorderHost } from './record.ts';

// Taken now: programs delete globals.
const { store } = Atomics;
const { imul } = Math;
const Numbers = Int32Array;

type EnterWord = number;

/** The cell where nothing runs. Without bit 0 it would still be a token. */
const NOBODY = 3;
/** The cell behind `yield*` and `for await`, until something begins or goes on: what it stands for is kept aside. */
const DELEGATING = 7;
/** Odd: of callers below 2^17, no two have the same place for a callee. */
const MIX = 0x9e3779b1 | 0;
/** Bits that no word of a site that has a place holds. */
const BEYOND = -(EDGE_SLOTS << 4);
/** Places are even: two numbers each. */
const PLACES = 2 * EDGE_SLOTS - 2;
/** Twice as many as there are edges. */
const SPILL_SLOTS = 2 * MAX_EDGES;

const NOBODY_CAUGHT = wordOf(Kind.TIME, 1);

/** An activation of an async function or generator. */
interface Frame {
  word: EnterWord;
  before: EnterWord;
  /** An async function, no generator: goes on when the stack is empty, and never else. */
  isAlone: boolean;
}

/** A module without a token: the loader's, that runs. */
interface Loading {
  word: EnterWord;
  before: EnterWord;
  outer: Loading | undefined;
}

/** Beside those of a recorder: what the text of this tier tells more. */
export interface EdgeProbes {
  /** A frame begins; `alone`: see `Frame`. With an ENTER word: a module begins that has no token. */
  f: (word: number, alone?: number) => FrameId;
  /** A frame ends. With a LEAVE word: a module does. */
  x: (word: number, frame: FrameId) => void;
  /** `back`: ENTER word of the function that the clause is in; 0: its gate is closed. */
  c: (word: number, error: unknown, back?: number) => void;
}

export function createEdgeRecorder(ring: Ring, edges: EdgeTable, host: RecorderHost): Recorder & EdgeProbes {
  const base = createRecorder(ring, host);
  const cell = new Numbers(1);
  cell[0] = NOBODY;
  const delegation = { by: NOBODY, under: NOBODY };
  const slow = createSlowPath(ring, edges, delegation);
  const counting = countersOf(cell, edges.table, slow, imul, MIX, PLACES, BEYOND);
  return { ...base, ...counting, ...followers(base, host, cell, delegation, counting.count) };
}

/** Counts a call and answers with the caller. */
type Count = (caller: EnterWord, word: EnterWord) => EnterWord;
type Slow = (caller: EnterWord, word: EnterWord, place: number) => EnterWord;

/** Parameters on purpose, constants too, as in record.ts: they take the fewest bytes of bytecode. */
function countersOf(
  C: Int32Array,
  T: Float64Array,
  slow: Slow,
  product: (a: number, b: number) => number,
  mix: number,
  places: number,
  beyond: number,
): Pick<Recorder, 'e' | 'a' | 'l'> & { count: Count } {
  const count: Count = (caller, word) => {
    const place = ((product(caller, mix) ^ word) >>> 3) & places;
    if (T[place] !== caller || (word & beyond) !== 0) return slow(caller, word, place);
    T[place + 1]++;
    return caller;
  };
  const e = (word: EnterWord): EnterWord => {
    const c = C;
    const caller = c[0];
    c[0] = word;
    return count(caller, word);
  };
  const l = (token: number): void => {
    C[0] = token | 1;
  };
  return {
    count,
    e,
    l,
    a: (word) => {
      l(e(word));
    },
  };
}

/** New edges, those whose place another one has, and what comes behind a delegation. */
function createSlowPath(
  { control, hits }: Ring,
  { table, list }: EdgeTable,
  delegation: { under: EnterWord },
): Slow {
  /** Of edges that have no place: number + 1, open addressing. Made when the first is met. */
  let spilled: Int32Array | undefined;
  let known = control[Control.EDGES];

  const add = (caller: EnterWord, word: EnterWord, counter: number): void => {
    const at = known * EDGE_FIELDS;
    list[at] = caller >>> 4;
    list[at + 1] = word >>> 4;
    list[at + 2] = counter;
    table[counter] = 1;
    known++;
    store(control, Control.EDGES, known);
  };

  const spill = (caller: EnterWord, word: EnterWord): void => {
    spilled ??= new Numbers(SPILL_SLOTS);
    const mixed = imul(caller, MIX) ^ imul(word, 0x85ebca6b);
    for (let slot = mixed >>> 7; ; slot++) {
      const edge: number = spilled[slot % SPILL_SLOTS] - 1;
      if (edge < 0) {
        if (known === MAX_EDGES) break;
        spilled[slot % SPILL_SLOTS] = known + 1;
        return add(caller, word, SPILLED + known);
      }
      const at = edge * EDGE_FIELDS;
      if (list[at] !== caller >>> 4 || list[at + 1] !== word >>> 4) continue;
      table[SPILLED + edge]++;
      return;
    }
    table[ROOMLESS]++;
    hits[word >>> 4]++;
  };

  return (from, word, place) => {
    const caller = from === DELEGATING ? delegation.under : from;
    const isPlaced = (word & BEYOND) === 0;
    if (isPlaced && table[place] === caller) table[place + 1]++;
    else if (isPlaced && table[place] === 0 && known < MAX_EDGES) {
      add(caller, word, place + 1);
      table[place] = caller;
    } else spill(caller, word);
    return caller;
  };
}

/** What is no plain call: frames, modules, exceptions. */
function followers(
  base: Recorder,
  { isGenerator }: RecorderHost,
  cell: Int32Array,
  delegation: { by: EnterWord; under: EnterWord },
  count: Count,
): EdgeProbes & Pick<Recorder, 's' | 'd' | 'r' | 'm' | 'mark'> {
  let loading: Loading | undefined;

  const running = (): EnterWord => (cell[0] === DELEGATING ? delegation.under : cell[0]);

  const suspend = (frame: Frame): void => {
    if (frame.before === 0) return;
    cell[0] = frame.before;
    frame.before = 0;
  };
  const resume = (frame: Frame): void => {
    if (frame.before !== 0) return;
    let before = running();
    // A module that seems to run has failed, and Node's loader has the exception.
    for (; frame.isAlone && loading?.word === before; loading = loading.outer) before = loading.before;
    frame.before = before;
    cell[0] = frame.word;
  };
  const moved = (word: number, id: FrameId): void => {
    if (id === 0) return;
    if ((word & 15) === Kind.RESUME) resume(frameOf(id));
    else suspend(frameOf(id));
  };
  const loaded = (word: EnterWord): void => {
    for (let each = loading; each !== undefined; each = each.outer) {
      if (each.word !== word) continue;
      cell[0] = each.before;
      loading = each.outer;
      return;
    }
  };

  return {
    f: (word, alone) => {
      const before = running();
      const entered = enterWord(word);
      const isDelegated = cell[0] === DELEGATING && alone === undefined;
      count(isDelegated ? delegation.by : before, entered);
      cell[0] = entered;
      if ((word & 15) !== Kind.ENTER)
        return { word: entered, before, isAlone: alone !== undefined } as unknown as FrameId;
      loading = { word: entered, before, outer: loading };
      return 0;
    },
    x: (word, id) => {
      if (id !== 0) suspend(frameOf(id));
      else if ((word & 15) === Kind.LEAVE) loaded(enterWord(word));
    },
    s: (_word, id, value) => {
      if (id !== 0) suspend(frameOf(id));
      return value;
    },
    d: (_word, id, value) => {
      if (id === 0) return value;
      const frame = frameOf(id);
      suspend(frame);
      if (!isGenerator(value)) return value;
      delegation.under = running();
      delegation.by = frame.word;
      cell[0] = DELEGATING;
      return value;
    },
    r: (_word, id, value) => {
      if (id !== 0) resume(frameOf(id));
      return value;
    },
    m: moved,
    c: (word, error, back) => {
      if (back) cell[0] = back;
      base.c(word, error);
    },
    mark: (word, operand) => {
      if (word === NOBODY_CAUGHT) {
        cell[0] = NOBODY;
        loading = undefined;
      }
      base.mark(word, operand);
    },
  };
}

const enterWord = (word: number): EnterWord => (word & ~15) | Kind.ENTER;
/** A frame id is a number where words tell of it; here it is the activation itself, and goes when nobody can resume it any more. */
const frameOf = (id: FrameId): Frame => id as unknown as Frame;
