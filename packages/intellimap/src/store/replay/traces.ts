/** Which request asked for which task, as both tell the same span (W3C trace context); and which trace a task that asks is. Pure. */
import type { ResourceRow } from './resources.ts';

type Asker = Pick<ResourceRow, 'thread' | 'id' | 'task' | 'trace' | 'span'>;

export interface Traces {
  /** The request that is this span; undefined: nobody recorded made it. */
  askedBy: (span: string | null) => Asker | undefined;
  /** The trace that requests of a task carried; null: none did. */
  traceOf: (thread: number, task: number) => string | null;
}

/** @param wholeTask the task that a task is part of, or itself */
export function tracesOf(
  rows: readonly Asker[],
  wholeTask: (thread: number, task: number) => number,
): Traces {
  const spans = new Map<string, Asker>();
  const traces = new Map<string, string>();
  for (const row of rows) {
    const { thread, task, trace, span } = row;
    if (span !== null && !spans.has(span)) spans.set(span, row);
    if (trace === null || task === 0) continue;
    const key = `${thread} ${wholeTask(thread, task)}`;
    if (!traces.has(key)) traces.set(key, trace);
  }
  return {
    askedBy: (span) => (span === null ? undefined : spans.get(span)),
    traceOf: (thread, task) => traces.get(`${thread} ${task}`) ?? null,
  };
}
