/** Queries that were asked in a workspace: `.intellimap/history.ndjson`, one a line, oldest first, for its owner's eyes only. I/O. */
import { appendFileSync, existsSync, readFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { replaceFile } from '../store/replace-file.ts';

export interface Asked {
  /** Counts up; `query --again <n>` asks it again. */
  n: number;
  /** ISO 8601, UTC */
  at: string;
  sql: string;
  /** Rows that were printed; null: it failed. */
  rows: number | null;
  ms: number;
}

/** Longer ones were written by programs. */
const LONGEST = 65_536;
/** They may hold what only their author may see. */
const OWNER_ONLY = 0o600;

const historyFile = (root: string): string => join(root, '.intellimap', 'history.ndjson');

/** Oldest first. What cannot be read is passed over: a line may be cut. */
export function readHistory(root: string): Asked[] {
  let text: string;
  try {
    text = readFileSync(historyFile(root), 'utf8');
  } catch {
    return [];
  }
  return text.split('\n').flatMap((line) => {
    try {
      const asked = JSON.parse(line) as Asked;
      return typeof asked.n === 'number' && typeof asked.sql === 'string' ? [asked] : [];
    } catch {
      return [];
    }
  });
}

/** @param most how many are remembered; a history that cannot be written is none, and no reason to fail */
export function remember(root: string, asked: Omit<Asked, 'n'>, most: number): void {
  const file = historyFile(root);
  if (most === 0 || asked.sql.length > LONGEST || !existsSync(dirname(file))) return;
  try {
    const before = readHistory(root);
    const line = `${JSON.stringify({ n: (before.at(-1)?.n ?? 0) + 1, ...asked })}\n`;
    // Written anew only now and then: another query may end at the same moment.
    if (before.length < most * 1.2) appendFileSync(file, line, { mode: OWNER_ONLY });
    else {
      const lines = [...before.slice(1 - most).map((each) => `${JSON.stringify(each)}\n`), line];
      replaceFile(file, lines.join(''), { mode: OWNER_ONLY, draft: `${file}.${process.pid}.tmp` });
    }
  } catch {
    // A read-only or full disk.
  }
}
