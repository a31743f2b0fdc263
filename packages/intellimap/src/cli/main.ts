#!/usr/bin/env node
/** The door for people: finds the command, parses its options, turns faults into sentences and exit codes. */
import { parseArgs } from 'node:util';
import { Fault, ExitCode } from '../base/fault.ts';
import { nearest } from '../base/nearest.ts';
import { endedBy } from '../config/import.ts';
import type { Call, Command } from './command.ts';
import { commands } from './commands/index.ts';
import { commandHelp, overview, version } from './help.ts';
import { createTerminal, type Terminal } from './terminal.ts';

const out = createTerminal(process.stdout, process.stderr);
/** Of the command that runs. */
let faultCodes: Record<number, number> = {};

async function main(words: string[]): Promise<number> {
  const [name, ...rest] = words;
  if (name === undefined || name === 'help' || name === '--help' || name === '-h') {
    const topic = await named(rest[0]);
    out.print(topic ? commandHelp(topic, out.paint) : overview(await all(), out.paint));
    return name === undefined ? ExitCode.USAGE : ExitCode.OK;
  }
  if (name === '--version' || name === '-v') {
    out.print(version());
    return ExitCode.OK;
  }
  const command = await named(name);
  if (command === undefined) {
    const guess = nearest(name, Object.keys(commands));
    throw new Fault(
      ExitCode.USAGE,
      `unknown command "${name}"`,
      guess ? `did you mean "${guess}"?` : 'see intellimap --help',
    );
  }
  faultCodes = command.faultCodes ?? {};
  if (wantsHelp(command, rest)) {
    out.print(commandHelp(command, out.paint));
    return ExitCode.OK;
  }
  return command.run({ ...parse(command, rest), out, cwd: process.cwd() });
}

const named = async (name = ''): Promise<Command | undefined> =>
  Object.hasOwn(commands, name) ? await commands[name]() : undefined;

const all = async (): Promise<Command[]> => await Promise.all(Object.values(commands).map((load) => load()));

function wantsHelp(command: Command, words: string[]): boolean {
  const own = command.passThrough ? words.slice(0, optionCount(command, words)) : words;
  const end = own.indexOf('--');
  return (end < 0 ? own : own.slice(0, end)).some((word) => word === '--help' || word === '-h');
}

function parse(command: Command, words: string[]): Pick<Call, 'values' | 'positionals'> {
  const split = command.passThrough ? optionCount(command, words) : words.length;
  const foreign = words.slice(split);
  if (foreign[0] === '--') foreign.shift();
  try {
    const { values, positionals } = parseArgs({
      args: words.slice(0, split).map((word) => withMeant(command, word)),
      options: command.options,
      allowPositionals: true,
      strict: true,
    });
    return { values: values, positionals: [...positionals, ...foreign] };
  } catch (error) {
    throw new Fault(
      ExitCode.USAGE,
      (error as Error).message.split('. ')[0],
      `see intellimap ${command.name} --help`,
    );
  }
}

/** `--heap` as it is meant: `--heap=count`. */
function withMeant({ meant = {} }: Command, word: string): string {
  const name = word.slice(2);
  return word.startsWith('--') && Object.hasOwn(meant, name) ? `${word}=${meant[name]}` : word;
}

/** How many leading words are the command's own options with their values; what follows belongs to the program to run. */
function optionCount(command: Command, words: string[]): number {
  let at = 0;
  while (at < words.length) {
    const word = words[at];
    if (word === '--' || !word.startsWith('-')) return at;
    const full = withMeant(command, word);
    const option = command.options[full.replace(/^--/, '').split('=')[0]];
    at += option?.type === 'string' && !full.includes('=') ? 2 : 1;
  }
  return at;
}

function complain(error: unknown, terminal: Terminal): number {
  const { red } = terminal.paintError;
  if (error instanceof Fault) {
    terminal.say(`${red('intellimap:')} ${error.message}${error.advice ? `\n  ${error.advice}` : ''}`);
    return error.exitCode;
  }
  terminal.say(`${red('intellimap:')} ${(error as Error).stack ?? String(error)}`);
  return ExitCode.FAILED;
}

/** A reader that went away (`intellimap runs | head -1`) is no failure. */
process.stdout.on('error', (error: NodeJS.ErrnoException) => {
  if (error.code === 'EPIPE') process.exit(ExitCode.OK);
  throw error;
});

/** The exit code of what is said. */
function failed(error: unknown): number {
  const code = complain(error, out);
  return faultCodes[code] ?? code;
}

process.on('exit', (code) => {
  const fault = endedBy(code);
  if (fault !== undefined && code !== ExitCode.INTERRUPTED) process.exitCode = failed(fault);
});

process.exitCode = await main(process.argv.slice(2)).catch(failed);
