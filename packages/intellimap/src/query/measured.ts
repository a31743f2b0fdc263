/** Question: what did V8 measure in this run, and what is missing of it? */
import type { Session } from './session.ts';

export interface MeasuredFacts {
  what: 'cpu' | 'coverage' | 'heap';
  threads: number;
  /** Threads of which it reaches to the end. */
  whole: number;
  /** Why it ended early, or never began, and in how many threads. */
  ended: { reason: string; threads: number }[];
  /** CPU samples, rows of coverage, snapshots. */
  count: number;
}

/** Empty: V8 was not asked to measure anything. */
export async function measuredFacts({ db }: Session): Promise<MeasuredFacts[]> {
  const rows = await db.all<Omit<MeasuredFacts, 'ended'>>(
    `SELECT what, count(*) AS threads, count(*) FILTER (whole) AS whole, CASE what
       WHEN 'cpu' THEN (SELECT count(*) FROM cpu_samples)
       WHEN 'coverage' THEN (SELECT count(*) FROM coverage WHERE source = 'v8' AND kind = 'function')
       ELSE (SELECT count(DISTINCT (thread_id, snapshot)) FROM heap_constructors) END AS count
     FROM v8_measured GROUP BY what ORDER BY what`,
  );
  const reasons = await db.all<{ what: string; reason: string; threads: number }>(
    'SELECT what, ended AS reason, count(*) AS threads FROM v8_measured WHERE ended IS NOT NULL GROUP BY ALL ORDER BY threads DESC, reason',
  );
  return rows.map((row) => ({
    ...row,
    ended: reasons
      .filter(({ what }) => what === row.what)
      .map(({ reason, threads }) => ({ reason, threads })),
  }));
}
