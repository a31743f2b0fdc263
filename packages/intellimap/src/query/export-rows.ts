/** Questions of an export: rows of the smaller tables, as they are, in a fixed order. Times are µs since the run began. */
import type { RowOf } from '../schema/index.ts';
import { streamRows } from '../store/index.ts';
import type { Session } from './session.ts';

export type TaskRow = Omit<RowOf<'tasks'>, 'run_id'>;
export type ErrorRow = Omit<RowOf<'errors'>, 'run_id'>;
export type CoverageRow = Omit<RowOf<'coverage'>, 'run_id'>;
export type SpanRow = Omit<RowOf<'spans'>, 'run_id'>;
/** `column`: of the function, from 0; null: not known. */
export type CpuNodeRow = Omit<RowOf<'cpu_nodes'>, 'run_id' | 'thread_id'> & { column: number | null };
export type CpuSampleRow = Omit<RowOf<'cpu_samples'>, 'run_id' | 'thread_id'>;

export async function taskRows({ db }: Session): Promise<TaskRow[]> {
  return await db.all<TaskRow>('SELECT * EXCLUDE (run_id) FROM tasks ORDER BY thread_id, start_us, task_id');
}

export async function errorRows({ db }: Session): Promise<ErrorRow[]> {
  return await db.all<ErrorRow>(
    'SELECT * EXCLUDE (run_id) FROM errors ORDER BY thread_id, first_us, name, message, line',
  );
}

/** Nodes of a thread, callers before what they called. */
export async function cpuNodes({ db }: Session, thread: number): Promise<CpuNodeRow[]> {
  return await db.all<CpuNodeRow>(
    `SELECT n.node_id, n.parent_id, n.name, n.path, n.line, n.ast_node_id, f."column"
     FROM cpu_nodes n LEFT JOIN (SELECT ast_node_id, line, min("column") AS "column" FROM all_runs.functions GROUP BY ALL) f USING (ast_node_id, line)
     WHERE n.thread_id = $thread ORDER BY n.node_id`,
    { thread },
  );
}

/** In order of time, and of one time as they were stored. */
export function eachCpuSample(
  { db, run }: Session,
  thread: number,
  { fromUs, toUs }: { fromUs: number | null; toUs: number | null },
): AsyncGenerator<CpuSampleRow[]> {
  return streamRows<CpuSampleRow>(
    db,
    `SELECT at_us, weight_us, node_id FROM all_runs.cpu_samples WHERE run_id = $run AND thread_id = $thread
       AND ($fromUs::DOUBLE IS NULL OR at_us >= $fromUs::DOUBLE) AND ($toUs::DOUBLE IS NULL OR at_us <= $toUs::DOUBLE)
     ORDER BY at_us, rowid`,
    { run: run.id, thread, fromUs, toUs },
  );
}

export function eachSpan({ db }: Session): AsyncGenerator<SpanRow[]> {
  return streamRows<SpanRow>(db, 'SELECT * EXCLUDE (run_id) FROM spans ORDER BY trace_id, start_us, span_id');
}

/** What passes over source lines were counted, file by file. */
export function coverageRows({ db }: Session): AsyncGenerator<CoverageRow[]> {
  return streamRows<CoverageRow>(
    db,
    `SELECT * EXCLUDE (run_id) FROM coverage ORDER BY path, kind, line, "column", end_line DESC, end_column DESC, name, count`,
  );
}

export interface FunctionHits {
  path: string;
  name: string;
  line: number;
  hits: number;
}

/** Functions of files that carry probes, module bodies not among them. */
export async function functionHits({ db }: Session): Promise<FunctionHits[]> {
  return await db.all<FunctionHits>(
    `SELECT f.path, f.name, f.line, coalesce(n.hits, 0) AS hits
     FROM functions f LEFT JOIN nodes_runtime n USING (ast_node_id)
     WHERE f.kind <> 'module' AND f.off IS NULL AND f.kept <> 'nothing' ORDER BY f.path, f.line, f."column", f.name`,
  );
}
