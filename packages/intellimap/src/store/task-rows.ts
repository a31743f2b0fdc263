/** Tasks, who scheduled what, and what held them up → rows. */
import type { RowOf } from '../schema/index.ts';
import type { ReplayedRun } from './replay-run.ts';
import { tracesOf } from './replay/traces.ts';

export function taskRows({ program, folder, sinks }: ReplayedRun): RowOf<'tasks'>[] {
  const { id, startedMicros } = folder.run;
  const traces = tracesOf(sinks.resources.rows(), (thread, task) => sinks.tasks.idOf(thread, task));
  return sinks.tasks.rows().map((task) => {
    const asked = traces.askedBy(task.parent);
    const fn = program.functions[task.fn - 1];
    return {
      run_id: id,
      thread_id: task.thread,
      task_id: task.id,
      kind: task.kind,
      name: task.name ?? fn?.site.name ?? task.kind,
      ast_node_id: fn?.site.id ?? null,
      start_us: task.start - startedMicros,
      end_us: task.end - startedMicros,
      duration_ms: Math.max(0, task.end - task.start - task.stalled) / 1000,
      calls: task.calls,
      busy_ms: Math.max(0, task.busy) / 1000,
      awaits: task.awaits,
      stalled_ms: task.stalled / 1000,
      errors: task.errors,
      open: task.open,
      trace_id: task.trace ?? traces.traceOf(task.thread, task.id),
      parent_span_id: task.parent,
      asked_thread_id: asked?.thread ?? null,
      asked_resource_id: asked?.id ?? null,
      result: task.result,
    };
  });
}

export function linkRows({ folder, sinks }: ReplayedRun): RowOf<'links'>[] {
  return sinks.links.rows.map(({ thread, from, to, kind }) => ({
    run_id: folder.run.id,
    thread_id: thread,
    from_call_id: from,
    to_call_id: to,
    kind,
  }));
}

export function pauseRows({ folder, sinks }: ReplayedRun): RowOf<'pauses'>[] {
  const { id, startedMicros } = folder.run;
  return sinks.pauses
    .rows()
    .map(({ thread, kind, start, duration, detail, call, fn, task, uncertainty, stalled }) => {
      const ran = !Number.isNaN(call);
      return {
        run_id: id,
        thread_id: thread,
        kind,
        start_us: start - startedMicros,
        duration_us: duration,
        detail,
        call_id: ran ? call : null,
        function_id: ran ? fn : null,
        task_id: ran ? sinks.tasks.idOf(thread, task) : null,
        uncertainty_us: uncertainty,
        stalled_us: stalled,
      };
    });
}
