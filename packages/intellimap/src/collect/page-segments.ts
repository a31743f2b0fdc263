/**
 * Segments of one thread whose batches come from elsewhere. All of a batch is written at once, and last a mark that says which it was: what stands behind the
 * last mark was cut off when the collector was killed, and is cut away. What stands before it survives the collector (though not the machine).
 */
import {
  closeSync,
  existsSync,
  ftruncateSync,
  mkdirSync,
  openSync,
  readdirSync,
  readFileSync,
  writeSync,
} from 'node:fs';
import { join } from 'node:path';
import {
  decodeEvents,
  readSegment,
  SEGMENT_BYTES,
  SegmentWriter,
  type Part,
  type SegmentHeader,
} from '@intellimap/probe/wire';

/** `NOTE` at the end of each batch. */
const MARK = 'batch';

const nameOf = (number: number): string => `${String(number).padStart(6, '0')}.seg`;

export class PageSegments {
  readonly writer: SegmentWriter;
  /** The last batch that is kept; 0: none. */
  seq = 0;
  readonly #folder: string;
  #header: Omit<SegmentHeader, 'segment'> | undefined;
  #fd = -1;
  #number = 0;
  #parts: Uint8Array[] = [];

  /** Goes on with what the folder holds. */
  constructor(folder: string) {
    this.#folder = folder;
    this.writer = new SegmentWriter((bytes) => void this.#parts.push(bytes.slice()));
    if (existsSync(folder)) this.#resume();
    else mkdirSync(folder, { recursive: true });
  }

  get isNew(): boolean {
    return this.#header === undefined;
  }

  set header(header: Omit<SegmentHeader, 'segment'>) {
    this.#header = header;
  }

  /** µs that its times are ahead of what the thread says. */
  get shift(): number {
    return this.#header?.clock?.shift ?? 0;
  }

  /** Opens the first file, or the next one when the last is full. */
  begin(): void {
    if (this.#fd >= 0 && this.writer.bytes < SEGMENT_BYTES) return;
    this.close();
    this.#fd = openSync(join(this.#folder, nameOf(++this.#number)), 'ax');
    this.writer.begin({ ...this.#header!, segment: this.#number });
  }

  /** Writes what the writer made since the last time, and the mark. @throws the file system's error: then nothing of it counts */
  commit(seq: number): void {
    this.writer.note({ t: MARK, seq });
    const parts = this.#parts;
    this.#parts = [];
    const bytes = Buffer.concat(parts);
    for (let at = 0; at < bytes.length;) at += writeSync(this.#fd, bytes, at);
    this.seq = seq;
  }

  close(): void {
    if (this.#fd >= 0) closeSync(this.#fd);
    this.#fd = -1;
  }

  #resume(): void {
    const names = readdirSync(this.#folder)
      .filter((name) => name.endsWith('.seg'))
      .toSorted();
    for (const name of names) this.#reread(name);
    this.#number = names.length;
  }

  #reread(name: string): void {
    const file = join(this.#folder, name);
    const bytes = readFileSync(file);
    let kept = 0;
    let pending: Part[] = [];
    for (const part of readSegment(bytes)) {
      if (part.type === 'damaged' || part.type === 'truncated') break;
      pending.push(part);
      if (part.type !== 'note' || part.note.t !== MARK) continue;
      for (const each of pending) this.#follow(each);
      pending = [];
      this.seq = Number(part.note['seq']);
      kept = part.to;
    }
    if (kept === bytes.length) return;
    const fd = openSync(file, 'r+');
    ftruncateSync(fd, kept);
    closeSync(fd);
  }

  #follow(part: Part): void {
    if (part.type === 'header') this.#header = part.header;
    if (part.type !== 'events') return;
    const { writer } = this;
    writer.lost = part.frame.lost;
    decodeEvents(part.frame, (words, count) => writer.stack.follow(words, 0, count));
  }
}
