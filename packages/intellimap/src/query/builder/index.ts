/** What ran, and what is written, asked in TypeScript: `intellimap/query`. The types of an answer follow from the question. */
import type { Session } from '../session.ts';
import { type Ask, Functions } from './functions.ts';

export type { Condition, Order } from './conditions.ts';
export type { FlagField, NumberField, TextField } from './conditions.ts';
export type { FunctionFields, FunctionRow } from './fields.ts';
export { Functions, type Statement } from './functions.ts';

export interface Recording {
  /** Id of the run that is asked. */
  readonly run: string;
  /** All functions that the workspace has now. */
  functions: () => Functions;
  /** As "intellimap query": one SELECT, values by name. */
  sql: <Row extends object>(text: string, values?: Record<string, string | number>) => Promise<Row[]>;
  close: () => void;
}

/** Asks an open session. */
export const recordingOf = (session: Session): Recording => {
  const { db, run } = session;
  const ask: Ask = async ({ sql, values }) => await db.all<object>(sql, values);
  return {
    run: run.id,
    functions: () => new Functions(ask),
    sql: async <Row extends object>(text: string, values = {}) => await db.all<Row>(text, values),
    close: () => session.close(),
  };
};
