/** Rows of tables as JSON Schemas. */
import { integer, number, object, oneOf, orNull, type Shape, text, yesNo } from '../base/shape.ts';
import type { Column } from './column.ts';
import { type RowOf, type TableName, TABLES } from './tables.ts';

/** A row of a table as typed questions give it, without some columns. */
export function rowShape<N extends TableName, Without extends keyof RowOf<N> = never>(
  name: N,
  without: readonly Without[] = [],
): Shape<Omit<RowOf<N>, Without>> {
  const columns = Object.entries(TABLES[name].columns as Record<string, Column>);
  const fields = columns
    .filter(([column]) => !without.some((each) => each === column))
    .map(([column, facts]) => [column, columnShape(facts)]);
  return object<Omit<RowOf<N>, Without>>(Object.fromEntries(fields) as never);
}

function columnShape(column: Column): Shape<unknown> {
  const doc = column.unit === undefined ? column.doc : `${column.doc} Unit: ${column.unit}.`;
  const plain = plainShape(column, doc) as Shape<unknown>;
  return column.none === undefined ? plain : orNull(plain, column.none);
}

function plainShape({ type, values = [] }: Column, doc: string): unknown {
  switch (type) {
    case 'VARCHAR':
      return text(doc);
    case 'DOUBLE':
      return number(doc);
    case 'BOOLEAN':
      return yesNo(doc);
    case 'ENUM':
      return oneOf(values, doc);
    case 'BLOB':
      throw new TypeError('bytes are in no answer that is JSON');
    case 'TIMESTAMP_MS':
      return integer(`${doc} In ms since the epoch.`);
    default:
      return integer(doc);
  }
}
