/** The command of a run as a shell takes it, for whoever records it again. Pure. */
import type { RunLine } from './run.ts';

/** What an import was made of is not known: another tool recorded it. */
const UNKNOWN = '<command>';

export const recordingOf = ({ command, imported }: Pick<RunLine, 'command' | 'imported'>): string =>
  imported ? UNKNOWN : command.map(shellWord).join(' ');

const shellWord = (word: string): string =>
  /^[\w@%+=:,./-]+$/.test(word) ? word : `'${word.replaceAll("'", String.raw`'\''`)}'`;
