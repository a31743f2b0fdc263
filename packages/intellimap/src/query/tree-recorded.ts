/** The calls below one call, or of a task, played from the recording: short ones, too. */
import { isEnd, MomentEvent, type ThreadMoments } from '../store/index.ts';
import { followTask } from './follow-task.ts';
import { CALL_FLAG } from './moment-answers.ts';
import type { RunMoments } from './moments.ts';
import type { Session } from './session.ts';
import type { TreeColumns } from './tree-columns.ts';

export interface TreeOf {
  thread: number;
  call: number | undefined;
  task: number | undefined;
}

/** Frames that are played for one answer: some ms each. What takes longer has rows of all that is long in it. */
const FRAMES = 64;

/** @returns false: it is too long for that, or there is no recording */
export async function playTree(
  session: Session,
  run: RunMoments,
  of: TreeOf,
  columns: TreeColumns,
): Promise<boolean> {
  const recorded = await run.moments?.thread(of.thread);
  if (recorded === undefined) return false;
  const [first, last] = await framesOf(session, run, recorded, of);
  if (first < 0 || last - first >= FRAMES) return false;
  const tasks = (await run.tasksOfCalls(session)).get(of.thread);
  const isRoot =
    of.call === undefined
      ? (call: number) => tasks?.get(call) === of.task
      : (call: number) => call === of.call;
  new Player(recorded, run, columns, isRoot, of.call).play(first, last);
  await outlive(session, of.thread, columns);
  return true;
}

const LATER = `
  SELECT call_id AS call, end_us - coalesce(stalled_us, 0) AS "end", self_us AS self, wait_us AS wait, outcome::VARCHAR AS outcome
  FROM calls WHERE thread_id = $thread AND end_us IS NOT NULL
    AND call_id IN (SELECT unnest(from_json($calls::JSON, '["BIGINT"]')))`;

/** Async calls that go on after what was read have rows; what they call later is not among these. */
async function outlive({ db }: Session, thread: number, columns: TreeColumns): Promise<void> {
  const both = CALL_FLAG.OPEN | CALL_FLAG.ASYNC;
  const calls = columns.call.filter((_, row) => (columns.flags[row] & both) === both);
  if (calls.length === 0) return;
  const rows = await db.all<{ call: number; end: number; self: number; wait: number; outcome: string }>(
    LATER,
    { thread, calls: JSON.stringify(calls) },
  );
  for (const { call, end, self, wait, outcome } of rows) {
    const row = columns.rowOf(call)!;
    columns.ends(row, end);
    columns.self[row] = self;
    columns.wait[row] = wait;
    columns.flags[row] |= CALL_FLAG.HIDES;
    if (outcome === 'threw') columns.flags[row] |= CALL_FLAG.THREW;
  }
}

const END = 'SELECT end_us AS "end" FROM calls WHERE thread_id = $thread AND call_id = $call';

/** First and last; a call without a row is short, and its end is looked for as it comes. */
async function framesOf(
  session: Session,
  run: RunMoments,
  recorded: ThreadMoments,
  { thread, call, task }: TreeOf,
): Promise<[number, number]> {
  if (call === undefined) {
    const { from, until } = await followTask(session, run, recorded, thread, task ?? -1);
    return from === Infinity ? [-1, -1] : [Math.max(0, recorded.frameBefore(from)), recorded.frameAt(until)];
  }
  const first = recorded.frameOf(call);
  const [row] = await session.db.all<{ end: number | null }>(END, { thread, call });
  if (row === undefined) return [first, Math.min(recorded.count, first + FRAMES) - 1];
  return [first, row.end === null ? recorded.count - 1 : recorded.frameAt(row.end)];
}

class Player {
  readonly #recorded: ThreadMoments;
  readonly #run: RunMoments;
  readonly #columns: TreeColumns;
  readonly #isRoot: (call: number) => boolean;
  readonly #call: number | undefined;
  /** Rows of async calls that wait → since when. */
  readonly #waits = new Map<number, number>();
  /** Who had the stack since the last event: its time is theirs. */
  #running: number | undefined;
  #since = NaN;
  #isOver = false;

  constructor(
    recorded: ThreadMoments,
    run: RunMoments,
    columns: TreeColumns,
    isRoot: (call: number) => boolean,
    call: number | undefined,
  ) {
    this.#recorded = recorded;
    this.#run = run;
    this.#columns = columns;
    this.#isRoot = isRoot;
    this.#call = call;
  }

  play(first: number, last: number): void {
    for (let frame = first; frame <= last && !this.#isOver; frame++) {
      const { stack, words, times } = this.#recorded.open(frame);
      stack.listener = (event, call, fn, word, parent) => {
        const t = times.sinceStart(word);
        if (this.#running !== undefined) this.#columns.self[this.#running] += t - this.#since;
        this.#event(event, call, fn, t, parent);
        this.#running = stack.top < 0 ? undefined : this.#columns.rowOf(stack.call[stack.top]);
        this.#since = t;
        return this.#isOver;
      };
      stack.feed(words, 0, words.length, times);
    }
  }

  #event(event: MomentEvent, call: number, fn: number, t: number, parent: number): void {
    const columns = this.#columns;
    if (event === MomentEvent.BEGIN)
      return void columns.begin(call, parent, fn, t, this.#run.isAsync.has(fn), this.#isRoot(call));
    const row = columns.rowOf(call);
    if (row === undefined) return;
    if (event === MomentEvent.SUSPEND) this.#waits.set(row, t);
    else if (event === MomentEvent.RESUME) this.#waited(row, t);
    else if (isEnd(event)) {
      this.#waited(row, t);
      columns.ends(row, t);
      if (event === MomentEvent.THROW) columns.flags[row] |= CALL_FLAG.THREW;
      else if (event === MomentEvent.GONE) columns.flags[row] |= CALL_FLAG.UNKNOWN;
      // Async calls that it made may go on.
      this.#isOver = call === this.#call;
    }
  }

  #waited(row: number, t: number): void {
    const since = this.#waits.get(row);
    if (since === undefined) return;
    this.#columns.wait[row] += t - since;
    this.#waits.delete(row);
  }
}
