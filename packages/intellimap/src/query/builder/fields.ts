/** What can be asked of functions, calls and files: fields, their columns, and what a row of an answer has. Times are ms, counts are of the run that is asked. */
import { FlagField, NumberField, TextField } from './conditions.ts';

interface Column<Of, Value> {
  readonly column: string;
  readonly make: new (name: string) => Of;
  /** Only for the compiler. */
  readonly value?: Value;
}

const text = (column: string): Column<TextField, string> => ({ column, make: TextField });
const number = (column: string): Column<NumberField, number> => ({ column, make: NumberField });
const flag = (column: string): Column<FlagField, boolean> => ({ column, make: FlagField });
/** It may be unknown. */
const maybe = <Of, Value>({ column, make }: Column<Of, Value>): Column<Of, Value | null> => ({
  column,
  make,
});

type Columns = Readonly<Record<string, Column<unknown, unknown>>>;

/** What `where` and `orderBy` are given. */
type FieldsOf<Of extends Columns> = {
  readonly [Name in keyof Of]: Of[Name] extends Column<infer Field, unknown> ? Field : never;
};
/** A row of an answer. */
type RowOf<Of extends Columns> = {
  -readonly [Name in keyof Of]: Of[Name] extends Column<unknown, infer Value> ? Value : never;
};

const FUNCTION = {
  id: text('ast_node_id'),
  name: text('name'),
  path: text('path'),
  package: text('package'),
  role: text('role'),
  kind: text('kind'),
  line: number('line'),
  endLine: number('end_line'),
  /** Calls begun. */
  calls: number('hits'),
  threw: maybe(number('threw')),
  errors: number('errors'),
  /** Functions that called it in the run, and that it called. */
  callers: number('callers'),
  callees: number('callees'),
  /** The same as the text has it. */
  writtenCallers: number('written_callers'),
  writtenCallees: number('written_callees'),
  lines: maybe(number('lines')),
  cyclomatic: maybe(number('cyclomatic')),
  cognitive: maybe(number('cognitive')),
  nesting: maybe(number('nesting')),
  captured: maybe(number('captured')),
  /** That changed it within a year, as git knows; "intellimap metrics" asks. */
  commits: maybe(number('commits')),
  self: maybe(number('self_ms')),
  total: maybe(number('total_ms')),
  wait: maybe(number('wait_ms')),
  p50: maybe(number('p50_ms')),
  p95: maybe(number('p95_ms')),
  p99: maybe(number('p99_ms')),
  /** The run would have told of a call. */
  isSeen: flag('is_seen'),
  isExported: flag('is_exported'),
};
export interface FunctionFields extends FieldsOf<typeof FUNCTION> {}
/** null: not known, see `function_facts`. */
export interface FunctionRow extends RowOf<typeof FUNCTION> {}

const CALL = {
  /** The function that calls. */
  from: text('src'),
  fromName: maybe(text('src_name')),
  /** The function that is called; null: it lies outside, or nobody knows. */
  to: maybe(text('dst')),
  toName: maybe(text('dst_name')),
  path: maybe(text('path')),
  line: maybe(number('line')),
  column: maybe(number('column')),
  /** Words of what is called: `db.query`. */
  text: maybe(text('text')),
  form: maybe(text('form')),
  /** Package or builtin that what is called comes from. */
  module: maybe(text('module')),
  /** Why it may be made again and again: `for … of`, `callback of map`. */
  loop: maybe(text('loop')),
  kind: maybe(text('kind')),
  /** `certain`, `likely`, `maybe` */
  confidence: maybe(text('confidence')),
  /** Calls between the two functions in the run, from all places together. */
  count: number('count'),
  /** `ran` or `text only` */
  evidence: text('evidence'),
  detail: text('detail'),
  isAwaited: flag('awaited'),
  isLater: flag('later'),
};
export interface CallFields extends FieldsOf<typeof CALL> {}
/** null: not known, see `known_calls`. */
export interface KnownCall extends RowOf<typeof CALL> {}

const MODULE = {
  path: text('path'),
  package: text('package'),
  role: text('role'),
  /** Why something outside of the program texts may start it. */
  entry: maybe(text('entry')),
  lines: number('lines'),
  isLoaded: flag('is_loaded'),
  functions: number('functions'),
  /** Of these, called. */
  functionsHit: number('functions_hit'),
  calls: number('hits'),
  self: maybe(number('self_ms')),
  errors: number('errors'),
  /** Files of the workspace that it imports, and that import it. */
  imports: number('imports'),
  importedBy: number('imported_by'),
  packages: number('packages'),
  exports: number('exports'),
};
export interface ModuleFields extends FieldsOf<typeof MODULE> {}
/** null: not known, see `module_facts`. */
export interface ModuleRow extends RowOf<typeof MODULE> {}

/** What one kind of question is about. `Fields` and `Row` are for the compiler. */
export interface Subject<Fields> {
  view: string;
  /** Letter that stands for a row in SQL. */
  as: string;
  columns: Readonly<Record<string, string>>;
  fields: Fields;
  /** Columns that order what is alike otherwise. */
  order: readonly string[];
}

const subject = <Fields>(view: string, as: string, columns: Columns, order: readonly string[]): Subject<Fields> => ({
  view,
  as,
  columns: Object.fromEntries(Object.entries(columns).map(([name, { column }]) => [name, column])),
  fields: Object.fromEntries(Object.entries(columns).map(([name, { make }]) => [name, new make(name)])) as Fields,
  order,
}); // prettier-ignore

export const FUNCTIONS = subject<FunctionFields>('function_facts', 'f', FUNCTION, ['ast_node_id']);
export const CALLS = subject<CallFields>('known_calls', 'k', CALL, ['path', 'line', 'column', 'src', 'dst']);
export const MODULES = subject<ModuleFields>('module_facts', 'm', MODULE, ['path']);
