/**
 * The probes that look at values: arguments, results, what is thrown, what is written to. Texts of values go into a circle of bytes of
 * their own, and a VALUE word says where; a text that was there lately is referred to again.
 *
 * Nothing here may fail in the program or run its code. What is not kept is counted, with the reason.
 */
import { Control, LET_GO, type Ring } from '../wire/ring.ts';
import { Role, ROLE_BITS } from '../wire/words.ts';
import { charCodeAt, indexOf, quoted, slice } from './intrinsics.ts';
import type { Preview } from './preview.ts';
import type { Clock } from './record.ts';
import type { ValueBudget } from '../wire/registry.ts';
import { createSpending } from './value-budget.ts';

/**
 * A call begins. `names`: `0a,1b,1c` for f(a, { b, c }), each with the place of its argument. Returns whether this call is looked at:
 * what the other probe is given.
 */
export type LookAtArguments = (word: number, names?: string, self?: unknown, ...values: unknown[]) => number;
/** One value more of a call that is looked at. `how`: a role, or POSTFIX and the role of a target that was counted up or down. */
export type LookAt = <T>(word: number, on: number | undefined, how: number, name: string, value: T) => T;

/** The value of `x++` is the old one: what was written is one more, or one less. Added to a role. */
export const Postfix = { INCREMENT: 8, DECREMENT: 16 } as const;

export interface LookHost {
  preview: Preview;
  clock: Clock;
  budget: ValueBudget;
  /** Writes a VALUE. */
  value: (word: number, what: number, position: number) => void;
  /** Waits until the reader is at `position`; false where it may not, or was in vain. */
  waitForRoom: (position: number) => boolean;
}

/** What programs of runs without values get. */
export const noLook: { v: LookAtArguments; u: LookAt } = {
  v: () => 0,
  u: (_word, _on, _how, _name, value) => value,
};

/** Texts that are remembered, and bytes after which all are forgotten: so far back may a text be referred to. */
const MAX_KNOWN = 1024;
const KNOWN_BYTES = 1 << 16;
/** Characters of the arguments of a call, about: those that come after are cut. */
const MAX_ARGUMENTS = 1 << 14;
/** Objects within `this`. */
const SELF_DEPTH = 2;
/** UTF-8 takes at most three bytes for a UTF-16 unit. */
const MAX_BYTES_PER_UNIT = 3;

/** Their places in `LET_GO`. */
const CALLS = LET_GO.indexOf('calls');
const LATE = LET_GO.indexOf('late');
const FAILED = LET_GO.indexOf('failed');

const { load, store } = Atomics;
const global = globalThis;

export function createLook(ring: Ring, host: LookHost): { v: LookAtArguments; u: LookAt } {
  const { control, values: memory } = ring;
  if (memory === undefined) return noLook;
  const { preview, clock, value: write } = host;
  const spending = createSpending(host.budget, clock());
  const append = createTexts(memory, control, host.waitForRoom);

  // Plain: only this thread writes them.
  const letGo = (reason: number): 0 => {
    control[Control.VALUES_LET_GO + reason]++;
    return 0;
  };

  const keep = (word: number, role: Role, text: string, began: number): void => {
    const stalled = control[Control.STALLED];
    const position = append(text);
    if (position < 0) return void letGo(LATE);
    const bytes = append.bytes;
    write(word, (bytes << ROLE_BITS) | role, position);
    control[Control.VALUES_KEPT]++;
    // Waiting for the reader is no looking.
    const micros = (clock() - began - (control[Control.STALLED] - stalled)) | 0;
    control[Control.VALUES_MICROS] += micros;
    spending.spend(append.isNew ? bytes : 0, micros);
  };

  const begins = (word: number): number => {
    if (control[Control.QUIET] !== 0) return 0;
    return spending.refusesCall(word >>> 4) ? letGo(CALLS) : 1;
  };

  return {
    v(word, names, self, ...values) {
      try {
        const on = begins(word);
        if (
          on === 0 ||
          names === undefined ||
          (values.length === 0 && (self === undefined || self === global))
        )
          return on;
        const now = clock();
        const refused = spending.refuses(now);
        if (refused >= 0) return letGo(refused);
        keep(word, Role.ARGUMENTS, argumentsText(names, self, values, preview), now);
        return 1;
      } catch {
        return letGo(FAILED);
      }
    },
    u(word, on, how, name, value) {
      if (on !== 1 || control[Control.QUIET] !== 0) return value;
      try {
        const now = clock();
        const refused = spending.refuses(now);
        if (refused >= 0) letGo(refused);
        else keep(word, (how & 7) as Role, textOf(how, name, value, preview), now);
      } catch {
        letGo(FAILED);
      }
      return value;
    },
  };
}

