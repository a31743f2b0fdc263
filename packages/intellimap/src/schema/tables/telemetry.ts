/** Tables about what the program itself told: what it logged, and spans of OpenTelemetry. */
import type { Table } from '../column.ts';

export const spans = {
  doc: 'One row for each span that was imported.',
  columns: {
    run_id: { type: 'VARCHAR', doc: 'The run: `runs.id`.' },
    trace_id: { type: 'VARCHAR', doc: 'Trace it belongs to: 32 hex digits.' },
    span_id: { type: 'VARCHAR', doc: 'The span: 16 hex digits.' },
    parent_span_id: {
      type: 'VARCHAR',
      doc: 'The span around it.',
      none: 'a root, or its parent was not told',
    },
    name: { type: 'VARCHAR', doc: 'What it is called.' },
    kind: {
      type: 'ENUM',
      values: ['unspecified', 'internal', 'server', 'client', 'producer', 'consumer'],
      doc: "OpenTelemetry's kind of span.",
    },
    service: { type: 'VARCHAR', doc: '`service.name` of its resource.', none: 'not told' },
    start_us: { type: 'DOUBLE', unit: 'µs since the run began', doc: 'Its beginning.' },
    end_us: { type: 'DOUBLE', unit: 'µs since the run began', doc: 'Its end.' },
    status: { type: 'ENUM', values: ['unset', 'ok', 'error'], doc: 'How it ended.' },
    status_message: { type: 'VARCHAR', doc: 'What it says about that.', none: 'nothing' },
    attributes: { type: 'VARCHAR', doc: 'Its attributes as a JSON object.' },
    ast_node_id: {
      type: 'VARCHAR',
      doc: 'The function that it stands for, by `code.function.name`, `code.file.path` and `code.line.number`: `functions.ast_node_id`.',
      none: 'it names none that is known',
    },
  },
} as const satisfies Table;

export const logs = {
  doc:
    'What the program logged, in order of time: `console.error` of pages, log records of OpenTelemetry. Of a page at most 1000; what it said beyond is one row without a message, whose `count` says how often. ' +
    'What looks like a secret stands as `[redacted]`.',
  columns: {
    run_id: { type: 'VARCHAR', doc: 'The run: `runs.id`.' },
    thread_id: {
      type: 'INTEGER',
      doc: 'The thread: `threads.thread_id`.',
      none: 'OpenTelemetry does not tell',
    },
    at_us: {
      type: 'DOUBLE',
      unit: 'µs since the run began',
      doc: 'When the first one was.',
      none: 'not told',
    },
    source: {
      type: 'ENUM',
      values: ['console', 'browser', 'opentelemetry'],
      doc: '`console`: the program said it to the console · `browser`: the browser did: something could not be loaded · `opentelemetry`: a log record.',
    },
    level: {
      type: 'ENUM',
      values: ['trace', 'debug', 'info', 'warn', 'error', 'fatal'],
      doc: 'How bad it is.',
      none: 'not told',
    },
    message: { type: 'VARCHAR', doc: 'What it says, cut at 1000 characters.' },
    count: { type: 'BIGINT', unit: 'times', doc: 'How often the same was said in a row.' },
    path: { type: 'VARCHAR', doc: 'File of what logged it: `modules.path`.', none: 'not known' },
    line: { type: 'INTEGER', doc: 'Line of the place.', none: 'not known' },
    column: { type: 'INTEGER', unit: 'UTF-16 units', doc: 'Column of the place.', none: 'not known' },
    function: {
      type: 'VARCHAR',
      doc: 'The function that logged it: `functions.ast_node_id`.',
      none: 'not known',
    },
    call_id: {
      type: 'BIGINT',
      doc: 'The call that did, on top of the stack then: `calls.call_id`.',
      none: 'no recorded call ran',
    },
    task_id: { type: 'BIGINT', doc: 'Its task: `tasks.task_id`.', none: 'nobody knows' },
    service: { type: 'VARCHAR', doc: '`service.name` of its resource.', none: 'not told' },
    trace_id: { type: 'VARCHAR', doc: 'Trace it belongs to: 32 hex digits.', none: 'none' },
    span_id: { type: 'VARCHAR', doc: 'Span it belongs to: 16 hex digits.', none: 'none' },
    attributes: { type: 'VARCHAR', doc: 'Its attributes as a JSON object.', none: 'none' },
  },
} as const satisfies Table;
