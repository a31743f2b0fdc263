/** A SELECT that somebody wrote: refused unless it only reads, bounded in rows and time, stopped when nobody waits for it any more. */
import { ExitCode, Fault } from '../base/fault.ts';
import { type Cell, duckdb, isBroken, type OpenedDatabase } from './database.ts';
import { type Json, toJson } from './json.ts';

export interface Answer {
  columns: string[];
  /** SQL types of the columns. */
  types: string[];
  rows: Json[][];
  /** There are more rows than were asked for. */
  more: boolean;
}

export interface SelectLimits {
  /** Rows at most. */
  limit: number;
  /** 0: any time. */
  timeoutMs: number;
  /** By the names that stand behind `$` in the statement. */
  values?: Record<string, Cell>;
  /** Stops it. */
  signal?: AbortSignal;
  /** Told now and then while it runs: ms since it began, and 0 … 100 where that is known. */
  onProgress?: (ms: number, percent: number | null) => void;
}

/** Who takes an answer as it comes. Rows come in parts of some thousand. */
export interface AnswerListener {
  head(columns: string[], types: string[]): void;
  rows(rows: Json[][]): void;
}

const PROGRESS_MS = 250;
const AGAIN_MS = 50;

/** First words of statements that only read. The statement type alone does not tell: PRAGMA counts as SELECT. */
const READS = new Set(['select', 'with', 'from', 'values', 'table', 'describe', 'desc', 'show', 'summarize']);
/** White space, comments and brackets before a word. Its alternatives begin differently, so that it takes linear time. */
const BEFORE_WORD = /(?:[\s(]|--[^\n]*|\/\*[^*]*\*+(?:[^*/][^*]*\*+)*\/)*/y;
/** Functions that a SELECT can call and that change the session. They could not reach data or files, but break what is asked next. */
const CHANGES =
  /\b(?:enable_logging|disable_logging|truncate_duckdb_logs|write_log|force_checkpoint|checkpoint)\b["\s]*\(/i;

/** Whether the first word, after `explain` and `explain analyze`, is one that reads. */
function readsOnly(sql: string): boolean {
  let at = 0;
  for (let words = 0; words < 3; words++) {
    BEFORE_WORD.lastIndex = at;
    BEFORE_WORD.test(sql);
    const begin = BEFORE_WORD.lastIndex;
    const word = /^[a-z]{0,20}/i.exec(sql.slice(begin, begin + 20))![0].toLowerCase();
    if (READS.has(word)) return true;
    if (word !== 'explain' && !(words === 1 && word === 'analyze')) return false;
    at = begin + word.length;
  }
  return false;
}

export const refuse = (problem: string, advice?: string): Fault => new Fault(ExitCode.USAGE, problem, advice);

/** @throws Fault when the text is no statement that only reads, as far as words tell */
export function refuseChanges(sql: string): void {
  if (!readsOnly(sql))
    throw refuse(
      'only SELECT statements can be asked',
      'Begin with select, with, from, describe, summarize or explain.',
    );
  if (CHANGES.test(sql)) throw refuse('it calls a function that changes the session');
}

/**
 * Tells rows as they come.
 * @returns whether there are more rows
 * @throws Fault: USAGE when it is not one single SELECT-like statement, is wrong, or takes too long; INTERRUPTED when it was stopped
 */
export async function tell(
  database: OpenedDatabase,
  sql: string,
  limits: SelectLimits,
  listener: AnswerListener,
): Promise<boolean> {
  refuseChanges(sql);
  const watch = watched(database, limits);
  try {
    const result = await started(database, sql, limits.values);
    listener.head(result.deduplicatedColumnNames(), result.columnTypes().map(String));
    let left = limits.limit;
    for (;;) {
      const chunk = await result.fetchChunk();
      if (chunk === null || chunk.rowCount === 0) return false;
      const rows = chunk.convertRows(toJson);
      if (left > 0) listener.rows(rows.length > left ? rows.slice(0, left) : rows);
      if (rows.length > left) return true;
      left -= rows.length;
    }
  } catch (error) {
    // Damage of the database is for who opened it.
    throw isBroken(error) ? error : watch.faultOf(error);
  } finally {
    watch.end();
  }
}

async function started({ connection }: OpenedDatabase, sql: string, values?: Record<string, Cell>) {
  const { StatementType } = await duckdb();
  const statements = await connection.extractStatements(sql);
  if (statements.count !== 1) throw refuse(`one statement at a time; these are ${statements.count}`);
  const prepared = await statements.prepare(0);
  if (prepared.statementType !== StatementType.SELECT && prepared.statementType !== StatementType.EXPLAIN)
    throw refuse('only SELECT statements can be asked');
  if (values !== undefined) prepared.bind(values);
  return await prepared.stream();
}

/** Stops the statement when its time is over or nobody waits, and tells how far it is. */
export function watched(
  { connection }: OpenedDatabase,
  { timeoutMs, signal, onProgress }: Omit<SelectLimits, 'limit'>,
) {
  const start = performance.now();
  let late = false;
  let again: NodeJS.Timeout | undefined;
  // One that has not begun hears nothing of it: it is told until it has ended.
  const stop = (): void => {
    connection.interrupt();
    again ??= setInterval(() => connection.interrupt(), AGAIN_MS);
  };
  const timer =
    timeoutMs > 0
      ? setTimeout(() => {
          late = true;
          stop();
        }, timeoutMs)
      : undefined;
  const ticks =
    onProgress &&
    setInterval(() => {
      const { percentage } = connection.progress;
      onProgress(performance.now() - start, percentage > 0 ? percentage : null);
    }, PROGRESS_MS);
  signal?.addEventListener('abort', stop);
  if (signal?.aborted) stop();
  return {
    faultOf(error: unknown): Fault {
      if (error instanceof Fault) return error;
      if (signal?.aborted) return new Fault(ExitCode.INTERRUPTED, 'the query was stopped');
      if (late)
        return refuse(
          `the query took longer than ${timeoutMs / 1000} s and was stopped`,
          'query --timeout <s> gives it more',
        );
      const { message } = error as Error;
      if (/^Out of Memory/i.test(message))
        return refuse(
          'the query needs more memory, and more room on disk for a while, than it may have',
          'Ask for less, or raise query.memory and query.spill in intellimap.config.*',
        );
      return refuse(message);
    },
    end(): void {
      clearTimeout(timer);
      clearInterval(ticks);
      clearInterval(again);
      signal?.removeEventListener('abort', stop);
    },
  };
}

/** All rows at once. As `tell` otherwise. */
export async function select(database: OpenedDatabase, sql: string, limits: SelectLimits): Promise<Answer> {
  const answer: Answer = { columns: [], types: [], rows: [], more: false };
  answer.more = await tell(database, sql, limits, {
    head: (columns, types) => void Object.assign(answer, { columns, types }),
    rows: (rows) => {
      for (const row of rows) answer.rows.push(row);
    },
  });
  return answer;
}
