/**
 * What TASK words tell of turns of the event loop: each callback that Node makes is a turn, which somebody scheduled. The word comes at
 * the end of the turn, if anything was recorded in it: root calls since the word before were in it.
 *
 *     payload  1 nnnnnnnnnnnnnnnnnnnnn kkkk d f      operand: who scheduled it
 *                number of the turn    |    | frame: the operand is an async call's frame, else a turn's number; 0: not known
 *                                      kind nested: within another turn
 *
 * Between turns there are microtasks, and modules that are loaded: a word before the next turn says so.
 */
import { Kind, wordOf } from './words.ts';

/** Counts up from 1 in each thread; its low 21 bits are told. 0: microtasks, which have none. */
export type TurnNumber = number;

/** What runs the callbacks of a turn; `module`: code that runs while modules are loaded. Index = as in words. */
export const TURN_KINDS = [
  'other',
  'module',
  'timeout',
  'interval',
  'immediate',
  'tick',
  'message',
  'socket',
  'http server',
  'http client',
  'fs',
  'child',
  'worker',
  'resource',
  'signal',
  'microtask',
] as const;
export type TurnKind = (typeof TURN_KINDS)[number];

const TURN = 1 << 27;
const NUMBERS = 1 << 21;

export interface Turn {
  /** Its low bits. */
  number: TurnNumber;
  kind: TurnKind;
  /** Another turn goes on around it. */
  nested: boolean;
  byFrame: boolean;
}

export const turnWord = (number: TurnNumber, kind: number, nested: boolean, byFrame: boolean): number =>
  wordOf(
    Kind.TASK,
    TURN | ((number & (NUMBERS - 1)) << 6) | (kind << 2) | (nested ? 2 : 0) | (byFrame ? 1 : 0),
  );

/** What the payload of a TASK word says, when it is about a turn. */
export function turnOf(payload: number): Turn | undefined {
  if (payload < TURN) return undefined;
  return {
    number: (payload >>> 6) & (NUMBERS - 1),
    kind: TURN_KINDS[(payload >>> 2) & 15],
    nested: (payload & 2) !== 0,
    byFrame: (payload & 1) !== 0,
  };
}

/** Kinds of turns that may begin while other code runs, or are told while it does. */
const WITHIN: readonly TurnKind[] = ['other', 'module', 'resource', 'microtask'];

/** Whether a TASK word says that the stack is empty: it ends a turn that Node makes when nothing else runs. */
export function endsAlone(payload: number): boolean {
  const turn = turnOf(payload);
  return turn !== undefined && !turn.nested && !WITHIN.includes(turn.kind);
}

/** The number with these low bits that is nearest to one that was told before. */
export function wholeTurn(low: number, near: TurnNumber): TurnNumber {
  const number = near - (near % NUMBERS) + low;
  if (number - near > NUMBERS / 2) return number - NUMBERS;
  return near - number > NUMBERS / 2 ? number + NUMBERS : number;
}
