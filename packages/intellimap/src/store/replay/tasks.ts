/**
 * Causal chains of one thread. A task lives in a slot while something holds it (a root call on the stack, an async call that has not
 * ended, a declared task that is not done); when the last hold goes, it becomes a row or just a count.
 */
import { RecentMap } from '@intellimap/probe/wire';
import { doubled } from './doubled.ts';
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
  /** µs that its turns had the stack, stalls left out. */
  busy: number;
  /** µs of stalls in its turns. */
  stalled: number;
  /** How often an async function of it waited. */
  awaits: number;
  errors: number;
  open: boolean;
  /** Of a request that said so: the trace that it is part of, and the span that made it, hex digits. */
  trace: string | null;
  parent: string | null;
  /** Of a scenario or a step of one: what came of it. */
  result: TaskResult | null;
}

export const TASK_RESULTS = ['passed', 'failed', 'skipped'] as const;
export type TaskResult = (typeof TASK_RESULTS)[number];

/** What a note says of a declared task. */
export type TaskNote = Pick<TaskRow, 'kind' | 'name' | 'trace' | 'parent'> & { result?: TaskResult };

/** A task at least this long (µs) always has a row. */
const LONG_MICROS = 1000;
/** Rows for the slowest of the shorter tasks. */
const SHORT_ROWS = 10_000;
/** Tasks of a thread that may go on, when something they scheduled runs, at least. */
const RESTING = 20_000;

/** Rows of all threads of a run. */
export class TaskKeeper {
  total = 0;
  /** [thread][task id] the task that it is part of; 0: it is one of its own. No `Map`: one has room for 16 million, and long runs have more turns. */
  private readonly parts: Int32Array[] = [];
  private kept: TaskRow[] = [];
  private short: TaskRow[] = [];
  private shortest = -1;

  add(row: TaskRow): void {
    this.total++;
    const duration = row.end - row.start;
    if (duration >= LONG_MICROS || row.errors > 0 || row.open) this.kept.push(row);
    else if (duration > this.shortest) this.short.push(row);
    if (this.short.length >= 2 * SHORT_ROWS) this.#cut();
  }

  /** From now on, what is said of `id` is said of `other`. */
  join(thread: number, id: number, other: number): void {
    let parts = (this.parts[thread] ??= new Int32Array(64));
    if (id >= parts.length) {
      const longer = new Int32Array(Math.max(2 * parts.length, id + 1));
      longer.set(parts);
      this.parts[thread] = parts = longer;
    }
    parts[id] = other;
  }

  /** The task that a task is part of, or itself. */
  idOf(thread: number, id: number): number {
    const parts = this.parts[thread];
    if (parts === undefined) return id;
    let whole = id;
    for (let next = parts[whole]; next > 0; next = parts[whole]) whole = next;
    return whole;
  }

  /** An error was seen in a task of which that was not known before: it shall have a row, if it still is there. */
  failed(thread: number, id: number): void {
    const isIt = (row: TaskRow): boolean => row.thread === thread && row.id === id;
    const at = this.short.findIndex(isIt);
    if (at >= 0) this.kept.push(...this.short.splice(at, 1));
    const row = this.kept.findLast(isIt);
    if (row !== undefined) row.errors++;
  }

  rows(): TaskRow[] {
    this.#cut();
    return [...this.kept, ...this.short].toSorted((a, b) => a.thread - b.thread || a.id - b.id);
  }

  #cut(): void {
    if (this.short.length <= SHORT_ROWS) return;
    this.short.sort((a, b) => b.end - b.start - (a.end - a.start));
    this.short.length = SHORT_ROWS;
    const last = this.short.at(-1)!;
    this.shortest = last.end - last.start;
  }
}

const NO_TASK = -1;

