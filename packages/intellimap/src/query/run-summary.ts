/** Question: what happened in this run, and how sure is that? */
import type { RowOf } from '../schema/index.ts';
import { type ErrorPlace, errors } from './errors.ts';
import { type HotFunction, hottest } from './hottest.ts';
import { type MeasuredFacts, measuredFacts } from './measured.ts';
import { type LongPause, longestPauses } from './pauses.ts';
import { type RunRow, type Session } from './session.ts';
import { IS_PASSED_OVER, type SlowTask, slowestTasks } from './slowest-tasks.ts';
import { type ImportUse, unusedImports } from './unused-imports.ts';
import { UNWATCHED_COUNT } from './unwatched.ts';

export interface RunSummary {
  run: RunRow;
  /** Calls begun (counted, where the tier tells none one by one). */
  calls: number;
  /** `all` without those that nobody watched, of which nobody knows whether they ran. */
  functions: { hit: number; all: number; unwatched: number };
  modules: { loaded: number; instrumented: number; all: number };
  hottest: HotFunction[];
  errors: { count: number; places: number; top: ErrorPlace[] };
  /** `passedOver`: starts of threads, which are not looked at for the slowest. */
  tasks: { count: number; passedOver: number; slowest: SlowTask[] };
  pauses: { count: number; longest: LongPause[] };
  imports: ImportUse;
  /** Ring words; 0 is a claim. */
  eventsLost: number;
  overhead: Overhead;
  threads: ThreadRow[];
  skipped: { path: string; reason: string }[];
  /** Decisions of each process while it ran, oldest first: traces, budgets, the emergency stop. */
  gates: {
    count: number;
    top: GateChange[];
    /** The last of those that stopped the recording; null: none did. */
    stop: GateChange | null;
  };
  /** What a flight recorder kept, oldest first; null where all is written down as it comes. */
  flight: { wordsLetGo: number; count: number; keeps: Keep[] } | null;
  /** What sampling left out; null where it was not asked for. `changes` of the rate while it ran. */
  sampling: { tasksLeftOut: number; tasksPartly: number; wordsLeftOut: number; changes: number } | null;
  /** Values of calls and writes; null where none were asked for. */
  values: { kept: number; letGo: { reason: string; count: number }[] } | null;
  /** What V8 itself measured; empty where it was not asked to. */
  measured: MeasuredFacts[];
  certainty: Certainty;
}

/** What recording cost the program, summed over its threads: measured for instrumenting, estimated for events. */
export interface Overhead {
  /** Reading, rewriting and writing down files; their threads waited for it. */
  instrumentingMs: number;
  /** Number of events times their calibrated cost; null when not calibrated. */
  eventsMs: number | null;
  events: number;
  /** What all processes took of the processors, and of that the recorder's own threads; null: nobody looked. */
  cpuMs: number | null;
  ownMs: number | null;
  /** Percent of what the program took by itself: what recording was allowed to take, and what it took in the end (mean of the last seconds). */
  budget: number | null;
  percent: number | null;
  /** Functions that were only counted in the end, for the sake of the budget, and those of which not even that is known. */
  counted: number;
  leftOut: number;
  /** Looking at values, measured; 0 where none were asked for. */
  valuesMs: number;
  /** Threads did nothing but wait for the recorder, measured: in no time of calls and tasks. */
  stalledMs: number;
}

export interface GateChange {
  pid: number;
  /** µs since the run began. */
  atUs: number | null;
  gate: string;
  /** null: all there are, and those loaded later. */
  functions: number | null;
  reason: string;
}

export interface Keep {
  pid: number;
  /** µs since the run began. */
  atUs: number | null;
  reason: string;
}

type ThreadRow = Omit<RowOf<'threads'>, 'run_id' | 'facts'>;

export interface Certainty {
  complete: boolean;
  /** µs since the run began; null: nothing timed. */
  certainUntilUs: number | null;
  damagedSegments: number;
  gaps: number;
  orphans: number;
  /** Calls that no end was recorded for, as the recording ended within them. */
  callsOpen: number;
  /** Rows in `calls`, of all. */
  callsKept: number;
  callsRule: string;
  /** µs; longer calls all have a row; -1: all have. */
  callsMinUs: number;
}

