/** What became of turns, async calls and declared tasks, for those that come of them. What began before sampling did is kept. */
import { RecentMap } from '../wire/recent.ts';
import type { TurnNumber } from '../wire/turns.ts';
import { MAX_OPEN_FRAMES } from '../wire/stack.ts';
import type { FrameId } from '../wire/words.ts';
import { Fate } from './task-stack.ts';

/** Turns and async calls that are remembered as origins, as many as the replay remembers: a power of two. */
const SIZE = 1 << 16;
const MAX_TASKS = 1 << 15;

/** Flags of a turn beside its fate. */
const HAS_TASK = 4;
/** Flag of a frame beside its fate. */
const SUSPENDED = 4;

class Memory {
  readonly #keys = new Float64Array(SIZE).fill(NaN);
  readonly #values = new Uint8Array(SIZE);

  set(key: number, value: number): void {
    this.#keys[key & (SIZE - 1)] = key;
    this.#values[key & (SIZE - 1)] = value;
  }

  get(key: number): number | undefined {
    return this.#keys[key & (SIZE - 1)] === key ? this.#values[key & (SIZE - 1)] : undefined;
  }
}

/** What is known of an origin: its fate, and whether it has a task that others can be part of. */
export interface OriginFate {
  fate: Fate;
  hasTask: boolean;
}

export class Fates {
  readonly #turns = new Memory();
  readonly #frameOrigins = new Memory();
  readonly #frames = new RecentMap<FrameId, number>(MAX_OPEN_FRAMES);
  readonly #tasks = new RecentMap<number, Fate>(MAX_TASKS);
  readonly #undecided = { turns: [] as TurnNumber[], frames: [] as FrameId[], tasks: [] as number[] };

  setTurn(number: TurnNumber, fate: Fate, hasTask: boolean): void {
    this.#turns.set(number, fate | (hasTask ? HAS_TASK : 0));
    if (fate === Fate.UNDECIDED) this.#undecided.turns.push(number);
  }

  turn(number: TurnNumber): OriginFate | undefined {
    const value = this.#turns.get(number);
    return value === undefined ? undefined : { fate: (value & 3) as Fate, hasTask: value >= HAS_TASK };
  }

  /** Of a frame that scheduled something. */
  frameOrigin(frame: FrameId): OriginFate | undefined {
    const fate = this.#frameOrigins.get(frame | 0);
    return fate === undefined ? undefined : { fate: fate as Fate, hasTask: true };
  }

  openFrame(frame: FrameId, fate: Fate, isSuspended = false): void {
    const key = frame | 0;
    this.#frames.set(key, fate | (isSuspended ? SUSPENDED : 0));
    this.#frameOrigins.set(key, fate);
    if (fate === Fate.UNDECIDED) this.#undecided.frames.push(key);
  }

  /** Undefined: nobody saw it begin. */
  frame(frame: FrameId): Fate | undefined {
    const value = this.#frames.get(frame | 0);
    return value === undefined ? undefined : ((value & 3) as Fate);
  }

  suspend(frame: FrameId): void {
    const value = this.#frames.get(frame | 0);
    if (value !== undefined) this.#frames.set(frame | 0, value | SUSPENDED);
  }

  /** Whether it was suspended. */
  resume(frame: FrameId): boolean {
    const value = this.#frames.get(frame | 0);
    if (value === undefined || value < SUSPENDED) return false;
    this.#frames.set(frame | 0, value & 3);
    return true;
  }

  endFrame(frame: FrameId): void {
    this.#frames.delete(frame | 0);
  }

  setTask(task: number, fate: Fate): void {
    this.#tasks.set(task, fate);
    if (fate === Fate.UNDECIDED) this.#undecided.tasks.push(task);
  }

  task(task: number): Fate | undefined {
    return this.#tasks.get(task);
  }

  /** What waited for a decision. @param told each task among it */
  decide(fate: Fate, told: (task: number, fate: Fate) => void): void {
    const { turns, frames, tasks } = this.#undecided;
    for (const number of turns)
      if (this.turn(number)?.fate === Fate.UNDECIDED) this.#turns.set(number, fate | HAS_TASK);
    for (const frame of frames) {
      const value = this.#frames.get(frame);
      if (value !== undefined) this.#frames.set(frame, fate | (value & SUSPENDED));
      if (this.#frameOrigins.get(frame) === Fate.UNDECIDED) this.#frameOrigins.set(frame, fate);
    }
    for (const task of tasks) {
      this.#tasks.set(task, fate);
      told(task, fate);
    }
    turns.length = frames.length = tasks.length = 0;
  }
}
