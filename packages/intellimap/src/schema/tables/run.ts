/** Tables about the recording itself: what was run, on which threads, and how much of it is certain. */
import type { Table } from '../column.ts';

const run_id = { type: 'VARCHAR', doc: 'The run: `runs.id`.' } as const;

/** What a thread may be; the first two are Node's, those after them a browser's, and the last is nobody's: what a person had done is told there. */
export const THREAD_KINDS = [
  'main',
  'worker',
  'page',
  'frame',
  'web worker',
  'shared worker',
  'service worker',
  'scenario',
] as const;
export type ThreadKind = (typeof THREAD_KINDS)[number];

export const runs = {
  doc: 'One row for each recording of one command.',
  columns: {
    id: { type: 'VARCHAR', doc: 'Id of the run; also the name of its folder under `.intellimap/runs`.' },
    ts: { type: 'TIMESTAMP_MS', doc: 'When the command started, UTC wall clock.' },
    ended_at: {
      type: 'TIMESTAMP_MS',
      doc: 'When it ended, UTC wall clock.',
      none: 'still running, or IntelliMap itself was killed',
    },
    duration_ms: { type: 'DOUBLE', unit: 'ms', doc: 'From start to end.', none: 'no end is known' },
    env: {
      type: 'VARCHAR',
      doc: 'Where it ran, as JSON: `{node, platform, intellimap}` (versions and platform).',
    },
    branch: { type: 'VARCHAR', doc: 'Git branch at start.', none: 'no git, or a detached head' },
    commit: { type: 'VARCHAR', doc: 'Git commit at start.', none: 'no git' },
    dirty: { type: 'BOOLEAN', doc: 'Whether the work tree had uncommitted changes.', none: 'no git' },
    flags: {
      type: 'VARCHAR',
      doc: 'How it was recorded, as JSON: `{tier, include, exclude}`; of a scenario also `scenario: {name, file, pack}`.',
    },
    command: { type: 'VARCHAR', doc: 'The command as typed after `--`, as a JSON array of words.' },
    cwd: { type: 'VARCHAR', doc: 'Working folder of the command.' },
    root: { type: 'VARCHAR', doc: 'Folder that paths in all tables are relative to.' },
    tier: {
      type: 'VARCHAR',
      doc: '`minimal` (counts of functions), `edges` (counts of callers and callees) or `performance` (timed call tree).',
    },
    exit_code: {
      type: 'INTEGER',
      doc: 'Exit code of the command.',
      none: 'ended by a signal, or no end is known',
    },
    signal: {
      type: 'VARCHAR',
      doc: 'Signal that ended the command.',
      none: 'ended by itself, or no end is known',
    },
    complete: {
      type: 'BOOLEAN',
      doc: 'True when all that every thread wrote is there to its end, no part of it is damaged, no event was lost and no process was left out.',
    },
    processes_unrecorded: {
      type: 'INTEGER',
      unit: 'processes',
      doc: 'Processes that ran as they are, as no more were to be recorded at a time (`run --processes`), or their working folder had been removed: no thread starts there. 0 is a claim.',
    },
    certain_until_us: {
      type: 'DOUBLE',
      unit: 'µs since the run began',
      doc: 'Up to here the recording of every thread is whole: the least `threads.certain_until_us`.',
      none: 'nothing timed was recorded',
    },
    events: {
      type: 'BIGINT',
      unit: 'events',
      doc: 'Events recorded, those included that a flight recorder let go or sampling left out (counts of the tiers `minimal` and `edges` are not events).',
    },
    events_timed: {
      type: 'BIGINT',
      unit: 'events',
      doc: 'Those of them that read the clock: begin, end, suspension and return of async calls and generators.',
    },
    events_lost: {
      type: 'BIGINT',
      unit: 'ring words',
      doc: 'Ring words dropped because the reader was late (an event has 1 to 3 words). 0 is a claim.',
    },
    orphans: {
      type: 'BIGINT',
      unit: 'events',
      doc: 'Ends of calls whose beginning was not recorded; they are counted here and change nothing else.',
    },
    calls_total: {
      type: 'BIGINT',
      unit: 'calls',
      doc: 'Calls begun that were told one by one: none in the tiers `minimal` and `edges`. Aggregates (`nodes_runtime`, `edges_runtime`) cover all calls.',
    },
    calls_kept: { type: 'BIGINT', unit: 'calls', doc: 'Rows of `calls` for this run; at most 1 000 000.' },
    calls_min_us: {
      type: 'DOUBLE',
      unit: 'µs',
      doc: 'Calls lasting longer than this are all in `calls`; -1 when every call is there.',
    },
    calls_rule: {
      type: 'ENUM',
      values: ['all', 'long or special', 'long'],
      doc:
        'Which calls have a row. `all` · `long or special`: longer than `calls_min_us`, and every root, async or ' +
        'throwing call with its callers · `long`: longer than `calls_min_us` only (special ones alone were too many; ' +
        'the caller of an async call may then be absent).',
    },
    tasks_total: { type: 'BIGINT', unit: 'tasks', doc: 'Tasks seen.' },
    tasks_kept: {
      type: 'BIGINT',
      unit: 'tasks',
      doc: 'Rows of `tasks`: all of 1 ms or more, all with errors, and the slowest 10 000 of the others.',
    },
    event_cost_ns: {
      type: 'DOUBLE',
      unit: 'ns',
      doc: 'Calibrated cost of one event without a time on this machine.',
      none: 'not calibrated',
    },
    timed_event_cost_ns: {
      type: 'DOUBLE',
      unit: 'ns',
      doc: 'Calibrated cost of one event that reads the clock on this machine.',
      none: 'not calibrated',
    },
    loaded_state: {
      type: 'VARCHAR',
      doc: 'Fingerprint of the run folder (names, sizes, times) when it was loaded; unchanged means up to date.',
    },
    labels: {
      type: 'VARCHAR',
      doc: 'What somebody calls the run (`run --label`): a JSON array of names, sorted.',
    },
    imported: {
      type: 'VARCHAR',
      doc: 'Where it comes from (`intellimap import`), as JSON: `{format, from, name}`. Of one that is not Parquet, only what the file tells is in the tables.',
      none: 'it was recorded here',
    },
  },
} as const satisfies Table;

