/**
 * Sampling of whole tasks, on the reader's side: keeps the words of some tasks and leaves out those of others, never of one the half. A task is
 * what the replay takes for one: a turn goes as the one that scheduled it, an async call as it began, calls as their caller.
 *
 * The word that says who scheduled a turn comes at its end: words wait for it, unless a request says at once that it begins. The start of a
 * thread is kept, and what nothing is known of.
 */
import { turnOf, wholeTurn, type TurnNumber } from '../wire/turns.ts';
import { Kind, operandsOf, STALL, Told, type FrameId, type SiteId } from '../wire/words.ts';
import { Fates } from './fates.ts';
import { KeptWords } from './kept-words.ts';
import { Fate, TaskStack } from './task-stack.ts';

/** Words that wait at most: a turn that has more is kept. */
export const MAX_WAITING_WORDS = 1 << 18;

/** Whether a new task is kept: it is the nth of its thread, and has this number if it is declared, else 0. */
export type Choose = (nth: number, task: number) => boolean;

/** What is open when sampling begins in a thread that runs. */
export interface OpenCalls {
  wordCount: number;
  open: ReadonlyMap<FrameId, { suspended: boolean }>;
  picture: () => { sites: ArrayLike<number>; frames: ArrayLike<number> };
}

export class TaskFilter {
  readonly kept = new KeptWords();
  /** Tasks; `partly`: those left out of which one turn was too long to wait for its end, and is kept as a task of its own. */
  readonly tasks = { kept: 0, leftOut: 0, partly: 0 };
  /** Words of the thread that were read. */
  read: number;
  /** How often something was decided that had waited, or a turn ended. */
  decisions = 0;
  readonly #choose: Choose;
  readonly #decided: (task: number, fate: Fate) => void;
  readonly #stack = new TaskStack();
  readonly #fates = new Fates();
  /** Of what begins on an empty stack now. */
  #now: Fate = Fate.KEPT;
  /** Since the last word about a turn: a task was declared, words were kept as they waited too long, root calls. */
  #isDeclared = false;
  #isForced = false;
  #roots = 0;
  /** Tasks that were declared within calls whose fate waits. */
  #inner = 0;
  #number: TurnNumber = 0;
  /** Turns up to this one began before sampling did; -1: it is not known yet. */
  #before: TurnNumber = -1;
  #tasks = 0;
  /** The last SUSPEND: site, frame, and the place behind it; and up to where a frame goes on with a generator. */
  #suspended: { site: SiteId; frame: FrameId; end: number } = { site: 0, frame: 0, end: NaN };
  #delegatesUntil = NaN;

  /** @param decided told what becomes of each declared task */
  constructor(choose: Choose, decided: (task: number, fate: Fate) => void = () => {}, known?: OpenCalls) {
    this.#choose = choose;
    this.#decided = decided;
    this.read = known?.wordCount ?? 0;
    for (const [frame, { suspended }] of known?.open ?? [])
      this.#fates.openFrame(frame, Fate.KEPT, suspended);
    const { sites, frames } = known?.picture() ?? { sites: [], frames: [] };
    for (let at = 0; at < sites.length; at++)
      if (frames[at] === 0) this.#stack.push(sites[at], Fate.KEPT);
      else this.#stack.pushFrame(frames[at], Fate.KEPT);
  }

  /** Undefined: it has not begun, or long ago. */
  fateOf(task: number): Fate | undefined {
    return this.#fates.task(task);
  }

  /** Reads the whole events in `words[from … to)`; returns how many words that were. */
  take(words: Int32Array, from: number, to: number): number {
    const offset = this.read - from;
    let fate: Fate = Fate.KEPT;
    let run = from;
    let at = from;
    for (let end = at; at < to; at = end) {
      if (!this.#stack.isEmpty && this.#stack.fate === fate) {
        end = this.#stack.follow(words, at, Math.min(to, at + MAX_WAITING_WORDS));
        if (end > at) continue;
      }
      const kind = words[at] & 15;
      end = at + 1 + operandsOf[kind];
      if (end > to) break;
      const isDecision = kind === Kind.TASK || kind === Kind.LOST;
      if (isDecision || at - run >= MAX_WAITING_WORDS) {
        this.#add(words, run, at, run + offset, fate);
        run = at;
      }
      const isOfBefore = words[at] === STALL && words[at + 1] === Told.BEFORE && at > from;
      const own = this.#fateOf(kind, words[at] >>> 4, words, at, at + offset);
      // A time goes with the word that it is told of.
      if (own === fate || isOfBefore) continue;
      this.#add(words, run, at, run + offset, fate);
      run = at;
      fate = own;
    }
    this.#add(words, run, at, run + offset, fate);
    this.read = at + offset;
    return at - from;
  }