/** `limit`: rows of each list at most; the counts beside them are of all. */
export async function runSummary(session: Session, limit = 10): Promise<RunSummary> {
  const { db, run } = session;
  const [facts] = await db.all<Facts>(FACTS);
  const threads = await db.all<ThreadRow>('SELECT * EXCLUDE (run_id, facts) FROM threads ORDER BY thread_id');
  const f = facts;
  return {
    run,
    calls: run.tier === 'performance' ? run.calls_total : f.hits,
    functions: { hit: f.functionsHit, all: f.functions - f.unwatched, unwatched: f.unwatched },
    modules: { loaded: f.modulesLoaded, instrumented: f.modulesInstrumented, all: f.modules },
    hottest: await hottest(session, limit),
    errors: { count: f.errors, places: f.errorPlaces, top: await errors(session, limit) },
    tasks: {
      count: run.tasks_total,
      passedOver: f.tasksPassedOver,
      slowest: await slowestTasks(session, limit),
    },
    pauses: { count: f.pauses, longest: await longestPauses(session, limit) },
    imports: await unusedImports(session),
    eventsLost: run.events_lost,
    overhead: {
      instrumentingMs: f.instrumentingMs,
      eventsMs: eventsMs(run, f.hits),
      events: run.tier === 'performance' ? run.events : f.hits,
      cpuMs: f.cpuMs,
      ownMs: f.ownMs,
      budget: f.budget,
      percent: f.percent,
      counted: f.counted + f.plannedCounts,
      leftOut: f.leftOut,
      valuesMs: f.valuesMs,
      stalledMs: f.stalledMs,
    },
    threads,
    skipped: await db.all<{ path: string; reason: string }>(
      'SELECT path, reason FROM skipped_files ORDER BY path',
    ),
    gates: {
      count: f.gateChanges,
      top: await db.all<GateChange>(`${GATES} ORDER BY "atUs" LIMIT $limit`, { limit }),
      stop: (await db.all<GateChange>(STOP))[0] ?? null,
    },
    flight: f.flight
      ? {
          wordsLetGo: f.wordsLetGo,
          count: f.keeps,
          keeps: await db.all<Keep>(`${KEEPS} LIMIT $limit`, { limit }),
        }
      : null,
    sampling:
      f.sampled || f.rateChanges > 0
        ? {
            tasksLeftOut: f.tasksLeftOut,
            tasksPartly: f.tasksPartly,
            wordsLeftOut: f.wordsLeftOut,
            changes: f.rateChanges,
          }
        : null,
    values: f.valuesWanted
      ? {
          kept: f.values,
          letGo: await db.all<{ reason: string; count: number }>(LET_GO),
        }
      : null,
    measured: await measuredFacts(session),
    certainty: {
      complete: run.complete,
      certainUntilUs: run.certain_until_us,
      damagedSegments: f.damagedSegments,
      gaps: f.gaps,
      orphans: run.orphans,
      callsOpen: f.callsOpen,
      callsKept: run.calls_kept,
      callsRule: run.calls_rule,
      callsMinUs: run.calls_min_us,
    },
  };
}

function eventsMs(run: RunRow, hits: number): number | null {
  const { event_cost_ns: plain, timed_event_cost_ns: timed, events, events_timed } = run;
  if (plain === null || timed === null) return null;
  // Counting an edge takes about what two events take.
  if (run.tier !== 'performance') return (hits * plain * (run.tier === 'edges' ? 2 : 1)) / 1e6;
  return ((events - events_timed) * plain + events_timed * timed) / 1e6;
}

/** Told in each thread of a process: once is enough. */
const GATES = `
  SELECT pid, min(at_us) AS "atUs", gate, functions, reason
  FROM gate_changes JOIN threads USING (thread_id)
  GROUP BY pid, gate, functions, reason`;
const STOP = `
  SELECT * FROM (${GATES}) WHERE gate = 'off' AND functions IS NULL ORDER BY "atUs" DESC LIMIT 1`;

const LET_GO = `
  SELECT reason::VARCHAR AS reason, sum(count)::BIGINT AS count FROM values_let_go GROUP BY 1 ORDER BY 2 DESC, 1`;

const KEEPS = `
  SELECT pid, min(at_us) AS "atUs", reason FROM keeps JOIN threads USING (thread_id)
  GROUP BY pid, reason ORDER BY "atUs"`;

/** Recent, for the cost of recording. */
const RECENT_US = 5_000_000;

interface Facts {
  sampled: boolean;
  rateChanges: number;
  tasksLeftOut: number;
  tasksPartly: number;
  wordsLeftOut: number;
  flight: boolean;
  wordsLetGo: number;
  gateChanges: number;
  keeps: number;
  tasksPassedOver: number;
  pauses: number;
  instrumentingMs: number;
  hits: number;
  cpuMs: number | null;
  ownMs: number | null;
  budget: number | null;
  percent: number | null;
  counted: number;
  plannedCounts: number;
  leftOut: number;
  functions: number;
  unwatched: number;
  functionsHit: number;
  modules: number;
  modulesLoaded: number;
  modulesInstrumented: number;
  errors: number;
  errorPlaces: number;
  damagedSegments: number;
  gaps: number;
  callsOpen: number;
  valuesWanted: boolean;
  valuesMs: number;
  stalledMs: number;
  values: number;
}

