/** Question about a question: what SQL is asked, which tables it reads and what they rest on, what it does with them and how long that takes. */
import { RUN_TABLES, SOURCE_TABLES, TABLES } from '../schema/index.ts';
import { ALL_RUNS, type Cell, type Plan, type PlanNode } from '../store/index.ts';
import type { AskLimits } from './sql.ts';
import type { Session } from './session.ts';
import { runnable } from './statements.ts';

export interface ExplainedTable {
  name: string;
  /** Rows that it has, of all runs. */
  rows: number;
  /** Rows that were looked at; a table that is read several times counts each time. */
  scanned: number;
  /** Rows of these that were of use. */
  taken: number;
  /** What its rows rest on: what a run recorded, or the workspace's text as it is now. */
  evidence: 'recorded' | 'text' | 'database';
  doc: string;
}

export interface ExplainedStep {
  /** How deep it lies: what it takes its rows from follows it, one deeper. */
  depth: number;
  /** `read calls`, `join`, `group`, `sort`, … */
  what: string;
  /** Conditions, and what is grouped or sorted by. */
  how: string;
  rows: number;
  /** Processor time, of all threads together, without that of the steps below. */
  ms: number;
}

export interface Explained {
  /** With its values in it, as "intellimap query" takes it. */
  sql: string;
  ms: number;
  rows: number;
  tables: ExplainedTable[];
  steps: ExplainedStep[];
}

/** Asks, and throws the answer away. @throws Fault: as `sql` */
export async function explained(
  session: Session,
  sql: string,
  values: Record<string, Cell> = {},
  limits: AskLimits = {},
): Promise<Explained> {
  const { db, settings } = session;
  const plan = await db.explain(sql, values, { timeoutMs: settings.query.timeout * 1000, ...limits });
  const reads = readsOf(plan.root);
  const tables: ExplainedTable[] = [];
  for (const [name, { scanned, taken }] of reads)
    tables.push({ name, rows: await rowsIn(session, name), scanned, taken, ...aboutTable(name) });
  return {
    sql: runnable(sql, values),
    ms: plan.ms,
    rows: rowsOf(plan.root),
    tables: tables.toSorted((a, b) => b.scanned - a.scanned || (a.name < b.name ? -1 : 1)),
    steps: stepsOf(plan),
  };
}

/** What is made once for several gives no rows itself: the answer is what comes last below it. */
const rowsOf = ({ type, rows, from }: PlanNode): number =>
  type === 'CTE' && from.length > 0 ? rowsOf(from.at(-1)!) : rows;

const tableOf = ({ facts }: PlanNode): string | undefined => {
  const table = typeof facts['Table'] === 'string' ? facts['Table'] : undefined;
  return table?.split('.').at(-1)?.replaceAll('"', '');
};

function readsOf(root: PlanNode): Map<string, { scanned: number; taken: number }> {
  const reads = new Map<string, { scanned: number; taken: number }>();
  const visit = (node: PlanNode): void => {
    const name = tableOf(node);
    if (name !== undefined) {
      const before = reads.get(name) ?? { scanned: 0, taken: 0 };
      reads.set(name, { scanned: before.scanned + node.scanned, taken: before.taken + node.rows });
    }
    node.from.forEach(visit);
  };
  visit(root);
  return reads;
}

/** Only names that the schema knows reach SQL. */
async function rowsIn({ db }: Session, name: string): Promise<number> {
  if (!Object.hasOwn(TABLES, name)) return 0;
  const [row] = await db.all<{ count: number }>(
    `SELECT count(*)::DOUBLE AS count FROM ${ALL_RUNS}."${name}"`,
  );
  return row?.count ?? 0;
}

function aboutTable(name: string): Pick<ExplainedTable, 'evidence' | 'doc'> {
  const tables: Record<string, { doc: string }> = TABLES;
  const doc = tables[name]?.doc.replace(/\. .*$/s, '.') ?? '';
  if ((SOURCE_TABLES as readonly string[]).includes(name)) return { evidence: 'text', doc };
  return { evidence: (RUN_TABLES as readonly string[]).includes(name) ? 'recorded' : 'database', doc };
}

/** In words that need no knowledge of the database; others as it calls them. */
const WORDS: Readonly<Record<string, string>> = {
  HASH_JOIN: 'join',
  NESTED_LOOP_JOIN: 'join, each with each',
  BLOCKWISE_NL_JOIN: 'join, each with each',
  PIECEWISE_MERGE_JOIN: 'join, in order',
  IE_JOIN: 'join, in order',
  CROSS_PRODUCT: 'each with each',
  LEFT_DELIM_JOIN: 'join, for each different value',
  RIGHT_DELIM_JOIN: 'join, for each different value',
  HASH_GROUP_BY: 'group',
  PERFECT_HASH_GROUP_BY: 'group',
  PARTITIONED_AGGREGATE: 'group',
  UNGROUPED_AGGREGATE: 'sum up',
  ORDER_BY: 'sort',
  TOP_N: 'sort, first rows only',
  LIMIT: 'first rows only',
  STREAMING_LIMIT: 'first rows only',
  FILTER: 'choose',
  UNION: 'both',
  RECURSIVE_CTE: 'repeat until nothing new comes',
  CTE: 'once, for several',
  CTE_SCAN: 'what was made once',
  RECURSIVE_CTE_SCAN: 'what the last round found',
  RECURSIVE_RECURRING_CTE_SCAN: 'all that was found',
  DELIM_SCAN: 'different values of above',
  WINDOW: 'rows beside each other',
  STREAMING_WINDOW: 'rows beside each other',
  UNNEST: 'rows of lists',
  EMPTY_RESULT: 'nothing can be found',
};
/** They change how rows look, not which there are. */
const QUIET = new Set(['PROJECTION', 'DUMMY_SCAN', 'COLUMN_DATA_SCAN', 'RESULT_COLLECTOR']);
const HOW = ['Conditions', 'Filters', 'Expression', 'Groups', 'Order By', 'CTE Name', 'Join Type'];

function stepsOf({ root }: Plan): ExplainedStep[] {
  const steps: ExplainedStep[] = [];
  const visit = (node: PlanNode, depth: number): void => {
    const isQuiet = QUIET.has(node.type) && node.ms < 1;
    if (!isQuiet) steps.push({ ...stepOf(node, depth), rows: rowsOf(node) });
    for (const from of node.from) visit(from, isQuiet ? depth : depth + 1);
  };
  visit(root, 0);
  return steps;
}

function stepOf(node: PlanNode, depth: number): ExplainedStep {
  const table = tableOf(node);
  const what =
    table === undefined
      ? (WORDS[node.type] ?? node.type.toLowerCase().replaceAll('_', ' '))
      : `read ${table}`;
  const said = HOW.map((name) => node.facts[name]).filter(
    (fact) => fact !== undefined && fact.length > 0 && fact !== 'INNER',
  );
  return { depth, what, how: said.flat().join(', '), rows: node.rows, ms: node.ms };
}
