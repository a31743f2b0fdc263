/** From what a run is known by to the one sentence. Pure. */
import { grouped, plural } from '../../base/number-words.ts';
import type { Change, Drift } from '../drift/index.ts';
import type { Moment } from '../issues.ts';
import { asMoment, inWords, seconds, short, times } from './words.ts';

/** Tasks of one shape, e.g. `GET /carts/*`, that met an error. */
export interface Affected {
  shape: string;
  kind: string;
  hit: number;
  /** Tasks of the shape in all; null: not all have a row. */
  of: number | null;
}

/** One kind of error. */
export interface Trouble {
  name: string;
  /** null: nobody in the recorded files saw the error, only which calls it left is known. */
  message: string | null;
  count: number;
  uncaught: number;
  /** Function around the place. */
  function: string | null;
  path: string | null;
  line: number | null;
  /** The first one. */
  moment: Moment | null;
  /** Earlier runs of the command, none of which had it; 0: one had it, or there are none. */
  newAfter: number;
  /** Runs that had it, this one included. */
  runs: number;
  /** Of these, those that began before this one. */
  before: number;
  affected: Affected | null;
}

export interface Facts {
  /** Weightiest first. */
  troubles: Trouble[];
  errors: number;
  exitCode: number | null;
  signal: string | null;
  ended: boolean;
  complete: boolean;
  tier: string;
  /** Another tool recorded it. */
  isImported: boolean;
  calls: number;
  functions: { hit: number; all: number };
  drift: Drift | null;
}

export interface Judged {
  /** `bad`: something is broken · `worse`: slower, or more of it · `good` · `unknown`: says why. */
  tone: 'bad' | 'worse' | 'good' | 'unknown';
  /** One sentence, with its final stop. */
  sentence: string;
  /** What shows it: parts of a text, to be set one after the other; those with a moment are links. */
  evidence: (string | { text: string; moment: Moment })[];
  /** Where to look first; null: nowhere. */
  moment: Moment | null;
}

/** What V8 throws for mistakes in a program. */
const MISTAKES = new Set(['TypeError', 'ReferenceError', 'RangeError', 'AssertionError']);

/** Nobody meant it: uncaught, unseen, a mistake, or never there before. */
export const isSerious = ({ uncaught, message, name, newAfter }: Trouble): boolean =>
  uncaught > 0 || message === null || MISTAKES.has(name) || newAfter > 0;

/** Serious ones first: those that nobody caught, then new ones, then by count. */
export const byWeight = (a: Trouble, b: Trouble): number => weight(b) - weight(a) || b.count - a.count;
const weight = (trouble: Trouble): number =>
  (isSerious(trouble) ? 8 : 0) + (trouble.uncaught > 0 ? 4 : 0) + (trouble.newAfter > 0 ? 2 : 0);

export function judge(facts: Facts): Judged {
  const [first] = facts.troubles;
  if (first !== undefined && isSerious(first)) return broken(first, facts);
  if (facts.signal !== null || (facts.exitCode ?? 0) !== 0) return ended(facts);
  const worse = facts.drift?.changes.find(isWorse);
  if (worse !== undefined) return grown(worse, facts.drift!);
  if (!facts.ended || !facts.complete || facts.tier === 'minimal') return unknown(facts);
  return good(facts);
}

function broken(trouble: Trouble, { troubles, exitCode }: Facts): Judged {
  const others = troubles.filter(isSerious).length - 1;
  const { count, name, message, function: around, moment, path, line } = trouble;
  const place = path === null ? null : `${path}${line === null ? '' : `:${line}`}`;
  const what =
    message === null ? 'an error that no recorded code threw or caught' : `${name}: ${short(message, 160)}`;
  return {
    tone: 'bad',
    sentence: `${inWords(trouble)}${since(trouble)}.`,
    evidence: [
      `${times(count)}${what}`,
      ...(place === null ? [] : [' in ', asMoment(place, trouble)]),
      around === null ? '' : ` (${around})`,
      moment?.t == null ? '.' : `, first seen ${seconds(moment.t)} after the start.`,
      trouble.newAfter > 0
        ? ` None of ${plural(trouble.newAfter, 'earlier run')} of the command had it.`
        : '',
      trouble.newAfter === 0 && trouble.runs > 1
        ? ` ${plural(trouble.runs - 1, 'other run')} had it, too.`
        : '',
      exitCode !== null && exitCode !== 0 ? ` The command ended with exit code ${exitCode}.` : '',
      others > 0 ? ` ${plural(others, 'other kind')} of errors may be as serious.` : '',
    ].filter((part) => part !== ''),
    moment,
  };
}

