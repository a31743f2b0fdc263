/** Relatives of a call: who called it, what it called, what else its caller called. */
import { type FoundEvent, isEnd, MomentEvent, seek, type ThreadMoments } from '../store/index.ts';
import type { StepScope, StepWhat } from './moment-answers.ts';
import type { Session } from './session.ts';

interface Question extends StepScope {
  t: number;
  direction: 1 | -1;
  what: StepWhat;
}

/** A row of `calls`: of calls that take long there are rows, so what is far away need not be looked for in the recording. */
interface Row {
  call: number;
  end: number | null;
  /** It may have others of its caller begin while it goes on. */
  isAsync: boolean;
}

const ROW = `
  SELECT call_id AS call, end_us AS "end", coalesce(f.is_async OR f.is_generator, true) AS "isAsync"
  FROM calls LEFT JOIN functions f USING (function_id) WHERE thread_id = $thread`;
const OWN = `${ROW} AND call_id = $call`;
const LAST_CHILD = `${ROW} AND parent_call_id = $parent AND call_id < $call ORDER BY call_id DESC LIMIT 1`;
const NEXT_CHILD = `${ROW} AND parent_call_id = $parent AND call_id > $call ORDER BY call_id LIMIT 1`;
const LAST_ROOT = `${ROW} AND parent_call_id IS NULL AND call_id < $call ORDER BY call_id DESC LIMIT 1`;
const NEXT_ROOT = `${ROW} AND parent_call_id IS NULL AND call_id > $call ORDER BY call_id LIMIT 1`;

export async function relative(
  session: Session,
  recorded: ThreadMoments,
  thread: number,
  question: Question,
): Promise<FoundEvent | undefined> {
  const call = question.call ?? recorded.topAt(question.t)?.call;
  const begun = call === undefined ? undefined : recorded.beginOf(call);
  if (call === undefined || begun === undefined) return undefined;
  const family = new Family(session, recorded, thread);
  if (question.what === 'parent') return family.beginOf(begun.parent);
  if (question.what === 'sibling')
    return question.direction === 1
      ? await family.next(call, begun.parent)
      : await family.previous(call, begun.parent, recorded.frameOf(call));
  return question.direction === 1 ? await family.firstChild(call) : await family.lastChild(call);
}

class Family {
  readonly #session: Session;
  readonly #recorded: ThreadMoments;
  readonly #thread: number;

  constructor(session: Session, recorded: ThreadMoments, thread: number) {
    this.#session = session;
    this.#recorded = recorded;
    this.#thread = thread;
  }

  beginOf(call: number): FoundEvent | undefined {
    const begun = this.#recorded.beginOf(call);
    return begun && { event: MomentEvent.BEGIN, call, fn: begun.fn, t: begun.t };
  }

  async #row(sql: string, values: Record<string, number>): Promise<Row | undefined> {
    const [row] = await this.#session.db.all<Row>(sql, { thread: this.#thread, ...values });
    return row;
  }

  /** Looks in frames for the first, or last, call that begins with this caller (NaN: none). `isOver`: there can be no more, as the caller has ended. */
  async #look(
    direction: 1 | -1,
    frame: number,
    until: number,
    parent: number,
    isWanted: (call: number) => boolean,
  ): Promise<{ found: FoundEvent | undefined; isOver: boolean }> {
    let isOver = false;
    const found = await seek(this.#recorded, { frame, until }, direction, {
      event(event, call, _fn, caller) {
        if (direction === 1 && call === parent && isEnd(event)) isOver = true;
        return event === MomentEvent.BEGIN && Object.is(caller, parent) && isWanted(call);
      },
      isOver: () => isOver,
    });
    return { found, isOver };
  }

  /** The frame from which on others may begin. */
  #frameAfter({ call, end, isAsync }: Row): number {
    if (isAsync || end === null) return this.#recorded.frameOf(call);
    // What follows may have the same time, and lie in the frame before the one that begins with it.
    return Math.max(0, this.#recorded.frameBefore(end));
  }

  async firstChild(call: number): Promise<FoundEvent | undefined> {
    const frame = this.#recorded.frameOf(call);
    const near = await this.#look(1, frame, frame, call, () => true);
    if (near.found !== undefined || near.isOver) return near.found;
    const next = await this.#row(NEXT_CHILD, { parent: call, call });
    const until = next === undefined ? this.#recorded.count - 1 : this.#recorded.frameOf(next.call);
    return (await this.#look(1, frame + 1, until, call, () => true)).found;
  }

  async lastChild(call: number): Promise<FoundEvent | undefined> {
    const own = await this.#row(OWN, { call });
    const ends =
      own === undefined || own.end === null ? await this.#frameOfEnd(call) : this.#recorded.frameAt(own.end);
    return await this.previous(Infinity, call, ends);
  }

  /** Of a call without a row, which is short, or one that is open at the end. */
  async #frameOfEnd(call: number): Promise<number> {
    const frame = this.#recorded.frameOf(call);
    const found = await seek(this.#recorded, { frame }, 1, {
      event: (event, each) => each === call && isEnd(event),
    });
    return found === undefined ? this.#recorded.count - 1 : this.#recorded.frameAt(found.t);
  }

  async next(call: number, parent: number): Promise<FoundEvent | undefined> {
    const isRoot = Number.isNaN(parent);
    const frame = this.#recorded.frameOf(call);
    // Mostly it is near, and rows need not be asked for.
    const near = await this.#look(1, frame, frame, parent, (each) => each > call);
    if (near.found !== undefined || near.isOver) return near.found;
    const own = await this.#row(OWN, { call });
    const next = await (isRoot ? this.#row(NEXT_ROOT, { call }) : this.#row(NEXT_CHILD, { parent, call }));
    const from = own === undefined ? frame : this.#frameAfter(own);
    const until = next === undefined ? this.#recorded.count - 1 : this.#recorded.frameOf(next.call);
    return (await this.#look(1, from, until, parent, (each) => each > call)).found;
  }

  /** @param frame to begin with */
  async previous(call: number, parent: number, frame: number): Promise<FoundEvent | undefined> {
    const isRoot = Number.isNaN(parent);
    const near = await this.#look(-1, frame, frame, parent, (each) => each < call);
    if (near.found !== undefined) return near.found;
    // A number that no call has: all come before it.
    const before = Math.min(call, Number.MAX_SAFE_INTEGER);
    const last = await (isRoot
      ? this.#row(LAST_ROOT, { call: before })
      : this.#row(LAST_CHILD, { parent, call: before }));
    const from = isRoot ? 0 : Math.max(0, this.#recorded.frameOf(parent));
    const until = last === undefined ? from : this.#frameAfter(last);
    const { found } = await this.#look(-1, frame - 1, until, parent, (each) => each < call);
    return found ?? (last && this.beginOf(last.call));
  }
}
