/**
 * How threads of the program ask the transformer (worker/transformer.ts) and wait for its answer: letters through shared memory, a
 * page at a time. No message ports: those are resources of the asking thread, which a program sees (`async_hooks`) and which wake its event loop.
 *
 * A thread takes a free slot, and gives it back when it has the answer. TURN says whose move it is; the other one sleeps.
 */
import { Buffer } from 'node:buffer';

// Taken now: programs delete globals.
const { parse, stringify } = JSON;
const { add, compareExchange, notify } = Atomics;
const allocate = Buffer.allocUnsafeSlow.bind(Buffer);

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
export const ABANDONED = -1;

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

/** Unless somebody else has freed it. */
export function free(bell: Int32Array, fields: Int32Array, holder: number): void {
  if (compareExchange(fields, Slot.HOLDER, holder, 0) !== holder) return;
  add(bell, Bell.FREED, 1);
  notify(bell, Bell.FREED, 1);
}

/** A letter that leaves, page by page. */
export class Outgoing {
  readonly #letter: Uint8Array;
  #sent = 0;

  constructor(letter: Uint8Array) {
    this.#letter = letter;
  }

  get isDone(): boolean {
    return this.#sent === this.#letter.length;
  }

  next({ fields, page }: PostSlot): void {
    const piece = this.#letter.subarray(this.#sent, this.#sent + page.length);
    page.set(piece);
    this.#sent += piece.length;
    fields[Slot.LENGTH] = piece.length;
    fields[Slot.TOTAL] = this.#letter.length;
  }
}

/** A letter that arrives. */
export class Incoming {
  #letter: Buffer | undefined;
  #received = 0;

  /** Takes what is in the page; the letter, when that was the rest of it. */
  next({ fields, page }: PostSlot): Buffer | undefined {
    this.#letter ??= allocate(fields[Slot.TOTAL]);
    this.#letter.set(page.subarray(0, fields[Slot.LENGTH]), this.#received);
    this.#received += fields[Slot.LENGTH];
    return this.#received === this.#letter.length ? this.#letter : undefined;
  }
}

/** Two numbers in front: characters of the head, bytes of a character of the text. Lone surrogates pass. */
const FRONT_BYTES = 8;

/**
 * A small object, and perhaps the text of a file.
 * @param width bytes of a character of the text; 1 only for one within Latin-1: it then takes half the memory wherever it is kept.
 */
export function sealed(head: object, text: string, width: 1 | 2): Buffer {
  // Without a prototype: programs define `Object.prototype.toJSON`.
  const words = stringify({ __proto__: null, ...head });
  const textAt = FRONT_BYTES + 2 * words.length;
  const bytes = allocate(textAt + width * text.length);
  bytes.writeUInt32LE(words.length, 0);
  bytes.writeUInt32LE(width, 4);
  bytes.write(words, FRONT_BYTES, 'utf16le');
  bytes.write(text, textAt, width === 1 ? 'latin1' : 'utf16le');
  return bytes;
}

export function opened<Head>(bytes: Buffer): [Head, string] {
  const textAt = FRONT_BYTES + 2 * bytes.readUInt32LE(0);
  const head = parse(bytes.toString('utf16le', FRONT_BYTES, textAt)) as Head;
  return [head, bytes.toString(bytes.readUInt32LE(4) === 1 ? 'latin1' : 'utf16le', textAt)];
}
