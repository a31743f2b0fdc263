/** What `intellimap run --flags` asks for: whose values are looked at, and which variables of the environment are told. Pure. */
import type { RunFile, ValuePattern } from '../base/recording.ts';
import { namePattern, patternsOf } from '../load/globs.ts';

/** Variables that hold feature flags, by their names. */
const FLAG_NAME = /(?:^|_)(?:FLAGS?|FEATURES?|FF|EXPERIMENTS?|TOGGLES?)(?:_|$)/i;
const SECRET_NAME = /PASS|SECRET|TOKEN|KEY|CRED|AUTH|COOKIE|SESSION/i;
/** Values of flags are words; anything else is not written down. */
const WORD = /^(?:[a-z][a-z0-9_.-]{0,31}|\d{1,6})?$/i;
const NOT_TOLD = '(not told)';

/** @param functions names of functions that are asked for flags */
export function flagsWanted(
  functions: readonly string[],
  environment: Readonly<Record<string, string | undefined>>,
): { pattern: ValuePattern; flags: NonNullable<RunFile['flags']> } {
  const names = functions.map(namePattern).join('|');
  // What compilers make of an async function: a generator within it gives back what the promise will.
  const generators = functions.map((name) => namePattern(`${name} result (*)`)).join('|');
  const told = Object.entries(environment)
    .filter(([name, value]) => value !== undefined && FLAG_NAME.test(name) && !SECRET_NAME.test(name))
    .map(([name, value]) => [name, WORD.test(value!) ? value! : NOT_TOLD] as const)
    .toSorted(([a], [b]) => (a < b ? -1 : 1));
  return {
    pattern: { pattern: '--flags', files: patternsOf(['**']), name: `${names}|${generators}` },
    flags: { functions: names, environment: Object.fromEntries(told) },
  };
}
