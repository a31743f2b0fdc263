/** What can be asked of a function: fields, their columns in `function_facts`, and what a row of an answer has. */
import { FlagField, NumberField, TextField } from './conditions.ts';

/** Field → column. Times are ms, counts are of the run that is asked. */
const TEXTS = { id: 'ast_node_id', name: 'name', path: 'path', role: 'role', kind: 'kind' } as const;
const NUMBERS = {
  line: 'line',
  endLine: 'end_line',
  /** Calls begun. */
  calls: 'hits',
  threw: 'threw',
  errors: 'errors',
  callers: 'callers',
  callees: 'callees',
  self: 'self_ms',
  total: 'total_ms',
  wait: 'wait_ms',
  p50: 'p50_ms',
  p95: 'p95_ms',
  p99: 'p99_ms',
} as const;
const FLAGS = {
  /** The run would have told of a call. */
  isSeen: 'is_seen',
} as const;

/** Always known. */
type Known = 'line' | 'endLine' | 'calls' | 'errors' | 'callers' | 'callees';

/** What `where` and `orderBy` are given. */
export type FunctionFields = { readonly [Name in keyof typeof TEXTS]: TextField } & {
  readonly [Name in keyof typeof NUMBERS]: NumberField;
} & { readonly [Name in keyof typeof FLAGS]: FlagField };

/** A row of an answer. null: not known, see `function_facts`. */
export type FunctionRow = { [Name in keyof typeof TEXTS]: string } & {
  [Name in keyof typeof NUMBERS]: Name extends Known ? number : number | null;
} & { [Name in keyof typeof FLAGS]: boolean };

export const COLUMNS: Readonly<Record<string, string>> = { ...TEXTS, ...NUMBERS, ...FLAGS };

const made = <Of>(names: object, of: new (name: string) => Of): [string, Of][] =>
  Object.keys(names).map((name) => [name, new of(name)]);

export const FIELDS = Object.fromEntries<unknown>([
  ...made(TEXTS, TextField),
  ...made(NUMBERS, NumberField),
  ...made(FLAGS, FlagField),
]) as FunctionFields;
