/** Help texts, made from what the commands say about themselves. */
import { createRequire } from 'node:module';
import type { Command } from './command.ts';
import type { Paint } from './terminal.ts';

export const version = (): string =>
  (createRequire(import.meta.url)('../../package.json') as { version: string }).version;

export function overview(commands: readonly Command[], paint: Paint): string {
  const width = Math.max(...commands.map((command) => command.name.length));
  return [
    `${paint.bold('intellimap')} shows what a program really did.`,
    '',
    `${paint.bold('Usage:')} intellimap <command> [options]`,
    '',
    ...commands.map((command) => `  ${paint.cyan(command.name.padEnd(width))}  ${command.summary}`),
    '',
    'intellimap <command> --help tells more about one of them.',
    'Exit codes: 0 ok · 1 failed · 2 wrong usage · 3 not found · 4 unreadable recording ·',
    '5 recording folder not writable · 126/127 command not executable/not found;',
    '"run" passes on the exit code of the program.',
  ].join('\n');
}

export function commandHelp(command: Command, paint: Paint): string {
  const width = Math.max(0, ...command.help.map((option) => option.usage.length));
  return [
    `${paint.bold('Usage:')} intellimap ${command.name} ${command.usage}`,
    '',
    command.summary,
    ...(command.details ? ['', command.details] : []),
    ...(command.help.length > 0 ? ['', paint.bold('Options:')] : []),
    ...command.help.map((option) => `  ${paint.cyan(option.usage.padEnd(width))}  ${option.text}`),
  ].join('\n');
}

/** The known word closest to a mistyped one, if any is close. */
export function nearest(word: string, known: string[]): string | undefined {
  const ranked = known
    .map((each) => ({ each, distance: editDistance(word, each) }))
    .toSorted((a, b) => a.distance - b.distance);
  const best = ranked[0];
  return best !== undefined && best.distance <= Math.max(1, Math.floor(word.length / 3))
    ? best.each
    : undefined;
}

/** Levenshtein distance, one row at a time. */
function editDistance(a: string, b: string): number {
  let row = Array.from({ length: b.length + 1 }, (_, index) => index);
  for (let i = 1; i <= a.length; i += 1) {
    const next = [i];
    for (let j = 1; j <= b.length; j += 1) {
      const substitute = row[j - 1] + (a[i - 1] === b[j - 1] ? 0 : 1);
      next[j] = Math.min(row[j] + 1, next[j - 1] + 1, substitute);
    }
    row = next;
  }
  return row[b.length];
}
