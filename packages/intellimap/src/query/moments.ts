/** What questions about moments of a run share: its recording, and what of the tables is asked for again and again, held in little room. */
import { once } from '../base/once.ts';
import { Moments } from '../store/index.ts';
import { readCosts, readMessages, readTasks, readTasksOfCalls, readWrites } from './moment-columns.ts';
import type { NamedFunction, ValueShown } from './moment-answers.ts';
import type { Session } from './session.ts';
import type { WriteRow } from './state-at.ts';

export interface ThreadRow {
  thread: number;
  process: number;
  tid: number;
  name: string | null;
  startUs: number | null;
  endUs: number | null;
  calls: number;
}

export class RunMoments {
  readonly moments: Moments | undefined;
  readonly functions: readonly NamedFunction[];
  readonly isAsync: ReadonlySet<number>;
  readonly threads: readonly ThreadRow[];
  /** Values of calls, and writes, that were asked for last. */
  readonly valuesHeld = new Map<string, ValueShown[]>();
  readonly writesHeld = new Map<string, WriteRow>();
  readonly tasks = remembered(readTasks);
  readonly messages = remembered(readMessages);
  readonly writes = remembered(readWrites);
  /** In order of time. */
  readonly costs = remembered(readCosts);
  readonly tasksOfCalls = remembered(readTasksOfCalls);

  constructor(
    moments: Moments | undefined,
    functions: readonly (NamedFunction & { isAsync: boolean })[],
    threads: readonly ThreadRow[],
  ) {
    this.moments = moments;
    this.isAsync = new Set(functions.filter(({ isAsync }) => isAsync).map(({ fn }) => fn));
    const byNumber: NamedFunction[] = [UNKNOWN_FUNCTION];
    for (const { isAsync: _, ...each } of functions) byNumber[each.fn] = each;
    this.functions = byNumber;
    this.threads = threads;
  }

  functionOf(fn: number): NamedFunction {
    return this.functions[fn] ?? UNKNOWN_FUNCTION;
  }
}

/** Read once, when it is first asked for. */
function remembered<T>(read: (session: Session) => Promise<T>): (session: Session) => Promise<T> {
  const known = new Map<'', Promise<T>>();
  return async (session) => await once(known, '', () => read(session));
}

export const UNKNOWN_FUNCTION: NamedFunction = { fn: 0, id: '', name: '(unknown)', path: '', line: 0 };

/** Of runs that were asked about last: sessions come and go, what a recording tells stays as long as it is the same. */
const kept = new Map<string, Promise<RunMoments>>();
const KEPT = 2;

export async function momentsOf(session: Session): Promise<RunMoments> {
  const { db, run } = session;
  const key = JSON.stringify([db.root, run.id, run.loaded_state]);
  const known = kept.get(key);
  kept.delete(key);
  const wanted = known ?? openMoments(session);
  kept.set(key, wanted);
  for (const oldest of kept.keys()) if (kept.size > KEPT) kept.delete(oldest);
  try {
    return await wanted;
  } catch (error) {
    kept.delete(key);
    throw error;
  }
}

/** Goes through the recording before the first question does, thread by thread; other work has its turns meanwhile. The session may be closed. */
export async function prepareMoments(session: Session): Promise<void> {
  const { moments, threads } = await momentsOf(session);
  for (const { thread } of threads) await moments?.thread(thread);
}

async function openMoments({ db, run }: Session): Promise<RunMoments> {
  const functions = await db.all<NamedFunction & { isAsync: boolean }>(
    `SELECT function_id AS fn, ast_node_id AS id, name, path, line, coalesce(is_async OR is_generator, false) AS "isAsync" FROM functions`,
  );
  const threads = await db.all<ThreadRow>(
    `SELECT thread_id AS thread, pid AS process, tid, name, start_us AS "startUs", end_us AS "endUs", calls FROM threads ORDER BY thread_id`,
  );
  return new RunMoments(Moments.open(db.root, run.id), functions, threads);
}
