/** What is made of many rows: sums, counts, greatest values. Pure. */

export interface Aggregate<Value = number | null> {
  /** @param column a field's name → the SQL that reads it */
  toSql: (column: (name: string) => string) => string;
  /** Names of the fields that it reads. */
  readonly fields: readonly string[];
  /** Only for the compiler: what it comes to. */
  readonly value?: Value;
}

/** Rows of a group. */
export const count = (): Aggregate<number> => ({ toSql: () => 'count(*)', fields: [] });

/** @param name of DuckDB's function */
export const aggregate = (name: 'sum' | 'avg' | 'min' | 'max', field: string): Aggregate => ({
  toSql: (column) => `${name}(${column(field)})::DOUBLE`,
  fields: [field],
});
