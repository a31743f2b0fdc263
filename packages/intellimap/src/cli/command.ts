/** What a command is. A new one is a file in `commands/` and a line in `commands/index.ts`. */
import type { ParseArgsConfig } from 'node:util';
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
  help: OptionHelp[];
  /** Options end at the first word that is not one: the rest is somebody else's command line. */
  passThrough?: boolean;
  /** @returns the exit code. @throws Fault for what the user can mend. */
  run(call: Call): Promise<number>;
}
