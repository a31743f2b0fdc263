/** What goes through the post (post.ts): a small object and perhaps the text of a file, as one run of bytes that leaves and arrives page by page. */
import { Buffer } from 'node:buffer';
import { type PostSlot, Slot } from './post.ts';

// Taken now: programs delete globals.
const { parse, stringify } = JSON;
const allocate = Buffer.allocUnsafeSlow.bind(Buffer);

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
