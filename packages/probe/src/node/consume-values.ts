/** The consumer's side of a thread's values: texts that were published whole, with the counts of what was kept and let go. */
import { Control, LET_GO, type Ring } from '../wire/ring.ts';
import type { Segments } from './segment-file.ts';

export class ValueConsumer {
  readonly #control: Int32Array;
  readonly #texts: Uint8Array | undefined;
  readonly #files: Segments;
  /** Bytes taken so far. */
  #taken = 0;
  #counts: readonly number[] = [];

  constructor({ control, values }: Ring, files: Segments) {
    this.#control = control;
    this.#texts = values;
    this.#files = files;
  }

  /** The thread may soon wait for room, or does. */
  get isFilling(): boolean {
    const texts = this.#texts;
    return texts !== undefined && this.#end - this.#taken > texts.length >> 2;
  }

  get #end(): number {
    return Atomics.load(this.#control, Control.VALUES_END);
  }

  /** Writes what is there. To be called before words are written that may refer to it. */
  take(): void {
    const texts = this.#texts;
    if (texts === undefined) return;
    const end = this.#end;
    const counts = [...this.#control.subarray(Control.VALUES_KEPT, Control.VALUES_LET_GO + LET_GO.length)];
    const isNews = end !== this.#taken || counts.some((count, at) => count !== (this.#counts[at] ?? 0));
    if (!isNews) return;
    const from = this.#taken & (texts.length - 1);
    const length = end - this.#taken;
    const first = texts.subarray(from, Math.min(from + length, texts.length));
    const rest = texts.subarray(0, length - first.length);
    if (this.#files.ready()) this.#files.writer.values(this.#taken, [first, rest], counts);
    this.#counts = counts;
    this.#taken = end;
    Atomics.store(this.#control, Control.VALUES_READ, end);
    Atomics.notify(this.#control, Control.VALUES_READ);
  }
}
