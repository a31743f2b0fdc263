/** Evidence of a finding → SQL that shows its rows. Pure. */
import type { Findings } from '../../../../intellimap/src/serve/contract.ts';
import { literal } from '../../text/sql.ts';

/** @param run id of the run that plain names mean where it is asked */
export function evidenceSql({ run: of, table, key }: Findings.Evidence, run: string): string {
  const isHere = of === run || table.startsWith('source_');
  const keys = Object.entries(key).map(
    ([column, value]) => `"${column.replaceAll('"', '""')}" = ${literal(value)}`,
  );
  const conditions = isHere ? keys : [`run_id = ${literal(of)}`, ...keys];
  return `SELECT * FROM ${isHere ? table : `all_runs.${table}`}${conditions.length === 0 ? '' : ` WHERE ${conditions.join(' AND ')}`}`;
}
