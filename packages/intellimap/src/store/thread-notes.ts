/** Notes of a recording → what they say. Recordings are not to be trusted: a field may hold anything. Pure. */
import type { Note } from '@intellimap/probe/wire';
import type { Collection } from './replay/pauses.ts';
import type { BegunResource, EndedResource } from './replay/resources.ts';
import { TASK_RESULTS, type TaskNote } from './replay/tasks.ts';

export interface UncaughtNote {
  name: string;
  message: string;
  stack: string;
  micros: number;
  /** Number of its text << 1 | first sighting. */
  error: number;
  /** A promise rejected it, and no call was left by it. */
  isRejection: boolean;
}

/** What an error says, and what those that caused it say. */
export interface ErrorText {
  name: string;
  message: string;
  /** Outermost first. */
  causes: { name: string; message: string }[];
}

/** Gates were set. */
export interface GatesNote {
  micros: number;
  gate: string;
  /** null: all. */
  functions: number | null;
  reason: string;
}

/** What recording takes: µs of processors since the process began, percent as told, bytes; µs that the event loop was held for, at the longest, and that threads have waited for the recorder. NaN: not said. */
export interface CostNote {
  micros: number;
  cpu: number;
  own: number;
  main: number;
  budget: number;
  /** Functions that were only counted for its sake. */
  counted: number;
  percent: number;
  rss: number;
  memory: number;
  held: number;
  stalled: number;
  /** Callbacks that Node has made so far. */
  turns: number;
}

/** What sampling left out so far: tasks, words and events, and of those the ones with a time. */
export interface LeftOut {
  tasks: number;
  partly: number;
  words: number;
  events: number;
  timed: number;
}

/** Another share of the tasks is kept from now on. */
export interface RateNote {
  micros: number;
  rate: number;
  reason: string;
}

export const textOf = (value: unknown): string => (typeof value === 'string' ? value : '');
export const numberOf = (value: unknown): number => (typeof value === 'number' ? value : NaN);

/** `[start µs, duration µs, kind]` each. */
export function collectionsIn(told: unknown): Collection[] {
  if (!Array.isArray(told)) return [];
  return told
    .map((each: unknown) => (Array.isArray(each) ? each : []))
    .map(([start, duration, detail]: unknown[]) => ({
      start: numberOf(start),
      duration: numberOf(duration),
      detail: textOf(detail),
    }))
    .filter(({ start, duration }) => Number.isFinite(start) && duration >= 0);
}

export function errorTextOf({ name, message, causes }: Note & Record<string, unknown>): ErrorText {
  const told: unknown[] = Array.isArray(causes) ? causes : [];
  return {
    name: textOf(name),
    message: textOf(message),
    causes: told.map((each) => {
      const cause = (each ?? {}) as Record<string, unknown>;
      return { name: textOf(cause['name']), message: textOf(cause['message']) };
    }),
  };
}

/** What `typeof` and `null` name so: of these, nobody can tell whether one was seen before. */
const PRIMITIVES = new Set(['string', 'number', 'boolean', 'undefined', 'bigint', 'symbol', 'null']);

export const isPrimitive = ({ name }: ErrorText): boolean => PRIMITIVES.has(name);

/** What engines throw when the stack is full: V8 and JavaScriptCore, SpiderMonkey. */
const FULL_STACK = new Set([
  'RangeError: Maximum call stack size exceeded',
  'RangeError: Maximum call stack size exceeded.',
  'InternalError: too much recursion',
]);

export const isFullStack = ({ name, message }: Pick<ErrorText, 'name' | 'message'>): boolean =>
  FULL_STACK.has(`${name}: ${message}`);

export function gatesOf({ micros, gate, sites, reason }: Note & Record<string, unknown>): GatesNote {
  return {
    micros: numberOf(micros),
    gate: textOf(gate),
    functions: Array.isArray(sites) ? sites.length : null,
    reason: textOf(reason),
  };
}

export function costOf({
  micros,
  cpu,
  own,
  main,
  budget,
  counted,
  percent,
  rss,
  memory,
  held,
  stalled,
  turns,
}: Note & Record<string, unknown>): CostNote {
  return {
    micros: numberOf(micros),
    cpu: numberOf(cpu),
    own: numberOf(own),
    main: numberOf(main),
    budget: numberOf(budget),
    counted: numberOf(counted),
    percent: numberOf(percent),
    rss: numberOf(rss),
    memory: numberOf(memory),
    held: numberOf(held),
    stalled: numberOf(stalled),
    turns: numberOf(turns),
  };
}

export function leftOutOf(note: Note): LeftOut {
  const told = note as Record<string, unknown>;
  const count = (name: string): number => Math.max(0, numberOf(told[name])) || 0;
  return {
    tasks: count('tasksLeftOut'),
    partly: count('tasksPartly'),
    words: count('words'),
    events: count('events'),
    timed: count('timed'),
  };
}

export function rateOf({ micros, rate, reason }: Note & Record<string, unknown>): RateNote {
  return { micros: numberOf(micros), rate: numberOf(rate), reason: textOf(reason) };
}

export function uncaughtOf(note: Note): UncaughtNote {
  const { name, message, stack, micros, error, origin } = note as Record<string, unknown>;
  return {
    name: textOf(name),
    message: textOf(message),
    stack: textOf(stack),
    micros: numberOf(micros),
    error: numberOf(error),
    isRejection: origin === 'unhandledRejection',
  };
}

export function taskNoteOf(note: Note): TaskNote {
  const { kind, name, trace, parent, result } = note as Record<string, unknown>;
  const known = TASK_RESULTS.find((each) => each === result);
  return {
    kind: textOf(kind),
    name: typeof name === 'string' ? name : null,
    trace: textOf(trace) || null,
    parent: textOf(parent) || null,
    ...(known && { result: known }),
  };
}

/** Undefined: the note tells an end. */
export function begunResourceOf(note: Note): BegunResource | undefined {
  const { id, kind, method, url, micros, trace, span } = note as Record<string, unknown>;
  if (typeof url !== 'string') return undefined;
  return {
    id: numberOf(id),
    kind: textOf(kind),
    method: textOf(method),
    url,
    start: numberOf(micros),
    trace: textOf(trace) || null,
    span: textOf(span) || null,
  };
}

export function endedResourceOf(note: Note): EndedResource {
  const { took, ttfb, status, bytes, type, failure } = note as Record<string, unknown>;
  return {
    took: numberOf(took),
    ttfb: numberOf(ttfb),
    status: numberOf(status),
    bytes: numberOf(bytes),
    type: textOf(type) || null,
    failure: textOf(failure) || null,
  };
}
