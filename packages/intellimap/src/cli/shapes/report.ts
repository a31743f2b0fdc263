/** The report, as `report --json` tells it. */
import {
  anything,
  both,
  count,
  integer,
  list,
  object,
  oneOf,
  orNull,
  record,
  type Shape,
  text,
} from '../../base/shape.ts';
import type { Evidence, Finding, Place } from '../../analyses/index.ts';
import type { AnalysisJson, ReportAnswer } from '../report/json.ts';
import { runSummary } from './summary.ts';

const sql = orNull(list(text(), 'As "intellimap query" takes it.'), 'report --explain was not said');

const finding = object<Finding & { text: string }>(
  {
    id: text('The same in every run, whatever lines moved.'),
    confidence: oneOf(['certain', 'likely', 'possible']),
    place: orNull(
      object<Place>({ path: text(), line: orNull(integer(), 'the whole file') }),
      'no place in the source is known',
    ),
    evidence: list(
      object<Evidence>({
        run: text('runs.id'),
        table: anything('Name of a table.'),
        key: record(anything<string | number>(), 'Columns that name the row, or rows.'),
      }),
      'Rows that show it.',
    ),
    text: text('A sentence without its final stop.'),
  },
  'More fields are those of the analysis.',
);

export const analysis = object<AnalysisJson>({
  name: text('For programs.'),
  title: text('For people.'),
  holds: oneOf(['yes', 'no', 'unknown', 'failed']),
  why: orNull(text('What is missing, or went wrong.'), 'it was answered'),
  summary: orNull(text('The verdict.'), 'nothing was found'),
  count: count('Findings in all.'),
  findings: list(finding, 'At most 1000, the weightiest first.'),
  sql,
});

export const report: Shape<ReportAnswer> = both(
  object<{ version: 1; analyses: AnalysisJson[]; sql: string[] | null }>({
    version: oneOf([1], 'Raised when a field changes its meaning or goes.'),
    analyses: list(analysis),
    sql,
  }),
  runSummary,
);