export const threads = {
  doc: 'One row for each ordered stream of events: main threads and workers of every process of a run, pages and workers of browsers.',
  columns: {
    run_id,
    thread_id: { type: 'INTEGER', doc: 'Number of the thread within its run, from 1.' },
    pid: { type: 'INTEGER', doc: 'Process id; of a page and its workers a number from 10 000 001 on.' },
    tid: { type: 'INTEGER', doc: 'Thread id within the process (0 is the main thread, or the page).' },
    name: { type: 'VARCHAR', doc: 'What the thread ran, if it says so.', none: 'it did not say' },
    facts: {
      type: 'VARCHAR',
      doc: 'Header of its recording as JSON, as the probe wrote it.',
      none: 'the header is damaged',
    },
    start_us: {
      type: 'DOUBLE',
      unit: 'µs since the run began',
      doc: 'First known time.',
      none: 'nothing timed was recorded',
    },
    end_us: {
      type: 'DOUBLE',
      unit: 'µs since the run began',
      doc: 'Last known time.',
      none: 'nothing timed was recorded',
    },
    ended: {
      type: 'BOOLEAN',
      doc: 'Whether all that it wrote is there to its end, as it ended in order or its program terminated it; false after a kill.',
    },
    events: {
      type: 'BIGINT',
      unit: 'events',
      doc: 'Events recorded, those included that a flight recorder let go or sampling left out.',
    },
    events_lost: {
      type: 'BIGINT',
      unit: 'ring words',
      doc: 'Ring words dropped because the reader was late.',
    },
    words_let_go: {
      type: 'BIGINT',
      unit: 'ring words',
      doc: 'Ring words that a flight recorder did not keep, as nothing asked for them.',
    },
    tasks_left_out: {
      type: 'BIGINT',
      unit: 'tasks',
      doc: 'Tasks of which nothing was kept, as a share of them was asked for (`run --sample`).',
    },
    tasks_partly: {
      type: 'BIGINT',
      unit: 'tasks',
      doc: 'Of these, how often one turn was too long to wait for its end, and was kept as a task of its own.',
    },
    words_left_out: { type: 'BIGINT', unit: 'ring words', doc: 'Ring words of tasks that were left out.' },
    events_left_out: { type: 'BIGINT', unit: 'events', doc: 'Events of tasks that were left out.' },
    orphans: { type: 'BIGINT', unit: 'events', doc: 'Ends of calls whose beginning was not recorded.' },
    calls: { type: 'BIGINT', unit: 'calls', doc: 'Calls begun.' },
    calls_open: { type: 'BIGINT', unit: 'calls', doc: 'Calls still open when the recording ends.' },
    edgeless_calls: {
      type: 'BIGINT',
      unit: 'calls',
      doc: 'Tier `edges`: calls whose caller is not known, as there was no room for more pairs of caller and callee (65,536 a thread). 0 is a claim.',
    },
    values_us: { type: 'DOUBLE', unit: 'µs', doc: 'Time that looking at values took.' },
    gaps: { type: 'INTEGER', unit: 'gaps', doc: 'Damaged or missing parts of the recording.' },
    certain_until_us: {
      type: 'DOUBLE',
      unit: 'µs since the run began',
      doc: 'Up to here nothing is missing; later rows may lack calls.',
      none: 'nothing timed was recorded',
    },
    stalled_us: {
      type: 'DOUBLE',
      unit: 'µs',
      doc: 'Time that it did nothing but wait for the recorder, which was late: in times of the machine, in no duration of calls and tasks.',
      none: 'loaded before it was looked at',
    },
    kind: {
      type: 'ENUM',
      values: THREAD_KINDS,
      doc:
        '`main` · `worker`: of a Node process · `page` · `frame`: a document within another one · `web worker` · `shared worker` · `service worker` · `scenario`: no thread, its tasks are a scenario and its steps. A page, a frame, a service worker and a scenario ' +
        'have a `pid` of their own, above 5 000 000, which is no number of the machine: pages above 10 000 000, and above 6 000 000 once more what V8 measured of their tab in a scenario.',
    },
    url: {
      type: 'VARCHAR',
      doc: 'What the browser loaded: of a query the names only, no fragment, tokens in place of parts that look like a secret.',
      none: 'no thread of a browser',
    },
    agent: {
      type: 'VARCHAR',
      doc: 'The browser, as it names itself: `navigator.userAgent`.',
      none: 'no thread of a browser',
    },
    clock_shift_us: {
      type: 'DOUBLE',
      unit: 'µs',
      doc: 'The thread has a clock of its own. What that said, plus this, is what stands in all tables; it was not changed otherwise.',
      none: 'it has the clock of the machine',
    },
    clock_unsure_us: {
      type: 'DOUBLE',
      unit: 'µs',
      doc: 'By how much that may be wrong: times of this thread against those of others. Its own are to each other as it told them.',
      none: 'it has the clock of the machine; or, where `clock_shift_us` is known, both only told what time of day it was',
    },
    parent_thread: {
      type: 'INTEGER',
      doc: 'The thread of the page that made it: `threads.thread_id`.',
      none: 'it was not made by a page, or nobody knows which',
    },
  },
} as const satisfies Table;

