/** VALUE words and the texts they refer to → rows: what calls were given and gave back, and what they wrote to. */
import { Role, ROLE_BITS, type SiteId, type Values } from '@intellimap/probe/wire';
import { previewFacts, type PreviewFacts } from './previews.ts';
import { type CallStack, ENTRY, FLAG } from './stack.ts';

/** Rows of values that a run may have; more are counted. */
export const VALUES_LIMIT = 500_000;

export type ValueRole = 'argument' | 'this' | 'result' | 'thrown';

const utf8 = new TextDecoder();

interface Shown extends PreviewFacts {
  thread: number;
  call: number;
  preview: string;
}

export interface CallValue extends Shown {
  role: ValueRole;
  /** Among those of its role in the call. */
  nth: number;
  /** Of the argument; null for others. */
  position: number | null;
  name: string | null;
}

export interface StateChange extends Shown {
  /** Among those of its thread. */
  nth: number;
  at: number;
  site: SiteId;
  kind: 'property' | 'variable';
  target: string;
}

/** What all threads of a run have. */
export class ValueKeeper {
  readonly calls: CallValue[] = [];
  readonly changes: StateChange[] = [];
  /** Not kept here: the limit was reached. */
  beyondLimit = 0;
  private readonly limit: number;

  constructor(limit: number = VALUES_LIMIT) {
    this.limit = limit;
  }

  get hasRoom(): boolean {
    if (this.calls.length + this.changes.length < this.limit) return true;
    this.beyondLimit++;
    return false;
  }
}

export class ThreadValues {
  /** VALUE words without a text (damaged, or let go by a flight recorder), or without a call. */
  missing = 0;
  private readonly thread: number;
  private readonly keeper: ValueKeeper;
  private readonly stack: CallStack;
  private readonly pieces: Pick<Values, 'from' | 'bytes'>[] = [];
  private writes = 0;
  /** `throw` statements of calls. */
  private readonly thrown = new Map<number, number>();
  /** Call → index of its result. */
  private readonly results = new Map<number, number>();

  constructor(thread: number, keeper: ValueKeeper, stack: CallStack) {
    this.thread = thread;
    this.keeper = keeper;
    this.stack = stack;
  }

  /** Texts come before the words that refer to them. */
  texts({ from, bytes }: Values): void {
    // A copy: what is given is part of its whole file.
    if (bytes.length > 0) this.pieces.push({ from, bytes: bytes.slice() });
  }

  /** No more words come: what they would have referred to goes, as there may be many threads. */
  finish(): void {
    this.pieces.length = 0;
    this.thrown.clear();
    this.results.clear();
  }

  value(site: SiteId, what: number, position: number, now: number): void {
    const parsed = this.#parsed(position >>> 0, what >>> ROLE_BITS);
    const call = this.#callOf(site);
    if (parsed === undefined || call === undefined) {
      this.missing++;
      return;
    }
    const role = what & (2 ** ROLE_BITS - 1);
    if (role === Role.ARGUMENTS) this.#arguments(call, parsed);
    else if (role === Role.RESULT) this.#result(call, parsed);
    else if (role === Role.THROWN) this.#add(call, 'thrown', counted(this.thrown, call), null, null, parsed);
    else if (role === Role.PROPERTY || role === Role.VARIABLE)
      this.#change(call, site, role === Role.PROPERTY ? 'property' : 'variable', parsed, now);
    else this.missing++;
  }

  /** Number of the innermost call of the function that the site is in; its row is wanted from now on. */
  #callOf(site: SiteId): number | undefined {
    const { ints, nums, top } = this.stack;
    const fn = this.stack.functionOf(site);
    if (fn === 0) return undefined;
    for (let depth = top; depth >= 0; depth--) {
      const at = depth * ENTRY.STRIDE;
      if (ints[at + ENTRY.FN] !== fn) continue;
      ints[at + ENTRY.FLAGS] |= FLAG.KEEP;
      return nums[at + ENTRY.CALL];
    }
    return undefined;
  }

  #parsed(position: number, length: number): unknown {
    const piece = this.#pieceAt(position);
    if (piece === undefined || position + length > piece.from + piece.bytes.length) return undefined;
    const start = position - piece.from;
    try {
      return JSON.parse(utf8.decode(piece.bytes.subarray(start, start + length)));
    } catch {
      return undefined;
    }
  }

  /** Nearly always one of the last. */
  #pieceAt(position: number): Pick<Values, 'from' | 'bytes'> | undefined {
    for (let at = this.pieces.length - 1; at >= 0; at--) {
      const piece = this.pieces[at];
      if (piece.from <= position) return position < piece.from + piece.bytes.length ? piece : undefined;
    }
    return undefined;
  }

  #arguments(call: number, parsed: unknown): void {
    const { n, v, t } = (parsed ?? {}) as { n?: unknown; v?: unknown; t?: unknown };
    if (typeof n !== 'string' || !Array.isArray(v)) {
      this.missing++;
      return;
    }
    if (t !== undefined) this.#add(call, 'this', 0, null, null, t);
    const names = n === '' ? [] : n.split(',');
    for (const [at, value] of v.entries()) {
      const [, place, name] = /^(\d+)(.*)$/s.exec(names[at] ?? '') ?? [];
      this.#add(call, 'argument', at, place === undefined ? at : Number(place), name ?? null, value);
    }
  }

  /** A `finally` may return something else: the last one counts. */
  #result(call: number, parsed: unknown): void {
    const known = this.results.get(call);
    if (known === undefined) {
      if (this.#add(call, 'result', 0, null, null, parsed))
        this.results.set(call, this.keeper.calls.length - 1);
    } else Object.assign(this.keeper.calls[known], { preview: JSON.stringify(parsed) }, previewFacts(parsed));
  }

  #add(
    call: number,
    role: ValueRole,
    nth: number,
    position: number | null,
    name: string | null,
    value: unknown,
  ): boolean {
    if (!this.keeper.hasRoom) return false;
    this.keeper.calls.push({ ...this.#shown(call, value), role, nth, position, name });
    return true;
  }

  #change(call: number, site: SiteId, kind: StateChange['kind'], parsed: unknown, at: number): void {
    const [target, value] = (Array.isArray(parsed) ? parsed : []) as unknown[];
    if (typeof target !== 'string' || value === undefined) this.missing++;
    else if (this.keeper.hasRoom)
      this.keeper.changes.push({
        ...this.#shown(call, value),
        nth: this.writes++,
        at,
        site,
        kind,
        target,
      });
  }

  #shown(call: number, value: unknown): Shown {
    return { thread: this.thread, call, preview: JSON.stringify(value), ...previewFacts(value) };
  }
}

/** How often it was asked for this call before. */
function counted(counts: Map<number, number>, call: number): number {
  const count = counts.get(call) ?? 0;
  counts.set(call, count + 1);
  return count;
}
