/** What a command is. A new one is a file in `commands/` and a line in `commands/index.ts`. */
import type { ParseArgsConfig } from 'node:util';
import { ExitCode, Fault } from '../base/fault.ts';
import type { Terminal } from './terminal.ts';

export interface OptionHelp {
  /** Left column of the help, e.g. `--tier <t>`. */
  usage: string;
  text: string;
}

export interface Call {
  values: Record<string, string | boolean | (string | boolean)[] | undefined>;
  positionals: string[];
  out: Terminal;
  cwd: string;
}

export interface Command {
  name: string;
  /** After the name in the usage line. */
  usage: string;
  summary: string;
  /** Longer help: a paragraph or examples. */
  details?: string;
  options: NonNullable<ParseArgsConfig['options']>;
  /** Options whose value may be left out (`--heap`, `--heap=keep`), and what is meant then. */
  meant?: Record<string, string>;
  help: OptionHelp[];
  /** Exit codes of faults, where the usual ones mean something else: usual → own. */
  faultCodes?: Record<number, number>;
  /** Options end at the first word that is not one: the rest is somebody else's command line. */
  passThrough?: boolean;
  /** @returns the exit code. @throws Fault for what the user can mend. */
  run(call: Call): Promise<number>;
}

/** @throws Fault when there are more words than a command takes. */
export function atMost(count: number, positionals: string[]): void {
  const extra = positionals[count];
  if (extra !== undefined)
    throw new Fault(ExitCode.USAGE, `unexpected "${extra}"`, 'quote arguments that contain spaces');
}

/** @throws Fault when an option's value is not a whole number from 0 on. */
export function wholeNumber(
  option: string,
  text: string | boolean | (string | boolean)[] | undefined,
): number | undefined {
  if (text === undefined) return undefined;
  const number = Number(text);
  if (Number.isSafeInteger(number) && number >= 0 && text !== '') return number;
  throw new Fault(ExitCode.USAGE, `${option} takes a whole number, not "${text.toString()}"`);
}

/** A share of tasks, or `auto`. @throws Fault for anything else. */
export function sampleRate(text: Call['values'][string]): number | 'auto' | undefined {
  if (text === undefined || text === 'auto') return text;
  const rate = Number(text);
  if (rate > 0 && rate <= 1) return rate;
  throw new Fault(
    ExitCode.USAGE,
    `--sample takes a number above 0 and up to 1, or auto, not "${text.toString()}"`,
  );
}

export function positive(option: string, text: Call['values'][string]): number | undefined {
  if (text === undefined) return undefined;
  const number = Number(text);
  if (Number.isFinite(number) && number > 0) return number;
  throw new Fault(ExitCode.USAGE, `${option} takes a number above 0, not "${text.toString()}"`);
}

/** `5`, `5%` @throws Fault when an option's value is neither */
export const percentOf = (option: string, text: Call['values'][string]): number | undefined =>
  positive(option, typeof text === 'string' ? text.replace(/\s*%$/, '') : text);