  #add(words: Int32Array, from: number, to: number, place: number, fate: Fate): void {
    // It may have been decided since.
    const own = fate === Fate.UNDECIDED ? this.#now : fate;
    this.kept.add(words, from, to, place, own);
    if (this.kept.waiting > MAX_WAITING_WORDS) this.giveUp();
  }

  /** What waits is kept: it has waited too long, or nothing more comes. */
  giveUp(): void {
    if (this.kept.waiting === 0) return;
    this.#decide(Fate.KEPT);
    this.#isForced = true;
  }

  #decide(fate: Fate): void {
    this.decisions++;
    this.kept.decide(fate);
    this.#stack.decide(fate);
    this.#fates.decide(fate, this.#decided);
    this.#countTasks(this.#inner, fate);
    this.#inner = 0;
    this.#now = fate;
  }

  #countTasks(count: number, fate: Fate): void {
    if (fate === Fate.KEPT) this.tasks.kept += count;
    else this.tasks.leftOut += count;
  }

  #top(): Fate {
    return this.#stack.isEmpty ? this.#now : this.#stack.fate;
  }

  #fateOf(kind: number, payload: number, words: Int32Array, at: number, place: number): Fate {
    switch (kind) {
      case Kind.ENTER: {
        const fate = this.#begin();
        this.#stack.push(payload, fate);
        return fate;
      }
      case Kind.LEAVE:
      case Kind.THROW:
        return this.#stack.leave(payload) ?? this.#top();
      case Kind.TASK:
        return this.#task(payload, words[at + 1]);
      case Kind.TIME:
        // Nobody caught an exception: whoever is kept has to know.
        if (words[at] === STALL) this.#stall(place);
        if (payload !== 1) return this.#top();
        this.#stack.clear();
        return Fate.KEPT;
      case Kind.LOST:
        this.#lose();
        return Fate.KEPT;
      case Kind.REACHED:
        return this.#reach(payload, place);
      case Kind.THROWN:
      case Kind.CAUGHT:
      case Kind.VALUE:
        return this.#top();
      default:
        return this.#frame(kind, payload, words[at + 1], place);
    }
  }

  /** A call begins. */
  #begin(): Fate {
    if (!this.#stack.isEmpty) return this.#stack.fate;
    this.#roots++;
    return this.#now;
  }

  #frame(kind: number, site: SiteId, frame: FrameId, place: number): Fate {
    if (kind === Kind.FRAME_ENTER) {
      // A generator that begins right behind `yield*` was called by the frame that goes on with it.
      const host = place === this.#delegatesUntil ? this.#fates.frame(this.#suspended.frame) : undefined;
      const fate = host ?? this.#begin();
      this.#fates.openFrame(frame, fate);
      this.#stack.pushFrame(frame, fate);
      return fate;
    }
    const fate = this.#fates.frame(frame) ?? this.#top();
    if (kind === Kind.RESUME) {
      if (this.#fates.resume(frame)) this.#stack.pushFrame(frame, fate);
      return fate;
    }
    this.#stack.leaveFrame(frame);
    if (kind === Kind.SUSPEND) {
      this.#fates.suspend(frame);
      this.#suspended = { site, frame, end: place + 3 };
    } else this.#fates.endFrame(frame);
    return fate;
  }

  #reach(site: SiteId, place: number): Fate {
    const { site: last, frame, end } = this.#suspended;
    if (place !== end || site !== last) return this.#top();
    this.#delegatesUntil = place + 1;
    return this.#fates.frame(frame) ?? this.#top();
  }

  /** Stands between words that belong together. */
  #stall(place: number): void {
    if (place === this.#suspended.end) this.#suspended.end += 3;
    if (place === this.#delegatesUntil) this.#delegatesUntil += 3;
  }

  #task(payload: number, operand: number): Fate {
    const turn = turnOf(payload);
    if (turn !== undefined) {
      const number = turn.kind === 'microtask' ? 0 : wholeTurn(turn.number, this.#number);
      const origin = turn.byFrame ? operand | 0 : operand >>> 0;
      return this.#turn(number, turn.kind === 'module', turn.nested, turn.byFrame, origin);
    }
    if (payload === 0) return this.#declare(operand >>> 0);
    // A request that the program makes is what it does next.
    if (payload === 3) return this.#top();
    return this.#fates.task(operand >>> 0) ?? this.#top();
  }

  /** A task from outside begins. */
  #declare(task: number): Fate {
    if (!this.#stack.isEmpty) {
      const fate = this.#stack.fate;
      if (fate === Fate.UNDECIDED) this.#inner++;
      else this.#declared(task, fate);
      this.#fates.setTask(task, fate);
      return fate;
    }
    // Two requests in one turn go together; the start of the program and what was kept for its length are decided.
    if (this.#now === Fate.UNDECIDED)
      this.#decide(this.#choose(++this.#tasks, task) ? Fate.KEPT : Fate.LEFT_OUT);
    this.#isDeclared = true;
    this.#fates.setTask(task, this.#now);
    this.#declared(task, this.#now);
    return this.#now;
  }

  #declared(task: number, fate: Fate): void {
    this.#countTasks(1, fate);
    this.#decided(task, fate);
  }

  #turn(number: TurnNumber, isModule: boolean, nested: boolean, byFrame: boolean, origin: number): Fate {
    if (number > 0) this.#number = number;
    // A turn within a call is that call's.
    if (nested && !this.#stack.isEmpty) {
      const fate = this.#stack.outermost;
      if (number > 0 && this.#fates.turn(number) === undefined) this.#fates.setTurn(number, fate, true);
      return fate;
    }
    const known = this.#originOf(byFrame, origin);
    const isNew = !this.#isDeclared && !isModule && known?.hasTask !== true;
    const fate = this.#turnFate(number, isModule, known?.fate);
    if (isNew) this.#countTasks(this.#roots, fate);
    if (this.#isForced && known?.fate === Fate.LEFT_OUT) this.tasks.partly++;
    this.#decide(fate);
    if (number > 0 && this.#fates.turn(number) === undefined)
      this.#fates.setTurn(number, fate, !isNew || this.#roots > 0);
    this.#endTurn(nested, number);
    return fate;
  }

  #turnFate(number: TurnNumber, isModule: boolean, origin: Fate | undefined): Fate {
    if (this.#now !== Fate.UNDECIDED) return this.#now;
    const told = number > 0 ? this.#fates.turn(number)?.fate : undefined;
    if (told !== undefined && told !== Fate.UNDECIDED) return told;
    if (isModule) return Fate.KEPT;
    if (origin !== undefined && origin !== Fate.UNDECIDED) return origin;
    return this.#choose(++this.#tasks, 0) ? Fate.KEPT : Fate.LEFT_OUT;
  }

  #originOf(byFrame: boolean, origin: number): { fate: Fate; hasTask: boolean } | undefined {
    if (origin === 0) return undefined;
    const known = byFrame ? this.#fates.frameOrigin(origin) : this.#fates.turn(origin);
    if (known !== undefined || byFrame || origin > this.#before) return known;
    return { fate: Fate.KEPT, hasTask: true };
  }

  #endTurn(nested: boolean, number: TurnNumber): void {
    if (this.#before < 0 && number > 0) this.#before = number;
    if (!nested) this.#stack.endTurn();
    this.#isDeclared = this.#isForced = false;
    this.#roots = 0;
    this.#now = Fate.UNDECIDED;
  }

  /** Words are missing: who is on the stack is not known, nor where turns ended. */
  #lose(): void {
    this.#decide(this.#now === Fate.UNDECIDED ? Fate.KEPT : this.#now);
    this.#stack.clear();
    this.#suspended.end = this.#delegatesUntil = NaN;
    if (this.#before >= 0) this.#now = Fate.UNDECIDED;
    this.#isDeclared = this.#isForced = false;
    this.#roots = 0;
  }
}
