/** What feature flags said (`intellimap run --flags`). */
import { NOT_TOLD, UNSET } from '../../base/flag-names.ts';
import type { Table } from '../column.ts';

export const flags = {
  doc: 'One row for each value of a feature flag that was seen, and who told it.',
  columns: {
    run_id: { type: 'VARCHAR', doc: 'The run: `runs.id`.' },
    name: { type: 'VARCHAR', doc: 'Name of the flag: the first argument of the call, or the variable.' },
    source: {
      type: 'ENUM',
      values: ['call', 'environment'],
      doc: '`call`: a function that is asked for flags gave it · `environment`: a variable of the command, when it began, that a program text names, or that is called like a flag.',
    },
    reader: {
      type: 'VARCHAR',
      doc: 'The function that was asked: `functions.ast_node_id`.',
      none: 'a variable of the environment',
    },
    value: {
      type: 'VARCHAR',
      doc: `The value, as JSON and shortened; of a promise what it is, not what it gave; of a variable that was not set, \`${UNSET}\`; \`"${NOT_TOLD}"\`: it was set, and is not told.`,
    },
    reads: {
      type: 'BIGINT',
      unit: 'calls',
      doc: 'Calls that gave it, of those that were looked at (see `values_let_go`); of a variable 1.',
    },
  },
} as const satisfies Table;
