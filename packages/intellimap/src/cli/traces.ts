/** What `trace`, `stop`, `limits` and `panic` share: the options that name a process, and how states are printed. */
import type { ParseArgsConfig } from 'node:util';
import { attach, type ProcessState, type Runtime, type RuntimeTrace } from '../runtime/index.ts';
import { type Call, type OptionHelp, wholeNumber } from './command.ts';

export const targetOptions = {
  run: { type: 'string' },
  pid: { type: 'string' },
  json: { type: 'boolean' },
} satisfies ParseArgsConfig['options'];

export const targetHelp: OptionHelp[] = [
  { usage: '--run <id>', text: 'a recording (default: the newest that is running)' },
  { usage: '--pid <pid>', text: 'one of its processes (default: all)' },
  { usage: '--json', text: 'print the answer as JSON' },
];

/** @throws Fault when nothing is running. */
export function runtimeFor({ values, cwd }: Call): Runtime {
  const pid = wholeNumber('--pid', values['pid']);
  const run = values['run'] as string | undefined;
  return attach({ root: cwd, ...(run === undefined ? {} : { run }), ...(pid === undefined ? {} : { pid }) });
}

export const traceLine = ({ id, label, functions, calls, maxCalls, secondsLeft }: RuntimeTrace): string =>
  `${id}  ${label}: ${functions} function${functions === 1 ? '' : 's'}, ${calls} of ${maxCalls} calls, ${Math.ceil(secondsLeft)} s left`;

export function stateLines({
  pid,
  gates,
  functions,
  stopped,
  limits,
  events,
  bytes,
  lost,
}: ProcessState): string {
  const { open, count, off } = functions;
  const budgets = Object.entries(limits).map(([name, value]) => `${name} ${value}`);
  return [
    `process ${pid}: ${stopped ? `stopped (${stopped.reason})` : `functions begin with their gate ${gates === 'count' ? 'counting' : gates}`}`,
    `  functions  ${open} open, ${count} counted, ${off} off`,
    `  recorded   ${events} events, ${bytes} bytes, ${lost} words lost`,
    `  limits     ${budgets.join(', ') || 'none'}`,
  ].join('\n');
}
