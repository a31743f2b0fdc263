/**
 * Who scheduled what runs without a caller. When a turn of the event loop has ended, a word says which turn (or async call) scheduled it: root
 * calls since the word before belong to the task of that one, and links lead to them from the call that ran there.
 *
 *     words   a{ }a [turn 1]   b{ }b [turn 2, a timeout that 1 scheduled]   c{ }c [microtasks, set off by 2]
 *     links   a ─ timeout ─▶ b ─ microtask ─▶ c
 */
import type { FrameId, TurnKind, TurnNumber } from '@intellimap/probe/wire';

/** Turns and async calls that are remembered: powers of two. What was scheduled longer ago has no link. */
const SIZE = 1 << 16;
/** Root calls of one turn that are remembered. */
const MAX_ROOTS = 100_000;
/** Rows of `links` that a run may have. */
const LINKS_LIMIT = 1_000_000;

export interface LinkRow {
  thread: number;
  from: number;
  to: number;
  kind: TurnKind;
}

/** Links of all threads of a run. */
export class LinkKeeper {
  total = 0;
  readonly rows: LinkRow[] = [];

  add(row: LinkRow): void {
    if (this.total++ < LINKS_LIMIT) this.rows.push(row);
  }
}

const FIRST_SIZE = 1 << 8;
const NONE = new Float64Array(0);

/** Call and task by key, the youngest SIZE keys. It grows: the replay of one frame meets few. */
class Memory {
  private keys = NONE;
  private calls = NONE;
  private tasks = NONE;

  set(key: number, call: number, task: number): void {
    while (this.keys.length < SIZE && !this.#isFree(key)) this.#grow();
    const at = key & (this.keys.length - 1);
    this.keys[at] = key;
    this.calls[at] = call;
    this.tasks[at] = task;
  }

  /** Gives back its 1.5 MiB; nothing can be asked of it any more. */
  drop(): void {
    this.keys = this.calls = this.tasks = NONE;
  }

  #isFree(key: number): boolean {
    const there = this.keys[key & (this.keys.length - 1)] ?? Infinity;
    return there === key || Number.isNaN(there);
  }

  #grow(): void {
    const { keys, calls, tasks } = this;
    const size = Math.max(FIRST_SIZE, keys.length * 2);
    this.keys = new Float64Array(size).fill(NaN);
    this.calls = new Float64Array(size);
    this.tasks = new Float64Array(size);
    for (let i = 0; i < keys.length; i++) if (!Number.isNaN(keys[i])) this.set(keys[i], calls[i], tasks[i]);
  }

  /** NaN: not known. */
  call = (key: number): number => this.#of(this.calls, key);
  task = (key: number): number => this.#of(this.tasks, key);

  #of(column: Float64Array, key: number): number {
    const at = key & (this.keys.length - 1);
    return this.keys[at] === key ? column[at] : NaN;
  }
}

/** A turn that has ended. */
export interface EndedTurn {
  /** 0: it has none, and schedules nothing by itself. */
  number: TurnNumber;
  kind: TurnKind;
  origin: number;
  byFrame: boolean;
}

/** A root call, and the task that it has. */
interface Root {
  call: number;
  task: number;
  /** Of its own, as nothing was known yet. */
  isLoose: boolean;
}

export class Causes {
  private readonly thread: number;
  private readonly links: LinkKeeper;
  /** `loose`, a task of its own, turns out to be part of `task`. False when that is too long ago. */
  private readonly join: (loose: number, task: number) => void;
  private readonly turnsKnown = new Memory();
  private readonly framesKnown = new Memory();
  /** Root calls since the last word about a turn. */
  private roots: Root[] = [];
  /** Task that came from outside since; NaN: none. */
  private fromOutside = NaN;
  /** Told the task of what was asked for. */
  answer: (id: number, task: number) => void = () => {};
  /** What was asked for since. */
  private asks: number[] = [];
  /** The root call that began last. */
  private lastRoot: Root | undefined;
  /** The last turn that was told. */
  last: TurnNumber = 0;

  constructor(thread: number, links: LinkKeeper, join: (loose: number, task: number) => void) {
    this.thread = thread;
    this.links = links;
    this.join = join;
  }

  /** A root call began. */
  root(call: number, task: number, isLoose: boolean): void {
    this.lastRoot = { call, task, isLoose };
    if (this.roots.length < MAX_ROOTS) this.roots.push(this.lastRoot);
  }

  /** Something is asked for while no call is on the stack, in the task of the turn. */
  asked(id: number): void {
    if (this.asks.length < MAX_ROOTS) this.asks.push(id);
  }

  /** A task that comes from outside begins: nobody here scheduled the turn. */
  declared(task: number): void {
    this.fromOutside = task;
  }

  /** @param isInside a call is on the stack: of a turn within it, or one that is told early */
  turn({ number, kind, origin, byFrame }: EndedTurn, isNested: boolean, isInside: boolean): void {
    const roots = this.roots;
    const declared = this.fromOutside;
    this.roots = [];
    this.fromOutside = NaN;
    if (number > 0) this.last = number;
    // `AsyncResource.runInAsyncScope` in a call: what it schedules is that call's.
    if (isNested && isInside) {
      if (number > 0 && this.lastRoot !== undefined)
        this.#remember(number, this.lastRoot.call, this.lastRoot.task);
      for (const root of roots) this.roots.push(root);
      this.fromOutside = declared;
      return;
    }
    const memory = byFrame ? this.framesKnown : this.turnsKnown;
    const isFromOutside = !Number.isNaN(declared);
    const from = isFromOutside ? NaN : memory.call(origin);
    const task = isFromOutside ? declared : memory.task(origin);
    for (const root of roots) this.#settle(root, from, task, kind);
    const first = roots.at(0);
    for (const id of this.asks.splice(0)) this.answer(id, (Number.isNaN(task) ? first?.task : task) ?? 0);
    if (number === 0) return;
    this.#remember(number, first?.call ?? from, Number.isNaN(task) ? (first?.task ?? NaN) : task);
  }

  #settle({ call, task: own, isLoose }: Root, from: number, task: number, kind: TurnKind): void {
    if (isLoose && !Number.isNaN(task)) this.join(own, task);
    if (!Number.isNaN(from)) this.links.add({ thread: this.thread, from, to: call, kind });
  }

  /** What was told of a turn first stays. */
  #remember(number: TurnNumber, call: number, task: number): void {
    if (Number.isNaN(this.turnsKnown.task(number))) this.turnsKnown.set(number, call, task);
  }

  /** An async call began. */
  frame(frame: FrameId, call: number, task: number): void {
    this.framesKnown.set(frame | 0, call, task);
  }

  /** No more words come. There may be hundreds of threads, and each checkpoint has what all of them hold. */
  finish(): void {
    this.turnsKnown.drop();
    this.framesKnown.drop();
  }

  /** Words are missing: which root calls were in which turn is not known. */
  forget(): void {
    this.roots = [];
    this.lastRoot = undefined;
    this.fromOutside = NaN;
    this.asks = [];
  }
}
