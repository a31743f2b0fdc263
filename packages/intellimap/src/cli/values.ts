/** The options of `intellimap run` that ask for values. Pure. */
import { VALUE_BUDGET } from '@intellimap/probe/wire';
import { ExitCode, Fault } from '../base/fault.ts';
import type { ValueBudget, ValuePattern, ValuesWanted } from '../base/recording.ts';
import { globProblem, namePattern, patternsOf } from '../load/globs.ts';
import type { Call, OptionHelp } from './command.ts';

export const valueOptions = {
  values: { type: 'string', multiple: true },
  state: { type: 'string', multiple: true },
  redact: { type: 'string', multiple: true },
  'value-budget': { type: 'string' },
} as const;

export const valueHelp: OptionHelp[] = [
  {
    usage: '--values <glob[#function]>',
    text: 'arguments, results, thrown values and writes of these functions, as short previews without secrets (repeatable)',
  },
  {
    usage: '--state <glob[#function]>',
    text: 'only what these functions write to: properties, and variables that are not their own (repeatable)',
  },
  { usage: '--redact <name>', text: 'values of names with this in them are secret, too (repeatable)' },
  {
    usage: '--value-budget <limits>',
    text: 'of each thread, e.g. calls=256,rate=4,bytes=64,share=25 (the default): calls of a function before only samples are looked at, MiB a second, MiB, percent of the time; 0 is no limit',
  },
];

const MIB = 2 ** 20;
/** A place in a thread's values is 31 bits. */
const MAX_MIB = 1024;
const EVERYTHING = '**';

/**
 * @param strategy of all functions: `full_trace` and `state_only` are what their options are for some
 * @param more functions whose values are wanted for another reason
 * @param planned a plan says of which functions, by id
 * @returns undefined where no values are asked for
 * @throws Fault for what the user can mend
 */
export function valuesWanted(
  values: Call['values'],
  strategy: string,
  more: readonly ValuePattern[] = [],
  planned = false,
): ValuesWanted | undefined {
  const full = [...patterns(values['values'], '--values'), ...more];
  const state = patterns(values['state'], '--state');
  const redact = texts(values['redact']);
  const budget = budgetOf(values['value-budget']);
  if (strategy === 'full_trace') full.push(patternOf(EVERYTHING, '--values'));
  if (strategy === 'state_only') state.push(patternOf(EVERYTHING, '--state'));
  if (full.length + state.length === 0 && !planned) {
    if (redact.length === 0 && values['value-budget'] === undefined) return undefined;
    throw new Fault(
      ExitCode.USAGE,
      'there are no values to redact or to limit',
      'name functions with --values or --state',
    );
  }
  if (strategy === 'minimal' || strategy === 'edges')
    throw new Fault(
      ExitCode.USAGE,
      `the tier ${strategy} records no calls that values could belong to`,
      'leave out --tier',
    );
  return { full_trace: full, state_only: state, budget, redact };
}

const texts = (given: Call['values'][string]): string[] =>
  given === undefined ? [] : [given].flat().map(String);

const patterns = (given: Call['values'][string], option: string): ValuePattern[] =>
  texts(given).map((text) => patternOf(text, option));

/** `src/cart.ts#Cart.total`; a `#` in a path would have to be written as `[#]`. */
function patternOf(pattern: string, option: string): ValuePattern {
  const at = pattern.search(/(?<!\[)#/);
  const glob = at < 0 ? pattern : pattern.slice(0, at);
  const name = at < 0 ? null : pattern.slice(at + 1);
  const problem = name === '' ? `"${pattern}" names no function behind its #` : globProblem(glob);
  if (problem !== undefined) throw new Fault(ExitCode.USAGE, `${option}: ${problem}`);
  return { pattern, files: patternsOf([glob]), name: name === null ? null : namePattern(name) };
}

function budgetOf(given: Call['values'][string]): ValueBudget {
  const budget = { ...VALUE_BUDGET };
  if (given === undefined) return budget;
  for (const part of String(given).split(',')) {
    const [, name, number] = /^(calls|rate|bytes|share)=(\d+(?:\.\d+)?)$/.exec(part.trim()) ?? [];
    const amount = Number(number);
    const isTooMuch = (name === 'share' && amount > 100) || (name !== 'calls' && amount > MAX_MIB);
    if (name === undefined || isTooMuch)
      throw new Fault(
        ExitCode.USAGE,
        `--value-budget does not know "${part}"`,
        `calls=<n>, rate=<MiB a second>, bytes=<MiB, at most ${MAX_MIB}>, share=<percent>, with commas between`,
      );
    budget[name as keyof ValueBudget] = name === 'calls' || name === 'share' ? amount : amount * MIB;
  }
  return budget;
}
