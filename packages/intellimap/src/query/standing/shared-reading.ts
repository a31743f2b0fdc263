/**
 * A session on the database that many questions ask at the same time, and that stays the same while the database is closed and opened again: what questions
 * remember of a session (frames that were read, say) serves the next ones.
 */
import type { Cell, InColumns, ReadingSession } from '../../store/index.ts';

export interface SharedReading extends ReadingSession {
  /** From now on, this one answers. */
  use(own: ReadingSession): void;
}

/** @param run what plain table names mean */
export function sharedReading(first: ReadingSession, run: string): SharedReading {
  let own = first;
  let last: Promise<unknown> = Promise.resolve();
  /** One after the other: a connection that is asked while it answers forgets what it was asked first. */
  const inTurn = async <T>(ask: () => Promise<T>): Promise<T> => {
    const answer = last.then(ask);
    last = answer.catch(() => undefined);
    return await answer;
  };
  /** What is told in parts needs a connection of its own. */
  const alone = async <T>(ask: (other: ReadingSession) => Promise<T>): Promise<T> => {
    const other = await own.beside(run);
    try {
      return await ask(other);
    } finally {
      other.close();
    }
  };
  return {
    root: first.root,
    get instance() {
      return own.instance;
    },
    get connection() {
      return own.connection;
    },
    use: (next) => void (own = next),
    all: async <R extends object>(sql: string, values?: Record<string, Cell>) =>
      await inTurn(() => own.all<R>(sql, values)),
    columns: async <R extends object>(sql: string, values?: Record<string, Cell>): Promise<InColumns<R>> =>
      await inTurn(() => own.columns<R>(sql, values)),
    show: (other) => own.show(other),
    beside: (other) => own.beside(other),
    select: async (sql, limits) => await alone((other) => other.select(sql, limits)),
    tell: async (sql, limits, listener) => await alone((other) => other.tell(sql, limits, listener)),
    explain: async (sql, values, limits) => await alone((other) => other.explain(sql, values, limits)),
    close: () => own.close(),
  };
}
