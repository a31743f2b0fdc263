/** Tables about time: how much happened when, and where in the recording; what is drawn is asked of them. */
import type { Table } from '../column.ts';

const run_id = { type: 'VARCHAR', doc: 'The run: `runs.id`.' } as const;
const thread_id = { type: 'INTEGER', doc: 'The thread: `threads.thread_id`.' } as const;
const SINCE = 'µs since the run began';

export const time_density = {
  doc: 'How much happened when, of all threads together: one row for each stretch of time in which anything did. All stretches of a run are equally long; there are at most 4096.',
  columns: {
    run_id,
    from_us: { type: 'DOUBLE', unit: SINCE, doc: 'Its beginning.' },
    width_us: { type: 'DOUBLE', unit: 'µs', doc: 'How long it is: a power of two.' },
    calls: { type: 'BIGINT', unit: 'calls', doc: 'Calls begun.' },
    errors: { type: 'BIGINT', unit: 'errors', doc: 'Errors first seen.' },
    failed: { type: 'BIGINT', unit: 'calls', doc: 'Calls that ended by an exception.' },
    busy_us: {
      type: 'DOUBLE',
      unit: 'µs',
      doc: 'Time that threads had something on their stacks, added up.',
    },
  },
} as const satisfies Table;

export const gaps = {
  doc: 'Stretches of a thread of which events are missing. At most some 10 000; what comes later is told as one.',
  columns: {
    run_id,
    thread_id,
    reason: {
      type: 'ENUM',
      values: ['lost', 'damaged', 'let go'],
      doc: '`lost`: the reader was late · `damaged`: damaged, or not there · `let go`: a flight recorder kept nothing of it.',
    },
    from_us: { type: 'DOUBLE', unit: SINCE, doc: 'Last time known before it.' },
    to_us: { type: 'DOUBLE', unit: SINCE, doc: 'First time known after it.' },
  },
} as const satisfies Table;

export const time_index = {
  doc: 'What was on the stack when, at every zoom: one row for each stretch of a thread, some ten thousand words of the recording. For the questions of the timeline; `calls` and `frames` say the same in columns.',
  columns: {
    run_id,
    thread_id,
    nth: { type: 'INTEGER', doc: 'Place among the rows of its thread, from 0.' },
    from_us: { type: 'DOUBLE', unit: SINCE, doc: 'Its beginning.', none: 'not known' },
    to_us: { type: 'DOUBLE', unit: SINCE, doc: 'Its end.', none: 'not known' },
    first_word: { type: 'BIGINT', unit: 'ring words', doc: 'Its first word: `frames.first_word`.' },
    words: { type: 'BIGINT', unit: 'ring words', doc: 'Words in it.' },
    data: {
      type: 'BLOB',
      doc: 'Calls by depth and stretches of time, as typed arrays (`store/replay/time/leaf.ts`).',
    },
  },
} as const satisfies Table;
