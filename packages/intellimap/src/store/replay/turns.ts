/**
 * Whose turn it is: a declared task owns the calls that begin directly above the entry that was on top when its turn
 * began, and what they cause. Turns nest.
 */
import type { FunctionNo } from './program.ts';
import type { TaskSlot, ThreadTasks } from './tasks.ts';

/** No turn: less than the depth of an empty stack. */
const NONE = -2;

export class Turns {
  /** Depth (top entry; -1: an empty stack) at which new calls belong to the turn's task. */
  depth: number = NONE;
  private readonly tasks: ThreadTasks;
  private task: TaskSlot = 0;
  private readonly outer: [number, TaskSlot][] = [];

  constructor(tasks: ThreadTasks) {
    this.tasks = tasks;
  }

  /** Task of a call that begins in the turn, held for it. */
  hold(fn: FunctionNo): TaskSlot {
    this.tasks.firstCall(this.task, fn);
    return this.tasks.hold(this.task);
  }

  /** Returns the task. */
  begin(id: number, depth: number, time: number): TaskSlot {
    const slot = this.tasks.declared(id, time);
    if (this.depth !== NONE) this.outer.push([this.depth, this.task]);
    this.depth = depth;
    this.task = slot;
    return slot;
  }

  /** Ends the innermost turn. */
  end(id: number, time: number): void {
    this.tasks.touch(this.tasks.declared(id, time), time);
    [this.depth, this.task] = this.outer.pop() ?? [NONE, 0];
  }

  /** The stack was lost, and with it the places where turns began. */
  forget(): void {
    this.depth = NONE;
    this.outer.length = 0;
  }
}
