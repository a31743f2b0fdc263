/** Tables about values: what calls were given, what they gave back, what they wrote to (`intellimap run --values`, `--state`). */
import type { Table } from '../column.ts';

const call = {
  run_id: { type: 'VARCHAR', doc: 'The run: `runs.id`.' },
  thread_id: { type: 'INTEGER', doc: 'The thread: `threads.thread_id`.' },
  call_id: { type: 'BIGINT', doc: 'The call: `calls.call_id`.' },
} as const;

const shown = {
  type: {
    type: 'VARCHAR',
    doc: 'What it is: `number`, `string`, `undefined`, `array`, `map`, …; of an object the name of its class if it has one.',
  },
  preview: {
    type: 'VARCHAR',
    doc: 'The value as it was then, as JSON and shortened. What JSON has stands for itself, anything else is an object with a `$` (FORMATS.md).',
  },
  truncated: { type: 'BOOLEAN', doc: 'Whether something of it is left out.' },
  redacted: { type: 'BOOLEAN', doc: 'Whether something in it was secret, and was not recorded.' },
} as const;

export const call_values = {
  doc:
    'One row for each value of a call that was looked at. A call that returns nothing has no `result`, one that was let go no rows at all: ' +
    'see `values_let_go`.',
  columns: {
    ...call,
    role: {
      type: 'ENUM',
      values: ['argument', 'this', 'result', 'thrown'],
      doc: '`argument`: a parameter when the body began, defaults applied · `thrown`: operand of a `throw` in it, caught there or not · `result` of an async function: operand of its `return`, perhaps a promise.',
    },
    position: {
      type: 'INTEGER',
      doc: 'Place of the argument, from 0; what one argument was taken apart into has the same place.',
      none: 'no argument',
    },
    nth: {
      type: 'INTEGER',
      doc: 'Place among the values of its role in this call, from 0.',
    },
    name: {
      type: 'VARCHAR',
      doc: 'Of the parameter: `a`, `...rest`, or where it was taken from, `user.name`.',
      none: 'no argument',
    },
    ...shown,
  },
} as const satisfies Table;

export const state_changes = {
  doc: 'One row for each write that was looked at: to a property, or to a variable that the function does not declare.',
  columns: {
    ...call,
    nth: { type: 'INTEGER', doc: 'Place among the writes of its thread, from 0.' },
    at_us: { type: 'DOUBLE', unit: 'µs since the run began', doc: 'When; interpolated.' },
    ast_node_id: { type: 'VARCHAR', doc: 'The expression that writes.', none: 'unknown' },
    line: { type: 'INTEGER', doc: 'Its line.', none: 'unknown' },
    kind: { type: 'ENUM', values: ['property', 'variable'], doc: 'What was written to.' },
    target: { type: 'VARCHAR', doc: 'Text of what was written to: `this.total`, `cache`.' },
    ...shown,
  },
} as const satisfies Table;

export const values_let_go = {
  doc: 'How many values were not kept, and why; no rows: none. Of a call that was not looked at only the call is counted.',
  columns: {
    run_id: call.run_id,
    thread_id: { ...call.thread_id, none: 'of all threads' },
    reason: {
      type: 'ENUM',
      values: ['calls', 'bytes', 'rate', 'time', 'late', 'failed', 'missing', 'limit'],
      doc:
        'Budgets of `--value-budget`: `calls` its function was called so often that only samples are looked at · `bytes` of the thread · `rate` bytes a second · ' +
        '`time` looking took its share · and: `late` the recorder was · `failed` it could not be looked at (no stack or memory left) · ' +
        '`missing` damaged, or let go by a flight recorder · `limit` this database had no room.',
    },
    count: { type: 'BIGINT', unit: 'values or calls', doc: 'How many.' },
  },
} as const satisfies Table;
