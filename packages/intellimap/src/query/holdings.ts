/** What a run holds at all: most have no CPU samples, values or errors, and need not be asked for those of each function. */
import { oncePerSession } from './once-per-session.ts';
import type { Session } from './session.ts';

export interface Holdings {
  /** CPU samples of V8. */
  cpu: boolean;
  /** Coverage that V8 counted. */
  coverage: boolean;
  /** Ids of functions in which an error was seen. */
  errorsIn: ReadonlySet<string>;
  /** Values of calls, and writes. */
  values: boolean;
  /** Events of the program's own. */
  events: boolean;
  /** Tasks that were left out, over all threads. */
  tasksLeftOut: number;
}

export const holdings = oncePerSession(async ({ db }: Session): Promise<Holdings> => {
  const [row] = await db.all<Omit<Holdings, 'errorsIn'>>(HOLDINGS);
  const places = await db.all<{ id: string }>(
    'SELECT DISTINCT "function" AS id FROM errors WHERE "function" IS NOT NULL',
  );
  return { ...row, errorsIn: new Set(places.map(({ id }) => id)) };
});

const HOLDINGS = `
  SELECT EXISTS (FROM cpu_nodes) AS cpu, EXISTS (FROM coverage WHERE source = 'v8') AS coverage,
    EXISTS (FROM call_values) OR EXISTS (FROM state_changes) AS values,
    EXISTS (FROM custom_events) AS events,
    (SELECT coalesce(sum(tasks_left_out), 0) FROM threads)::BIGINT AS "tasksLeftOut"`;
