/** Tables about what V8 itself measures: CPU samples, coverage, the heap. Filled by `intellimap run --cpu-profile` and so on, and by imports. */
import type { Table } from '../column.ts';

const run_id = { type: 'VARCHAR', doc: 'The run: `runs.id`.' } as const;
const thread_id = { type: 'INTEGER', doc: 'The thread: `threads.thread_id`.' } as const;
const place = {
  path: {
    type: 'VARCHAR',
    doc: 'Its file, relative to the root; else as V8 names it (`node:fs`).',
    none: 'code without a file: V8, or native code',
  },
  line: { type: 'INTEGER', doc: 'Its first line in the source, from 1.', none: 'not known' },
} as const;

export const cpu_nodes = {
  doc: 'One row for each node of the call trees that CPU samples make: a function as called by the functions above it.',
  columns: {
    run_id,
    thread_id,
    node_id: { type: 'INTEGER', doc: 'Number of the node within its thread, from 1.' },
    parent_id: { type: 'INTEGER', doc: 'Node of the caller: `cpu_nodes.node_id`.', none: 'the root' },
    name: {
      type: 'VARCHAR',
      doc: 'Name of the function, as V8 gives it; `(idle)`, `(program)`, `(garbage collector)` are what else a thread did.',
    },
    ...place,
    ast_node_id: {
      type: 'VARCHAR',
      doc: 'The function: `functions.ast_node_id`.',
      none: 'its file was not instrumented',
    },
  },
} as const satisfies Table;

export const cpu_samples = {
  doc: 'One row for each CPU sample: what was on top of the stack when V8 looked.',
  columns: {
    run_id,
    thread_id,
    at_us: { type: 'DOUBLE', unit: 'µs since the run began', doc: 'When V8 looked.' },
    weight_us: {
      type: 'DOUBLE',
      unit: 'µs',
      doc: 'Time until the next sample: what this one stands for.',
    },
    node_id: { type: 'INTEGER', doc: 'Where: `cpu_nodes.node_id` of the same thread.' },
  },
} as const satisfies Table;

export const coverage = {
  doc: 'One row for each range of source whose passes were counted by V8 (or by the tool that an import comes from).',
  columns: {
    run_id,
    source: { type: 'VARCHAR', doc: 'Who counted: `v8`, `lcov`.' },
    path: { type: 'VARCHAR', doc: 'Its file, relative to the root.' },
    name: { type: 'VARCHAR', doc: 'Name of the function around it.', none: 'none, or not known' },
    ast_node_id: {
      type: 'VARCHAR',
      doc: 'The function around it: `functions.ast_node_id`.',
      none: 'its file was not instrumented',
    },
    kind: {
      type: 'ENUM',
      values: ['function', 'block', 'line', 'branch'],
      doc: 'What the range is: a whole function, a block in it, a line, a branch.',
    },
    line: { type: 'INTEGER', doc: 'First line, from 1.' },
    column: { type: 'INTEGER', unit: 'UTF-16 units', doc: 'Column there, from 0.', none: 'whole lines' },
    end_line: { type: 'INTEGER', doc: 'Last line.' },
    end_column: {
      type: 'INTEGER',
      unit: 'UTF-16 units',
      doc: 'Column after the last character.',
      none: 'whole lines',
    },
    count: { type: 'BIGINT', unit: 'times', doc: 'How often it was passed.' },
  },
} as const satisfies Table;

export const heap_constructors = {
  doc: 'One row for each constructor of a heap snapshot: what lives in the memory of a thread.',
  columns: {
    run_id,
    thread_id,
    snapshot: { type: 'INTEGER', doc: 'Number of the snapshot within its thread, from 1.' },
    at_us: { type: 'DOUBLE', unit: 'µs since the run began', doc: 'When it was taken.' },
    constructor: { type: 'VARCHAR', doc: 'Name of the constructor, or what V8 calls such objects.' },
    path: {
      type: 'VARCHAR',
      doc: 'File of the class, relative to the root.',
      none: 'not a class of an instrumented file, or not known',
    },
    ast_node_id: {
      type: 'VARCHAR',
      doc: 'Constructor of the class: `functions.ast_node_id`.',
      none: 'as above',
    },
    objects: { type: 'BIGINT', unit: 'objects', doc: 'How many.' },
    self_bytes: { type: 'BIGINT', unit: 'bytes', doc: 'What they take themselves.' },
    retained_bytes: {
      type: 'BIGINT',
      unit: 'bytes',
      doc: 'What would be freed with them: they, and all that only they hold.',
    },
    held_by: {
      type: 'VARCHAR',
      doc: 'A shortest path from a root of the heap to one of them, for people.',
      none: 'none was found, or nobody looked',
    },
  },
} as const satisfies Table;

export const v8_measured = {
  doc: 'One row for each thing that V8 was asked to measure in a thread: from when to when, and why no longer.',
  columns: {
    run_id,
    thread_id,
    what: {
      type: 'ENUM',
      values: ['cpu', 'coverage', 'heap'],
      doc: 'CPU samples, counts of what was passed, snapshots of the heap.',
    },
    from_us: { type: 'DOUBLE', unit: 'µs since the run began', doc: 'When it began, or should have.' },
    until_us: {
      type: 'DOUBLE',
      unit: 'µs since the run began',
      doc: 'What was written reaches to here.',
      none: 'nothing was written',
    },
    interval_us: {
      type: 'INTEGER',
      unit: 'µs',
      doc: 'Time between two CPU samples that was asked for.',
      none: 'something else is measured',
    },
    whole: {
      type: 'BOOLEAN',
      doc: 'It reaches to the end of the thread; false where that was killed, or V8 asked to stop.',
    },
    ended: {
      type: 'VARCHAR',
      doc: 'Why it ended before the thread did, or never began.',
      none: 'it did not, or the thread was killed',
    },
  },
} as const satisfies Table;
