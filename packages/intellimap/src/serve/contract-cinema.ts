/** Questions of the cinema: lanes in a stretch of time, and what holds at a moment. Types only; a part of `contract.ts`. */
import type { ColumnsOf } from '../base/columns.ts';
import type { Packed } from '../base/packed.ts';
import type {
  CallTree,
  ExecutionFrame,
  Overview,
  SourceLines,
  Step,
  StepWhat,
  TaskLanesColumns,
  TaskLanesHead,
  TimeWindow,
  WhyChain,
} from '../query/index.ts';

export type {
  CallTree,
  ExecutionFrame,
  LiveCall,
  NamedFunction,
  Overview,
  SourceLine,
  SourceLines,
  StateAt,
  Step,
  StepWhat,
  TaskLane,
  ThreadMoment,
  TimeWindow,
  ValueShown,
  WhyChain,
  WhyLink,
} from '../query/index.ts';

interface OfRun {
  run?: string;
}

export interface CinemaQuestions {
  overview: { ask: OfRun & { px: number }; answer: Overview };
  /** Bars of the lanes of threads; `px` as many as the window is wide. */
  window: { ask: OfRun & { t0: number; t1: number; px: number; depths?: number }; answer: TimeWindow };
  /** Lanes of tasks: the slowest of a window, or one. */
  tasks: { ask: OfRun & AskedTasks; answer: TaskLanes };
  frame: { ask: OfRun & { t: number }; answer: ExecutionFrame };
  step: { ask: OfRun & AskedStep; answer: Step | null };
  /** Calls below one, or of a task. */
  tree: { ask: OfRun & { thread: number; call?: number; task?: number }; answer: Packed<CallTree> };
  /** Of an error of a call, or of a value: `nth` of the write, or `name` of what was written to or handed over. */
  why: { ask: OfRun & AskedWhy; answer: WhyChain };
  /** `thread` and `call`: what of the lines that call passed. */
  lines: { ask: OfRun & { path: string; thread?: number; call?: number }; answer: SourceLines };
}

export interface AskedTasks {
  t0: number;
  t1: number;
  /** At most so many of them. */
  limit?: number;
  /** Both: this task alone, whether it reaches into the window or not. */
  thread?: number;
  task?: number;
}

export interface AskedStep {
  t: number;
  direction: 'next' | 'previous';
  what: StepWhat;
  thread?: number;
  task?: number;
  function?: string;
  call?: number;
}

export interface AskedWhy {
  thread: number;
  call: number;
  nth?: number;
  name?: string;
  t?: number;
}

export type TaskLanes = ColumnsOf<TaskLanesHead, TaskLanesColumns>;
