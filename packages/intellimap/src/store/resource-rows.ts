/** What the program fetched → rows. */
import type { RowOf } from '../schema/index.ts';
import { orNull } from './or-null.ts';
import type { ReplayedRun } from './replay-run.ts';

export function resourceRows({ folder, sinks }: ReplayedRun): RowOf<'resources'>[] {
  const { id: run_id, startedMicros } = folder.run;
  return sinks.resources.rows().map((row) => ({
    run_id,
    thread_id: row.thread,
    resource_id: row.id,
    url: row.url,
    route: row.route,
    method: row.method,
    type: row.kind,
    status: orNull(row.status),
    content_type: row.type,
    bytes: orNull(row.bytes),
    start_us: row.start - startedMicros,
    ttfb_ms: orNull(row.ttfb / 1000),
    total_ms: orNull(row.took / 1000),
    ended: row.ended,
    failed: row.failure !== null,
    error: row.failure,
    call_id: orNull(row.call),
    task_id: row.task === 0 ? null : sinks.tasks.idOf(row.thread, row.task),
    trace_id: row.trace,
    span_id: row.span,
  }));
}

export function routeRows({ folder, sinks }: ReplayedRun): RowOf<'resource_routes'>[] {
  const { resources } = sinks;
  return resources.routes().map((of) => {
    const [p50, p95] = resources.quantiles(of, [0.5, 0.95]);
    return {
      run_id: folder.run.id,
      method: of.method,
      route: of.route,
      count: of.count,
      failures: of.failures,
      bytes: of.bytes,
      p50_ms: orNull(p50 / 1000),
      p95_ms: orNull(p95 / 1000),
      max_ms: orNull(of.max / 1000),
    };
  });
}

/** One for each thread and reason; none where nothing was let go. */
export function resourcesLetGo({ folder, sinks, threads }: ReplayedRun): RowOf<'resources_let_go'>[] {
  return threads
    .flatMap(({ result: { number, notesLost } }) => [
      { thread_id: number, reason: 'limit' as const, count: sinks.resources.leftOut.get(number) ?? 0 },
      { thread_id: number, reason: 'late' as const, count: notesLost },
    ])
    .filter(({ count }) => count > 0)
    .map((row) => ({ run_id: folder.run.id, ...row }));
}
