/**
 * Causal chains of one thread. A task lives in a slot while something holds it (a root call on the stack, an async call that has not
 * ended, a declared task that is not done); when the last hold goes, it becomes a row or just a count.
 */
import type { FunctionNo } from './program.ts';

export type TaskSlot = number;

export interface TaskRow {
  thread: number;
  id: number;
  kind: string;
  name: string | null;
  fn: FunctionNo;
  start: number;
  end: number;
  calls: number;
  errors: number;
  open: boolean;
}

/** A task at least this long (µs) always has a row. */
const LONG_MICROS = 1000;
/** Rows for the slowest of the shorter tasks. */
const SHORT_ROWS = 10_000;

/** Rows of all threads of a run. */
export class TaskKeeper {
  total = 0;
  #rows: TaskRow[] = [];
  #short: TaskRow[] = [];
  #shortest = -1;

  add(row: TaskRow): void {
    this.total++;
    const duration = row.end - row.start;
    if (duration >= LONG_MICROS || row.errors > 0 || row.open) this.#rows.push(row);
    else if (duration > this.#shortest) this.#short.push(row);
    if (this.#short.length >= 2 * SHORT_ROWS) this.#cut();
  }

  rows(): TaskRow[] {
    this.#cut();
    return [...this.#rows, ...this.#short].toSorted((a, b) => a.thread - b.thread || a.id - b.id);
  }

  #cut(): void {
    if (this.#short.length <= SHORT_ROWS) return;
    this.#short.sort((a, b) => b.end - b.start - (a.end - a.start));
    this.#short.length = SHORT_ROWS;
    const last = this.#short.at(-1)!;
    this.#shortest = last.end - last.start;
  }
}

const NO_TASK = -1;

/** Open tasks of one thread. */
export class ThreadTasks {
  /** [slot] calls begun; public so that the replay counts without a call. */
  calls = new Float64Array(64);
  readonly #keeper: TaskKeeper;
  readonly #thread: number;
  readonly #slots: (TaskRow & { holds: number })[] = [];
  readonly #free: TaskSlot[] = [];
  /** Declared tasks by the id the probe gave them. */
  readonly #declared = new Map<number, TaskSlot>();
  readonly #described = new Map<number, { kind: string; name: string | null }>();
  #main: TaskSlot = NO_TASK;
  /** Modules are still being run for the first time. */
  #starting = true;
  #ids = 0;

  constructor(thread: number, keeper: TaskKeeper) {
    this.#thread = thread;
    this.#keeper = keeper;
  }

  /** Task of a root call, held until the call releases it. */
  root(fn: FunctionNo, isModule: boolean, time: number): TaskSlot {
    if (isModule && this.#starting) {
      if (this.#main === NO_TASK) this.#main = this.#open('main', fn, time);
      // Modules run before those that import them: the last one is the program's entry.
      this.#slots[this.#main].fn = fn;
      return this.hold(this.#main);
    }
    this.#endStart(time);
    return this.#open(isModule ? 'import' : 'callback', fn, time);
  }

  hold(slot: TaskSlot): TaskSlot {
    this.#slots[slot].holds++;
    return slot;
  }

  release(slot: TaskSlot, time: number): void {
    const task = this.#slots[slot];
    if (time > task.end) task.end = time;
    if (--task.holds === 0) this.#close(slot, false);
  }

  /** What a declared task is; may arrive before or after its turns. */
  describe(id: number, kind: string, name: string | null): void {
    this.#described.set(id, { kind, name });
    const slot = this.#declared.get(id);
    if (slot !== undefined) Object.assign(this.#slots[slot], { kind, name });
  }

  /** Slot of a declared task, opened on first mention. */
  declared(id: number, time: number): TaskSlot {
    const known = this.#declared.get(id);
    if (known !== undefined) return known;
    const { kind, name } = this.#described.get(id) ?? { kind: 'task', name: null };
    const slot = this.#open(kind, 0, time);
    this.#slots[slot].name = name;
    this.#declared.set(id, slot);
    return slot;
  }

  done(id: number, time: number): void {
    const slot = this.#declared.get(id);
    if (slot === undefined) return;
    this.#declared.delete(id);
    this.#described.delete(id);
    this.release(slot, time);
  }

  touch(slot: TaskSlot, time: number): void {
    const task = this.#slots[slot];
    if (time > task.end) task.end = time;
  }

  error(slot: TaskSlot): void {
    this.#slots[slot].errors++;
  }

  firstCall(slot: TaskSlot, fn: FunctionNo): void {
    const task = this.#slots[slot];
    if (task.fn === 0) task.fn = fn;
  }

  idOf(slot: TaskSlot): number {
    return slot === NO_TASK ? 0 : this.#slots[slot].id;
  }

  finish(time: number): void {
    this.#endStart(time);
    for (const [slot, task] of this.#slots.entries())
      if (task.holds > 0) {
        if (time > task.end) task.end = time;
        this.#close(slot, true);
      }
  }

  #endStart(time: number): void {
    if (!this.#starting) return;
    this.#starting = false;
    // The main task's own hold ends here; it is no reason to move its end.
    if (this.#main !== NO_TASK) this.release(this.#main, Math.min(time, this.#slots[this.#main].end));
  }

  /** A new task with one hold on it. */
  #open(kind: string, fn: FunctionNo, time: number): TaskSlot {
    const slot = this.#free.pop() ?? this.#slots.length;
    if (slot >= this.calls.length) {
      const larger = new Float64Array(this.calls.length * 2);
      larger.set(this.calls);
      this.calls = larger;
    }
    this.calls[slot] = 0;
    this.#slots[slot] = {
      thread: this.#thread,
      id: ++this.#ids,
      kind,
      name: null,
      fn,
      start: time,
      end: time,
      calls: 0,
      errors: 0,
      open: false,
      holds: 1,
    };
    return slot;
  }

  #close(slot: TaskSlot, open: boolean): void {
    const { holds: _, ...row } = this.#slots[slot];
    this.#slots[slot].holds = 0;
    this.#keeper.add({ ...row, calls: this.calls[slot], open });
    this.#free.push(slot);
  }
}
