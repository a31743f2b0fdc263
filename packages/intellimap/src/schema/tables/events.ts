/** Tables about what the program itself says has happened. */
import type { Table } from '../column.ts';

const run_id = { type: 'VARCHAR', doc: 'The run: `runs.id`.' } as const;
const thread_id = { type: 'INTEGER', doc: 'The thread: `threads.thread_id`.' } as const;

export const custom_events = {
  doc:
    "Events of kinds of the program's own, told with `intellimap/events` or on the channel `intellimap:event` (docs/extending.md). Of a thread the first 100,000, of a page 10,000. " +
    'Kinds that `intellimap.config.*` declares have a view each, `events_<name>`, with a column for each field.',
  columns: {
    run_id,
    thread_id,
    event_id: {
      type: 'INTEGER',
      doc: 'Number of the event within its thread, from 1. One that is left out was let go.',
    },
    name: { type: 'VARCHAR', doc: 'What it is called: `shop/ordered`.' },
    at_us: { type: 'DOUBLE', unit: 'µs since the run began', doc: 'When it was told.' },
    values: {
      type: 'VARCHAR',
      doc: 'Its fields as a JSON object: texts of 300 characters at most, numbers, true and false. Tokens stand in place of what looks like a secret, or is called like one.',
    },
    function: {
      type: 'VARCHAR',
      doc: 'Function of the call that told it: `functions.ast_node_id`.',
      none: 'no recorded call ran',
    },
    call_id: {
      type: 'BIGINT',
      doc: 'The call that told it, on top of the stack then: `calls.call_id`, whose row may be left out.',
      none: 'no recorded call ran',
    },
    task_id: { type: 'BIGINT', doc: 'Its task: `tasks.task_id`.', none: 'nobody knows' },
  },
} as const satisfies Table;

export const custom_events_let_go = {
  doc: "How many events of the program's own have no row: there was no room, or a flight recorder did not keep them. No row: all of the thread are there.",
  columns: {
    run_id,
    thread_id,
    count: {
      type: 'BIGINT',
      unit: 'events',
      doc: 'As many are known of; of a thread that was killed there may be more.',
    },
  },
} as const satisfies Table;
