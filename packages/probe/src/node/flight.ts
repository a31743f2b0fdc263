/**
 * The flight recorder: segments stay in memory, and the oldest are let go, until something happens that makes them worth keeping. Encoded as
 * on disk, a megabyte holds the last 3 to 20 million words of a thread. What notes say about (error signatures, tasks) is remembered
 * for the day of a keep.
 */
import fs from 'node:fs';
import { RecentMap } from '../wire/recent.ts';
import { SegmentWriter, type Note, type SegmentHeader } from '../wire/segment.ts';
import type { FlightSink } from './ended-flights.ts';
import { createSegment, tellFailure, writeWhole } from './segment-name.ts';

/** Segments are let go whole: small ones, so that little goes at a time. A thread holds at least two. */
export const FLIGHT_SEGMENT_BYTES = 1 << 18;
/** Tasks whose names are remembered, at least. */
const MAX_TASKS = 10_000;
/** Of notes that a running program goes on making, of each kind: the last so many are held. */
const MAX_NOTES = 1000;
const ENDLESS = ['gates', 'gc', 'gone', 'rate', 'resource'];
/** Of these the last one covers all before it. */
const TOTALS = new Set(['cost', 'sampling', 'notes lost']);
/** Kinds of notes that a running program goes on making: flight recorders let old ones go. */
export const PASSING: ReadonlySet<string> = new Set(['task', ...ENDLESS, ...TOTALS]);

interface Held {
  number: number;
  parts: Uint8Array[];
  size: number;
}

const sizeOf = (held: Held[]): number => held.reduce((sum, { size }) => sum + size, 0);

export class FlightSegments implements FlightSink {
  readonly writer: SegmentWriter;
  readonly defersCounts = true;
  failure: unknown;
  readonly #folder: string;
  readonly #header: Omit<SegmentHeader, 'segment'>;
  readonly #limit: number;
  /** Oldest first; the last one is being written. */
  #held: Held[] = [];
  #size = 0;
  #number = 0;
  readonly #always: Note[] = [];
  readonly #latest = new Map(ENDLESS.map((kind): [string, Note[]] => [kind, []]));
  readonly #tasks = new RecentMap<unknown, Note>(MAX_TASKS);
  /** Held by a thread that has ended. */
  #left: Held[] = [];
  /** Of each kind the last that was told: it covers all before it. */
  readonly #totals = new Map<string, Note>();

  /** @param limit bytes that are held */
  constructor(folder: string, header: Omit<SegmentHeader, 'segment'>, limit: number) {
    this.#folder = folder;
    this.#header = { ...header, flight: limit };
    this.#limit = limit;
    this.writer = new SegmentWriter((bytes) => this.#hold(bytes));
  }

  get memory(): number {
    return this.#size + this.left;
  }

  get left(): number {
    return sizeOf(this.#left);
  }

  keepLeft(reason: string, micros: number): void {
    this.#held = this.#left;
    this.#left = [];
    this.writer.note({ t: 'kept', reason, micros });
    this.#write();
  }

  letLeftGo(): void {
    this.#left = [];
  }

  ready(): boolean {
    if (this.#held.length > 0 && this.writer.bytes < FLIGHT_SEGMENT_BYTES) return true;
    this.#held.push({ number: ++this.#number, parts: [], size: 0 });
    while (this.#size > this.#limit && this.#held.length > 2) this.#size -= this.#held.shift()!.size;
    this.writer.begin({ ...this.#header, segment: this.#number });
    return true;
  }

  #hold(bytes: Uint8Array): void {
    const held = this.#held.at(-1)!;
    held.parts.push(bytes.slice());
    held.size += bytes.length;
    this.#size += bytes.length;
  }

  /** What says something about words to come, or about the run, is told again with each keep. */
  note(note: Note): void {
    if (TOTALS.has(note.t)) this.#totals.set(note.t, note);
    else if (note.t === 'task') this.#tasks.set(note['id'], note);
    else {
      const latest = this.#latest.get(note.t);
      (latest ?? this.#always).push(note);
      if (latest !== undefined && latest.length > MAX_NOTES) latest.shift();
    }
  }

  keep(reason: string, micros: number): void {
    if (this.#held.length === 0 && this.#left.length > 0) return this.keepLeft(reason, micros);
    this.ready();
    this.writer.note({ t: 'kept', reason, micros });
    this.#write();
  }

  ending(): void {
    this.#left = [...this.#left, ...this.#letGo()];
    while (this.left > this.#limit && this.#left.length > 2) this.#left.shift();
    this.ready();
  }

  ended(): void {
    const left = this.#left;
    this.#left = [];
    this.#write();
    this.#left = left;
  }

  close(): void {
    this.#letGo();
  }

  #letGo(): Held[] {
    const held = this.#held;
    this.#held = [];
    this.#size = 0;
    return held;
  }

  #write(): void {
    for (const notes of [this.#always, ...this.#latest.values()])
      for (const note of notes.splice(0)) this.writer.note(note);
    for (const note of this.#tasks.values()) this.writer.note(note);
    this.#tasks.clear();
    for (const note of this.#totals.values()) this.writer.note(note);
    const held = [...this.#left.splice(0), ...this.#letGo()];
    if (this.failure !== undefined) return;
    try {
      fs.mkdirSync(this.#folder, { recursive: true });
      for (const { number, parts } of held) {
        const { fd } = createSegment(this.#folder, number);
        try {
          for (const part of parts) writeWhole(fd, part);
        } finally {
          fs.closeSync(fd);
        }
      }
    } catch (error) {
      this.failure = error;
      tellFailure(this.#folder, this.#number, error);
    }
  }
}
