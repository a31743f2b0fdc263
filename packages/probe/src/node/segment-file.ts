/** A thread's segments as files: numbered, rotated, appended with plain writes (the page cache survives SIGKILL). */
import fs from 'node:fs';
import path from 'node:path';
import { SEGMENT_BYTES, SegmentWriter, type SegmentHeader } from '../wire/segment.ts';

export class SegmentFiles {
  readonly writer: SegmentWriter;
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
    for (;;) {
      const name = `${String(++this.#number).padStart(6, '0')}.seg`;
      try {
        this.#fd = fs.openSync(path.join(this.#folder, name), 'wx');
        break;
      } catch (error) {
        // An earlier process of this run had the same pid.
        if ((error as NodeJS.ErrnoException).code !== 'EEXIST') throw error;
      }
    }
    this.writer.begin({ ...this.#header, segment: this.#number });
  }

  #write(bytes: Uint8Array): void {
    if (this.failure !== undefined) return;
    try {
      for (let at = 0; at < bytes.length;) at += fs.writeSync(this.#fd, bytes, at, bytes.length - at);
    } catch (error) {
      this.#fail(error);
    }
  }

  #fail(error: unknown): void {
    this.failure = error;
    this.close();
    const { code, message } = error as NodeJS.ErrnoException;
    try {
      const text = JSON.stringify({ code, message, segment: this.#number, epochMs: Date.now() });
      fs.writeFileSync(path.join(this.#folder, 'drain-error.json'), `${text}\n`);
    } catch {
      // The same disk. The gap shows in the recording anyway: no END frame.
    }
  }
}
