/** The consumer's side of notes that come through shared memory (`createNotes`). */
import { Control, type Ring } from '../wire/ring.ts';
import type { Note } from '../wire/segment.ts';

export class NoteConsumer {
  readonly #control: Int32Array;
  readonly #notes: Uint8Array | undefined;
  readonly #tell: (note: Note) => void;
  #read: number;
  #lost = 0;

  /** @param from where the circle's first note begins */
  constructor({ control, notes }: Pick<Ring, 'control' | 'notes'>, tell: (note: Note) => void, from = 0) {
    this.#control = control;
    this.#notes = notes;
    this.#tell = tell;
    this.#read = from;
  }

  /** Tells what is there. */
  take(): void {
    const end = Atomics.load(this.#control, Control.NOTES_END);
    if (this.#notes !== undefined && end !== this.#read) this.#takeTo(this.#notes, end);
    const lost = this.#control[Control.NOTES_LOST];
    if (lost === this.#lost) return;
    this.#lost = lost;
    this.#tell({ t: 'notes lost', count: lost });
  }

  #takeTo(notes: Uint8Array, end: number): void {
    const from = this.#read & (notes.length - 1);
    const length = (end - this.#read) | 0;
    const first = Buffer.from(notes.subarray(from, Math.min(from + length, notes.length)));
    const rest = Buffer.from(notes.subarray(0, length - first.length));
    this.#read = end;
    Atomics.store(this.#control, Control.NOTES_READ, end);
    for (const line of Buffer.concat([first, rest]).toString('latin1').split('\n')) this.#line(line);
  }

  #line(line: string): void {
    if (line === '') return;
    try {
      this.#tell(JSON.parse(line) as Note);
    } catch {
      // The program has written into the circle.
    }
  }
}
