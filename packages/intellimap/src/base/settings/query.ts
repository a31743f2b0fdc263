/** What `intellimap query`, and every other question, may take of the machine. */
import type { Section } from './setting.ts';

export const query = {
  format: {
    type: 'string',
    default: 'table',
    words: ['table', 'vertical', 'json', 'ndjson', 'csv'],
    doc: 'How `intellimap query` prints rows.',
  },
  limit: {
    type: 'number',
    default: 1000,
    min: 1,
    whole: true,
    unit: 'rows',
    doc: 'Rows that are printed at most.',
  },
  timeout: {
    type: 'number',
    default: 30,
    min: 0,
    unit: 's',
    doc: 'A query that takes longer is stopped. 0: none is.',
  },
  memory: {
    type: 'string',
    default: '512M',
    form: 'size',
    doc: 'Memory of the database while it answers; beyond it, what can be goes to disk for a while.',
  },
  spill: {
    type: 'string',
    default: '2G',
    form: 'size',
    doc: 'What may go to disk for a while, in `.intellimap`; a query that needs more fails.',
  },
  threads: {
    type: 'number',
    default: null,
    min: 1,
    max: 256,
    whole: true,
    doc: 'Threads that answer. `null`: as many as there are processors.',
  },
  history: {
    type: 'number',
    default: 500,
    min: 0,
    max: 100_000,
    whole: true,
    unit: 'queries',
    doc: 'How many queries `.intellimap/history.ndjson` remembers. 0: none.',
  },
} as const satisfies Section;
