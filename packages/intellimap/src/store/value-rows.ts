/** Values of a replayed run → rows. */
import { LET_GO } from '@intellimap/probe/wire';
import type { ValuesWanted } from '../base/recording.ts';
import type { RowOf } from '../schema/index.ts';
import type { ReplayedRun } from './replay-run.ts';
import { Outcome } from './replay/calls.ts';

/** What was asked for, as it was typed. */
export const strategies = ({ full_trace, state_only, budget, redact }: ValuesWanted): unknown => ({
  full_trace: full_trace.map(({ pattern }) => pattern),
  state_only: state_only.map(({ pattern }) => pattern),
  budget,
  redact,
});

/** What was on its way to be returned when the call threw after all is no result. */
export function callValueRows({ folder, sinks }: ReplayedRun): RowOf<'call_values'>[] {
  const { calls, values } = sinks;
  const threw = new Set<string>();
  if (values.calls.length > 0)
    for (let at = 0; at < calls.size; at++)
      if (calls.outcome(at) === Outcome.THREW) threw.add(`${calls.thread[at]} ${calls.id[at]}`);
  return values.calls
    .filter(({ role, thread, call }) => role !== 'result' || !threw.has(`${thread} ${call}`))
    .map(({ thread, call, ...rest }) => ({
      run_id: folder.run.id,
      thread_id: thread,
      call_id: call,
      ...rest,
    }));
}

export function stateRows({ folder, sinks, threads }: ReplayedRun): RowOf<'state_changes'>[] {
  const { id, startedMicros } = folder.run;
  const sites = new Map(threads.map((thread) => [thread.result.number, thread.sites]));
  return sinks.values.changes.map(({ thread, call, at, site, kind, target, ...rest }) => {
    const place = sites.get(thread)?.place(site)?.site;
    return {
      run_id: id,
      thread_id: thread,
      call_id: call,
      at_us: at - startedMicros,
      ast_node_id: place?.id ?? null,
      line: place?.line ?? null,
      kind,
      target,
      ...rest,
    };
  });
}

/** One for each thread and reason; none where nothing was let go. */
export function letGoRows({ folder, sinks, threads }: ReplayedRun): RowOf<'values_let_go'>[] {
  const rows = threads.flatMap(({ result }) => [
    ...LET_GO.map((reason, at) => ({
      thread_id: result.number,
      reason,
      count: result.valueCounts[at + 2] ?? 0,
    })),
    { thread_id: result.number, reason: 'missing' as const, count: result.replay.valuesMissing },
  ]);
  const beyond = { thread_id: null, reason: 'limit' as const, count: sinks.values.beyondLimit };
  return [...rows, beyond].filter(({ count }) => count > 0).map((row) => ({ run_id: folder.run.id, ...row }));
}
