import { expect, test } from 'vitest';
import { explainTable, listTables } from './tables.ts';

const plain = (text: string): string => text;
const paint = { bold: plain, dim: plain, red: plain, yellow: plain, green: plain, cyan: plain };
const layout = { paint, columns: 44 };

const tables = {
  runs: { doc: 'One row for each run, whatever it was that ran.', columns: {} },
  nodes_runtime: {
    doc: 'One row for each function that was called.',
    columns: {
      hits: { type: 'BIGINT', doc: 'How often.', unit: 'calls' },
      kind: { type: 'ENUM', values: ['sync', 'async'], doc: 'How it ends.', none: 'not known' },
    },
  },
} as const;

test('all tables, with what a row of each is', () => {
  expect(`\n${listTables(tables, layout)}\n`).toBe(`
  runs           One row for each run,
                 whatever it was that ran.
  nodes_runtime  One row for each function
                 that was called.
`);
});

test('one table: type, meaning, unit and the meaning of NULL of each column', () => {
  expect(`\n${explainTable('nodes_runtime', tables.nodes_runtime, layout)}\n`).toBe(`
nodes_runtime
  One row for each function that was
  called.

  hits  BIGINT
      How often. Unit: calls.
  kind  sync | async
      How it ends. NULL: not known.
`);
});

test('many words follow what a column means', () => {
  const values = Array.from({ length: 21 }, (_, at) => `w${at}`);
  const many = { doc: 'Nodes.', columns: { kind: { type: 'ENUM', values, doc: 'Its type.' } } } as const;
  expect(`\n${explainTable('nodes', many, layout)}\n`).toBe(`
nodes
  Nodes.

  kind  one of the words below
      Its type. w0, w1, w2, w3, w4, w5,
      w6, w7, w8, w9, w10, w11, w12, w13,
      w14, w15, w16, w17, w18, w19, w20.
`);
});
