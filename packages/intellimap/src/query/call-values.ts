/** What was recorded of the values of one call. */
import type { ReadingSession } from '../store/index.ts';

export interface ShownValue {
  type: string;
  /** JSON; see `call_values.preview`. */
  preview: string;
  truncated: boolean;
  redacted: boolean;
}

export interface CallValue extends ShownValue {
  role: 'argument' | 'this' | 'result' | 'thrown';
  position: number | null;
  /** Of an argument; null: another role. */
  name: string | null;
}

/** Arguments in their order. */
export async function valuesOfCall(db: ReadingSession, thread: number, call: number): Promise<CallValue[]> {
  return await db.all<CallValue>(VALUES, { thread, call });
}

const VALUES = `
  SELECT role::VARCHAR AS role, position, name, type, preview, truncated, redacted FROM call_values
  WHERE thread_id = $thread AND call_id = $call ORDER BY call_values.role, nth`;
