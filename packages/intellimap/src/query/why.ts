/** Question: why did this happen? From an error, a call or a write back to its cause, as far as what was recorded goes; each link says by what it is known. */
import { previewText } from '../base/preview-text.ts';
import { type CallValue, valuesOfCall } from './call-values.ts';
import { holdings } from './holdings.ts';
import type { WhyChain, WhyLink } from './moment-answers.ts';
import { momentsOf, type RunMoments } from './moments.ts';
import type { Session } from './session.ts';
import { type AskedBy, type Call, ChainCalls, type Thrower } from './why-calls.ts';
import { errorIn, type FirstError, firstError } from './why-error.ts';
import { isCommon, lastWriteTo, namesIn, type Origin, originOf } from './why-values.ts';

export type WhyQuestion =
  /** `errors.signature`. */
  | { error: string }
  /** The error that was seen last at a moment (µs since the run began). */
  | { thread: number; t: number }
  /** A call: the last error that was first seen in it, up to `t` if that is given, or why it was left by an exception; else, or with `name`, where that argument comes from. */
  | { thread: number; call: number; name?: string | undefined; t?: number | undefined }
  /** `state_changes.nth`. */
  | { thread: number; write: number };

/** Links that a chain has at most: what goes on for longer goes round. */
const LINKS = 24;
/** Characters of a value that are quoted. */
const QUOTED = 80;

/** Undefined: there is no such error, call or write. */
export async function why(session: Session, question: WhyQuestion): Promise<WhyChain | undefined> {
  const run = await momentsOf(session);
  return await new Chain(session, run).from(question);
}

const WRITE = `
  SELECT call_id AS call, at_us AS t, line, target AS name, preview FROM state_changes WHERE thread_id = $thread AND nth = $write`;
class Chain {
  readonly #session: Session;
  readonly #run: RunMoments;
  readonly #links: WhyLink[] = [];
  /** Calls of the thread. */
  readonly #seen = new Set<number>();
  readonly #threads = new Set<number>();
  #thread = 0;
  #calls: ChainCalls;
  #hasValues = false;
  #ends = '';

  constructor(session: Session, run: RunMoments) {
    this.#session = session;
    this.#run = run;
    this.#calls = new ChainCalls(session, run, 0);
  }

