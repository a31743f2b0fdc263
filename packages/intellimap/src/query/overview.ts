/** Question: the whole run at a glance? How much happened in each pixel's width of it, where events are missing, and which moments are worth a sign. */
import { ExitCode, Fault } from '../base/fault.ts';
import { oncePerSession } from './once-per-session.ts';
import type { Session } from './session.ts';
import type { Overview, OverviewAsk, OverviewColumns, OverviewMark } from './timeline/window-shape.ts';

interface Stretch {
  from: number;
  width: number;
  calls: number;
  errors: number;
  failed: number;
  busy: number;
}

/** Marks of one kind: the first ones, or the longest. */
const MARKS = 200;
/** As finely as a run is counted while it is loaded (`store/replay/time/density.ts`), imports are counted here. */
const BUCKETS = 4096;

/** All of it that does not depend on how many pixels there are. */
interface Glance {
  /** By time, all of the same width. */
  stretches: Stretch[];
  to: number;
  lost: [from: number, to: number][];
  marks: OverviewMark[];
}

/** @throws Fault when there are no pixels */
export async function overview(session: Session, ask: OverviewAsk): Promise<Overview> {
  if (!(ask.px >= 1)) throw new Fault(ExitCode.USAGE, `no overview has ${ask.px} pixels`);
  const run = ask.run ?? session.run.id;
  const { stretches, to, lost, marks } = await glanceOf(session, run);
  const resolution = resolutionOf(to, ask.px, stretches[0]?.width ?? 1);
  return {
    head: { run, from: 0, to, resolution, lost, marks },
    columns: columnsOf(stretches, Math.max(1, Math.ceil(to / resolution)), resolution),
  };
}

const glanceOf = oncePerSession(async (session, run: string): Promise<Glance> => {
  const to = await endOf(session, run);
  const counted = await session.db.all<Stretch>(DENSITY, { run });
  return {
    stretches:
      counted.length > 0 ? counted : await importedDensity(session, run, resolutionOf(to, BUCKETS, 1)),
    to,
    lost: await lostIn(session, run),
    marks: await session.db.all<OverviewMark>(MARKED, { run, limit: MARKS }),
  };
});

const DENSITY = `
  SELECT from_us AS "from", width_us AS width, calls, errors, failed, busy_us AS busy FROM all_runs.time_density
  WHERE run_id = $run ORDER BY from_us`;

/** The last moment that is known of any thread. */
async function endOf({ db }: Session, run: string): Promise<number> {
  const [{ until }] = await db.all<{ until: number }>(
    `SELECT coalesce((SELECT max(end_us) FROM all_runs.threads WHERE run_id = $run),
       (SELECT max(coalesce(end_us, start_us)) FROM all_runs.calls WHERE run_id = $run), 0) AS until`,
    { run },
  );
  return until;
}

/** An import has rows of calls, and nothing was counted while it was made: how long threads were busy is not known. */
async function importedDensity({ db }: Session, run: string, width: number): Promise<Stretch[]> {
  return await db.all<Stretch>(
    `SELECT floor(start_us / $width) * $width AS "from", $width AS width, count(*) AS calls, 0 AS errors,
       count(*) FILTER (outcome = 'threw') AS failed, 0 AS busy
     FROM all_runs.calls WHERE run_id = $run GROUP BY 1 ORDER BY 1`,
    { run, width },
  );
}

/** Buckets are as wide as pixels, or up to twice, and never narrower than what is known. */
function resolutionOf(to: number, px: number, width: number): number {
  let resolution = width;
  while (to / resolution > px) resolution *= 2;
  return resolution;
}

function columnsOf(stretches: readonly Stretch[], buckets: number, resolution: number): OverviewColumns {
  const columns = {
    calls: new Float64Array(buckets),
    errors: new Uint32Array(buckets),
    failed: new Uint32Array(buckets),
    busy: new Float64Array(buckets),
  };
  for (const { from, calls, errors, failed, busy } of stretches) {
    const at = Math.min(buckets - 1, Math.floor(from / resolution));
    columns.calls[at] += calls;
    columns.errors[at] += errors;
    columns.failed[at] += failed;
    columns.busy[at] += busy;
  }
  return columns;
}

/** Of any thread; what a flight recorder let go is as missing as the rest. */
async function lostIn({ db }: Session, run: string): Promise<[from: number, to: number][]> {
  const rows = await db.all<{ from: number; to: number }>(
    'SELECT from_us AS "from", to_us AS "to" FROM all_runs.gaps WHERE run_id = $run ORDER BY from_us',
    { run },
  );
  const merged: [number, number][] = [];
  for (const { from, to } of rows) {
    const last = merged.at(-1);
    if (last !== undefined && from <= last[1]) last[1] = Math.max(last[1], to);
    else merged.push([from, to]);
  }
  return merged;
}

const MARKED = `
  SELECT * FROM (
    (SELECT min(first_us) AS "at", any_value(thread_id) AS thread, CASE WHEN kind = 'uncaught' THEN 'uncaught' ELSE 'error' END AS kind,
       any_value(name || ': ' || message) AS text
     FROM all_runs.errors WHERE run_id = $run AND first_us IS NOT NULL GROUP BY signature, kind ORDER BY 1 LIMIT $limit)
    UNION ALL
    (SELECT start_us, thread_id, 'pause', 'event loop held for ' || round(duration_us / 1000)::BIGINT || ' ms'
     FROM all_runs.pauses WHERE run_id = $run AND kind = 'loop' ORDER BY duration_us DESC LIMIT $limit)
    UNION ALL
    (SELECT at_us, thread_id, 'keep', reason FROM all_runs.keeps WHERE run_id = $run AND at_us IS NOT NULL ORDER BY at_us LIMIT $limit)
    UNION ALL
    (SELECT at_us, thread_id, 'rate', reason FROM all_runs.rate_changes WHERE run_id = $run AND at_us IS NOT NULL ORDER BY at_us LIMIT $limit)
    UNION ALL
    (SELECT at_us, thread_id, 'vital',
       name || ' ' || CASE WHEN unit = 'ms' THEN round(value)::BIGINT || ' ms' ELSE round(value, 3)::VARCHAR END || coalesce(' at ' || element, '') || ', ' || rating
     FROM all_runs.vitals WHERE run_id = $run AND at_us IS NOT NULL ORDER BY rating DESC, at_us LIMIT $limit)
    UNION ALL
    (SELECT at_us, thread_id, 'event', name || coalesce(' ' || nullif("values", '{}'), '') FROM all_runs.custom_events WHERE run_id = $run ORDER BY at_us LIMIT $limit)
  ) ORDER BY "at", thread, kind, text`;