const since = ({ newAfter, before }: Trouble): string => {
  if (newAfter > 0) return ', and it began in this run';
  return before > 0 ? ', as in earlier runs' : '';
};

function ended({ exitCode, signal, troubles, errors }: Facts): Judged {
  const how = signal === null ? `with exit code ${exitCode}` : `by ${signal}`;
  const [first] = troubles;
  return {
    tone: 'bad',
    sentence: `The command ended ${how}, and no error was recorded that nobody caught.`,
    evidence:
      first === undefined
        ? ['No error at all was recorded in it.']
        : [
            `${plural(errors, 'error')} came and ${errors === 1 ? 'was' : 'were'} caught, the most frequent `,
            asMoment(`${first.name}: ${short(first.message ?? '', 80)}`, first),
            '.',
          ],
    moment: first?.moment ?? null,
  };
}

/** Slower, or called twice as often: in the same code rather than in what somebody wrote, and more than by chance. */
function isWorse({ kind, what, confidence, because, before, now }: Change): boolean {
  if (confidence === 'possible') return false;
  if (what === 'slower') return true;
  return (
    kind === 'calls' && what === 'more' && because === 'behaviour' && (now ?? 0) >= 2 * (before ?? Infinity)
  );
}

function grown(
  { subject, what, before, now, unit, path, line, because }: Change,
  { other, changes }: Drift,
): Judged {
  const figures = `${figure(before)} → ${figure(now)} ${unit}`;
  const moment: Moment | null =
    path === null ? null : { t: null, thread: null, call: null, function: null, path, line };
  const others = changes.filter(isWorse).length - 1;
  return {
    tone: 'worse',
    sentence: `${subject} ${what === 'slower' ? 'became slower' : 'is called more often'}: ${figures}.`,
    evidence: [
      ...(moment === null ? [] : [{ text: `${path}${line === null ? '' : `:${line}`}`, moment }, ': ']),
      because === 'code' ? 'its code changed' : 'its code is the same',
      `, compared with run ${other}. No error is new.`,
      others > 0 ? ` ${plural(others, 'other thing')} became slower, or more, too.` : '',
    ].filter((part) => part !== ''),
    moment,
  };
}

function unknown({ ended: hasEnd, tier, isImported, complete, errors, calls }: Facts): Judged {
  const why = reasonOf();
  return {
    tone: 'unknown',
    sentence: `${errors === 0 ? 'No error was recorded' : 'No serious error was recorded'}, but ${why}.`,
    evidence: [`${grouped(calls)} calls were recorded.`],
    moment: null,
  };
  function reasonOf(): string {
    if (!hasEnd) return 'this run has no end: it goes on, or its recorder was killed';
    if (!complete) return 'part of this run is missing';
    if (isImported) return 'this run was imported, and tells no more than the other tool recorded';
    return tier === 'minimal' ? 'a minimal run records calls only' : 'not all is known of it';
  }
}

function good({ errors, troubles, drift, functions, calls }: Facts): Judged {
  const slower = drift === null ? '' : `, and nothing is slower than in run ${drift.other}`;
  const what =
    errors === 0
      ? 'No errors'
      : `Nothing serious: ${plural(errors, 'error')} came and ${errors === 1 ? 'was' : 'were'} caught`;
  const known =
    troubles.length > 0 && troubles.every(({ before }) => before > 0) ? ' as in earlier runs' : '';
  return {
    tone: 'good',
    sentence: `${what}${known}${slower}.`,
    evidence: [
      `${grouped(calls)} calls of ${grouped(functions.hit)} functions were watched; ${grouped(functions.all - functions.hit)} functions never ran.`,
      drift === null ? ' There is no earlier complete run of the same command to compare with.' : '',
    ].filter((part) => part !== ''),
    moment: null,
  };
}

const figure = (value: number | null): string =>
  value === null ? '?' : String(Number.isInteger(value) ? value : Number(value.toPrecision(3)));
