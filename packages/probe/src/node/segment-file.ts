/** A thread's segments as files: numbered, rotated, appended with plain writes (the page cache survives SIGKILL). */
import fs from 'node:fs';
import { SEGMENT_BYTES, SegmentWriter, type Note, type SegmentHeader } from '../wire/segment.ts';
import { createSegment, tellFailure, writeWhole } from './segment-name.ts';

/** Where the frames of a thread go. */
export interface Segments {
  readonly writer: SegmentWriter;
  /** Before each piece of content. False: it cannot be written, and is lost. */
  ready(): boolean;
  note(note: Note): void;
  /** Bytes that are held in memory. */
  readonly memory: number;
  /** Counters are asked for only when what is there is to be kept: until then they may be let go. */
  readonly defersCounts: boolean;
  /** What is in memory only goes to the disk. */
  keep(reason: string, micros: number): void;
  /** The thread is at its end: what only waited to be kept is let go, and what comes until `ended` is written. */
  ending(): void;
  ended(): void;
  /** Nothing more comes. */
  close(): void;
}

export class SegmentFiles implements Segments {
  readonly writer: SegmentWriter;
  readonly defersCounts = false;
  readonly memory = 0;
  /** Set for good when a write failed (disk full, no permission): from then on all is lost, and counted as such. */
  failure: unknown;
  readonly #folder: string;
  readonly #header: Omit<SegmentHeader, 'segment'>;
  #fd = -1;
  #number = 0;

  constructor(folder: string, header: Omit<SegmentHeader, 'segment'>) {
    this.#folder = folder;
    this.#header = header;
    this.writer = new SegmentWriter((bytes) => this.#write(bytes));
  }

  /** Before each piece of content: opens the first file, or the next one when the last is full. */
  ready(): boolean {
    if (this.failure !== undefined) return false;
    if (this.#fd >= 0 && this.writer.bytes < SEGMENT_BYTES) return true;
    try {
      this.#next();
    } catch (error) {
      this.#fail(error);
    }
    return this.failure === undefined;
  }

  note(note: Note): void {
    if (this.ready()) this.writer.note(note);
  }

  keep(): void {
    // All of it is on the disk already.
  }

  ending(): void {
    // As above.
  }

  ended(): void {
    // As above.
  }

  close(): void {
    if (this.#fd < 0) return;
    const fd = this.#fd;
    this.#fd = -1;
    try {
      fs.closeSync(fd);
    } catch {
      // Nothing is left to save.
    }
  }

  #next(): void {
    this.close();
    if (this.#number === 0) fs.mkdirSync(this.#folder, { recursive: true });
    const { fd, number } = createSegment(this.#folder, this.#number + 1);
    this.#fd = fd;
    this.#number = number;
    this.writer.begin({ ...this.#header, segment: this.#number });
  }

  #write(bytes: Uint8Array): void {
    if (this.failure !== undefined) return;
    try {
      writeWhole(this.#fd, bytes);
    } catch (error) {
      this.#fail(error);
    }
  }

  #fail(error: unknown): void {
    this.failure = error;
    this.close();
    tellFailure(this.#folder, this.#number, error);
  }
}
