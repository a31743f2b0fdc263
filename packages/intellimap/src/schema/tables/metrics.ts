/** Tables of figures about functions of the workspace's text. They belong to no run. */
import type { Table } from '../column.ts';
import { source_functions } from './source.ts';

const ast_node_id = { ...source_functions.columns.ast_node_id, doc: 'The function: `source_functions.ast_node_id`.' } as const; // prettier-ignore
const path = { type: 'VARCHAR', doc: 'Its file: `source_files.path`.' } as const;

export const function_metrics = {
  doc:
    'One row for each function, static block and module body of `source_functions`: how large and how complex its text is. Functions within count for themselves, but in `cognitive` and `captured`. ' +
    'How each is counted: docs/metrics.md.',
  columns: {
    ast_node_id,
    path,
    lines: { type: 'INTEGER', unit: 'lines', doc: 'From the first to the last that it is written on.' },
    parameters: { type: 'INTEGER', unit: 'parameters', doc: 'Parameters; a pattern is one.' },
    cyclomatic: { type: 'INTEGER', doc: 'Decisions and one more.' },
    cognitive: {
      type: 'INTEGER',
      doc: 'How hard it is to follow: decisions, the more the deeper they lie; functions within included; of a module what stands outside of all functions.',
    },
    cognitive_own: { type: 'INTEGER', doc: 'The same without functions within.' },
    nesting: {
      type: 'INTEGER',
      unit: 'statements',
      doc: 'Greatest number of `if`, `switch`, `try`, `with` and loops that a statement lies in.',
    },
    captured: {
      type: 'INTEGER',
      unit: 'variables',
      doc: 'Variables of functions around it that it or a function within uses.',
    },
    recursive: { type: 'BOOLEAN', doc: 'It calls itself by its name.' },
    calls: { type: 'INTEGER', unit: 'places', doc: 'Calls, `new`, tagged templates, `import()`.' },
    loops: { type: 'INTEGER', unit: 'loops', doc: 'Loops.' },
    awaits: { type: 'INTEGER', unit: 'places', doc: '`await` and `for await`.' },
    operators: { type: 'INTEGER', doc: 'Halstead: different operators.' },
    operands: { type: 'INTEGER', doc: 'Halstead: different names and values.' },
    all_operators: { type: 'INTEGER', doc: 'Halstead: all operators.' },
    all_operands: { type: 'INTEGER', doc: 'Halstead: all names and values.' },
    volume: { type: 'DOUBLE', unit: 'bits', doc: 'Halstead: how much there is to read.' },
    difficulty: { type: 'DOUBLE', unit: 'discriminations a bit', doc: 'Halstead: how easily it goes wrong.' },
    effort: { type: 'DOUBLE', unit: 'discriminations', doc: 'Halstead: `volume` × `difficulty`.' },
  },
} as const satisfies Table;

export const function_churn = {
  doc:
    'One row for each function, static block and module body of files that git knows: how often it was changed in the year before the last commit, merges counted once. ' +
    'Made when `intellimap metrics` asks for it.',
  columns: {
    ast_node_id,
    path,
    commits: {
      type: 'INTEGER',
      unit: 'commits',
      doc: 'Commits that changed its lines; of a module body those that changed its file.',
    },
    last_at: { type: 'TIMESTAMP_MS', doc: 'When the last of them was written, UTC.', none: 'there is none' },
    made_from: {
      type: 'VARCHAR',
      doc: 'Commit and texts that it was made of: while these are the same, it is not made again.',
    },
  },
} as const satisfies Table;
