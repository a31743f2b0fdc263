/** Help texts, made from what the commands say about themselves. */
import type { Command } from './command.ts';
import type { Paint } from './terminal.ts';

export { version } from '../record/version.ts';

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
    '5 recording folder not writable · 126/127 command not executable/not found ·',
    '130 stopped by Ctrl-C;',
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
