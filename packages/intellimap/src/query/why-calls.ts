/** Calls on the way of a chain: what is known of each, and who threw, called or scheduled it. */
import type { NamedFunction } from './moment-answers.ts';
import type { RunMoments } from './moments.ts';
import type { Session } from './session.ts';

export interface Thrower extends Call {
  endedAt: number;
  /** Somewhere on the way no call says that it waited for the next one. */
  isGuessed: boolean;
}

export interface Call {
  call: number;
  parent: number | null;
  fn: NamedFunction;
  t: number | null;
  task: number | null;
}

const CALL = `
  SELECT call_id AS call, parent_call_id AS parent, function_id AS fn, start_us AS t, task_id AS task FROM calls
  WHERE thread_id = $thread AND call_id = $call`;
const LEFT = `
  SELECT end_us AS "at" FROM calls WHERE thread_id = $thread AND call_id = $call AND outcome = 'threw'`;
const THREW = `
  SELECT call_id AS call, end_us AS "endedAt" FROM calls
  WHERE thread_id = $thread AND parent_call_id = $call AND outcome = 'threw' AND end_us <= $before ORDER BY end_us DESC LIMIT 1`;
/** Of a promise that was handed on, the caller had ended long before. */
const THREW_IN_TASK = `
  SELECT call_id AS call, end_us AS "endedAt" FROM calls
  WHERE thread_id = $thread AND task_id = $task AND outcome = 'threw' AND end_us < $before AND start_us > $since ORDER BY end_us DESC LIMIT 20`;
const SCHEDULED = `
  SELECT from_call_id AS "from", kind FROM links WHERE thread_id = $thread AND to_call_id = $call LIMIT 1`;
const TASK = `SELECT kind, name, start_us AS t FROM tasks WHERE thread_id = $thread AND task_id = $task`;
const ASKED = `
  SELECT r.thread_id AS thread, r.method, r.url, r.start_us AS t, r.call_id AS call, r.task_id AS task, h.name AS "threadName"
  FROM tasks t JOIN resources r ON r.thread_id = t.asked_thread_id AND r.resource_id = t.asked_resource_id
  JOIN threads h ON h.thread_id = r.thread_id
  WHERE t.thread_id = $thread AND t.task_id = $task`;

/** A request of another thread, which asked for a task of this one. */
export interface AskedBy {
  thread: number;
  threadName: string;
  method: string;
  url: string;
  t: number;
  call: number | null;
  task: number | null;
}

/** Callers up to a root, at most. */
const DEPTH = 10_000;

/** Of one thread. */
export class ChainCalls {
  readonly #session: Session;
  readonly #run: RunMoments;
  readonly #thread: number;

  constructor(session: Session, run: RunMoments, thread: number) {
    this.#session = session;
    this.#run = run;
    this.#thread = thread;
  }

  /** When an exception left a call, µs; null: none did. */
  async leftAt(call: number): Promise<number | null> {
    const [row] = await this.#session.db.all<{ at: number }>(LEFT, { thread: this.#thread, call });
    return row?.at ?? null;
  }

  /** From where an error was caught down the calls that were left by an exception last, to the first of them. `mayGuess`: also those of the same task that nobody says it called. */
  async thrower(caught: Call, before: number, mayGuess = true): Promise<Thrower | undefined> {
    let found: Thrower | undefined;
    for (let depth = 0; depth < 1000; depth++) {
      const row = await this.#threw(found ?? caught, found?.endedAt ?? before, mayGuess);
      const call = row === undefined ? undefined : await this.of(row.call);
      if (row === undefined || call === undefined) break;
      found = { ...call, endedAt: row.endedAt, isGuessed: row.isGuessed || found?.isGuessed === true };
    }
    return found;
  }

  async #threw(
    { call, task, t }: Call,
    before: number,
    mayGuess: boolean,
  ): Promise<{ call: number; endedAt: number; isGuessed: boolean } | undefined> {
    const { db } = this.#session;
    const thread = this.#thread;
    type Row = { call: number; endedAt: number };
    const [child] = await db.all<Row>(THREW, { thread, call, before });
    if (child !== undefined) return { ...child, isGuessed: false };
    if (task === null || t === null) return undefined;
    const others = await db.all<Row>(THREW_IN_TASK, { thread, task, before, since: t });
    if (mayGuess) return others[0] && { ...others[0], isGuessed: true };
    for (const other of others)
      if (await this.#isBelow(other.call, call)) return { ...other, isGuessed: true };
    return undefined;
  }

  async #isBelow(call: number, above: number): Promise<boolean> {
    let at = await this.of(call);
    for (let depth = 0; at?.parent != null && depth < DEPTH; depth++) {
      if (at.parent === above) return true;
      at = await this.of(at.parent);
    }
    return false;
  }

  async of(call: number): Promise<Call | undefined> {
    const [row] = await this.#session.db.all<Omit<Call, 'fn'> & { fn: number }>(CALL, {
      thread: this.#thread,
      call,
    });
    if (row !== undefined) return { ...row, fn: this.#run.functionOf(row.fn) };
    const begun = (await this.#run.moments?.thread(this.#thread))?.beginOf(call);
    if (begun === undefined) return undefined;
    const { parent, fn, t } = begun;
    return {
      call,
      parent: Number.isNaN(parent) ? null : parent,
      fn: this.#run.functionOf(fn),
      t,
      task: null,
    };
  }

  /** The call at the bottom of its stack. */
  async rootOf(call: Call): Promise<Call> {
    let at = call;
    for (let depth = 0; at.parent !== null && depth < DEPTH; depth++) {
      const above = await this.of(at.parent);
      if (above === undefined) break;
      at = above;
    }
    return at;
  }

  /** Who set off a root call, and what ran it. */
  async schedulerOf(root: Call): Promise<{ from: Call; kind: string } | undefined> {
    const asked = { thread: this.#thread, call: root.call };
    const [link] = await this.#session.db.all<{ from: number; kind: string }>(SCHEDULED, asked);
    const from = link === undefined ? undefined : await this.of(link.from);
    return link && from && { from, kind: link.kind };
  }

  async task(task: number): Promise<{ kind: string; name: string; t: number } | undefined> {
    const asked = { thread: this.#thread, task };
    const [row] = await this.#session.db.all<{ kind: string; name: string; t: number }>(TASK, asked);
    return row;
  }

  /** Undefined: nobody recorded is known to have asked for it. */
  async askedBy(task: number): Promise<AskedBy | undefined> {
    const [row] = await this.#session.db.all<AskedBy>(ASKED, { thread: this.#thread, task });
    return row;
  }
}
