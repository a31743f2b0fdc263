/**
 * The consumer's side of one ring: looks where the producer is, notes the time, and turns finished words into frames.
 *
 * Another thread's plain stores may become visible out of order, so words of the chunk in use are read only up to
 * where the cursor was one look earlier; published chunks and flush requests are ordered by their atomics. Two looks make a tick where ticks are rare.
 */
import { HeldLoop } from '../core/held-loop.ts';
import { micros } from './clock.ts';
import { CHUNKS, Control, Reader, type Ring } from '../wire/ring.ts';
import type { Note } from '../wire/segment.ts';
import { SampledWords, type Sampled } from './consume-sampled.ts';
import { SampleQueue } from '../wire/sample-queue.ts';
import type { SiteId } from '../wire/words.ts';
import type { Segments } from './segment-file.ts';
import { NoteConsumer } from './consume-notes.ts';
import { EdgeConsumer } from './consume-edges.ts';
import { ValueConsumer } from './consume-values.ts';

type Micros = number;

/** Words are written when so many wait, or when the oldest is so old. */
const BATCH_WORDS = 1 << 16;
const BATCH_MICROS = 4000;
/** Words a ms that are much: they are read soon, while they are in the processor's caches. */
const MANY_WORDS = 250;
/** T0 counters are compared every so many µs, and less often when there are many sites: 1000 sites take about 1 µs. */
const COUNTS_MICROS = 5000;
const COUNTS_MICROS_PER_SITE = 0.5;

export class RingConsumer {
  readonly #ring: Ring;
  readonly #files: Segments;
  readonly #samples = new SampleQueue();
  /** Finished chunks, and words taken from the one after them. */
  #chunks = 0;
  #offset = 0;
  /** Where the producer was at the last look: chunk number and words in it; and at the look before, for safety. */
  #seenChunk = 0;
  #seenWords = 0;
  #safeWords = 0;
  /** No word that waits is older; Infinity: none waits. */
  #waitingSince: Micros = Infinity;
  #lastLook: Micros = 0;
  #previousLook: Micros = 0;
  /** Words of the thread up to there. */
  #seenPosition = 0;
  #nextCounts: Micros = 0;
  #counted = new Float64Array(0);
  #flushed = 0;
  readonly #values: ValueConsumer;
  readonly held = new HeldLoop();
  /** Some tasks are left out; undefined: none is, and none ever was. */
  #sampled: SampledWords | undefined;
  readonly #edges: EdgeConsumer;
  readonly #notes: NoteConsumer;
  /** Closed by its thread: END is written. */
  closed = false;
  /** The producer is fast: at the next look there will be much to take again, however soon that is. */
  isPressed = false;
  /** µs by which the reader may be later than usual: nobody waits for it. */
  grace: Micros = 0;
  /** Shown every word that is taken. */
  see: ((words: Int32Array, from: number, to: number) => void) | undefined;
  /** Shown calls that were counted as edges. */
  seeCalls: ((site: SiteId, calls: number) => void) | undefined;

  constructor(ring: Ring, files: Segments, startMicros: Micros) {
    this.#ring = ring;
    this.#files = files;
    this.#values = new ValueConsumer(ring, files);
    this.#edges = new EdgeConsumer(ring, files);
    this.#notes = new NoteConsumer(ring, (note) => this.note(note));
    this.#samples.add(0, startMicros);
  }

