/** The consumer's side of sampling: what is kept of a thread's tasks goes to its segments, and how much is not is told there. */
import { Fate } from '../core/task-stack.ts';
import { TaskFilter } from '../core/task-filter.ts';
import { RecentMap } from '../wire/recent.ts';
import type { Note, Samples } from '../wire/segment.ts';
import type { SampleQueue } from '../wire/sample-queue.ts';
import type { Segments } from './segment-file.ts';

type Micros = number;

/** Words wait so long for the end of their turn, at most: a program that is stuck is told, too. */
const WAIT_MICROS = 1_000_000;
/** Between two notes of how much was left out. */
const TELL_MICROS = 1_000_000;
/** Notes of tasks that have not begun. */
const MAX_NOTES = 10_000;

/** Who decides about tasks. */
export interface Sampled {
  /** @param nth of its thread @param named what is known of a declared task */
  choose: (nth: number, named: Note | undefined) => boolean;
}

export class SampledWords {
  readonly #files: Segments;
  readonly #samples: SampleQueue;
  readonly #filter: TaskFilter;
  /** What tasks are, until it is decided about them. */
  readonly #notes = new RecentMap<unknown, Note>(MAX_NOTES);
  #waitsSince: Micros = 0;
  #waitsFor = -1;
  #nextTell: Micros = 0;
  #told = -1;
  /** What the flight recorder is to keep for when what waits is decided, and how many decisions there were before. */
  #keeps: { reason: string; after: number }[] = [];

  constructor(files: Segments, samples: SampleQueue, { choose }: Sampled) {
    this.#files = files;
    this.#samples = samples;
    this.#filter = new TaskFilter(
      (nth, task) => choose(nth, this.#notes.get(task)),
      (task, fate) => this.#decided(task, fate),
      files.writer.stack,
    );
  }

  get read(): number {
    return this.#filter.read;
  }

  /** Words wait for a decision: the stack is behind. */
  get isWaiting(): boolean {
    return this.#filter.kept.waiting > 0;
  }

  /** Takes whole events; returns how many words that were. */
  take(words: Int32Array, from: number, to: number): number {
    const taken = this.#filter.take(words, from, to);
    this.#write();
    return taken;
  }

  #write(): void {
    const { kept, read } = this.#filter;
    const { writer } = this.#files;
    if (kept.length > 0 && this.#files.ready()) {
      const samples = this.#moved(this.#samples.around(kept.from, kept.to), writer.stack.wordCount);
      writer.events(kept.words, 0, kept.length, samples);
    }
    kept.clear();
    this.#samples.forget(kept.waitsFrom(read));
  }

  /** Times of places among all words → among those that are kept, where at most the first and the last of a place count. */
  #moved({ count, at, micros }: Samples, first: number): Samples {
    const { kept } = this.#filter;
    const moved = { count: 0, at: new Float64Array(count), micros: new Float64Array(count) };
    for (let index = 0; index < count; index++) {
      const place = first + kept.placeOf(at[index]);
      const { count: made } = moved;
      const isThird = made >= 2 && moved.at[made - 1] === place && moved.at[made - 2] === place;
      const to = isThird ? made - 1 : moved.count++;
      moved.at[to] = place;
      moved.micros[to] = micros[index];
    }
    return moved;
  }

  /** To be called often. */
  look(now: Micros): void {
    const { kept, decisions } = this.#filter;
    if (kept.waiting === 0 || this.#waitsFor !== decisions) {
      this.#waitsFor = decisions;
      this.#waitsSince = now;
    } else if (now - this.#waitsSince > WAIT_MICROS) this.#giveUp();
    while (this.#keeps.length > 0 && this.#keeps[0].after < this.#filter.decisions)
      this.#files.keep(this.#keeps.shift()!.reason, now);
    if (now >= this.#nextTell) this.#tell(now);
  }

  #giveUp(): void {
    this.#filter.giveUp();
    if (this.#files.ready()) this.#write();
  }

  /** Whether it keeps that itself, later: the words at hand wait. */
  keepsLater(reason: string): boolean {
    const { kept, decisions } = this.#filter;
    if (kept.waiting > 0) this.#keeps.push({ reason, after: decisions });
    return kept.waiting > 0;
  }

  /** The thread has ended. */
  end(now: Micros): void {
    this.#giveUp();
    for (const { reason } of this.#keeps.splice(0)) this.#files.keep(reason, now);
    this.#tell(now);
  }

  /** What a task is, is written when it is kept. Returns whether the note is dealt with. */
  note(note: Note): boolean {
    if (note.t !== 'task') return false;
    const fate = this.#filter.fateOf(Number(note['id']));
    if (fate === Fate.KEPT) return false;
    if (fate === Fate.LEFT_OUT) return true;
    this.#notes.set(note['id'], note);
    return true;
  }

  #decided(task: number, fate: Fate): void {
    const note = this.#notes.get(task);
    this.#notes.delete(task);
    if (note !== undefined && fate === Fate.KEPT) this.#files.note(note);
  }

  #tell(now: Micros): void {
    this.#nextTell = now + TELL_MICROS;
    const { tasks, kept } = this.#filter;
    if (tasks.kept + kept.leftOut.words === this.#told) return;
    this.#told = tasks.kept + kept.leftOut.words;
    this.#files.note({
      t: 'sampling',
      micros: now,
      tasksKept: tasks.kept,
      tasksLeftOut: tasks.leftOut,
      tasksPartly: tasks.partly,
      ...kept.leftOut,
    });
  }
}
