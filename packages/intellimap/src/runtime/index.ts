/**
 * `intellimap/runtime`: steer a recorded program from another process while it runs, its event loop stuck or not.
 *
 *     const runtime = attach({ root: '/home/me/shop' });
 *     const traces = await runtime.traceFunction('src/cart.ts', 'Cart.total', { seconds: 10 });
 *     await runtime.stopTrace(traces[0].id);
 *     await runtime.emergencyStop();
 *
 * Every call speaks to all processes of the run that are alive, or to the one that `pid` names.
 */
import type {
  ControlFile,
  ControlRequest,
  ControlResults,
  Limits,
  ProcessState,
  TraceState,
} from '@intellimap/probe/wire';
import { ExitCode, Fault } from '../base/fault.ts';
import { globProblem, namePattern, patternsOf, taskPattern } from '../load/globs.ts';
import { runNamed } from '../base/run-id.ts';
import { findRoot } from '../record/workspace.ts';
import { ask, NoAnswer } from './client.ts';
import { controlFiles, isAlive, newestRun, runsOf } from './find.ts';

export type { Limits, ProcessState } from '@intellimap/probe/wire';
export { checkEnvironment, type EnvironmentCheck } from './environment.ts';

export interface AttachOptions {
  /** Workspace, or a folder in it; the current folder by default. */
  root?: string;
  /** Id of a run or a unique beginning of it; by default the newest that has a process alive. */
  run?: string;
  /** One process of it only. */
  pid?: number;
}

export interface TraceOptions {
  /** The trace ends by itself after so long (60) … */
  seconds?: number;
  /** … or after so many calls in a process (1,000,000). */
  calls?: number;
}

/** Which tasks; all of it has to match. */
export interface TaskPredicate {
  /** As in the table `tasks`: `request`. */
  kind?: string;
  /** `GET /cart*`: `*` stands for anything. */
  name?: string;
  slowerThanMs?: number;
  /** Of the answer. */
  status?: number;
}

export interface TaskTraceOptions {
  /** Seconds after which the trace ends by itself (60). */
  expires?: number;
}

/** A trace in one process. `id` is `<pid>:<number>`. */
export interface RuntimeTrace extends TraceState {
  id: string;
  pid: number;
}

export interface Runtime {
  run: string;
  /** Opens the gates of all functions of the files that match, loaded now or later. */
  trace(modules: string | string[], options?: TraceOptions): Promise<RuntimeTrace[]>;
  /** The same for functions of a name: `Cart.total`, or `total` for any of that name, or with `*` for any part. */
  traceFunction(modules: string | string[], name: string, options?: TraceOptions): Promise<RuntimeTrace[]>;
  /** When a task that matches has ended, flight recorders keep; where tasks are sampled, those of the kind and name are kept, all that begin from now on. */
  traceTask(predicate: TaskPredicate, options?: TaskTraceOptions): Promise<RuntimeTrace[]>;
  /** The same runtime, for one process of the run. */
  traceProcess(pid: number): Runtime;
  /** @throws Fault when no such trace is there */
  stopTrace(id: string): Promise<RuntimeTrace>;
  listTraces(): Promise<RuntimeTrace[]>;
  /** Budgets of each process; beyond one, all gates of the process close. null takes a budget away. */
  setLimits(limits: Limits): Promise<ProcessState[]>;
  /** All gates close, traces end; nothing is recorded any more, until somebody traces again. */
  emergencyStop(reason?: string): Promise<ProcessState[]>;
  /** The flight recorders keep what they hold (`intellimap run --flight`). */
  keep(reason?: string): Promise<ProcessState[]>;
  /** What each process says of itself. */
  status(): Promise<ProcessState[]>;
}

/** @throws Fault (NOT_FOUND) when there is no such run or process, or none is alive. */
export function attach({ root = process.cwd(), run, pid }: AttachOptions = {}): Runtime {
  const workspace = findRoot(root);
  const id = run === undefined ? newestRun(workspace) : runNamed(runsOf(workspace), run);
  if (id === undefined)
    throw new Fault(
      ExitCode.NOT_FOUND,
      'no recorded program is running here',
      'start one: intellimap run -- <command>',
    );
  return runtimeOf(workspace, id, pid);
}

