/** SQL: what callers and callees of calls add that were open when the recording ended. Edges have the times of calls that ended; a program that ends by process.exit leaves its whole stack open. */
import { lasted } from '../schema/index.ts';

/**
 * Parts of a WITH, the last of them `open`: numbers of functions `src` and `dst`, and `ms`.
 * Only callers of open calls are looked up: a join of all calls with all calls takes most of a second.
 * @param rowsOf a table's rows of one run, as SQL
 */
export const openEdges = (rowsOf: (table: 'calls' | 'threads') => string): string => `
    c AS MATERIALIZED (SELECT thread_id, parent_call_id, function_id, start_us, stalled_us FROM ${rowsOf('calls')} WHERE end_us IS NULL),
    o AS MATERIALIZED (SELECT thread_id, call_id, function_id FROM ${rowsOf('calls')} WHERE (thread_id, call_id) IN (SELECT thread_id, parent_call_id FROM c)),
    open AS (
      SELECT o.function_id AS src, c.function_id AS dst, sum(${lasted('c', 't.end_us')}) / 1000 AS ms
      FROM c JOIN ${rowsOf('threads')} t USING (thread_id) JOIN o ON o.thread_id = c.thread_id AND o.call_id = c.parent_call_id GROUP BY ALL)`;
