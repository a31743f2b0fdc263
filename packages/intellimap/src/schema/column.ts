/** What a table is made of. A table is written once, as data; DDL, row types and documentation all follow from it. */

/** SQL types in use. `ENUM` columns list their words in `values`. */
export type ColumnType =
  | 'VARCHAR'
  | 'INTEGER'
  | 'BIGINT'
  | 'DOUBLE'
  | 'BOOLEAN'
  /** Milliseconds since the epoch in TypeScript. */
  | 'TIMESTAMP_MS'
  | 'ENUM'
  /** Bytes. */
  | 'BLOB';

export interface Column {
  type: ColumnType;
  /** Meaning, as a sentence a person who never saw the code understands. */
  doc: string;
  /** Unit of a number: `ms`, `µs`, `calls`, … */
  unit?: string;
  /** What NULL means. Absent: the column is NOT NULL. */
  none?: string;
  /** Words of an ENUM. */
  values?: readonly string[];
}

export interface Table {
  doc: string;
  columns: Record<string, Column>;
}

interface JsTypes {
  VARCHAR: string;
  INTEGER: number;
  BIGINT: number;
  DOUBLE: number;
  BOOLEAN: boolean;
  TIMESTAMP_MS: number;
  BLOB: Uint8Array;
}

type Value<C extends Column> = C['type'] extends keyof JsTypes
  ? JsTypes[C['type']]
  : C extends { values: readonly (infer V)[] }
    ? V
    : never;

/** A row of a table, as TypeScript sees it. BIGINT columns hold integers below 2^53. */
export type Row<T extends Table> = {
  -readonly [K in keyof T['columns']]:
    | Value<T['columns'][K]>
    | (T['columns'][K] extends { none: string } ? null : never);
};