  get gates(): Uint8Array {
    return this.#ring.gates;
  }
  get hits(): Float64Array {
    return this.#ring.hits;
  }
  get control(): Int32Array {
    return this.#ring.control;
  }
  /** Read so far. */
  get words(): number {
    return this.#sampled?.read ?? this.#files.writer.stack.wordCount;
  }
  get events(): number {
    return this.#files.writer.stack.eventCount;
  }
  get bytes(): number {
    return this.#files.writer.allBytes;
  }
  /** Bytes that are known to be in memory for this thread: what was written of its ring, and what a flight recorder holds. */
  get memory(): number {
    const { data, values, notes, control } = this.#ring;
    // Positions wrap.
    const read = control[Control.VALUES_READ] >>> 0;
    const texts = values === undefined ? 0 : Math.min(read, values.byteLength);
    const told = Math.min(control[Control.NOTES_END] >>> 0, notes?.byteLength ?? 0);
    return Math.min(this.words * data.BYTES_PER_ELEMENT, data.byteLength) + texts + told + this.#files.memory;
  }
  /** The function whose call has been on the stack for longest; 0: there is none. */
  get outermostSite(): number {
    return this.#files.writer.stack.outermostSite;
  }
  /** Whole tasks are left out from here on. */
  sample(sampled: Sampled): void {
    this.#sampled ??= new SampledWords(this.#files, this.#samples, sampled);
  }
  /** µs that the thread waited for the reader; wraps at 2^32. */
  get stalled(): Micros {
    return this.#ring.control[Control.STALLED] >>> 0;
  }
  /** Times that the thread tells are so far apart, about. */
  set apart(micros: Micros) {
    this.#ring.control[Control.STAMPS] = micros;
  }
  /** Callbacks that Node has made, where turns are told. */
  get turns(): number {
    return this.#ring.control[Control.TURNS];
  }
  get lost(): number {
    return Atomics.load(this.#ring.control, Control.LOST);
  }

  /** A look and, when it is time, a write. Returns whether the thread writes much, and shall be looked at soon again. `urgent` writes all that is there. */
  tick(now: Micros, siteCount: number, urgent: boolean): boolean {
    const since = this.#lastLook;
    let words = this.#look(now);
    // Words wait for the look after this one: where that comes late, their thread would wait for the reader, or may be gone.
    if (urgent || this.grace > 0) words += this.#look(micros());
    const before = this.words;
    if (urgent || this.#isDue(now)) this.#take(this.#safeWords);
    else if (this.#values.isFilling) this.#values.take();
    this.isPressed = this.words - before >= BATCH_WORDS;
    this.#sampled?.look(now);
    if (urgent || now >= this.#nextCounts) this.#count(now, siteCount);
    const until = Math.min(this.#previousLook, this.#waitingSince);
    this.#ring.control[Control.WRITTEN_TO] = until + this.grace;
    if (!this.closed && this.#sampled?.isWaiting !== true)
      this.held.see(this.#files.writer.stack, now, until);
    return words * 1000 > MANY_WORDS * (now - since);
  }

  /** A flush request not yet answered, or 0. */
  get request(): number {
    const request = Atomics.load(this.#ring.control, Control.FLUSH);
    return request === this.#flushed ? 0 : request;
  }

  /** Its thread has written its last word, and waits for END. */
  get isEnding(): boolean {
    return Atomics.load(this.#ring.control, Control.CLOSED) === 1 && !this.closed;
  }

  /** Everything before the request goes to the file, then the waiting thread is told. */
  flush(request: number, now: Micros, siteCount: number): void {
    const { control } = this.#ring;
    this.#look(now);
    this.#take(this.#seenWords);
    if (!this.isEnding) this.#count(now, siteCount);
    else {
      this.closed = true;
      this.#end(now, siteCount, () => this.#files.writer.end(now, this.stalled));
    }
    this.#flushed = request;
    control[Control.WRITTEN_TO] = now + this.grace;
    Atomics.store(control, Control.FLUSHED, request);
    Atomics.notify(control, Control.FLUSHED);
  }

  note(note: Note): void {
    if (this.#sampled === undefined || !this.#sampled.note(note)) this.#files.note(note);
  }

  /** Something happened: what is held in memory goes to the disk. @param said its thread said so, and all its words came before */
  keep(reason: string, now: Micros, siteCount: number, said: boolean): void {
    this.#look(now);
    if (!said) this.#look(now);
    this.#take(said ? this.#seenWords : this.#safeWords);
    if (this.#files.defersCounts) this.#count(now, siteCount, true);
    if (this.#sampled?.keepsLater(reason) !== true) this.#files.keep(reason, now);
  }

  /** The thread is gone: what it left is safe to read. */
  finish(now: Micros, siteCount: number): void {
    this.#look(now);
    this.#take(this.#seenWords);
    if (this.closed) this.#count(now, siteCount);
    // Its program has terminated it.
    else this.#end(now, siteCount, () => this.#hasAll && this.#files.writer.end(now, this.stalled));
    this.#files.close();
  }

  /** Of a thread that is gone: it wrote nothing where nobody reads, and did not stop within an event. */
  get #hasAll(): boolean {
    const { control, chunkWords } = this.#ring;
    const produced = control[Control.PRODUCED];
    const cursor = control[Control.CURSOR];
    if (cursor === (produced % CHUNKS) * chunkWords + this.#offset) return true;
    // It waited for room, and stood where its last chunk ends.
    return produced > 0 && cursor === control[Control.CHUNK_END + ((produced - 1) % CHUNKS)];
  }

  /** The ring is not looked at again. */
  release(): void {
    Atomics.store(this.#ring.control, Control.READER, Reader.DONE);
  }

  /** The last of the thread. */
  #end(now: Micros, siteCount: number, last: () => void = () => {}): void {
    this.#sampled?.end(now);
    this.#files.ending();
    this.#count(now, siteCount, true);
    this.#settleLoss();
    if (this.#files.ready()) last();
    this.#files.ended();
  }

  /** Returns how many words there are that the last look did not see. */
  #look(now: Micros): number {
    const { control, chunkWords } = this.#ring;
    this.#notes.take();
    let produced = Atomics.load(control, Control.PRODUCED);
    let cursor = Atomics.load(control, Control.CURSOR);
    for (let again = Atomics.load(control, Control.PRODUCED); again !== produced;) {
      produced = again;
      cursor = Atomics.load(control, Control.CURSOR);
      again = Atomics.load(control, Control.PRODUCED);
    }
    const start = (produced % CHUNKS) * chunkWords;
    const sameChunk = produced === this.#seenChunk;
    // Outside of its chunk: on the slow path, or in the scratch area.
    let words = cursor >= start && cursor <= start + chunkWords ? cursor - start : 0;
    if (sameChunk && words < this.#seenWords) words = this.#seenWords;
    this.#safeWords = sameChunk ? this.#seenWords : 0;
    this.#seenChunk = produced;
    this.#seenWords = words;
    const position = this.#position();
    const moved = position - this.#seenPosition;
    this.#seenPosition = position;
    this.#samples.add(position, this.#seenAt(now));
    if (moved > 0 && this.#waitingSince === Infinity) this.#waitingSince = this.#lastLook;
    this.#previousLook = this.#lastLook;
    this.#lastLook = now;
    return moved;
  }

  /** When the producer was where it is: a stall that began before this look does not end within it, or it would have gone on from there. */
  #seenAt(now: Micros): Micros {
    const since = Atomics.load(this.#ring.control, Control.STALLING);
    const stalled = ((now % 2 ** 32) - since) | 0;
    return since === 0 || stalled < 0 ? now : now - stalled;
  }

  /** Words of the thread up to where the producer is. */
  #position(): number {
    const { control, chunkWords } = this.#ring;
    let position = this.words - this.#offset;
    for (let chunk = this.#chunks; chunk < this.#seenChunk; chunk++) {
      position += control[Control.CHUNK_END + (chunk % CHUNKS)] - (chunk % CHUNKS) * chunkWords;
    }
    return position + this.#seenWords;
  }

  #isDue(now: Micros): boolean {
    return (
      this.#seenChunk > this.#chunks ||
      this.#safeWords - this.#offset >= BATCH_WORDS ||
      now - this.#waitingSince >= BATCH_MICROS
    );
  }

  /** Takes all finished chunks, and the chunk in use up to `upTo` words. */
  #take(upTo: number): void {
    const { control, chunkWords } = this.#ring;
    this.#values.take();
    while (this.#chunks < this.#seenChunk) {
      const chunk = this.#chunks % CHUNKS;
      const start = chunk * chunkWords;
      const end = control[Control.CHUNK_END + chunk];
      const cut = end - start - this.#offset - this.#write(start + this.#offset, end);
      // A multi-word event that ran over the chunk's end (deeper recursion than SLACK_WORDS).
      if (cut > 0) Atomics.add(control, Control.LOST, cut);
      this.#offset = 0;
      this.#chunks++;
      Atomics.store(control, Control.CONSUMED, this.#chunks);
      Atomics.notify(control, Control.CONSUMED);
    }
    const start = (this.#chunks % CHUNKS) * chunkWords;
    if (upTo > this.#offset) this.#offset += this.#write(start + this.#offset, start + upTo);
    this.#waitingSince = this.#seenWords > this.#offset ? this.#previousLook : Infinity;
  }

  #settleLoss(): void {
    const { writer } = this.#files;
    const { lost } = this;
    if (lost !== writer.lost) writer.stack.disown();
    writer.lost = lost;
  }

  /** Writes a frame; returns the words that are dealt with. */
  #write(from: number, to: number): number {
    if (to <= from) return 0;
    this.#settleLoss();
    if (!this.#files.ready()) {
      Atomics.add(this.#ring.control, Control.LOST, to - from);
      return to - from;
    }
    const { data } = this.#ring;
    const taken = this.#sampled?.take(data, from, to) ?? this.#encode(data, from, to);
    this.see?.(data, from, from + taken);
    return taken;
  }

  #encode(words: Int32Array, from: number, to: number): number {
    const { writer } = this.#files;
    const { wordCount } = writer.stack;
    const taken = writer.events(words, from, to, this.#samples.around(wordCount, wordCount + to - from));
    this.#samples.forget(wordCount + taken);
    return taken;
  }

  #count(now: Micros, siteCount: number, forced = false): void {
    if (this.#files.defersCounts && !forced) return;
    this.#nextCounts = now + COUNTS_MICROS + (siteCount + this.#edges.count) * COUNTS_MICROS_PER_SITE;
    this.#edges.take(now, this.seeCalls);
    const { hits } = this.#ring;
    const count = Math.min(siteCount, hits.length);
    if (this.#counted.length < count) {
      const before = this.#counted;
      (this.#counted = new Float64Array(Math.min(hits.length, count * 2))).set(before);
    }
    const counted = this.#counted;
    const sites: number[] = [];
    const deltas: number[] = [];
    for (let site = 0; site < count; site++) {
      const value = hits[site];
      if (value === counted[site]) continue;
      sites.push(site);
      deltas.push(value - counted[site]);
      counted[site] = value;
    }
    if (sites.length > 0 && this.#files.ready()) this.#files.writer.counts(sites, deltas, sites.length, now);
  }
}