  async from(question: WhyQuestion): Promise<WhyChain | undefined> {
    this.#hasValues = (await holdings(this.#session)).values;
    if ('call' in question) {
      this.#in(question.thread);
      const call = await this.#calls.of(question.call);
      if (call === undefined) return undefined;
      await this.#fromCall(call, question);
    } else if ('write' in question) {
      const { thread, write } = question;
      this.#in(thread);
      const [row] = await this.#session.db.all<Omit<Origin, 'kind' | 'evidence' | 'sure'>>(WRITE, {
        thread,
        write,
      });
      if (row === undefined) return undefined;
      const origin: Origin = { ...row, kind: 'state', sure: 'same value', evidence: '' };
      await this.#origin(origin, { sure: 'recorded', evidence: 'state_changes' });
    } else {
      const error = await firstError(this.#session, this.#run, question);
      if (error === undefined) return undefined;
      await this.#error(error);
    }
    return { links: this.#links, ends: this.#ends };
  }

  /** What follows is of this thread. */
  #in(thread: number): void {
    this.#threads.add(thread);
    this.#seen.clear();
    this.#thread = thread;
    this.#calls = new ChainCalls(this.#session, this.#run, thread);
  }

  #add(link: Omit<WhyLink, 'thread' | 'value'> & { value?: string | null }): void {
    this.#links.push({ thread: this.#thread, value: null, ...link });
  }

  async #fromCall(
    call: Call,
    { name, t }: { name?: string | undefined; t?: number | undefined },
  ): Promise<void> {
    if (name !== undefined) return await this.#follow(call, [], undefined, name);
    const error = await errorIn(this.#session, this.#run, { thread: this.#thread, call: call.call, t });
    if (error !== undefined) return await this.#error(error);
    // Of a call that was not left by one itself, an exception elsewhere in its task is no cause.
    const leftAt = await this.#calls.leftAt(call.call);
    const threw = await this.#calls.thrower(
      call,
      Math.min(t ?? Infinity, leftAt ?? Infinity),
      leftAt !== null,
    );
    if (threw === undefined) return await this.#follow(call, []);
    this.#left(threw);
    await this.#follow(threw, []);
  }

  async #error(error: FirstError): Promise<void> {
    this.#in(error.thread);
    const call = error.call === null ? undefined : await this.#calls.of(error.call);
    const place = error.path === null ? null : { path: error.path, line: error.line ?? 0 };
    const seen =
      error.kind === 'caught'
        ? 'was first seen where it was caught: what threw it is not recorded'
        : error.kind === 'uncaught'
          ? 'was caught by nobody'
          : 'was thrown';
    this.#add({
      kind: 'error',
      words: `${error.name}: ${quoted(error.message)} ${seen}`,
      place,
      call: error.call,
      fn: call?.fn ?? null,
      t: error.t,
      sure: error.isFirst ? 'recorded' : 'order',
      evidence: error.isFirst
        ? 'errors, the first of its signature'
        : 'the recording; name and message are those of the first error at this place',
    });
    if (call === undefined) {
      this.#ends = 'In which call it was seen is not recorded.';
      if (error.task !== null) await this.#task(error.task);
      return;
    }
    const threw = error.kind === 'caught' ? await this.#calls.thrower(call, error.t ?? Infinity) : undefined;
    if (threw === undefined) return await this.#follow(call, namesIn(error.message), error);
    this.#left(threw);
    await this.#follow(threw, namesIn(error.message), { ...error, t: threw.endedAt });
  }

  #left(threw: Thrower): void {
    this.#add({
      kind: 'call',
      words: `${threw.fn.name} was the first to be left by an exception on the way there`,
      place: threw.fn,
      call: threw.call,
      fn: threw.fn,
      t: threw.endedAt,
      sure: 'order',
      evidence: threw.isGuessed
        ? 'calls that threw, the last before the error was caught: of the same task, perhaps of another error'
        : 'calls that threw: of each caller the last before the error was caught',
    });
  }

  /** What a call was called with, and where that comes from; who called it, where nothing is known of that. */
  async #follow(call: Call, names: readonly string[], error?: FirstError, only?: string): Promise<void> {
    if (this.#links.length >= LINKS) return void (this.#ends = 'The chain goes on; it is cut here.');
    if (this.#seen.has(call.call)) return await this.#causes(call);
    this.#seen.add(call.call);
    const values = (await valuesOfCall(this.#session.db, this.#thread, call.call)).filter(
      ({ role }) => role === 'argument' || role === 'this',
    );
    const given = values.map(({ name, preview }) => `${name ?? 'this'} = ${shownValue(preview)}`).join(', ');
    this.#add({
      kind: 'call',
      words: `${call.fn.name} was called${given === '' ? '' : ` with ${given}`}`,
      place: call.fn,
      call: call.call,
      fn: call.fn,
      t: call.t,
      sure: 'recorded',
      evidence: given === '' ? 'the recording' : 'call_values',
    });
    const before = error?.t ?? call.t;
    if (before === null) return await this.#causes(call);
    for (const name of names) {
      const write = await lastWriteTo(this.#session, this.#thread, name, before);
      if (write !== undefined) return await this.#origin(write);
    }
    const asked = { thread: this.#thread, call: call.call, before: call.t ?? before, parent: call.parent };
    for (const value of inOrder(values, error)) {
      if (only !== undefined && value.name !== only) continue;
      const origin = await originOf(this.#session, asked, value);
      if (origin !== undefined && !this.#seen.has(origin.call))
        return await this.#origin(origin, undefined, value);
    }
    await this.#causes(call);
  }

  /** A value was there before: as an argument, a result, or written to something. */
  async #origin(
    origin: Origin,
    known: Pick<WhyLink, 'sure' | 'evidence'> = origin,
    value?: CallValue,
  ): Promise<void> {
    const call = await this.#calls.of(origin.call);
    const name = call?.fn.name ?? 'a call';
    const shown = shownValue(origin.preview);
    const what = value === undefined ? shown : `${value.name ?? 'this'} = ${shown}`;
    const words = {
      value: `${name} had it before: ${origin.name ?? ''} = ${shown}`,
      result: `${name} gave ${shown}${value === undefined ? '' : `, which is equal to ${what}`}`,
      state: `${name} wrote ${origin.name ?? ''} = ${shown}`,
    }[origin.kind];
    this.#add({
      kind: origin.kind,
      words,
      place: call === undefined ? null : { path: call.fn.path, line: origin.line ?? call.fn.line },
      call: origin.call,
      fn: call?.fn ?? null,
      t: origin.t ?? call?.t ?? null,
      value: origin.preview,
      sure: known.sure,
      evidence: known.evidence,
    });
    if (call === undefined) this.#ends = 'Of the call that did it nothing else is recorded.';
    else await this.#follow(call, []);
  }

  /** Values lead no further: who called, what scheduled that, and for whom it was done. */
  async #causes(call: Call): Promise<void> {
    this.#ends = this.#hasValues
      ? 'No recorded value that leads further is equal to one of these.'
      : 'No values were recorded: run with --values to follow them.';
    const at = await this.#calls.rootOf(call);
    if (at.call !== call.call)
      this.#add({
        kind: 'call',
        words: `${at.fn.name} is where that stack begins`,
        place: at.fn,
        call: at.call,
        fn: at.fn,
        t: at.t,
        sure: 'recorded',
        evidence: 'callers in the recording',
      });
    const scheduled = await this.#calls.schedulerOf(at);
    if (scheduled !== undefined && !this.#seen.has(scheduled.from.call)) {
      const { from, kind } = scheduled;
      this.#seen.add(from.call);
      this.#add({
        kind: 'scheduled',
        words: `${at.fn.name} was run by ${kind}, which the turn of ${from.fn.name} set off`,
        place: from.fn,
        call: from.call,
        fn: from.fn,
        t: from.t,
        sure: 'recorded',
        evidence: 'links',
      });
      if (this.#links.length < LINKS) return await this.#causes(from);
    }
    if (at.task !== null) await this.#task(at.task);
  }

  async #task(task: number): Promise<void> {
    const row = await this.#calls.task(task);
    if (row === undefined) return;
    const { kind, name, t } = row;
    this.#add({
      kind: kind === 'request' ? 'request' : 'task',
      words:
        kind === 'request'
          ? `All of it was done for the request ${name}`
          : `All of it is part of ${kind} ${name}`,
      place: null,
      call: null,
      fn: null,
      t,
      sure: 'recorded',
      evidence: `tasks, task ${task}`,
    });
    const asked = await this.#calls.askedBy(task);
    if (asked !== undefined && this.#links.length < LINKS) await this.#asked(asked);
  }

  /** It was asked for elsewhere: the chain goes on in the thread of who did. */
  async #asked({ thread, threadName, method, url, t, call, task }: AskedBy): Promise<void> {
    if (this.#threads.has(thread)) return;
    this.#in(thread);
    const from = call === null ? undefined : await this.#calls.of(call);
    this.#add({
      kind: 'request',
      words: `${from?.fn.name ?? threadName} asked for it: ${method} ${url}`,
      place: from?.fn ?? null,
      call,
      fn: from?.fn ?? null,
      t,
      sure: 'recorded',
      evidence: 'resources and tasks that say the same span',
    });
    if (from !== undefined) await this.#causes(from);
    else if (task !== null) await this.#task(task);
  }
}

/** As people read values: recorded ones are JSON with signs of their own. */
const shownValue = (preview: string): string => quoted(previewText(preview));
const quoted = (text: string): string => (text.length > QUOTED ? `${text.slice(0, QUOTED)}…` : text);

/** Those first that the error names; of an error about what is undefined or null, what is that; then what few things have. */
function inOrder(values: readonly CallValue[], error: FirstError | undefined): CallValue[] {
  const message = error?.message ?? '';
  const missing = /undefined|null/.exec(message)?.[0];
  const rank = ({ preview, name }: CallValue): number => {
    const text = preview.replaceAll('"', '');
    if (missing !== undefined && (preview === missing || preview === `{"$":"${missing}"}`)) return 0;
    if (!isCommon(preview) && text.length > 1 && message.includes(text)) return 1;
    if (name !== null && message.includes(name)) return 2;
    return isCommon(preview) ? 4 : 3;
  };
  return values.toSorted((a, b) => rank(a) - rank(b));
}
