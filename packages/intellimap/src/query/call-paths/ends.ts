/** Where ways over calls begin and end: functions by name, id, file or line, and calls of what lies outside. */
import { ExitCode, Fault } from '../../base/fault.ts';
import { RANK } from '../calls-around.ts';
import { callsTo } from '../builder/calls-sql.ts';
import { binder } from '../builder/statement.ts';
import type { Session } from '../session.ts';
import { filesNamed } from '../slice-facts.ts';

export interface PathEnd {
  /** As it was asked. */
  wanted: string;
  /** `outside`: calls of a module, or of what is written so; its functions are those that make them. */
  kind: 'function' | 'file' | 'line' | 'outside';
  /** Ids of functions. */
  ids: string[];
  /** How many there are; more than `ids` where these are too many. */
  found: number;
}

/** More starts or ends say nothing. */
const MOST_ENDS = 200;

/** @throws Fault NOT_FOUND */
export async function pathEnd(session: Session, wanted: string, side: 'from' | 'to'): Promise<PathEnd> {
  const found =
    (await place(session, wanted)) ??
    (await named(session, wanted, 3)) ??
    (side === 'to' ? await outside(session, wanted) : undefined) ??
    (await named(session, wanted, 4));
  if (found !== undefined) return found;
  throw new Fault(
    ExitCode.NOT_FOUND,
    `nothing in the source matches "${wanted}"`,
    side === 'to'
      ? 'It may be a function, a file, file:line, a package, or what is called as it is written (db.query).'
      : 'It may be a function, a file, or file:line.',
  );
}

const end = (wanted: string, kind: PathEnd['kind'], rows: readonly { id: string }[]): PathEnd | undefined =>
  rows.length === 0
    ? undefined
    : {
        wanted,
        kind,
        ids: rows.slice(0, MOST_ENDS).map(({ id }) => id),
        found: rows.length,
      };

async function named({ db }: Session, wanted: string, worst: number): Promise<PathEnd | undefined> {
  const rows = await db.all<{ id: string }>(
    `WITH ranked AS (SELECT ast_node_id AS id, ${RANK} AS rank FROM source_functions WHERE kind <> 'module' OR ast_node_id = $wanted)
     SELECT id FROM ranked WHERE rank <= $worst AND rank = (SELECT min(rank) FROM ranked) ORDER BY id`,
    { wanted, worst },
  );
  return end(wanted, 'function', rows);
}

/** `src/a.ts:12`: the innermost function there; `src/a.ts`: all that it has. */
async function place(session: Session, wanted: string): Promise<PathEnd | undefined> {
  const { db } = session;
  const [, path, line] = /^(.*?)(?::(\d+))?$/s.exec(wanted)!;
  const files = await filesNamed(session, path);
  if (files.length === 0) return undefined;
  if (files.length > 1)
    throw new Fault(
      ExitCode.NOT_FOUND,
      `several files end with "${path}"`,
      `for example ${files[0]} and ${files[1]}`,
    );
  const at = { path: files[0] };
  if (line === undefined)
    return end(
      wanted,
      'file',
      await db.all('SELECT ast_node_id AS id FROM source_functions WHERE path = $path ORDER BY line, id', at),
    );
  return end(
    wanted,
    'line',
    await db.all(
      `SELECT ast_node_id AS id FROM source_functions WHERE path = $path AND (kind = 'module' OR $line BETWEEN line AND end_line)
       ORDER BY kind = 'module', end_line - line, line DESC LIMIT 1`,
      { ...at, line: Number(line) },
    ),
  );
}

async function outside({ db }: Session, wanted: string): Promise<PathEnd | undefined> {
  const values: Record<string, string | number> = {};
  const condition = callsTo(wanted, { maybe: true }, binder(values));
  const rows = await db.all<{ id: string }>(
    `SELECT DISTINCT k.src AS id FROM known_calls k WHERE ${condition} ORDER BY id`,
    values,
  );
  return end(wanted, 'outside', rows);
}