/** Open tasks of one thread. */
export class ThreadTasks {
  /** [slot] calls begun; public so that the replay counts without a call. */
  calls = new Float64Array(64);
  /** [slot] µs that its turns had the stack, of stalls in them, and how often its async functions waited; public as above. */
  busy = new Float64Array(64);
  stalled = new Float64Array(64);
  awaits = new Float64Array(64);
  private readonly keeper: TaskKeeper;
  private readonly thread: number;
  /** [slot] */
  private readonly slots: TaskRow[] = [];
  private readonly holds: number[] = [];
  /** [slot] the task that it turned out to be part of. */
  private readonly into: TaskSlot[] = [];
  private readonly free: TaskSlot[] = [];
  /** Declared tasks by the id the probe gave them. */
  private readonly slotOfDeclared = new Map<number, TaskSlot>();
  private readonly described = new Map<number, TaskNote>();
  /** Task id → its slot, of tasks that something holds. */
  private readonly slotOf = new Map<number, TaskSlot>();
  /** Task id → what it has come to, of those that nothing holds; the oldest first. */
  private readonly resting: RecentMap<number, TaskRow>;
  /** Declared tasks that are done → their task id: a flight recorder tells what they are when it keeps. */
  private readonly past = new RecentMap<number, number>(RESTING);
  /** Declared tasks that were given up, and of which no word has come. */
  private readonly gone = new Set<number>();
  private main: TaskSlot = NO_TASK;
  /** Modules are still being run for the first time. */
  private starting = true;
  private ids = 0;

  constructor(thread: number, keeper: TaskKeeper) {
    this.thread = thread;
    this.keeper = keeper;
    this.resting = new RecentMap(RESTING, (row) => keeper.add(row));
  }

  /** Task of a root call, held until the call releases it. */
  root(fn: FunctionNo, isModule: boolean, time: number): TaskSlot {
    if (isModule && this.starting) {
      if (this.main === NO_TASK) this.main = this.#open('main', fn, time);
      // Modules run before those that import them: the last one is the program's entry.
      this.slots[this.main].fn = fn;
      return this.hold(this.main);
    }
    this.#endStart(time);
    return this.#open(isModule ? 'import' : 'callback', fn, time);
  }

  /**
   * A task that was taken for one of its own turns out to be part of another: what it has come to, and will, is added there. Nothing
   * happens when that one is too long ago.
   */
  join(id: number, other: number): void {
    const into = this.keeper.idOf(this.thread, other);
    if (into === this.keeper.idOf(this.thread, id)) return;
    const target = this.#held(into);
    if (target === undefined) return;
    this.keeper.join(this.thread, id, into);
    const slot = this.slotOf.get(id);
    const resting = this.resting.get(id);
    if (slot !== undefined) this.into[slot] = target;
    else {
      if (resting !== undefined) this.#add(resting, target);
      this.resting.delete(id);
      this.release(target, this.slots[target].end);
    }
  }

