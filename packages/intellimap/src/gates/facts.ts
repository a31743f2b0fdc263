/**
 * What several runs of one build did, in columns: entry k of each list belongs to run k. Ids outlive a build: of functions `ast_node_id`, of errors
 * their signature, of tasks kind and name.
 */
import type { BuildRun, RunFunction } from '../query/index.ts';

/** A number for each run; null: it is not known of that run, or there was nothing. */
export type PerRun = (number | null)[];

export interface RunHead {
  id: string;
  /** ms since the epoch */
  startedAt: number;
  durationMs: number | null;
  exitCode: number | null;
  signal: string | null;
  complete: boolean;
  /** Tasks have rows, one and all. */
  tasksWhole: boolean;
  /** ms of processors that the main threads took. */
  mainMs: number | null;
  /** The same of all threads but the recorder's. */
  cpuMs: number | null;
  /** Threads beside the main ones. */
  workers: number;
}

export interface FunctionFacts {
  name: string;
  path: string;
  line: number;
  endLine: number;
  hash: string | null;
  hits: number[];
  selfMs: PerRun;
}

export interface ErrorFacts {
  name: string;
  /** Of the first one. */
  message: string;
  path: string | null;
  line: number | null;
  count: number[];
}

export interface TaskFacts {
  path: string | null;
  line: number | null;
  count: number[];
  busyMs: PerRun;
  p50Ms: PerRun;
  p95Ms: PerRun;
  p99Ms: PerRun;
  calls: PerRun;
  awaits: PerRun;
  /** By `ast_node_id`. Absent: not all calls have a row. */
  queries?: Record<string, number[]>;
}

export interface BuildFacts {
  runs: RunHead[];
  /** By `ast_node_id`: those that ran in one of the runs, module bodies included. */
  functions: Record<string, FunctionFacts>;
  /** `ast_node_id` of functions in files that were loaded, and that ran in no run. */
  idle: string[];
  /** By signature. */
  errors: Record<string, ErrorFacts>;
  /** By `<kind> <name>`. */
  tasks: Record<string, TaskFacts>;
}

/** Columns of runs, in their order. */
export function factsOf(runs: readonly BuildRun[]): BuildFacts {
  const functions: Record<string, FunctionFacts> = Object.create(null);
  const seen = new Set<string>();
  runs.forEach((run, at) => {
    for (const each of run.functions) {
      seen.add(each.id);
      if (each.hits > 0) addFunction(functions, each, at, runs.length);
    }
  });
  return {
    runs: runs.map(headOf),
    functions: sorted(functions),
    idle: [...seen].filter((id) => functions[id] === undefined).toSorted(),
    errors: errorsOf(runs),
    tasks: tasksOf(runs),
  };
}

function headOf({ run, mainMs, cpuMs, workers }: BuildRun): RunHead {
  return {
    id: run.id,
    startedAt: run.ts,
    durationMs: run.duration_ms,
    exitCode: run.exit_code,
    signal: run.signal,
    complete: run.complete,
    tasksWhole: run.tasks_kept === run.tasks_total,
    mainMs: micros(mainMs),
    cpuMs: micros(cpuMs),
    workers,
  };
}

function addFunction(
  all: Record<string, FunctionFacts>,
  { id, name, path, line, endLine, hash, hits, selfMs }: RunFunction,
  at: number,
  runs: number,
): void {
  const facts = (all[id] ??= {
    name,
    path,
    line,
    endLine,
    hash,
    hits: zeros(runs),
    selfMs: nulls(runs),
  });
  Object.assign(facts, { name, path, line, endLine, hash });
  facts.hits[at] = hits;
  facts.selfMs[at] = micros(selfMs);
}

function errorsOf(runs: readonly BuildRun[]): BuildFacts['errors'] {
  const all: BuildFacts['errors'] = Object.create(null);
  runs.forEach((run, at) => {
    for (const { signature, name, message, path, line, count } of run.errors) {
      const facts = (all[signature] ??= { name, message, path, line, count: zeros(runs.length) });
      facts.count[at] += count;
    }
  });
  return sorted(all);
}

function tasksOf(runs: readonly BuildRun[]): BuildFacts['tasks'] {
  const all: BuildFacts['tasks'] = Object.create(null);
  const n = runs.length;
  runs.forEach((run, at) => {
    for (const task of run.tasks) {
      const facts = (all[`${task.kind} ${task.name}`] ??= {
        path: task.path,
        line: task.line,
        count: zeros(n),
        busyMs: nulls(n),
        p50Ms: nulls(n),
        p95Ms: nulls(n),
        p99Ms: nulls(n),
        calls: nulls(n),
        awaits: nulls(n),
        queries: {},
      });
      facts.count[at] = task.count;
      for (const what of ['busyMs', 'p50Ms', 'p95Ms', 'p99Ms', 'calls', 'awaits'] as const)
        facts[what][at] = micros(task[what]);
      if (task.queries === null) delete facts.queries;
      for (const [id, calls] of Object.entries(task.queries ?? {}))
        if (facts.queries) (facts.queries[id] ??= zeros(n))[at] = calls;
    }
  });
  return sorted(all);
}

const zeros = (n: number): number[] => Array.from({ length: n }, () => 0);
const nulls = (n: number): null[] => Array.from({ length: n }, () => null);
/** Six digits behind the point are enough of anything, and keep files small. */
const micros = (value: number | null): number | null =>
  value === null ? null : Math.round(value * 1e6) / 1e6;
export const sorted = <T>(all: Record<string, T>): Record<string, T> =>
  Object.fromEntries(Object.entries(all).toSorted(([a], [b]) => (a < b ? -1 : 1)));

/** What is known, of a column. */
export const known = (column: PerRun): number[] => column.filter((value) => value !== null);
