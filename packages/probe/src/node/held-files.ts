/**
 * The flight recorder of a process that another one of the run has started: what it holds is in files, `held/<pid>-<tid>/`, as it may be killed
 * as soon as it has said what it had to say, or end well although what it did was wrong. Whoever keeps moves them to `threads/`: the thread, its
 * process, or, when the whole run has ended, the recorder (FORMATS.md). The oldest are let go, as in memory.
 */
import fs from 'node:fs';
import path from 'node:path';
import { SegmentWriter, type Note, type SegmentHeader } from '../wire/segment.ts';
import { FLIGHT_SEGMENT_BYTES, PASSING } from './flight.ts';
import type { FlightSink } from './ended-flights.ts';
import { createSegment, segmentName, tellFailure, writeWhole } from './segment-name.ts';

/** Notes that do not pass stay, in a file of their own, the first. */
const NOTES = 0;
const MAX_WAITING = 1000;

interface HeldFile {
  number: number;
  size: number;
}

export class HeldFiles implements FlightSink {
  readonly writer: SegmentWriter;
  readonly defersCounts = true;
  readonly memory = 0;
  failure: unknown;
  readonly #folder: string;
  readonly #holdFolder: string;
  readonly #header: Omit<SegmentHeader, 'segment'>;
  readonly #limit: number;
  /** Oldest first; while `#fd` is open, the last one is being written. */
  readonly #held: HeldFile[] = [];
  #size = 0;
  #fd = -1;
  #number = 0;
  /** Notes that go with the next words. */
  readonly #waiting: Note[] = [];
  /** What is written is to stay. */
  #isKept = false;

  /** @param limit bytes that are held */
  constructor(runDir: string, thread: string, header: Omit<SegmentHeader, 'segment'>, limit: number) {
    this.#folder = path.join(runDir, 'threads', thread);
    this.#holdFolder = path.join(runDir, HELD, thread);
    this.#header = { ...header, flight: limit };
    this.#limit = limit;
    this.writer = new SegmentWriter((bytes) => this.#write(bytes));
  }

  ready(): boolean {
    if (this.failure !== undefined) return false;
    if (this.#fd >= 0 && this.writer.bytes < FLIGHT_SEGMENT_BYTES) return true;
    return this.#try(() => {
      this.#shut();
      if (this.#isKept) this.#begin(this.#folder, false);
      else this.#hold();
    });
  }

  #hold(): void {
    this.#begin(this.#holdFolder, true);
    while (this.#size > this.#limit && this.#held.length > 2) this.#letGo(this.#held.shift()!);
  }

  #letGo({ number, size }: HeldFile): void {
    this.#size -= size;
    fs.rmSync(path.join(this.#holdFolder, segmentName(number)), { force: true });
  }

  /** @param isHeld it may be let go */
  #begin(folder: string, isHeld: boolean): void {
    fs.mkdirSync(folder, { recursive: true });
    const { fd, number } = createSegment(folder, this.#number + 1);
    this.#fd = fd;
    this.#number = number;
    if (isHeld) this.#held.push({ number, size: 0 });
    this.writer.begin({ ...this.#header, segment: number });
    for (const note of this.#waiting.splice(0)) this.writer.note(note);
  }

  #write(bytes: Uint8Array): void {
    this.#try(() => writeWhole(this.#fd, bytes));
    if (this.#isKept) return;
    const held = this.#held.at(-1);
    if (held !== undefined) held.size += bytes.length;
    this.#size += bytes.length;
  }

  note(note: Note): void {
    // What passes says something about words near by, and goes with them.
    if (PASSING.has(note.t)) {
      // By itself it is not worth a file.
      if (this.#fd >= 0) return this.writer.note(note);
      this.#waiting.push(note);
      if (this.#waiting.length > MAX_WAITING) this.#waiting.shift();
    } else this.#try(() => addNote(this.#holdFolder, note));
    return undefined;
  }

  keep(reason: string, micros: number): void {
    if (this.left > 0) return this.keepLeft(reason, micros);
    if (this.ready()) this.writer.note({ t: 'kept', reason, micros });
    this.#shut();
    this.#move();
    return undefined;
  }

  ending(): void {
    this.#shut();
    this.#isKept = true;
  }

  ended(): void {
    this.#shut();
    this.#isKept = false;
  }

  close(): void {
    this.#shut();
  }

  get left(): number {
    return this.#fd < 0 ? this.#size : 0;
  }

  keepLeft(reason: string, micros: number): void {
    this.#try(() => addNote(this.#holdFolder, { t: 'kept', reason, micros }));
    this.#move();
  }

  letLeftGo(): void {
    while (this.#held.length > 0) this.#letGo(this.#held.shift()!);
  }

  #move(): void {
    this.#held.length = 0;
    this.#size = 0;
    this.#try(() => moveSegments(this.#holdFolder, this.#folder));
  }

  #shut(): void {
    if (this.#fd < 0) return;
    const fd = this.#fd;
    this.#fd = -1;
    this.#try(() => fs.closeSync(fd));
  }

  #try(action: () => void): boolean {
    if (this.failure !== undefined) return false;
    try {
      action();
      return true;
    } catch (error) {
      this.failure = error;
      tellFailure(this.#holdFolder, this.#number, error);
      return false;
    }
  }
}

/** Below the run folder. */
export const HELD = 'held';

function addNote(folder: string, note: Note): void {
  fs.mkdirSync(folder, { recursive: true });
  new SegmentWriter((bytes) => fs.appendFileSync(path.join(folder, segmentName(NOTES)), bytes)).note(note);
}

/** Names that are taken there are those of an earlier process with the same pid. */
function moveSegments(from: string, to: string): void {
  if (!fs.existsSync(from)) return;
  fs.mkdirSync(to, { recursive: true });
  for (const name of fs.readdirSync(from).toSorted()) {
    const { fd, number } = createSegment(to, Number.parseInt(name, 10));
    fs.closeSync(fd);
    fs.renameSync(path.join(from, name), path.join(to, segmentName(number)));
  }
  fs.rmSync(from, { recursive: true, force: true });
}

/** Of what processes held that are gone, so many bytes are left; the oldest go. */
export function limitHeld(runDir: string, limit: number): void {
  const folder = path.join(runDir, HELD);
  const left = readFolders(folder)
    .filter((name) => !isAlive(Number.parseInt(name, 10)))
    .map((name) => ({ name, ...sizeOf(path.join(folder, name)) }))
    .toSorted((a, b) => b.at - a.at);
  let bytes = 0;
  for (const { name, size } of left) {
    bytes += size;
    if (bytes > limit) fs.rmSync(path.join(folder, name), { recursive: true, force: true });
  }
}

function readFolders(folder: string): string[] {
  try {
    return fs.readdirSync(folder);
  } catch {
    return [];
  }
}

/** Others may be taking them away. */
function sizeOf(folder: string): { size: number; at: number } {
  let size = 0;
  let at = 0;
  for (const name of readFolders(folder)) {
    const stat = fs.statSync(path.join(folder, name), { throwIfNoEntry: false });
    size += stat?.size ?? 0;
    at = Math.max(at, stat?.mtimeMs ?? 0);
  }
  return { size, at };
}

function isAlive(pid: number): boolean {
  try {
    return process.kill(pid, 0);
  } catch (error) {
    return (error as NodeJS.ErrnoException).code === 'EPERM';
  }
}
