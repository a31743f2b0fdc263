/** Tables of what the recorder tells of itself: what it kept, what it was told to do, and what it took. */
import type { Table } from '../column.ts';

const run_id = { type: 'VARCHAR', doc: 'The run: `runs.id`.' } as const;

export const rate_changes = {
  doc: 'When another share of the tasks was kept from then on, and why. What a run began with is in `runs.flags`.',
  columns: {
    run_id,
    thread_id: { type: 'INTEGER', doc: 'The thread: `threads.thread_id`.' },
    at_us: {
      type: 'DOUBLE',
      unit: 'µs since the run began',
      doc: 'When it was set; it takes effect for tasks that begin.',
      none: 'damaged',
    },
    rate: {
      type: 'DOUBLE',
      unit: 'share of the tasks',
      doc: 'Of how many one is kept: 1 is all.',
      none: 'damaged',
    },
    reason: { type: 'VARCHAR', doc: 'Why, in words: somebody asked, or what was written in a second.' },
  },
} as const satisfies Table;

export const keeps = {
  doc: 'When a flight recorder kept what it held, and why.',
  columns: {
    run_id,
    thread_id: { type: 'INTEGER', doc: 'The thread: `threads.thread_id`.' },
    at_us: {
      type: 'DOUBLE',
      unit: 'µs since the run began',
      doc: 'When it was written down.',
      none: 'damaged',
    },
    reason: { type: 'VARCHAR', doc: 'Why, in words: an uncaught error, an exit code, somebody asked.' },
  },
} as const satisfies Table;

export const gate_changes = {
  doc: 'What was decided to be recorded, and what not, while the program ran: traces that began and ended, budgets that were exceeded, the emergency stop.',
  columns: {
    run_id,
    thread_id: {
      type: 'INTEGER',
      doc: 'The thread: `threads.thread_id`. A decision holds for all threads of its process.',
    },
    at_us: {
      type: 'DOUBLE',
      unit: 'µs since the run began',
      doc: 'When gates were set; it takes effect at the next call.',
      none: 'damaged',
    },
    gate: { type: 'VARCHAR', doc: 'What they were set to: `open`, `count`, `off`.' },
    functions: {
      type: 'INTEGER',
      unit: 'functions',
      doc: 'How many functions.',
      none: 'all, and those loaded later',
    },
    reason: { type: 'VARCHAR', doc: 'Why, in words.' },
  },
} as const satisfies Table;

export const costs = {
  doc: 'What recording takes of processors and memory, and how late the event loop was: a row for each second of a process. Times of processors count from its start.',
  columns: {
    run_id,
    thread_id: { type: 'INTEGER', doc: 'Main thread of the process: `threads.thread_id`.' },
    at_us: { type: 'DOUBLE', unit: 'µs since the run began', doc: 'When it was taken.', none: 'damaged' },
    cpu_ms: {
      type: 'DOUBLE',
      unit: 'ms of processors',
      doc: 'What the process has taken with all its threads, those of the recorder included.',
      none: 'damaged',
    },
    own_ms: {
      type: 'DOUBLE',
      unit: 'ms of processors',
      doc: 'Of that, what the thread took that reads and writes down. (Probes are in the threads of the program.)',
      none: 'damaged',
    },
    budget_percent: {
      type: 'DOUBLE',
      unit: '% of what the program takes by itself',
      doc: 'What recording may take.',
      none: 'there was no budget',
    },
    counted: {
      type: 'INTEGER',
      unit: 'functions',
      doc: 'Functions that are only counted at that moment, for the sake of the budget.',
      none: 'there was no budget',
    },
    percent: {
      type: 'DOUBLE',
      unit: '% of what the program takes by itself',
      doc: 'What recording takes as gates are at that moment, foretold from calibrated costs and the calls of the last second.',
      none: 'there was no budget, or nothing is known yet',
    },
    rss: {
      type: 'BIGINT',
      unit: 'bytes',
      doc: 'Resident memory of the process, the recorder included.',
      none: 'damaged, or recorded before it was looked at',
    },
    recorder_memory: {
      type: 'BIGINT',
      unit: 'bytes',
      doc: 'What is known to hold the recording: rings and values of all threads as far as they were written, flight recorders. Not in it: code, and heaps of the threads of the recorder.',
      none: 'damaged, or recorded before it was looked at',
    },
    held_ms: {
      type: 'DOUBLE',
      unit: 'ms',
      doc:
        'The longest time that the main thread gave its event loop no turn, since the row before: at least so long was the same call the outermost ' +
        'on its stack. One that goes on counts from its beginning. `pauses` has each. Only recorded calls are seen.',
      none: 'a minimal run, damaged, or recorded before it was looked at',
    },
    main_ms: {
      type: 'DOUBLE',
      unit: 'ms of processors',
      doc: 'What its main thread has taken: the program itself, with its probes, without other threads.',
      none: 'damaged, not Linux, or recorded before it was looked at',
    },
    stalled_ms: {
      type: 'DOUBLE',
      unit: 'ms',
      doc: 'Time that its threads did nothing but wait for the recorder, added up, since its start.',
      none: 'damaged, or recorded before it was looked at',
    },
    turns: {
      type: 'BIGINT',
      doc: 'Callbacks that Node has made in its threads since its start.',
      none: 'turns are not followed (`run --no-links`, a plan, tiers `minimal` and `edges`), or it was recorded before it was looked at',
    },
  },
} as const satisfies Table;