export const segments = {
  doc: 'One row for each segment file read, so that damage shows.',
  columns: {
    run_id,
    thread_id: { type: 'INTEGER', doc: 'The thread: `threads.thread_id`.' },
    name: { type: 'VARCHAR', doc: 'File relative to the run folder.' },
    bytes: { type: 'BIGINT', unit: 'bytes', doc: 'Size of the file.' },
    frames: { type: 'INTEGER', unit: 'frames', doc: 'Frames read whole.' },
    damaged: {
      type: 'INTEGER',
      unit: 'places',
      doc: 'Damaged places that were skipped. 0 is a claim. (A last segment that merely stops is not damaged: its thread was killed.)',
    },
    certain_until_us: {
      type: 'DOUBLE',
      unit: 'µs since the run began',
      doc: 'Last time known before the first damage; the end of the segment if there is none.',
      none: 'nothing timed in it',
    },
  },
} as const satisfies Table;

export const frames = {
  doc: 'One row for each frame of words: where in the recording a moment, or a call without a row in `calls`, is to be found.',
  columns: {
    run_id,
    thread_id: { type: 'INTEGER', doc: 'The thread: `threads.thread_id`.' },
    segment: { type: 'VARCHAR', doc: 'The file that it is in: `segments.name`.' },
    at_byte: { type: 'BIGINT', unit: 'bytes', doc: 'Where in the file it begins.' },
    bytes: { type: 'INTEGER', unit: 'bytes', doc: 'How long it is.' },
    first_word: {
      type: 'BIGINT',
      unit: 'ring words',
      doc: 'Words of the thread before it, those included that are missing.',
    },
    words: { type: 'INTEGER', unit: 'ring words', doc: 'Words in it.' },
    first_call: {
      type: 'BIGINT',
      doc: 'Number of the first call that begins in it, or after it when none does: `calls.call_id`.',
    },
    calls: { type: 'INTEGER', unit: 'calls', doc: 'Calls that begin in it.' },
    from_us: {
      type: 'DOUBLE',
      unit: 'µs since the run began',
      doc: 'Last known time before it.',
      none: 'none is known',
    },
    to_us: {
      type: 'DOUBLE',
      unit: 'µs since the run began',
      doc: 'Last known time in it.',
      none: 'nothing timed so far',
    },
  },
} as const satisfies Table;

export const skipped_files = {
  doc: 'Files in scope that ran as they are, without probes.',
  columns: {
    run_id,
    path: { type: 'VARCHAR', doc: 'File relative to the root.' },
    reason: { type: 'VARCHAR', doc: 'Why, in words.' },
  },
} as const satisfies Table;

export const schema_version = {
  doc: 'One row: which version of these tables the database has.',
  columns: {
    version: { type: 'INTEGER', doc: 'Version of the schema.' },
    created_by: { type: 'VARCHAR', doc: 'Who wrote it.' },
  },
} as const satisfies Table;