/** Functions that V8 counted, in pages without a probe above all; bodies of modules, which go by their path, are no functions. */
const COVERED = `
  SELECT ast_node_id AS id, any_value(path) AS path, max(count) > 0 AS ran FROM coverage
  WHERE source = 'v8' AND kind = 'function' AND ast_node_id IS NOT NULL AND name IS DISTINCT FROM path GROUP BY ast_node_id`;

const FACTS = `
  SELECT
    (SELECT coalesce(bool_or(json_extract(facts, '$.flight') IS NOT NULL), false) FROM threads) AS flight,
    (SELECT count(*) FROM tasks WHERE ${IS_PASSED_OVER}) AS tasksPassedOver,
    (SELECT coalesce(bool_or(json_extract(flags, '$.sample') IS NOT NULL), false) FROM runs) AS sampled,
    (SELECT count(*) FROM (SELECT DISTINCT pid, at_us, rate FROM rate_changes JOIN threads USING (thread_id))) AS rateChanges,
    (SELECT coalesce(sum(tasks_left_out), 0) FROM threads)::BIGINT AS tasksLeftOut,
    (SELECT coalesce(sum(tasks_partly), 0) FROM threads)::BIGINT AS tasksPartly,
    (SELECT coalesce(sum(words_left_out), 0) FROM threads)::BIGINT AS wordsLeftOut,
    (SELECT count(*) FROM pauses) AS pauses,
    (SELECT coalesce(sum(words_let_go), 0) FROM threads) AS wordsLetGo,
    (SELECT count(*) FROM (${GATES})) AS gateChanges,
    (SELECT sum(cpu) FROM (SELECT max(cpu_ms) AS cpu FROM costs GROUP BY thread_id)) AS cpuMs,
    (SELECT sum(own) FROM (SELECT max(own_ms) AS own FROM costs GROUP BY thread_id)) AS ownMs,
    (SELECT max(budget_percent) FROM costs) AS budget,
    (SELECT avg(percent) FROM (SELECT percent, at_us, max(at_us) OVER (PARTITION BY thread_id) AS last FROM costs)
      WHERE at_us > last - ${RECENT_US}) AS percent,
    (SELECT coalesce(sum(last), 0) FROM (SELECT arg_max(counted, at_us) AS last FROM costs GROUP BY thread_id)) AS counted,
    (SELECT count(*) FROM (${KEEPS})) AS keeps,
    (SELECT coalesce(sum(hits), 0) FROM nodes_runtime) AS hits,
    (SELECT count(*) FROM functions WHERE kept = 'count') AS plannedCounts,
    (SELECT count(*) FROM functions WHERE kept = 'nothing') AS leftOut,
    (SELECT coalesce(sum(functions), 0) FROM modules) + (SELECT count(*) FROM (${COVERED}) WHERE id NOT IN (SELECT ast_node_id FROM functions)) AS functions,
    ${UNWATCHED_COUNT} AS unwatched,
    (SELECT coalesce(sum(functions_hit), 0) FROM modules)
      + (SELECT count(*) FROM (${COVERED}) WHERE ran AND id NOT IN (SELECT ast_node_id FROM nodes_runtime WHERE hits > 0)) AS functionsHit,
    (SELECT count(*) FROM modules) + (SELECT count(DISTINCT path) FROM (${COVERED}) WHERE path NOT IN (SELECT path FROM modules)) AS modules,
    (SELECT coalesce(sum(ms), 0) FROM modules) AS instrumentingMs,
    (SELECT count(*) FROM modules WHERE loaded) AS modulesLoaded,
    (SELECT count(*) FROM modules WHERE instrumented) AS modulesInstrumented,
    (SELECT coalesce(sum(count), 0) FROM errors) AS errors,
    (SELECT count(*) FROM (SELECT DISTINCT name, kind, path, line, "column", ast_node_id FROM errors)) AS errorPlaces,
    (SELECT count(*) FROM segments WHERE damaged > 0) AS damagedSegments,
    (SELECT coalesce(sum(gaps), 0) FROM threads) AS gaps,
    (SELECT coalesce(sum(calls_open), 0) FROM threads) AS callsOpen,
    (SELECT coalesce(sum(values_us), 0) / 1000 FROM threads) AS valuesMs,
    (SELECT coalesce(sum(stalled_us), 0) / 1000 FROM threads) AS stalledMs,
    (SELECT coalesce(bool_or(json_extract(flags, '$.values') IS NOT NULL), false) FROM runs) AS valuesWanted,
    (SELECT count(*) FROM call_values) + (SELECT count(*) FROM state_changes) AS "values"`;
