/** What `intellimap run --flags` asks for: whose values are looked at, and which variables of the environment are told. Pure. */
import { isFlagVariable, isSecretVariable, NOT_TOLD } from '../base/flag-names.ts';
import type { RunFile, ValuePattern } from '../base/recording.ts';
import { namePattern, patternsOf } from '../load/globs.ts';

/** Values of flags are words; anything else is not written down. */
const WORD = /^(?:[a-z][a-z0-9_.-]{0,31}|\d{1,6})?$/i;
/** Values that say nothing but on or off. */
const SWITCH = /^(?:|0|1|true|false|on|off|yes|no|y|n|enabled?|disabled?)$/i;

type Environment = Readonly<Record<string, string | undefined>>;
type Flags = NonNullable<RunFile['flags']>;

/** @param functions names of functions that are asked for flags */
export function flagsWanted(
  functions: readonly string[],
  environment: Environment,
): { pattern: ValuePattern; flags: Flags } {
  const names = functions.map(namePattern).join('|');
  // What compilers make of an async function: a generator within it gives back what the promise will.
  const generators = functions.map((name) => namePattern(`${name} result (*)`)).join('|');
  const told = Object.entries(environment)
    .filter(([name, value]) => value !== undefined && isFlagVariable(name) && !isSecretVariable(name))
    .map(([name, value]) => [name, wordOr(value!)] as const)
    .toSorted(([a], [b]) => (a < b ? -1 : 1));
  return {
    pattern: { pattern: '--flags', files: patternsOf(['**']), name: `${names}|${generators}` },
    flags: { functions: names, environment: Object.fromEntries(told) },
  };
}

const wordOr = (value: string): string => (WORD.test(value) ? value : NOT_TOLD);

/**
 * The same with variables that program texts name: whether they are set; their values where they are called like flags, mean on or off, or stand in the text
 * that names them.
 */
export function withNamed(
  flags: Flags,
  { named, written }: { named: ReadonlySet<string>; written: ReadonlySet<string> },
  environment: Environment,
): Flags {
  const told = [...named]
    .filter((name) => !isSecretVariable(name))
    .map((name): [string, string | null] => {
      const value = environment[name];
      if (value === undefined) return [name, null];
      const isPlain = isFlagVariable(name) || SWITCH.test(value) || written.has(name);
      return [name, isPlain ? wordOr(value) : NOT_TOLD];
    });
  const all = Object.entries({ ...Object.fromEntries(told), ...flags.environment });
  return { ...flags, environment: Object.fromEntries(all.toSorted(([a], [b]) => (a < b ? -1 : 1))) };
}
