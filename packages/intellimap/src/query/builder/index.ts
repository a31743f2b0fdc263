/** What ran, and what is written, asked in TypeScript: `intellimap/query`. The types of an answer follow from the question. */
import { callPaths, type CallPaths, type PathOptions } from '../call-paths/index.ts';
import { explained, type Explained } from '../explain.ts';
import type { Session } from '../session.ts';
import { Calls } from './calls.ts';
import { Functions } from './functions.ts';
import { Modules } from './modules.ts';
import type { Answers } from './question.ts';

export type { Aggregate } from './aggregates.ts';
export { Calls } from './calls.ts';
export type { CallOptions, Evidence } from './calls-sql.ts';
export type { Condition, Order } from './conditions.ts';
export type { FlagField, NumberField, TextField } from './conditions.ts';
export type {
  CallFields,
  KnownCall,
  FunctionFields,
  FunctionRow,
  ModuleFields,
  ModuleRow,
} from './fields.ts';
export { Functions, type WalkOptions } from './functions.ts';
export type { Groups, GroupRow } from './groups.ts';
export { Modules } from './modules.ts';
export type { Question } from './question.ts';
export type { Statement } from './statement.ts';

export interface Recording {
  /** Id of the run that is asked. */
  readonly run: string;
  /** All functions that the workspace has now. */
  functions: () => Functions;
  /** All calls: places of the text with what may be called there, and those that only the run knows. */
  calls: () => Calls;
  /** All files of the workspace. */
  modules: () => Modules;
  /** Ways over calls from one function to another, or to a package: the shortest first. */
  paths: (from: string, to: string, options?: PathOptions) => Promise<CallPaths>;
  /** As "intellimap query": one SELECT, values by name. */
  sql: <Row extends object>(text: string, values?: Record<string, string | number>) => Promise<Row[]>;
  /** What is done to answer a SELECT. */
  explain: (text: string, values?: Record<string, string | number>) => Promise<Explained>;
  close: () => void;
}

/** Asks an open session. */
export const recordingOf = (session: Session): Recording => {
  const { db, run } = session;
  const answers: Answers = {
    rows: async ({ sql, values }) => await db.all<object>(sql, values),
    explain: async ({ sql, values }) => await explained(session, sql, values),
  };
  return {
    run: run.id,
    functions: () => new Functions(answers),
    calls: () => new Calls(answers),
    modules: () => new Modules(answers),
    paths: async (from, to, options) => await callPaths(session, from, to, options),
    sql: async <Row extends object>(text: string, values = {}) => await db.all<Row>(text, values),
    explain: async (text, values) => await explained(session, text, values),
    close: () => session.close(),
  };
};
