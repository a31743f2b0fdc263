/** `intellimap show`: all that a run knows about a function. */
import { ExitCode, Fault } from '../../base/fault.ts';
import {
  findCall,
  type FunctionFacts,
  type Neighbour,
  showFunction,
  type ToldEvents,
} from '../../query/index.ts';
import { callNamed, callText } from '../call-text.ts';
import { atMost, type Call, type Command } from '../command.ts';
import { counted, grouped, oneLine, tail, time } from '../format.ts';
import { asRecorded } from '../inside.ts';
import { withRun } from '../session.ts';
import { seenCalls } from '../seen-calls.ts';
import { table } from '../table.ts';
import { functionText } from '../v8-text.ts';
import type { Terminal } from '../terminal.ts';

export const show: Command = {
  name: 'show',
  usage: '<function> | --call <thread>:<number> [--run <id>] [--json]',
  summary: 'Shows a function: its calls, times, callers, callees, errors, and last values.',
  details: 'The function is given by its name, a part of it, or its ast_node_id.',
  options: { call: { type: 'string' }, run: { type: 'string' }, json: { type: 'boolean' } },
  help: [
    {
      usage: '--call <t>:<n>',
      text: 'one call instead, whether it has a row in calls or not: thread and number',
    },
    { usage: '--run <id>', text: 'id of a run, or a unique beginning of one (default: the latest)' },
    { usage: '--json', text: 'print the answer as JSON' },
  ],
  async run({ values, positionals, out, cwd }: Call): Promise<number> {
    atMost(1, positionals);
    const [name] = positionals;
    if (typeof values['call'] === 'string') {
      atMost(0, positionals);
      return await showCall(values['call'], values, { cwd, out });
    }
    if (name === undefined)
      throw new Fault(ExitCode.USAGE, 'which function?', 'for example: intellimap show checkout');
    const answer = await withRun({ cwd, out }, values['run'], (session) =>
      showFunction(session, asRecorded(cwd, name)),
    );
    if (answer.found === 0)
      throw new Fault(
        ExitCode.NOT_FOUND,
        `no function in this run matches "${name}"`,
        'see: intellimap query "select name, path from functions"',
      );
    if (values['json']) out.print(JSON.stringify(answer, null, 2));
    else out.print(answer.matches.map((facts) => render(facts, out)).join('\n\n'));
    if (answer.found > answer.matches.length)
      out.say(`intellimap: ${answer.found} functions match; these are the most called ones`);
    return ExitCode.OK;
  },
};

async function showCall(
  text: string,
  values: Call['values'],
  { cwd, out }: Pick<Call, 'cwd' | 'out'>,
): Promise<number> {
  const { thread, call } = callNamed(text);
  const found = await withRun({ cwd, out }, values['run'], (session) => findCall(session, thread, call));
  if (found === undefined)
    throw new Fault(
      ExitCode.NOT_FOUND,
      `thread ${thread} of this run has no call ${call}`,
      'see: intellimap query "select thread_id, calls from threads"',
    );
  out.print(values['json'] ? JSON.stringify(found, null, 2) : callText(found, out));
  return ExitCode.OK;
}

function render(facts: FunctionFacts, out: Terminal): string {
  const { paint } = out;
  const kind = `${facts.isAsync ? 'async ' : ''}${facts.kind}${facts.isGenerator ? ' (generator)' : ''}`;
  return [
    `${paint.bold(oneLine(facts.name, 200))}  ${kind}  ${paint.dim(`${oneLine(facts.path, 200)}:${facts.line}`)}`,
    paint.dim(`  ${facts.id}`),
    `  ${calls(facts, paint)}`,
    ...functionText(facts.cpu, facts.covered, out),
    ...neighbours('called by', facts.callers, out),
    ...neighbours('calls', facts.callees, out),
    ...told(facts.events, out),
    ...seenCalls(facts.seen, paint, out.columns),
    ...facts.errors.map(
      (error) =>
        `  ${paint.red(`${error.count}× ${error.kind}`)}  ${oneLine(`${error.name}: ${error.message}`, 120)}  ${paint.dim(`line ${error.line ?? '?'}`)}`,
    ),
  ].join('\n');
}

function calls(
  { hits, off, kept, plannedRate, tasksLeftOut, threw, selfMs, totalMs, waitMs, roots }: FunctionFacts,
  paint: Terminal['paint'],
): string {
  if (off !== null) return paint.yellow(`not instrumented: ${off}`);
  const planned = `called ${grouped(plannedRate ?? 0)} times a second before, which is more than the budget has room for`;
  if (kept === 'nothing') return paint.yellow(`left out of this run: ${planned}`);
  if (kept === 'count') return `${counted(hits, 'call')}, only counted: ${planned}`;
  const leftOut = tasksLeftOut > 0 && paint.yellow(`${counted(tasksLeftOut, 'task')} left out (sampled)`);
  if (hits === 0 && leftOut) return `not called in the tasks that were recorded; ${leftOut}`;
  if (hits === 0) return paint.yellow('never called in this run');
  const parts = [
    counted(hits, 'call'),
    selfMs !== null && `${time(selfMs)} of its own`,
    totalMs !== null && `${time(totalMs)} with what it called`,
    waitMs !== null && waitMs > 0 && `${time(waitMs)} waiting`,
    threw !== null && threw > 0 && paint.red(`threw ${counted(threw, 'time')}`),
    leftOut,
    roots !== null && roots > 0 && `${counted(roots, 'time')} from code that is not recorded`,
  ];
  return parts.filter(Boolean).join(', ');
}

function told(events: ToldEvents[], { paint, columns }: Terminal): string[] {
  if (events.length === 0) return [];
  const rows = events.map(({ name, count, last }) => [
    `${grouped(count)}×`,
    paint.cyan(oneLine(name, 40)),
    paint.dim(oneLine(last, Math.max(24, columns - 60))),
  ]);
  return ['  events, with the last of each kind', table(rows, { right: [0] })];
}

function neighbours(title: string, list: Neighbour[], { paint, columns }: Terminal): string[] {
  if (list.length === 0) return [];
  const rows = list
    .slice(0, 15)
    .map((each) => [
      `${grouped(each.count)}×`,
      each.p50Ms === null ? '' : `p50 ${time(each.p50Ms)}`,
      each.p99Ms === null ? '' : `p99 ${time(each.p99Ms)}`,
      paint.cyan(oneLine(each.name, 40)),
      paint.dim(tail(`${each.path}:${each.line}`, Math.max(24, columns - 74))),
    ]);
  const more = list.length > 15 ? [paint.dim(`  … and ${list.length - 15} more (--json lists all)`)] : [];
  return [`  ${title}`, table(rows, { right: [0, 1, 2] }), ...more];
}
