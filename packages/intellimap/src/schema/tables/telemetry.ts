/** Tables about what others told: spans of OpenTelemetry. */
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
