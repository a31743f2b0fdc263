/** What of a run an export tells: its calls, wholly or in part, and what their numbers mean. */
import {
  type CallFilter,
  type CallRow,
  eachCall,
  exportFacts,
  type ExportFacts,
  type Session,
  type ThreadFacts,
  wantedFunctions,
  wantedTask,
} from '../../query/index.ts';

/** A part of a run. All that is given must hold. */
export interface Part {
  /** ms since the run began: calls that ran then, wholly. */
  fromMs?: number;
  toMs?: number;
  /** `3`, or `<thread>:3` */
  task?: string;
  thread?: number;
  /** Calls of functions of this name, and all below them. */
  function?: string;
}

export interface Source extends ExportFacts {
  session: Session;
  filter: CallFilter;
  /** Whether it is only a part of the run. */
  isPart: boolean;
  /** What is not in it that was in the run; null: nothing. */
  missing: string | null;
  /** Rows by thread, then in order of beginning. */
  calls(): AsyncGenerator<CallRow[]>;
}

/** @throws Fault when the part names what is not there */
export async function sourceOf(session: Session, part: Part = {}): Promise<Source> {
  const facts = await exportFacts(session);
  const task = part.task === undefined ? undefined : await wantedTask(session, part.task);
  const functions = part.function === undefined ? undefined : await wantedFunctions(session, part.function);
  const filter: CallFilter = {
    fromUs: part.fromMs === undefined ? null : part.fromMs * 1000,
    toUs: part.toMs === undefined ? null : part.toMs * 1000,
    task: task?.task ?? null,
    thread: task?.thread ?? part.thread ?? null,
  };
  return {
    ...facts,
    session,
    filter,
    isPart: Object.values(part).some((each) => each !== undefined),
    missing: missingCalls(facts.run),
    calls: () => {
      const rows = eachCall(session, filter);
      return functions === undefined ? rows : below(rows, functions);
    },
  };
}

/** A thread by its number. Rows may name one that has no row: those of damaged imports. */
export const threadOf = ({ threads }: Source, thread: number): ThreadFacts =>
  threads.find((each) => each.thread === thread) ?? {
    thread,
    pid: 0,
    tid: thread,
    name: null,
    startUs: null,
    endUs: null,
    agent: null,
  };

/** Which calls have no row, in words; null: all have one. */
export function missingCalls(run: ExportFacts['run']): string | null {
  const { calls_total: total, calls_kept: kept, calls_min_us: min, calls_rule: rule } = run;
  if (total <= kept) return null;
  const which =
    rule === 'long'
      ? 'and special ones (roots, async and throwing calls) as well'
      : 'but roots, async and throwing calls with their callers are there';
  return `${total - kept} of ${total} calls have no row: those of ${min} µs or less, ${which}`;
}

/** Calls of some functions, and what they called, directly or not. */
export async function* below(
  lists: AsyncIterable<CallRow[]>,
  functions: ReadonlySet<number>,
): AsyncGenerator<CallRow[]> {
  let thread = -1;
  const inside = new Set<number>();
  for await (const rows of lists)
    yield rows.filter((row) => {
      if (row.thread !== thread) inside.clear();
      thread = row.thread;
      const wanted = functions.has(row.fn) || (row.parent !== null && inside.has(row.parent));
      if (wanted) inside.add(row.call);
      return wanted;
    });
}

/** Lists of rows → a list for each thread at a time. Rows must come thread by thread. */
export async function* byThread(
  lists: AsyncIterable<CallRow[]>,
): AsyncGenerator<{ thread: number; rows: CallRow[] }> {
  for await (const rows of lists)
    for (let from = 0; from < rows.length;) {
      const { thread } = rows[from];
      let to = from + 1;
      while (to < rows.length && rows[to].thread === thread) to++;
      yield { thread, rows: from === 0 && to === rows.length ? rows : rows.slice(from, to) };
      from = to;
    }
}
