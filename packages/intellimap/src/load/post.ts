/**
 * How threads of the program ask the transformer (worker/transformer.ts) and wait for its answer: letters (letters.ts) through shared memory, a
 * page at a time. No message ports: those are resources of the asking thread, which a program sees (`async_hooks`) and which wake its event loop.
 *
 * A thread takes a free slot, and gives it back when it has the answer. TURN says whose move it is; the other one sleeps.
 */

// Taken now: programs delete globals.
const { add, compareExchange, load, notify, store } = Atomics;

/** Int32 fields of the whole post. */
export const Bell = {
  /** Rung (added to and notified) when a letter awaits the transformer. */
  RING: 0,
  /** 1 from when somebody starts the transformer. */
  STARTED: 1,
  /** 1 when it ended or hangs: nobody asks any more. */
  DEAD: 2,
  /** Rung when a slot is given back. */
  FREED: 3,
  /** Counts the transformer's answers. */
  ANSWERED: 4,
  /** Bytes of the letter that it is at work on. */
  AT_WORK_ON: 5,
  /** 1 from when a text that was instrumented mentions `assert`. */
  ASSERTS: 6,
} as const;

/** Int32 fields of a slot. */
export const Slot = {
  /** 0: free; ABANDONED; else one more than the id of the thread that holds it. */
  HOLDER: 0,
  /** Whose move it is (notified): a `Turn`. */
  TURN: 1,
  /** Bytes in the page. */
  LENGTH: 2,
  /** Bytes of the whole letter. */
  TOTAL: 3,
  /** Counts how often it was taken. */
  SERIAL: 4,
} as const;

/** The holder ended when it was the transformer's turn. */
const ABANDONED = -1;

export const Turn = { THREAD: 0, TRANSFORMER: 1 } as const;

/** Threads that ask at the same time; others wait until one has its answer. */
const SLOTS = 16;
const PAGE_BYTES = 1 << 16;
const FIELDS = 8;

export interface PostSlot {
  fields: Int32Array;
  page: Uint8Array;
}

export interface Post {
  bell: Int32Array;
  slots: PostSlot[];
}

/** Memory for the post of one process. */
export const postMemory = (): SharedArrayBuffer =>
  new SharedArrayBuffer((SLOTS + 1) * FIELDS * 4 + SLOTS * PAGE_BYTES);

export function openPost(memory: SharedArrayBuffer): Post {
  const pages = (SLOTS + 1) * FIELDS * 4;
  const slots = Array.from({ length: SLOTS }, (_, at) => ({
    fields: new Int32Array(memory, (at + 1) * FIELDS * 4, FIELDS),
    page: new Uint8Array(memory, pages + at * PAGE_BYTES, PAGE_BYTES),
  }));
  return { bell: new Int32Array(memory, 0, FIELDS), slots };
}

/** A free slot, held by this thread from now on. */
export function takeSlot(slots: PostSlot[], tid: number): PostSlot | undefined {
  for (let at = 0; at < slots.length; at += 1) {
    const { fields } = slots[at];
    if (compareExchange(fields, Slot.HOLDER, 0, tid + 1) !== 0) continue;
    add(fields, Slot.SERIAL, 1);
    return slots[at];
  }
  return undefined;
}

export function giveBack(bell: Int32Array, { fields }: PostSlot): void {
  store(fields, Slot.TURN, Turn.THREAD);
  free(bell, fields, load(fields, Slot.HOLDER));
}

/** A thread ended, perhaps in the middle of asking. What the transformer is at work on, it gives back itself. */
export function giveBackAll(memory: SharedArrayBuffer, tid: number): void {
  const { bell, slots } = openPost(memory);
  for (const { fields } of slots) {
    if (compareExchange(fields, Slot.HOLDER, tid + 1, ABANDONED) !== tid + 1) continue;
    if (load(fields, Slot.TURN) === Turn.THREAD) free(bell, fields, ABANDONED);
  }
}

/** The transformer's side: its move is made, the holder goes on. */
export function returnTurn(bell: Int32Array, { fields }: PostSlot): void {
  store(fields, Slot.TURN, Turn.THREAD);
  notify(fields, Slot.TURN);
  free(bell, fields, ABANDONED);
}

/** Unless somebody else has freed it. */
function free(bell: Int32Array, fields: Int32Array, holder: number): void {
  if (compareExchange(fields, Slot.HOLDER, holder, 0) !== holder) return;
  add(bell, Bell.FREED, 1);
  notify(bell, Bell.FREED, 1);
}
