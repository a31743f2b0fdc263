/** Traces of tasks: which of them somebody asked for. Pure. */
import { MAX_TRACES, TRACE_SECONDS, type TaskTraceRequest, type TraceState } from '../wire/control.ts';

type Micros = number;

/** The same trace makes flight recorders keep so often. */
const AGAIN_MICROS = 1_000_000;

/** A task that has ended. */
export interface EndedTask {
  kind: string;
  name: string;
  /** ms */
  took: number;
  status: number;
}

interface TaskTrace {
  number: number;
  label: string;
  kind: string | undefined;
  name: RegExp | undefined;
  slowerThanMs: number | undefined;
  status: number | undefined;
  /** Tasks that ended, and matched. */
  tasks: number;
  endsAt: Micros;
  keptAt: Micros;
}

export class TaskTraces {
  readonly #traces = new Map<number, TaskTrace>();

  get size(): number {
    return this.#traces.size;
  }

  /** @throws Error with a sentence when the name is no pattern, or there are too many traces. */
  add(request: TaskTraceRequest, number: number, now: Micros): TraceState {
    if (this.#traces.size >= MAX_TRACES) throw new Error(`there are ${MAX_TRACES} traces of tasks already`);
    const { kind, name, slowerThanMs, status, seconds = TRACE_SECONDS, label = 'tasks' } = request;
    const trace: TaskTrace = {
      number,
      label,
      kind,
      name: name === undefined ? undefined : new RegExp(name),
      slowerThanMs,
      status,
      tasks: 0,
      endsAt: now + seconds * 1e6,
      keptAt: -Infinity,
    };
    this.#traces.set(number, trace);
    return stateOf(trace, now);
  }

  /** Undefined: there is no such trace. */
  stop(number: number, now: Micros): TraceState | undefined {
    const trace = this.#traces.get(number);
    this.#traces.delete(number);
    return trace && stateOf(trace, now);
  }

  expire(now: Micros): void {
    for (const { number, endsAt } of this.#traces.values()) if (now >= endsAt) this.#traces.delete(number);
  }

  clear(): void {
    this.#traces.clear();
  }

  states(now: Micros): TraceState[] {
    return [...this.#traces.values()].map((trace) => stateOf(trace, now));
  }

  /** Somebody asked for this task by its kind or name, whatever else of it is not known yet. */
  wants(kind: string, name: string): boolean {
    for (const trace of this.#traces.values())
      if ((trace.kind !== undefined || trace.name !== undefined) && isNamed(trace, kind, name)) return true;
    return false;
  }

  /** Why flight recorders are to keep; undefined: nobody asked for it, or it has just been kept. */
  ended({ kind, name, took, status }: EndedTask, now: Micros): string | undefined {
    let reason: string | undefined;
    for (const trace of this.#traces.values()) {
      if (!isNamed(trace, kind, name)) continue;
      if (trace.slowerThanMs !== undefined && took <= trace.slowerThanMs) continue;
      if (trace.status !== undefined && trace.status !== status) continue;
      trace.tasks++;
      if (now - trace.keptAt < AGAIN_MICROS) continue;
      trace.keptAt = now;
      reason ??= `task ${name}: ${status}, ${Math.round(took * 10) / 10} ms (trace ${trace.number})`;
    }
    return reason;
  }
}

const isNamed = (trace: TaskTrace, kind: string, name: string): boolean =>
  (trace.kind === undefined || trace.kind === kind) && (trace.name === undefined || trace.name.test(name));

const stateOf = ({ number, label, tasks, endsAt }: TaskTrace, now: Micros): TraceState => ({
  trace: number,
  label,
  functions: 0,
  calls: 0,
  maxCalls: 0,
  tasks,
  secondsLeft: Math.max(0, (endsAt - now) / 1e6),
});
