/**
 * Segments of one thread whose batches come from elsewhere. All of a batch is written at once, and last a mark that says which it was: what stands behind the
 * last mark was cut off when the collector was killed, and is cut away. What stands before it survives the collector (though not the machine).
 * After a write that failed, the object is of no use: a new one goes on with what the folder holds.
 */
import { closeSync, openSync, readdirSync, readFileSync, rmSync, truncateSync, writeSync } from 'node:fs';
import { join } from 'node:path';
import {
  BATCH_MARK,
  decodeEvents,
  type Part,
  readSegment,
  SEGMENT_BYTES,
  type SegmentHeader,
  SegmentWriter,
} from '@intellimap/probe/wire';

const nameOf = (number: number): string => `${String(number).padStart(6, '0')}.seg`;
const NAME = /^(\d{6})\.seg$/;

/** What the writers make of a batch: one is taken at a time, whatever the number of threads. */
let batch = Buffer.allocUnsafe(1 << 18);
let filled = 0;

function append(bytes: Uint8Array): void {
  if (filled + bytes.length > batch.length) {
    const larger = Buffer.allocUnsafe(Math.max(batch.length * 2, filled + bytes.length));
    batch.copy(larger, 0, 0, filled);
    batch = larger;
  }
  batch.set(bytes, filled);
  filled += bytes.length;
}

export class PageSegments {
  readonly writer = new SegmentWriter(append);
  /** The last batch that is kept; 0: none. */
  seq = 0;
  /** Words that the thread says it dropped; those that never came are in `writer.lost` as well. */
  dropped = 0;
  /** The thread has said that nothing more comes. */
  hasEnded = false;
  readonly #folder: string;
  #header: Omit<SegmentHeader, 'segment'> | undefined;
  #fd = -1;
  /** Of the last file; 0: there is none. */
  #number = 0;

  /** Goes on with what the folder holds. @throws the file system's error */
  constructor(folder: string) {
    this.#folder = folder;
    this.#resume();
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

  /** To be called before what is written of a batch. @throws the file system's error */
  begin(): void {
    filled = 0;
    const isFull = this.writer.bytes >= SEGMENT_BYTES;
    if (this.#number > 0 && !isFull) {
      if (this.#fd < 0) this.#fd = openSync(join(this.#folder, nameOf(this.#number)), 'a');
      return;
    }
    this.close();
    this.#fd = openSync(join(this.#folder, nameOf(this.#number + 1)), 'ax');
    this.#number++;
    this.writer.begin({ ...this.#header!, segment: this.#number });
  }

  /** Writes what the writer made since `begin`, and the mark: then the kernel has it. @throws the file system's error: then nothing of it counts */
  commit(seq: number): void {
    const { lost, stack } = this.writer;
    this.writer.note({ t: BATCH_MARK, seq, at: stack.wordCount, lost, dropped: this.dropped });
    for (let at = 0; at < filled;) at += writeSync(this.#fd, batch, at, filled - at);
    this.seq = seq;
  }

  /** Gives the file back; the next batch opens it again. */
  close(): void {
    if (this.#fd >= 0) closeSync(this.#fd);
    this.#fd = -1;
  }

  #resume(): void {
    const names = readdirSync(this.#folder)
      .filter((name) => NAME.test(name))
      .toSorted();
    for (const name of names) this.#reread(name, name === names.at(-1));
  }

  /** Damage before the last mark is left to readers: what stands behind it may be sound. @param isLast only that one can have been cut off */
  #reread(name: string, isLast: boolean): void {
    const file = join(this.#folder, name);
    const bytes = readFileSync(file);
    let kept = 0;
    let pending: Part[] = [];
    for (const part of readSegment(bytes)) {
      pending.push(part);
      if (part.type !== 'note' || part.note.t !== BATCH_MARK) continue;
      for (const each of pending) this.#follow(each);
      pending = [];
      kept = part.to;
      this.#mark(part.note);
    }
    // It began with the batch that was cut off.
    if (kept === 0 && isLast) return rmSync(file);
    if (kept < bytes.length && isLast) truncateSync(file, kept);
    this.#number = Number(NAME.exec(name)![1]);
    this.writer.bytes = kept;
    return undefined;
  }

  #mark({ seq, at, lost, dropped }: Record<string, unknown>): void {
    this.seq = Number(seq);
    this.dropped = Number(dropped);
    this.writer.lost = Number(lost);
    this.goTo(Number(at));
  }

  /** Words of the thread before the next ones; of those that are passed over, nothing is known. */
  goTo(at: number): void {
    const { stack } = this.writer;
    if (at === stack.wordCount) return;
    stack.wordCount = at;
    stack.disown();
  }

  #follow(part: Part): void {
    const { writer } = this;
    if (part.type === 'header') this.#header = part.header;
    if (part.type === 'end') this.hasEnded = true;
    if (part.type !== 'events') return;
    this.goTo(part.frame.firstWord);
    decodeEvents(part.frame, (words, count) => writer.stack.follow(words, 0, count));
  }
}
