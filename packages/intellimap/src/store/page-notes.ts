/** What a page tells beside its calls: notes → the last word of each. Recordings are not to be trusted: a field may hold anything. Pure. */
import { type Measured, type Note, type Vital, vitalsOf } from '@intellimap/probe/wire';
import { longOf, measuredOf, originOf } from './measured-notes.ts';
import { numberOf, textOf } from './thread-notes.ts';

/** Long tasks that a thread may have; the longest stay. */
const MAX_LONG = 2000;
/** What vitals are made of: a probe tells 10 000 of a type, and then the long ones. */
const MAX_MEASURED = 50_000;
/** Vitals and messages of which something is known; a probe tells 1000 messages. */
const MAX_VITALS = 1000;
const MAX_MESSAGES = 1001;

/** One of `vitalsOf`, at µs of the machine's clock; NaN: not known. */
export interface VitalNote extends Vital {
  at: number;
}

/** Numbers are NaN where they are not known; times in µs, `at` of the machine's clock. */
export interface LongNote {
  at: number;
  took: number;
  /** NaN: a task, not a frame. */
  blocking: number;
  render: number;
  url: string;
  function: string;
  invoker: string;
}

export interface ConsoleNote {
  id: number;
  at: number;
  /** The browser could not load something. */
  isLoad: boolean;
  message: string;
  count: number;
}

export class PageNotes {
  readonly messages = new Map<number, ConsoleNote>();
  private readonly measured: Measured[] = [];
  private origin = NaN;
  private allLong: LongNote[] = [];

  /** Whether the note is of this kind. */
  take(note: Note): boolean {
    if (note.t === 'entry') this.#entry(note);
    else if (note.t === 'console') this.#console(note);
    else return false;
    return true;
  }

  /** In the order of time. */
  long(): LongNote[] {
    this.#cut();
    return this.allLong.toSorted((a, b) => a.at - b.at);
  }

  /** So far, each with the visit that it is of. */
  vitals(): VitalNote[] {
    return vitalsOf(this.measured)
      .slice(0, MAX_VITALS)
      .map((vital) => ({ ...vital, at: Math.round(vital.at * 1000) + this.origin }));
  }

  #entry(note: Note): void {
    const long = longOf(note);
    const origin = originOf(note);
    if (Number.isFinite(origin)) this.origin = origin;
    if (long !== undefined) this.allLong.push(long);
    else if (this.measured.length < MAX_MEASURED) {
      const measured = measuredOf(note);
      if (measured.entryType !== 'resource') this.measured.push(measured);
    }
    if (this.allLong.length >= 2 * MAX_LONG) this.#cut();
  }

  /** The first one of a number says what, those after it how often. */
  #console(note: Note & Record<string, unknown>): void {
    const id = numberOf(note['id']);
    const known = this.messages.get(id);
    const count = numberOf(note['count']);
    if (known !== undefined && count > known.count) known.count = count;
    if (known !== undefined || !Number.isSafeInteger(id) || this.messages.size >= MAX_MESSAGES) return;
    const [at, message] = [numberOf(note['micros']), textOf(note['message'])];
    if (Number.isFinite(at))
      this.messages.set(id, { id, at, isLoad: note['load'] === true, message, count: 1 });
  }

  #cut(): void {
    if (this.allLong.length <= MAX_LONG) return;
    this.allLong.sort((a, b) => b.took - a.took);
    this.allLong.length = MAX_LONG;
  }
}
