/** Questions to heap snapshots: what was there more of at the end than at the start, and is it a leak? */
import type { Session } from './session.ts';

export interface GrownConstructor {
  threadId: number;
  constructor: string;
  /** File of the class; null: not known, or not of an instrumented file. */
  path: string | null;
  id: string | null;
  line: number | null;
  /** In the first snapshot of the thread, and in the last. */
  objectsBefore: number;
  objects: number;
  selfBytesBefore: number;
  selfBytes: number;
  retainedBytesBefore: number;
  retainedBytes: number;
  /** A shortest path from a root to one of them, in the last snapshot. */
  heldBy: string | null;
}

/** What is V8's, or IntelliMap's, and not of interest by itself. */
const OF_PROGRAM = `NOT starts_with(b.constructor, '(') AND NOT starts_with(b.constructor, 'system /') AND NOT starts_with(b.constructor, 'Node /')
  AND b.constructor <> '' AND coalesce(b.path, '') NOT LIKE '%intellimap%'`;

/** Constructors of threads with two snapshots or more, those that hold most more first; also those of which there is less. */
export async function heapDiff({ db }: Session, limit = 20): Promise<GrownConstructor[]> {
  return await db.all<GrownConstructor>(
    `${DIFF} ORDER BY retainedBytes - retainedBytesBefore DESC, constructor LIMIT $limit`,
    {
      limit,
    },
  );
}

const DIFF = `
  WITH ends AS (SELECT thread_id, min(snapshot) AS first, max(snapshot) AS last FROM heap_constructors GROUP BY ALL HAVING first < last)
  SELECT b.thread_id AS threadId, b.constructor, b.path, b.ast_node_id AS id, f.line,
    coalesce(a.objects, 0) AS objectsBefore, b.objects, coalesce(a.self_bytes, 0) AS selfBytesBefore, b.self_bytes AS selfBytes,
    coalesce(a.retained_bytes, 0) AS retainedBytesBefore, b.retained_bytes AS retainedBytes, b.held_by AS heldBy
  FROM ends e JOIN heap_constructors b ON b.thread_id = e.thread_id AND b.snapshot = e.last
  LEFT JOIN heap_constructors a ON a.thread_id = e.thread_id AND a.snapshot = e.first AND a.constructor = b.constructor AND a.path IS NOT DISTINCT FROM b.path AND a.ast_node_id IS NOT DISTINCT FROM b.ast_node_id
  LEFT JOIN functions f ON f.ast_node_id = b.ast_node_id
  WHERE ${OF_PROGRAM}`;

/** Less is no leak worth the name: buffers of Node and caches of V8 fill up. */
const LEAST_OBJECTS = 100;
const LEAST_BYTES = 64 * 1024;

/**
 * Constructors of which there were more objects at the end of a thread than after its load, which hold more. At the end little should be left of a program's work: what
 * is, is held by somebody. Two snapshots cannot tell a leak from a cache that is meant to stay.
 */
export async function leakSuspects({ db }: Session, limit = 10): Promise<GrownConstructor[]> {
  return await db.all<GrownConstructor>(
    `SELECT * FROM (${DIFF})
     WHERE objects - objectsBefore >= ${LEAST_OBJECTS} AND retainedBytes - retainedBytesBefore >= ${LEAST_BYTES}
     ORDER BY (path IS NULL), retainedBytes - retainedBytesBefore DESC, constructor LIMIT $limit`,
    { limit },
  );
}

/** How many threads have two snapshots, or more. */
export async function comparedHeaps({ db }: Session): Promise<number> {
  const [found] = await db.all<{ threads: number }>(
    `SELECT count(*) AS threads FROM (SELECT thread_id FROM heap_constructors GROUP BY thread_id HAVING count(DISTINCT snapshot) > 1)`,
  );
  return found.threads;
}