  /** Slot of a task that began, held once more; undefined when it is too long ago. */
  #held(id: number): TaskSlot | undefined {
    const slot = this.slotOf.get(id);
    if (slot !== undefined) return this.hold(slot);
    const row = this.resting.get(id);
    if (row === undefined) return undefined;
    this.resting.delete(id);
    return this.#place(row);
  }

  #add({ calls, busy, stalled, awaits, errors, end }: TaskRow, slot: TaskSlot): void {
    this.calls[slot] += calls;
    this.busy[slot] += busy;
    this.stalled[slot] += stalled;
    this.awaits[slot] += awaits;
    this.slots[slot].errors += errors;
    this.touch(slot, end);
  }

  hold(slot: TaskSlot): TaskSlot {
    this.holds[slot]++;
    return slot;
  }

  release(slot: TaskSlot, time: number): void {
    const task = this.slots[slot];
    if (time > task.end) task.end = time;
    if (--this.holds[slot] === 0) this.#close(slot, false);
  }

  /** What a declared task is; may arrive before or after its turns. */
  describe(id: number, note: TaskNote): void {
    this.described.set(id, note);
    const past = this.past.get(id);
    const slot = this.slotOfDeclared.get(id) ?? (past === undefined ? undefined : this.slotOf.get(past));
    const task = slot === undefined ? past !== undefined && this.resting.get(past) : this.slots[slot];
    if (task) Object.assign(task, note);
  }

  /** Task id of a declared task; 0: it is not known, or was too long ago. */
  idOfDeclared(id: number): number {
    const slot = this.slotOfDeclared.get(id);
    return (slot === undefined ? this.past.get(id) : this.slots[slot].id) ?? 0;
  }

  /** Slot of a declared task, opened on first mention. */
  declared(id: number, time: number): TaskSlot {
    const known = this.slotOfDeclared.get(id);
    if (known !== undefined) return known;
    const note = this.described.get(id);
    const slot = this.#open('task', 0, time);
    Object.assign(this.slots[slot], note);
    this.slotOfDeclared.set(id, slot);
    return slot;
  }

  done(id: number, time: number): void {
    const slot = this.slotOfDeclared.get(id);
    if (slot === undefined) return;
    this.slotOfDeclared.delete(id);
    this.described.delete(id);
    this.past.set(id, this.slots[slot].id);
    this.release(slot, time);
  }

  /** Nobody knows when a declared task was over: it ended with what was last seen of it. May arrive before its turns. */
  abandoned(id: number): void {
    const slot = this.slotOfDeclared.get(id);
    if (slot === undefined) this.gone.add(id);
    else this.done(id, this.slots[slot].end);
  }

  touch(slot: TaskSlot, time: number): void {
    const task = this.slots[slot];
    if (time > task.end) task.end = time;
  }

  error(slot: TaskSlot): void {
    this.slots[slot].errors++;
  }

  firstCall(slot: TaskSlot, fn: FunctionNo): void {
    const task = this.slots[slot];
    if (task.fn === 0) task.fn = fn;
  }

  idOf(slot: TaskSlot): number {
    return slot === NO_TASK ? 0 : this.slots[slot].id;
  }

  finish(time: number): void {
    this.#endStart(time);
    for (const id of this.gone) if (this.slotOfDeclared.has(id)) this.abandoned(id);
    // The youngest first: a task is part of an older one, and is added to it before that is closed.
    const held = [...this.slots.keys()].filter((slot) => this.holds[slot] > 0);
    for (const slot of held.toSorted((a, b) => this.slots[b].id - this.slots[a].id)) {
      const task = this.slots[slot];
      if (time > task.end) task.end = time;
      this.#close(slot, true);
    }
    for (const row of this.resting.values()) this.keeper.add(row);
    this.resting.clear();
  }

  #endStart(time: number): void {
    if (!this.starting) return;
    this.starting = false;
    // The main task's own hold ends here; it is no reason to move its end.
    if (this.main !== NO_TASK) this.release(this.main, Math.min(time, this.slots[this.main].end));
  }

  /** A new task with one hold on it. */
  #open(kind: string, fn: FunctionNo, time: number): TaskSlot {
    return this.#place({
      thread: this.thread,
      id: ++this.ids,
      kind,
      name: null,
      fn,
      start: time,
      end: time,
      calls: 0,
      busy: 0,
      stalled: 0,
      awaits: 0,
      errors: 0,
      open: false,
      trace: null,
      result: null,
      parent: null,
    });
  }

  #place(row: TaskRow): TaskSlot {
    const slot = this.free.pop() ?? this.slots.length;
    if (slot >= this.calls.length) {
      this.calls = doubled(this.calls);
      this.busy = doubled(this.busy);
      this.stalled = doubled(this.stalled);
      this.awaits = doubled(this.awaits);
    }
    this.calls[slot] = row.calls;
    this.busy[slot] = row.busy;
    this.stalled[slot] = row.stalled;
    this.awaits[slot] = row.awaits;
    this.slots[slot] = row;
    this.holds[slot] = 1;
    this.into[slot] = NO_TASK;
    this.slotOf.set(row.id, slot);
    return slot;
  }

  #close(slot: TaskSlot, open: boolean): void {
    const row = this.slots[slot];
    const into = this.into[slot];
    this.holds[slot] = 0;
    row.calls = this.calls[slot];
    row.busy = this.busy[slot];
    row.stalled = this.stalled[slot];
    row.awaits = this.awaits[slot];
    row.open = open;
    this.free.push(slot);
    this.slotOf.delete(row.id);
    if (into !== NO_TASK) {
      this.#add(row, into);
      // One that has not ended goes on holding it.
      if (!open) this.release(into, row.end);
    } else if (open) this.keeper.add(row);
    else this.resting.set(row.id, row);
  }
}