/** Of functions, by the names that they are told with: as many as there are in the text of the program. */
const heads = Object.create(null) as Record<string, string | undefined>;

function argumentsText(names: string, self: unknown, values: unknown[], preview: Preview): string {
  let text = '';
  let from = 0;
  for (let at = 0; at < values.length; at++) {
    const comma = indexOf(names, ',', from);
    const end = comma < 0 ? names.length : comma;
    const isCut = text.length > MAX_ARGUMENTS;
    text += `${at > 0 ? ',' : ''}${isCut ? '{"$":"cut"}' : preview(values[at], slice(names, from + 1, end))}`;
    from = end + 1;
  }
  const of = self === undefined || self === global ? '' : `,"t":${preview(self, '', SELF_DEPTH)}`;
  return `${(heads[names] ??= `{"n":${quoted(names)},"v":[`)}${text}]${of}}`;
}

function textOf(how: number, name: string, value: unknown, preview: Preview): string {
  const role = how & 7;
  const shown = preview(how < Postfix.INCREMENT ? value : stepped(value, how), name);
  return role >= Role.PROPERTY ? `[${quoted(name)},${shown}]` : shown;
}

function stepped(value: unknown, how: number): unknown {
  const isUp = (how & Postfix.INCREMENT) !== 0;
  if (typeof value === 'number') return isUp ? value + 1 : value - 1;
  if (typeof value === 'bigint') return isUp ? value + 1n : value - 1n;
  return value;
}

interface Texts {
  /** Position of the text, which is there from now on, or was; -1: there is no room. */
  (text: string): number;
  /** Of the last one: its bytes, and whether it was not there. */
  bytes: number;
  isNew: boolean;
}

function createTexts(memory: Uint8Array, control: Int32Array, waitForRoom: LookHost['waitForRoom']): Texts {
  const mask = memory.length - 1;
  /** Text → position and length. */
  let known = table();
  let count = 0;
  let knownFrom = 0;

  const hasRoom = (end: number): boolean => {
    const oldest = end - memory.length;
    return load(control, Control.VALUES_READ) >= oldest || waitForRoom(oldest);
  };

  const append = ((text: string): number => {
    const there = known[text];
    if (there !== undefined) {
      append.bytes = there.bytes;
      append.isNew = false;
      return there.position;
    }
    const position = control[Control.VALUES_END];
    const { length } = text;
    if (!hasRoom(position + length * MAX_BYTES_PER_UNIT)) return -1;
    const end = writeText(memory, mask, position, text);
    append.bytes = end - position;
    append.isNew = true;
    store(control, Control.VALUES_END, end);
    if (++count > MAX_KNOWN || end - knownFrom > KNOWN_BYTES) {
      known = table();
      count = 1;
      knownFrom = position;
    }
    known[text] = { position, bytes: end - position };
    return position;
  }) as Texts;
  return append;
}

/** A dictionary that no program reaches. */
const table = (): Record<string, { position: number; bytes: number } | undefined> =>
  Object.create(null) as Record<string, { position: number; bytes: number } | undefined>;

/** UTF-8; half surrogate pairs do not come out of JSON. Returns where it ends. */
function writeText(memory: Uint8Array, mask: number, from: number, text: string): number {
  let to = from;
  for (let at = 0; at < text.length; at++) {
    const unit = charCodeAt(text, at);
    if (unit < 0x80) {
      memory[to++ & mask] = unit;
      continue;
    }
    if (unit < 0x800) memory[to++ & mask] = 0xc0 | (unit >> 6);
    else if (unit < 0xd800 || unit > 0xdbff) {
      memory[to++ & mask] = 0xe0 | (unit >> 12);
      memory[to++ & mask] = 0x80 | ((unit >> 6) & 63);
    } else {
      const point = 0x10000 + ((unit & 0x3ff) << 10) + (charCodeAt(text, ++at) & 0x3ff);
      memory[to++ & mask] = 0xf0 | (point >> 18);
      memory[to++ & mask] = 0x80 | ((point >> 12) & 63);
      memory[to++ & mask] = 0x80 | ((point >> 6) & 63);
      memory[to++ & mask] = 0x80 | (point & 63);
      continue;
    }
    memory[to++ & mask] = 0x80 | (unit & 63);
  }
  return to;
}
