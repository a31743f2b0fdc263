/** What a page tells beside its calls: notes → the last word of each. Recordings are not to be trusted: a field may hold anything. Pure. */
import type { Note } from '@intellimap/probe/wire';
import { numberOf, textOf } from './thread-notes.ts';

/** Long tasks that a thread may have; the longest stay. */
const MAX_LONG = 2000;
/** Visits and messages of which something is known; a probe tells 1000 messages. */
const MAX_VITALS = 1000;
const MAX_MESSAGES = 1001;

/** Numbers are NaN where they are not known; times in µs of the machine's clock. */
export interface VitalNote {
  visit: number;
  name: string;
  /** ms, or a score */
  value: number;
  at: number;
  element: string | null;
  url: string | null;
  event: string | null;
  /** ms, see `vitals.detail`. */
  parts: number[];
}

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
  /** By visit and name. */
  readonly vitals = new Map<string, VitalNote>();
  readonly messages = new Map<number, ConsoleNote>();
  private allLong: LongNote[] = [];

  /** Whether the note is of this kind. */
  take(note: Note): boolean {
    if (note.t === 'vital') this.#vital(note);
    else if (note.t === 'long') this.#long(note);
    else if (note.t === 'console') this.#console(note);
    else return false;
    return true;
  }

  /** In the order of time. */
  long(): LongNote[] {
    this.#cut();
    return this.allLong.toSorted((a, b) => a.at - b.at);
  }

  #vital(note: Note & Record<string, unknown>): void {
    const { visit, name, value, micros, element, url, event, parts } = note;
    const key = `${numberOf(visit)} ${textOf(name)}`;
    if (!Number.isSafeInteger(visit) || !Number.isFinite(value)) return;
    if (this.vitals.size >= MAX_VITALS && !this.vitals.has(key)) return;
    this.vitals.set(key, {
      visit: numberOf(visit),
      name: textOf(name),
      value: numberOf(value),
      at: numberOf(micros),
      element: textOf(element) || null,
      url: textOf(url) || null,
      event: textOf(event) || null,
      parts: Array.isArray(parts) ? parts.map(numberOf) : [],
    });
  }

  #long(note: Note & Record<string, unknown>): void {
    const [at, took] = [numberOf(note['micros']), numberOf(note['took'])];
    if (!Number.isFinite(at) || !(took >= 0)) return;
    this.allLong.push({
      at,
      took,
      blocking: numberOf(note['blocking']),
      render: numberOf(note['render']),
      url: textOf(note['url']),
      function: textOf(note['function']),
      invoker: textOf(note['invoker']),
    });
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
