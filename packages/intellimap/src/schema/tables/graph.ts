/** Tables of the property graph: the syntax of program texts, and what is known of order and values. They belong to no run, and are there once somebody asked for them. */
import type { Table } from '../column.ts';
import { source_files, source_functions } from './source.ts';
import { NODE_FIELDS, NODE_KINDS } from './syntax-names.ts';

const path = { type: 'VARCHAR', doc: 'Its file: `graph_files.path`.' } as const;
const node = {
  type: 'INTEGER',
  doc: 'Number of the node in its file, in the order of the text; 0 is the program.',
} as const;

export const graph_files = {
  doc: 'One row for each file whose graph is known (`intellimap graph`). It is made anew when the text changed.',
  columns: {
    path: { ...source_files.columns.path, doc: 'File relative to the workspace: `source_files.path`.' },
    content_hash: source_files.columns.content_hash,
    nodes: { type: 'INTEGER', unit: 'nodes', doc: 'Rows of it in `ast_nodes`.' },
    made_by: { type: 'INTEGER', doc: 'Version of what made it: another one makes it anew.' },
    problem: { type: 'VARCHAR', doc: 'Why there is none.', none: 'there is one' },
  },
} as const satisfies Table;

export const ast_nodes = {
  doc: 'One row for each syntax node. The nodes below n are those from n + 1 on, before `after`.',
  columns: {
    path,
    node,
    kind: {
      type: 'ENUM',
      values: NODE_KINDS,
      doc: 'ESTree type: `IfStatement`. What only types say is left out.',
    },
    field: {
      type: 'ENUM',
      values: NODE_FIELDS,
      doc: 'Field of the parent that it stands in: `test`; `none` of the program.',
    },
    parent: { type: 'INTEGER', doc: 'The node above.', none: 'the program' },
    after: { type: 'INTEGER', doc: 'The first node behind those below it.' },
    start: { type: 'INTEGER', unit: 'UTF-16 units', doc: 'Where it begins in the text.' },
    end: { type: 'INTEGER', unit: 'UTF-16 units', doc: 'Where it ends.' },
    text: {
      type: 'VARCHAR',
      doc: 'Name, operator, `const`, `get`, value of a literal (of the first 100 characters).',
      none: 'it has none',
    },
    flags: {
      type: 'INTEGER',
      doc: 'Bits: 1 computed · 2 optional · 4 async · 8 generator · 16 static · 32 `for await`, `++a`, `yield*`, `{ a }` · 64 a method of an object, a literal that is a text.',
    },
    ast_node_id: {
      ...source_functions.columns.ast_node_id,
      doc: 'Of functions and module bodies: the id that recordings have.',
      none: 'it is none',
    },
  },
} as const satisfies Table;

export const graph_edges = {
  doc: 'One row for each edge of the property graph beside the syntax: names, order of evaluation, flow of values. Both ends are nodes of one file.',
  columns: {
    path,
    src: { type: 'INTEGER', doc: 'Node where it begins.' },
    dst: { type: 'INTEGER', doc: 'Node where it leads.' },
    label: {
      type: 'ENUM',
      values: ['ref', 'next', 'true', 'false', 'throw', 'value', 'may', 'control'],
      doc:
        '`ref`: a name → what declares it · `next`: evaluated → evaluated next · `true`, `false`: the same, by what a decision says · `throw`: the same where it fails · `value`: a write → a read of it · ' +
        '`may`: the same where several functions write, over the node that declares the variable · `control`: a decision → what runs because of it.',
    },
  },
} as const satisfies Table;
