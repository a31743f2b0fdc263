/** Question: whatever a SELECT can ask. Plain table names mean the chosen run, `all_runs.<table>` every run. */
import type { Answer } from '../store/index.ts';
import type { Session } from './session.ts';

/** Rows that come back unless more are asked for. */
const ROWS = 1000;
const TIMEOUT_MS = 30_000;

/** @throws Fault (USAGE) when it is not one single reading statement, is wrong, or takes too long. */
export async function sql(
  { db }: Session,
  text: string,
  options: { limit?: number; timeoutMs?: number } = {},
): Promise<Answer> {
  return await db.select(text, { limit: options.limit ?? ROWS, timeoutMs: options.timeoutMs ?? TIMEOUT_MS });
}
