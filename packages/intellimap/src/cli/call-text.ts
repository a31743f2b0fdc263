/** One call, as text: what it was, when, and who called it. Pure. */
import { ExitCode, Fault } from '../base/fault.ts';
import type { CallFacts } from '../query/index.ts';
import { oneLine, tail, time } from './format.ts';
import { table } from './table.ts';
import type { Paint } from './terminal.ts';

/** Callers that are listed. */
const CALLERS = 30;

/** `1:57123456` → thread and number. @throws Fault when it is none. */
export function callNamed(text: string): { thread: number; call: number } {
  const match = /^(\d{1,9}):(-?\d{1,15})$/.exec(text);
  if (match === null)
    throw new Fault(
      ExitCode.USAGE,
      `--call takes a thread and a number, like 1:4711, not "${text}"`,
      'see: intellimap query "select thread_id, call_id from calls"',
    );
  return { thread: Number(match[1]), call: Number(match[2]) };
}

export function callText(call: CallFacts, { paint, columns }: { paint: Paint; columns: number }): string {
  const { name, path, line, id, outcome, startUs, endUs, selfUs, waitUs, stalledUs, uncertaintyUs, hasRow } =
    call;
  const took = startUs === null || endUs === null ? null : (endUs - startUs - stalledUs) / 1000;
  const facts = [
    outcome === 'threw' ? paint.red('threw') : outcome === 'open' ? paint.yellow('had not ended') : outcome,
    took !== null && `took ${time(took)}, ${time(selfUs / 1000)} of its own`,
    waitUs > 0 && `${time(waitUs / 1000)} waiting`,
    stalledUs > 0 && `${time(stalledUs / 1000)} lost to the recorder`,
    startUs !== null && `began ${time(startUs / 1000)} after the start`,
    uncertaintyUs > 0 && `± ${time(uncertaintyUs / 1000)}`,
  ];
  const shown = call.callers.slice(0, CALLERS);
  const more = call.callers.length - shown.length;
  const width = Math.max(24, columns - 62);
  return [
    `${paint.bold(oneLine(name, 200))}  call ${call.threadId}:${call.callId}  ${paint.dim(`${tail(path, width)}:${line}`)}`,
    paint.dim(`  ${id}`),
    `  ${facts.filter(Boolean).join(', ')}`,
    ...(hasRow ? [] : [paint.dim('  too short for a row in calls: read from the recording')]),
    ...(shown.length === 0 ? ['  called by nothing that is recorded'] : ['  called by']),
    ...(shown.length === 0
      ? []
      : [
          table(
            shown.map((each) => [
              `${call.threadId}:${each.callId}`,
              paint.cyan(oneLine(each.name, 40)),
              paint.dim(`${tail(each.path, width)}:${each.line}`),
            ]),
            { right: [0] },
          ),
        ]),
    ...(more > 0 ? [paint.dim(`  … and ${more} more (--json lists all)`)] : []),
  ].join('\n');
}
