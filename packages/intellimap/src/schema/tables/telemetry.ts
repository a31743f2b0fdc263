/** Tables about what others told: spans, log records and metrics of OpenTelemetry. */
import type { Table } from '../column.ts';

export const spans = {
  doc: 'One row for each span of OpenTelemetry that was imported, or sent to a collector.',
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
    events: {
      type: 'VARCHAR',
      doc: 'What happened in it, as a JSON list of `{name, after_us, attributes}`: µs since `start_us`.',
      none: 'nothing was told',
    },
    links: {
      type: 'VARCHAR',
      doc: 'Spans that it has to do with besides, as a JSON list of `{trace_id, span_id, attributes}`.',
      none: 'none',
    },
  },
} as const satisfies Table;

const run_id = { type: 'VARCHAR', doc: 'The run: `runs.id`.' } as const;
const service = { type: 'VARCHAR', doc: '`service.name` of its resource.', none: 'not told' } as const;
const scope = {
  type: 'VARCHAR',
  doc: 'The library that made it: name of its scope.',
  none: 'not told',
} as const;
const attributes = { type: 'VARCHAR', doc: 'Its attributes as a JSON object.' } as const;
const SINCE = 'µs since the run began';

export const log_records = {
  doc: 'One row for each log record that OpenTelemetry told.',
  columns: {
    run_id,
    at_us: { type: 'DOUBLE', unit: SINCE, doc: 'When it was; else when it was seen.', none: 'nobody says' },
    trace_id: { type: 'VARCHAR', doc: 'Trace it belongs to: 32 hex digits.', none: 'none' },
    span_id: { type: 'VARCHAR', doc: 'Span it belongs to: 16 hex digits.', none: 'none' },
    severity: { type: 'INTEGER', doc: "OpenTelemetry's number: 1 (trace) to 24 (fatal); 0: not told." },
    severity_text: { type: 'VARCHAR', doc: 'What its source calls that.', none: 'not told' },
    event_name: { type: 'VARCHAR', doc: 'The kind of event it is.', none: 'it is none' },
    body: { type: 'VARCHAR', doc: 'What it says: a text as it is, anything else as JSON.', none: 'nothing' },
    service,
    scope,
    attributes,
  },
} as const satisfies Table;

export const metric_points = {
  doc: 'One row for each point of a metric that OpenTelemetry told.',
  columns: {
    run_id,
    start_us: { type: 'DOUBLE', unit: SINCE, doc: 'Since when it was counted.', none: 'not told' },
    at_us: { type: 'DOUBLE', unit: SINCE, doc: 'When it was so.', none: 'nobody says' },
    name: { type: 'VARCHAR', doc: 'What is measured.' },
    description: { type: 'VARCHAR', doc: 'The same in words.', none: 'not told' },
    unit: { type: 'VARCHAR', doc: 'Unit of the figures, as its source writes it.', none: 'not told' },
    kind: {
      type: 'ENUM',
      values: ['gauge', 'sum', 'histogram', 'exponentialHistogram', 'summary'],
      doc: "OpenTelemetry's kind of metric.",
    },
    temporality: {
      type: 'ENUM',
      values: ['unspecified', 'delta', 'cumulative'],
      doc: 'Whether it counts since the point before, or since `start_us`.',
    },
    monotonic: { type: 'BOOLEAN', doc: 'Whether a sum only grows.', none: 'no sum' },
    service,
    scope,
    value: { type: 'DOUBLE', unit: '`unit`', doc: 'Of a gauge or sum.', none: 'neither' },
    count: { type: 'BIGINT', unit: 'values', doc: 'How many were measured.', none: 'not told' },
    sum: { type: 'DOUBLE', unit: '`unit`', doc: 'Of these.', none: 'not told' },
    min: { type: 'DOUBLE', unit: '`unit`', doc: 'The least of these.', none: 'not told' },
    max: { type: 'DOUBLE', unit: '`unit`', doc: 'The greatest of these.', none: 'not told' },
    buckets: {
      type: 'VARCHAR',
      doc: 'How many fell where, as JSON: what its source told of buckets or quantiles.',
      none: 'it has none',
    },
    attributes,
  },
} as const satisfies Table;
