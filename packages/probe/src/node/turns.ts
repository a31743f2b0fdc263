/**
 * Causality: each callback that Node makes is a turn with a number, and its words say who scheduled it. Roots of the call tree, and what they
 * schedule in turn, find their task by that, and nothing of the program is wrapped.
 */
import asyncHooks from 'node:async_hooks';
import { weakMapGet, weakMapSet } from '../core/intrinsics.ts';
import { RecentMap } from '../wire/recent.ts';
import { TURN_KINDS, turnWord, type TurnKind, type TurnNumber } from '../wire/turns.ts';
import { CarriedOrigins, CountedOrigins, type Origin, type Origins, TriggeredOrigins } from './origins.ts';
import { hookTurns } from './turn-hooks.ts';

// Taken now: programs delete globals, or put others into their place.
const { getPrototypeOf, getOwnPropertyDescriptor } = Object;
// Taken now: what is called in each turn is no property that somebody may replace.
// oxlint-disable-next-line typescript/unbound-method -- uses no `this`
const { executionAsyncId, executionAsyncResource } = asyncHooks;

/** Requests whose later turns are known to be theirs, at least. */
const MAX_CLAIMS = 4096;
/** Ids whose turns somebody waits for, at least. */
const MAX_WATCHES = 4096;
/** Turns within turns; more are a sign that ends are missing. */
const MAX_DEPTH = 64;

export interface TurnHost {
  /** TASK: word, operand, time. */
  mark: (word: number, operand: number) => void;
  /** Where the next word goes: whether the program recorded something. */
  cursor: () => number;
  /** Turns so far. */
  count: (turns: number) => void;
}

/** Turns that are remembered: a power of two. */
const SIZE = 1 << 16;

/** A turn that goes on. */
interface Open {
  asyncId: number;
  number: TurnNumber;
  origin: Origin;
  /** Where the words were when it began: nothing is written about a turn without words. */
  start: number;
  /** Whose turn it is around this one. */
  outer: Origin;
}

export class Turns {
  readonly #host: TurnHost;
  #origins: Origins | undefined;
  /** No word is written before the first module of the program: the thread may have none. */
  #isOn = false;
  #number: TurnNumber = 0;
  /** Who owns what is scheduled now. */
  #current: Origin = 0;
  /** Outermost first. */
  readonly #open: Open[] = [];
  /** Where the words were when something was last told. */
  #told = 0;
  /** Modules are loaded between turns, as a turn of this number; 0: what comes between turns are microtasks. */
  #modules: TurnNumber = 0;
  /** The owner before the async call that goes on between turns. */
  #beforeFrame: Origin = 0;
  /** Who owns what a turn scheduled: itself, or its origin when it had no words. By the low bits of its number. */
  readonly #owners = new Float64Array(SIZE);
  /** Async id → the turn in which a request began. Its body comes in turns of the same id. */
  readonly #claims = new RecentMap<number, TurnNumber>(MAX_CLAIMS);

  /** Async id → to be asked at the end of its turns, until the answer is yes. */
  readonly #watches = new RecentMap<number, () => boolean>(MAX_WATCHES);
  /** Resource → id under which somebody waits for its turns, too. */
  readonly #others = new WeakMap<object, number>();

  constructor(host: TurnHost) {
    this.#host = host;
  }

