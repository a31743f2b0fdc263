/** The part of steering that is about tasks: which of them are kept, and which somebody traces. */
import { isSampled, Sampling, type SampleRate } from '../core/sampling.ts';
import { TaskTraces, type EndedTask } from '../core/task-traces.ts';
import type { TaskTraceRequest, TraceState } from '../wire/control.ts';
import type { Note } from '../wire/segment.ts';
import { micros } from './clock.ts';
import type { RingConsumer } from './consume.ts';

type Micros = number;

export class TaskSteering {
  readonly #consumers: ReadonlyMap<number, RingConsumer>;
  /** Turns are told: tasks can be told apart. */
  readonly canSample: boolean;
  /** Threads are to say how tasks end, or not any more. */
  readonly #wantEnds: (wanted: boolean) => void;
  readonly #sampling = new Sampling();
  readonly #traces = new TaskTraces();
  #endsWanted = false;

  constructor(
    consumers: ReadonlyMap<number, RingConsumer>,
    hasTurns: boolean,
    wantEnds: (wanted: boolean) => void,
  ) {
    this.#consumers = consumers;
    this.canSample = hasTurns;
    this.#wantEnds = wantEnds;
  }

  /** Share of the tasks that is kept; undefined: nobody asked for less than all. */
  get rate(): number | undefined {
    return this.#sampling.asked === undefined ? undefined : this.#sampling.rate;
  }

  adopt(tid: number, consumer: RingConsumer): void {
    const sampling = this.#sampling;
    if (sampling.asked === undefined) return;
    // A thread in which tasks are left out goes on with what it knows of them, whatever the rate becomes.
    consumer.sample({
      choose: (nth, named) =>
        isSampled(nth, tid, sampling.rate) || (named !== undefined && this.#isTraced(named)),
    });
  }

  #isTraced(task: Note & { kind?: unknown; name?: unknown }): boolean {
    return this.#traces.size > 0 && this.#traces.wants(String(task.kind), String(task.name));
  }

  /** @throws Error with a sentence where turns are not told */
  sample(asked: SampleRate): void {
    if (!this.canSample)
      throw new Error('tasks are not told apart here: tier minimal or edges, or --no-links');
    const reason = this.#sampling.set(asked);
    for (const [tid, consumer] of this.#consumers) this.adopt(tid, consumer);
    this.#tellRate(reason);
  }

  /** To be called often. @param bytes that the process has written */
  look(now: Micros, bytes: () => number): void {
    if (this.#sampling.asked === 'auto') this.#tellRate(this.#sampling.look(now, bytes()));
    if (!this.#endsWanted) return;
    this.#traces.expire(now);
    this.#follow();
  }

  #tellRate(reason: string | undefined): void {
    if (reason === undefined) return;
    const { rate } = this.#sampling;
    for (const consumer of this.#consumers.values())
      consumer.note({ t: 'rate', micros: micros(), rate, reason });
  }

  /** @throws Error with a sentence when it cannot be */
  trace(request: TaskTraceRequest, number: number, now: Micros): TraceState {
    const state = this.#traces.add(request, number, now);
    this.#follow();
    return state;
  }

  /** Undefined: there is no such trace of tasks. */
  stop(number: number, now: Micros): TraceState | undefined {
    const state = this.#traces.stop(number, now);
    this.#follow();
    return state;
  }

  stopAll(): void {
    this.#traces.clear();
    this.#follow();
  }

  traces(now: Micros): TraceState[] {
    return this.#traces.states(now);
  }

  /** A task ended, as its thread says. Why flight recorders are to keep, if they are. */
  ended(task: EndedTask): string | undefined {
    return this.#traces.ended(task, micros());
  }

  #follow(): void {
    const wanted = this.#traces.size > 0;
    if (wanted !== this.#endsWanted) this.#wantEnds((this.#endsWanted = wanted));
  }
}
