/** How much `intellimap report` tells. */
import type { Section } from './setting.ts';

export const report = {
  rows: {
    type: 'number',
    default: 10,
    min: 1,
    whole: true,
    unit: 'rows',
    doc: 'Rows of each list in the report.',
  },
  rowsAfterRun: {
    type: 'number',
    default: 5,
    min: 1,
    whole: true,
    unit: 'rows',
    doc: 'Rows of each list in the summary that `intellimap run` ends with.',
  },
  findings: {
    type: 'number',
    default: 3,
    min: 1,
    whole: true,
    unit: 'findings',
    doc: 'Findings of each analysis in the report; `--all` shows all.',
  },
  skip: {
    type: 'strings',
    default: [],
    doc: 'Analyses, by name, that the report leaves out; `--only` asks them all the same.',
  },
} as const satisfies Section;