function runtimeOf(root: string, run: string, pid: number | undefined): Runtime {
  const targets = (): ControlFile[] => {
    const all = controlFiles(root, run).filter((each) => isAlive(each.pid));
    const found = pid === undefined ? all : all.filter((each) => each.pid === pid);
    if (found.length > 0) return found;
    const which = pid === undefined ? 'no process' : `no process ${pid}`;
    const others = all.map((each) => each.pid).join(', ');
    throw new Fault(
      ExitCode.NOT_FOUND,
      `${which} of run ${run} can be reached`,
      others ? `there is: ${others}` : 'it has ended, or started less than a tenth of a second ago',
    );
  };
  const askAll = <Op extends ControlRequest['op']>(request: Extract<ControlRequest, { op: Op }>) =>
    askEach<Op>(targets(), request);
  const trace = async (modules: string | string[], names: string[] | undefined, options: TraceOptions) => {
    const globs = [modules].flat();
    const label = [...globs, ...(names ?? [])].join(' ');
    const asked = await askAll<'trace'>({
      op: 'trace',
      files: patternsOf(checkedGlobs(globs)),
      ...(names ? { names: names.map(namePattern) } : {}),
      label,
      ...options,
    });
    return asked.map(({ pid, result }) => named(pid, result));
  };
  const status = async () => resultsOf(await askAll<'status'>({ op: 'status' }));
  return {
    run,
    trace: (modules, options = {}) => trace(modules, undefined, options),
    traceFunction: (modules, name, options = {}) => trace(modules, [name], options),
    async traceTask({ kind, name, slowerThanMs, status }, { expires } = {}) {
      const asked = await askAll<'traceTask'>({
        op: 'traceTask',
        ...defined({ kind, slowerThanMs, status, seconds: expires }),
        ...(name === undefined ? {} : { name: taskPattern(name) }),
        label: taskLabel({ kind, name, slowerThanMs, status }),
      });
      return asked.map(({ pid, result }) => named(pid, result));
    },
    traceProcess: (process) => runtimeOf(root, run, process),
    async stopTrace(id) {
      const [, process, number] = /^(\d+):(\d+)$/.exec(id) ?? [];
      const target = targets().find((each) => String(each.pid) === process);
      if (target === undefined) throw new Fault(ExitCode.NOT_FOUND, `no process has a trace ${id}`);
      return named(target.pid, await ask<'stop'>(target, { op: 'stop', trace: Number(number) }));
    },
    listTraces: async () => (await status()).flatMap(tracesOf),
    setLimits: async (limits) => resultsOf(await askAll<'limits'>({ op: 'limits', ...limits })),
    emergencyStop: async (reason) =>
      resultsOf(await askAll<'panic'>({ op: 'panic', ...(reason === undefined ? {} : { reason }) })),
    keep: async (reason) =>
      resultsOf(await askAll<'keep'>({ op: 'keep', ...(reason === undefined ? {} : { reason }) })),
    status,
  };
}

type Defined<T> = { [K in keyof T]?: Exclude<T[K], undefined> };

const defined = <T extends object>(fields: T): Defined<T> =>
  Object.fromEntries(Object.entries(fields).filter(([, value]) => value !== undefined)) as Defined<T>;

function taskLabel({ kind, name, slowerThanMs, status }: Defined<TaskPredicate> | TaskPredicate): string {
  const parts = [
    kind,
    name,
    slowerThanMs === undefined ? undefined : `slower than ${slowerThanMs} ms`,
    status === undefined ? undefined : `status ${status}`,
  ];
  return `task ${parts.filter((part) => part !== undefined).join(', ') || '*'}`;
}

interface Answered<T> {
  pid: number;
  result: T;
}

/** Those that answer; a process may end at any time. @throws NoAnswer when none does. */
async function askEach<Op extends ControlRequest['op']>(
  targets: ControlFile[],
  request: Extract<ControlRequest, { op: Op }>,
): Promise<Answered<ControlResults[Op]>[]> {
  const asked = await Promise.allSettled(
    targets.map(async (target) => ({ pid: target.pid, result: await ask<Op>(target, request) })),
  );
  const answered = asked.flatMap((each) => (each.status === 'fulfilled' ? [each.value] : []));
  const refused = asked.find((each) => each.status === 'rejected' && !(each.reason instanceof NoAnswer));
  const failed = refused ?? (answered.length === 0 ? asked[0] : undefined);
  if (failed?.status === 'rejected') throw new Fault(ExitCode.FAILED, (failed.reason as Error).message);
  return answered;
}

const resultsOf = <T>(answered: Answered<T>[]): T[] => answered.map(({ result }) => result);
const named = (pid: number, trace: TraceState): RuntimeTrace => ({
  id: `${pid}:${trace.trace}`,
  pid,
  ...trace,
});

/** The traces of a process, as `status` tells them. */
export const tracesOf = ({ pid, traces }: ProcessState): RuntimeTrace[] =>
  traces.map((trace) => named(pid, trace));

function checkedGlobs(globs: string[]): string[] {
  for (const glob of globs) {
    const problem = globProblem(glob);
    if (problem) throw new Fault(ExitCode.USAGE, `bad glob: ${problem}`);
  }
  return globs;
}
