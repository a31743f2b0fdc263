/** What the commands for running programs share: the options that name a process, and how answers are printed. */
import type { ParseArgsConfig } from 'node:util';
import { attach, type ProcessState, type Runtime, type RuntimeTrace } from '../runtime/index.ts';
import { type Call, type OptionHelp, wholeNumber } from './command.ts';
import { counted, grouped, oneLine, time } from './format.ts';

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

/** The words of the command line are the reason. */
export const reasonOf = ({ positionals }: Call): string | undefined => positionals.join(' ') || undefined;

/** Prints what each process, or trace, answered: a line or some each, or all as JSON. */
export function printAnswers<T>({ values, out }: Call, answers: T[], lines: (answer: T) => string): void {
  out.print(values['json'] ? JSON.stringify(answers) : answers.map(lines).join('\n'));
}

/** Labels and reasons are somebody's words. */
const words = (text: string): string => oneLine(text, 200);

export const traceLine = (trace: RuntimeTrace): string =>
  `${trace.id}  ${words(trace.label)}: ${seen(trace)}, ${Math.ceil(trace.secondsLeft)} s left`;

const seen = ({ functions, calls, maxCalls, tasks }: RuntimeTrace): string =>
  tasks === undefined
    ? `${counted(functions, 'function')}, ${grouped(calls)} of ${grouped(maxCalls)} calls`
    : counted(tasks, 'task');

function overheadText({ cpuMs, ownMs, budget, percent }: ProcessState['overhead']): string {
  const held =
    percent === undefined ? '' : `, in all ${percent} % of the program's own, of ${budget} % allowed`;
  return `${time(ownMs)} of ${time(cpuMs)} of processors for writing down${held}`;
}

const memoryText = ({ rss, recorder }: ProcessState['memory']): string =>
  `${mib(rss)} MiB resident, at least ${mib(recorder)} of it for the recording`;

const mib = (bytes: number): string => (bytes / 2 ** 20).toFixed(1);

/** Says nothing where no event loop is held. */
const heldLines = (held: ProcessState['held']): string[] =>
  held.map(({ thread, ms, name, file }) => {
    const where = file === undefined ? '' : name === undefined ? ` in ${words(file)}` : ` (${words(file)})`;
    const by = name === undefined ? where : ` by ${words(name)}${where}`;
    return `  held       the event loop of thread ${thread} for ${time(ms)}${by}`;
  });

export function stateLines(state: ProcessState): string {
  const { pid, gates, functions, stopped, limits, overhead, memory, held, events, bytes, lost, sampleRate } =
    state;
  const begin = `functions begin with their gate ${gates === 'count' ? 'counting' : gates}`;
  const budgets = Object.entries(limits).map(([name, value]) => `${name} ${value}`);
  return [
    `process ${pid}: ${stopped ? `stopped (${words(stopped.reason)})` : begin}`,
    `  functions  ${grouped(functions.open)} open, ${grouped(functions.count)} counted, ${grouped(functions.off)} off`,
    `  recorded   ${counted(events, 'event')}, ${counted(bytes, 'byte')}, ${counted(lost, 'word')} lost`,
    `  overhead   ${overheadText(overhead)}`,
    `  memory     ${memoryText(memory)}`,
    ...heldLines(held),
    `  limits     ${budgets.join(', ') || 'none'}`,
    ...(sampleRate === undefined ? [] : [`  sampling   ${sampleRate} of the tasks now`]),
  ].join('\n');
}