  /**
   * Asks at the end of the turn that goes on, and of later ones of the same id or of another resource, until the answer is yes.
   * @returns false: none is known to go on
   */
  atEnd(isDone: () => boolean, other?: object): boolean {
    if (this.#open.length === 0) return false;
    this.#watches.set(this.#open[0].asyncId, isDone);
    if (other !== undefined) weakMapSet(this.#others, other, this.#open[0].asyncId);
    return true;
  }

  #ask(asyncId: number): void {
    if (this.#watches.get(asyncId)?.() === true) this.#watches.delete(asyncId);
  }

  /** Whether frames are to be told (`resumed`, `left`). */
  get needsFrames(): boolean {
    return this.#origins?.needsFrames ?? false;
  }

  /** To be called before any code of the program. */
  watch(): void {
    const hooked = hookTurns({ before: (id) => this.#before(id), after: (id) => this.#after(id) });
    if (hooked === undefined) return;
    if (CarriedOrigins.isCheap) this.#origins = new CarriedOrigins();
    else if (hooked.counter !== undefined) this.#origins = new CountedOrigins(hooked.counter);
    else this.#origins = new TriggeredOrigins();
    this.#told = this.#host.cursor();
  }

  /** A module of the program begins. */
  module(): void {
    if (this.#origins === undefined) return;
    this.#isOn = true;
    if (this.#open.length > 0 || this.#modules > 0) return;
    this.#tellBetween();
    this.#modules = ++this.#number;
    this.#owners[this.#number & (SIZE - 1)] = this.#number;
    this.#origins.settle(this.#current);
    this.#origins.open(this.#number);
    this.#current = this.#number;
    this.#told = this.#host.cursor();
  }

  /** The turn is the beginning of something whose later turns have the same id. */
  claim(): void {
    if (this.#open.length === 0) return;
    const { asyncId, number } = this.#open[this.#open.length - 1];
    this.#claims.set(asyncId, number);
    this.#origins?.claim(asyncId, number);
  }

  /** An async call goes on. Between turns it owns what is scheduled. */
  resumed(frame: number): void {
    if (frame === 0 || this.#open.length > 0 || this.#current < 0) return;
    this.#origins!.settle(this.#current);
    this.#beforeFrame = this.#current;
    this.#current = -frame;
  }

  left(frame: number): void {
    if (frame === 0 || this.#current !== -frame) return;
    this.#origins!.settle(-frame);
    this.#current = this.#beforeFrame;
  }

  ended(frame: number): void {
    this.left(frame);
  }

  /** All turns have ended: nobody caught an exception, or the thread ends. What is known of them is told. */
  close(): void {
    if (!this.#isOn) return;
    if (this.#open.length === 0) this.#tellBetween();
    while (this.#open.length > 0) {
      const turn = this.#open.pop()!;
      this.#tell(turn, executionAsyncId() === turn.asyncId ? kindOf(executionAsyncResource()) : 0);
      this.#current = turn.number;
    }
  }

  #before(asyncId: number): void {
    if (!this.#isOn) return;
    try {
      // Node makes these when nothing else runs.
      if (this.#open.length > 0 && isOutermost(kindOf(executionAsyncResource()))) this.close();
      const origins = this.#origins!;
      const isNested = this.#open.length > 0;
      // What was scheduled between turns, while no code of the program ran, is Node's own.
      const isProgram = isNested || this.#modules > 0 || this.#host.cursor() !== this.#told;
      origins.settle(isProgram ? this.#current : 0);
      if (!isNested) this.#tellBetween();
      else this.#tell(this.#open[this.#open.length - 1], 0);
      const claim = this.#claims.size > 0 ? this.#claims.get(asyncId) : undefined;
      const origin = claim ?? this.#ownerOf(origins.of(asyncId));
      const number = ++this.#number;
      this.#host.count(number);
      this.#owners[number & (SIZE - 1)] = number;
      this.#open.push({ asyncId, number, origin, start: this.#told, outer: this.#current });
      origins.open(number);
      this.#current = number;
    } catch {
      // The stack is full, or something is not as it was: a turn that is not told.
    }
  }

  #after(asyncId: number): void {
    if (!this.#isOn) return;
    try {
      const { length } = this.#open;
      if (length === 0) return;
      if (length > MAX_DEPTH || this.#open[length - 1].asyncId !== asyncId) return this.close();
      const turn = this.#open.pop()!;
      if (this.#host.cursor() === turn.start) this.#owners[turn.number & (SIZE - 1)] = turn.origin;
      else this.#tell(turn, kindOf(executionAsyncResource()));
      const owner = this.#owners[turn.number & (SIZE - 1)];
      this.#origins!.settle(owner);
      // Outside come microtasks: this turn set them off.
      this.#current = length > 1 ? turn.outer : owner;
      if (length === 1 && this.#watches.size > 0)
        this.#ask(weakMapGet(this.#others, executionAsyncResource()) ?? asyncId);
    } catch {
      this.#open.length = 0;
    }
  }

  /** @param kind 0: not known yet */
  #tell({ number, origin }: Open, kind: number): void {
    const { mark, cursor } = this.#host;
    if (cursor() === this.#told) return;
    mark(turnWord(number, kind, this.#open.length > 0, origin < 0), Math.abs(origin));
    this.#told = cursor();
  }

  /** What was recorded since the last turn. */
  #tellBetween(): void {
    const { mark, cursor } = this.#host;
    const number = this.#modules;
    this.#modules = 0;
    if (cursor() === this.#told) return;
    const origin = number > 0 ? 0 : this.#current;
    mark(turnWord(number, number > 0 ? MODULE : MICROTASK, false, origin < 0), Math.abs(origin));
    this.#told = cursor();
  }

  /** Turns without words pass on what they have from their own origin. */
  #ownerOf(origin: Origin): Origin {
    if (origin <= 0) return origin;
    return this.#number - origin < SIZE ? this.#owners[origin & (SIZE - 1)] : 0;
  }
}

const MODULE = TURN_KINDS.indexOf('module');
const MICROTASK = TURN_KINDS.indexOf('microtask');
const TIMEOUT = TURN_KINDS.indexOf('timeout');
const TICK = TURN_KINDS.indexOf('tick');

/** Kinds of Node's resources, by the names of their classes. */
const CLASSES: Record<string, TurnKind> = {
  Timeout: 'timeout',
  Immediate: 'immediate',
  Object: 'tick',
  MessagePort: 'message',
  TCP: 'socket',
  TCPConnectWrap: 'socket',
  TLSWrap: 'socket',
  Pipe: 'socket',
  PipeConnectWrap: 'socket',
  WriteWrap: 'socket',
  ShutdownWrap: 'socket',
  UDP: 'socket',
  HTTPServerAsyncResource: 'http server',
  HTTPClientAsyncResource: 'http client',
  ClientRequest: 'http client',
  FSReqCallback: 'fs',
  FSReqPromise: 'fs',
  FileHandle: 'fs',
  FSEvent: 'fs',
  StatWatcher: 'fs',
  Process: 'child',
  Worker: 'worker',
  AsyncResource: 'resource',
  Signal: 'signal',
};

const isOutermost = (kind: number): boolean => kind >= TIMEOUT && kind <= TICK;

const kinds = new WeakMap<object, number>();

/** Looks at nothing that could be code of the program. */
function kindOf(resource: object): number {
  const prototype = getPrototypeOf(resource) as object | null;
  if (prototype === null) return 0;
  let kind = weakMapGet(kinds, prototype);
  if (kind === undefined) {
    const made: unknown = getOwnPropertyDescriptor(prototype, 'constructor')?.value;
    const name: unknown = typeof made === 'function' ? getOwnPropertyDescriptor(made, 'name')?.value : '';
    kind = TURN_KINDS.indexOf(
      (typeof name === 'string' && Object.hasOwn(CLASSES, name) && CLASSES[name]) || 'other',
    );
    weakMapSet(kinds, prototype, kind);
  }
  if (kind !== TIMEOUT) return kind;
  const repeat: unknown = getOwnPropertyDescriptor(resource, '_repeat')?.value;
  return typeof repeat === 'number' ? kind + 1 : kind;
}
