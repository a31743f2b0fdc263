/**
 * Events that the program itself tells, with or without `intellimap/events`, and without effect when it is not recorded:
 *
 *     diagnostics_channel.channel('intellimap:event').publish({ name: 'shop/ordered', values: { total: 12.5 } })
 *
 * A TASK word stands where it was told, for the call and task that did it; what it says is a note in shared memory.
 */
import diagnostics from 'node:diagnostics_channel';
import { EVENT_CHANNEL, eventName, eventValues, type Redaction } from '../core/index.ts';
import { quoted } from '../core/intrinsics.ts';
import { Kind, wordOf } from '../wire/words.ts';
import { micros } from './clock.ts';
import { own } from './request-facts.ts';

/** As a request that is made. */
const ASKS = wordOf(Kind.TASK, 3);
/** Requests of the thread are counted from 1 on, events from here. */
const FIRST = 2 ** 30;
/** Of a thread; those beyond are counted. */
const MAX_EVENTS = 100_000;

interface EventHost {
  /** Somebody reads what is recorded. */
  isOn: () => boolean;
  mark: (word: number, operand: number) => void;
  /** A note, as JSON. */
  tell: (json: string) => void;
  isProxy: (value: unknown) => boolean;
  redaction: Redaction;
}

/** Returns what tells how many there were, where some were only counted. */
export function followEvents({ isOn, mark, tell, isProxy, redaction }: EventHost): () => void {
  let count = 0;
  const hear = (message: unknown): void => {
    if (!isObject(message) || isProxy(message) || !isOn()) return;
    const name = own(message, 'name');
    if (typeof name !== 'string' || ++count > MAX_EVENTS) return;
    const values = own(message, 'values');
    const told = isObject(values) && !isProxy(values) ? eventValues(values, redaction) : {};
    const id = FIRST + count;
    mark(ASKS, id);
    tell(
      `{"t":"event","id":${id},"n":${count},"name":${quoted(eventName(name, redaction))},"values":${quoted(told as never)},"micros":${micros()}}`,
    );
  };
  diagnostics.subscribe(EVENT_CHANNEL, (message) => {
    try {
      hear(message);
    } catch {
      // The stack is full: an event that is not told.
    }
  });
  return () => {
    if (count > MAX_EVENTS) tell(`{"t":"event","n":${count}}`);
  };
}

const isObject = (value: unknown): value is object => typeof value === 'object' && value !== null;
