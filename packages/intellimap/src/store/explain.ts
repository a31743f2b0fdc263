/** What DuckDB did to answer a SELECT: it is asked with `EXPLAIN ANALYZE`, its rows are thrown away. */
import { type Cell, duckdb, isBroken, type OpenedDatabase } from './database.ts';
import { refuse, refuseChanges, type SelectLimits, watched } from './select.ts';

/** An operator of the plan, and those that it takes its rows from. */
export interface PlanNode {
  /** `TABLE_SCAN`, `HASH_JOIN` */
  type: string;
  /** Rows that came out of it. */
  rows: number;
  /** Rows that were looked at; 0 where nothing was read. */
  scanned: number;
  /** Processor time of this operator by itself, of all threads together. */
  ms: number;
  /** What DuckDB says of it: `{ Table: 'all_runs.main.calls', Filters: … }`. */
  facts: Record<string, string | string[]>;
  from: PlanNode[];
}

export interface Plan {
  /** Wall time of the whole. */
  ms: number;
  root: PlanNode;
}

interface Operator {
  operator_type: string;
  operator_cardinality: number;
  operator_rows_scanned: number;
  operator_timing: number;
  extra_info: PlanNode['facts'];
  children: Operator[];
}

/** @throws Fault: as `select` */
export async function explain(
  database: OpenedDatabase,
  sql: string,
  values: Record<string, Cell>,
  limits: Omit<SelectLimits, 'limit'>,
): Promise<Plan> {
  refuseChanges(sql);
  await refuseOthers(database, sql);
  const watch = watched(database, limits);
  try {
    const reader = await database.connection.runAndReadAll(`EXPLAIN (ANALYZE, FORMAT JSON) ${sql}`, values);
    const [[, text]] = reader.getRowsJS() as [string, string][];
    const { latency, children } = JSON.parse(text) as { latency: number; children: Operator[] };
    // Around the plan stands the explaining itself.
    return { ms: latency * 1000, root: nodeOf(children[0].children[0]) };
  } catch (error) {
    throw isBroken(error) ? error : watch.faultOf(error);
  } finally {
    watch.end();
  }
}

async function refuseOthers({ connection }: OpenedDatabase, sql: string): Promise<void> {
  const { StatementType } = await duckdb();
  let statements;
  try {
    statements = await connection.extractStatements(sql);
  } catch (error) {
    throw refuse((error as Error).message);
  }
  if (statements.count !== 1) throw refuse(`one statement at a time; these are ${statements.count}`);
  let prepared;
  try {
    prepared = await statements.prepare(0);
  } catch (error) {
    if (isBroken(error)) throw error;
    throw refuse((error as Error).message);
  }
  if (prepared.statementType !== StatementType.SELECT)
    throw refuse('only SELECT statements can be explained');
}

const nodeOf = (it: Operator): PlanNode => ({
  type: it.operator_type,
  rows: it.operator_cardinality,
  scanned: it.operator_rows_scanned,
  ms: it.operator_timing * 1000,
  facts: it.extra_info,
  from: it.children.map(nodeOf),
});
