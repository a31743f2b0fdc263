/** Follows all calls of one function through the words of a thread: whom each calls, where it waits, throws and catches. */
import { Seen } from '../../base/call-trace.ts';
import { MomentEvent } from '../../store/index.ts';
import { type FollowedCall, MOST, type SequenceList } from './sequence-list.ts';

/** What a follower is told of each event. */
export interface HeardEvent {
  event: MomentEvent;
  call: number;
  fn: number;
  /** Who called a call that begins; NaN: nobody. */
  parent: number;
  /** µs since the run began. */
  t: number;
}

/** Numbers of what happens, the same for the same. */
export interface Numbers {
  called: (fn: number) => number;
  /** A place of the function, of the word that is told at the moment; undefined: it lies in another function. */
  place: (seen: Seen) => number | undefined;
}

export class Follower {
  /** Calls whose end was not recorded, though it must have come. */
  partial = 0;
  readonly #thread: number;
  readonly #wanted: number;
  readonly #numbers: Numbers;
  readonly #list: SequenceList;
  readonly #open = new Map<number, FollowedCall>();
  /** Calls that they made and that have not ended → whose, which of its events, and since when. */
  readonly #children = new Map<number, { of: FollowedCall; at: number; since: number }>();

  constructor(thread: number, wanted: number, numbers: Numbers, list: SequenceList) {
    this.#thread = thread;
    this.#wanted = wanted;
    this.#numbers = numbers;
    this.#list = list;
  }

  /** Whether some of its calls have not ended. */
  get isBusy(): boolean {
    return this.#open.size > 0;
  }

  hear({ event, call, fn, parent, t }: HeardEvent): void {
    if (event === MomentEvent.BEGIN) this.#began(call, fn, parent, t);
    else if (event === MomentEvent.RETURN || event === MomentEvent.THROW) this.#ended(call, event, t);
    else if (event === MomentEvent.GONE) this.#gone(call);
    else if (this.#open.has(call)) this.#within(this.#open.get(call)!, event, t);
  }

  #began(call: number, fn: number, parent: number, t: number): void {
    const caller = this.#open.get(parent);
    if (caller !== undefined && note(caller, this.#numbers.called(fn)))
      this.#children.set(call, { of: caller, at: caller.events.length - 1, since: t });
    if (fn === this.#wanted) this.#open.set(call, begun(this.#thread, call, t));
  }

  #within(it: FollowedCall, event: MomentEvent, t: number): void {
    if (event === MomentEvent.RESUME) {
      if (it.waits >= 0) it.spentUs[it.waits] = t - it.waitsSince;
      it.waits = -1;
      return;
    }
    const seen = seenAs(event);
    const place = seen === undefined ? undefined : this.#numbers.place(seen);
    if (place === undefined || !note(it, place) || event !== MomentEvent.SUSPEND) return;
    it.waits = it.events.length - 1;
    it.waitsSince = t;
  }

  #ended(call: number, event: MomentEvent, t: number): void {
    const child = this.#children.get(call);
    if (child !== undefined) {
      child.of.spentUs[child.at] = t - child.since;
      this.#children.delete(call);
    }
    const it = this.#open.get(call);
    if (it === undefined) return;
    this.#open.delete(call);
    this.#list.add(it, event === MomentEvent.RETURN ? 'returned' : 'threw', t);
  }

  #gone(call: number): void {
    this.#children.delete(call);
    if (this.#open.delete(call)) this.partial++;
  }

  /** Words are missing: nobody knows what happened meanwhile. */
  gap(): void {
    this.partial += this.#open.size;
    this.#open.clear();
    this.#children.clear();
  }

  /** The recording is over. */
  finish(): void {
    for (const it of this.#open.values()) this.#list.add(it, 'open', NaN);
  }
}

const begun = (thread: number, call: number, beganUs: number): FollowedCall => ({
  thread,
  call,
  beganUs,
  events: [],
  spentUs: [],
  waits: -1,
  waitsSince: NaN,
  isTooLong: false,
});

/** @returns false: it is one too many */
function note(it: FollowedCall, event: number): boolean {
  if (it.isTooLong || it.events.length >= MOST.events) {
    it.isTooLong = true;
    it.events.length = it.spentUs.length = 0;
    return false;
  }
  it.events.push(event);
  it.spentUs.push(NaN);
  return true;
}

/** Errors are told at `throw` and `catch` alike: which of them, the word says. */
function seenAs(event: MomentEvent): Seen | undefined {
  if (event === MomentEvent.SUSPEND) return Seen.WAIT;
  return event === MomentEvent.ERROR || event === MomentEvent.SEEN_AGAIN ? Seen.THROW : undefined;
}
