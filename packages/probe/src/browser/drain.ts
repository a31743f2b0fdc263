/**
 * Takes words out of the ring, by the thread that writes them: between two of its turns, and where a chunk is full. When which words were written is
 * noted at each look, from which times of words follow, as from the looks of the drain on Node.
 */
import type { BatchHead } from '../wire/batch.ts';
import { CHUNKS, Control, type Ring } from '../wire/ring.ts';
import type { Note } from '../wire/segment.ts';
import { micros } from './natives.ts';

/** What `take` hands over: the rest of a `BatchHead` is the sender's. */
export interface Taken extends Pick<BatchHead, 'at' | 'lost' | 'samples' | 'notes'> {
  modules?: number[];
  counts?: number[];
  words: Int32Array;
}

/** Notes that wait for somebody to take them; of more, only the number is told. */
const MAX_NOTES = 10_000;
/** Looks that are kept; of more, every second goes. */
const MAX_SAMPLES = 4096;

export class PageDrain {
  readonly #ring: Ring;
  /** Words taken so far, finished chunks, and words taken of the one after them. */
  #taken = 0;
  #chunks = 0;
  #offset = 0;
  /** Where words lie until they are encoded: memory that comes and goes has V8 collect its garbage. */
  #copy = new Int32Array(0);
  /** The last look at the words taken before, and those since. */
  #samples: (readonly [number, number])[] = [];
  #notes: Note[] = [];
  /** So far. */
  #notesLost = 0;
  #modules: number[] = [];
  readonly #begun = new Set<number>();
  /** Sites are 1 … #sites; how often each had been passed when that was last told. */
  #sites = 0;
  #counted = new Float64Array(0);

  constructor(ring: Ring) {
    this.#ring = ring;
  }

  /** Words that were written so far. */
  get position(): number {
    return this.#taken + this.waiting;
  }

  /** Words that were not taken yet. */
  get waiting(): number {
    const { control, chunkWords } = this.#ring;
    let words = -this.#offset;
    for (let chunk = this.#chunks; chunk < control[Control.PRODUCED]; chunk++)
      words += control[Control.CHUNK_END + (chunk % CHUNKS)] - (chunk % CHUNKS) * chunkWords;
    return words + this.#inUse();
  }

  /** Notes the time. */
  look(): void {
    const at = this.position;
    const time = micros();
    const samples = this.#samples;
    const { length } = samples;
    // Of each position the first and the last look.
    if (length > 1 && samples[length - 1][0] === at && samples[length - 2][0] === at) samples.pop();
    samples.push([at, Math.max(time, samples.at(-1)?.[1] ?? 0)]);
    if (samples.length > MAX_SAMPLES) this.#samples = samples.filter((_, index) => index % 2 === 0);
  }

  note(note: Note): void {
    if (this.#notes.length < MAX_NOTES) this.#notes.push(note);
    else this.#notesLost++;
  }

  /** Sites up to this one may be counted. */
  upTo(sites: number): void {
    this.#sites = Math.min(Math.max(sites, this.#sites), this.#ring.hits.length - 1);
  }

  /** A module begins, with so many sites from this one on. */
  module(base: number, count: number): void {
    if (this.#begun.has(base)) return;
    this.#begun.add(base);
    this.#modules.push(base);
    this.upTo(base + count - 1);
  }

  /** All that has come, and gone from the ring. Its words are the next call's, too. */
  take(): Taken {
    this.look();
    const { control } = this.#ring;
    if (this.#notes.length === MAX_NOTES) this.#notes.push({ t: 'notes lost', count: this.#notesLost });
    const words = this.#words();
    const head = {
      at: this.#taken,
      lost: control[Control.LOST],
      samples: this.#samples,
      notes: this.#notes,
      ...(this.#modules.length > 0 && { modules: this.#modules }),
      ...this.#counts(),
      words,
    };
    this.#taken += words.length;
    this.#samples = this.#samples.slice(-1);
    this.#notes = [];
    this.#modules = [];
    return head;
  }

  #counts(): { counts?: number[] } {
    const { hits } = this.#ring;
    if (this.#counted.length <= this.#sites) {
      const before = this.#counted;
      this.#counted = new Float64Array(this.#sites + 1);
      this.#counted.set(before);
    }
    const counts: number[] = [];
    for (let site = 1; site <= this.#sites; site++) {
      const calls = hits[site] - this.#counted[site];
      if (calls === 0) continue;
      counts.push(site, calls);
      this.#counted[site] = hits[site];
    }
    return counts.length > 0 ? { counts } : {};
  }

  /** Words of the chunk in use; none while they fall into the scratch area. */
  #inUse(): number {
    const { control, chunkWords } = this.#ring;
    const start = (control[Control.PRODUCED] % CHUNKS) * chunkWords;
    const cursor = control[Control.CURSOR];
    return cursor >= start && cursor <= start + chunkWords ? cursor - start : 0;
  }

  #words(): Int32Array {
    const { data, control, chunkWords } = this.#ring;
    const { waiting } = this;
    if (this.#copy.length < waiting) this.#copy = new Int32Array(waiting * 2);
    const words = this.#copy.subarray(0, waiting);
    let to = 0;
    const copy = (from: number, end: number): void => {
      if (end <= from) return;
      words.set(data.subarray(from, end), to);
      to += end - from;
    };
    for (; this.#chunks < control[Control.PRODUCED]; this.#chunks++) {
      const chunk = this.#chunks % CHUNKS;
      copy(chunk * chunkWords + this.#offset, control[Control.CHUNK_END + chunk]);
      this.#offset = 0;
    }
    const start = (this.#chunks % CHUNKS) * chunkWords;
    const inUse = this.#inUse();
    copy(start + this.#offset, start + inUse);
    this.#offset = Math.max(this.#offset, inUse);
    control[Control.CONSUMED] = this.#chunks;
    return words;
  }
}
