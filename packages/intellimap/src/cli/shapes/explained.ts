/** What was done to answer a question, as `query --explain --json` tells it. */
import { count, list, number, object, oneOf, orNull, type Shape, text } from '../../base/shape.ts';
import type { Explained, ExplainedStep, ExplainedTable } from '../../query/index.ts';
import type { Statements } from '../explaining.ts';

const tables = object<ExplainedTable>({
  name: text(),
  rows: count('That it has, of all runs.'),
  scanned: count('That were looked at; a table that is read several times counts each time.'),
  taken: count('Of these, of use.'),
  evidence: oneOf(['recorded', 'text', 'database'], 'What its rows rest on; text: of the workspace as it is now.'),
  doc: text('What a row is.'),
}); // prettier-ignore

const step = object<ExplainedStep>({
  depth: count('What a step takes its rows from follows it, one deeper.'),
  what: text('In words.'),
  how: text('Conditions, what is grouped or sorted by.'),
  rows: count('That came out of it.'),
  ms: number('Processor time, of all threads together, without that of the steps below.'),
});

export const explained: Shape<Explained> = object<Explained>({
  sql: text('With its values in it.'),
  ms: number('Wall time.'),
  rows: count(),
  tables: list(tables, 'Most looked at first.'),
  steps: list(step, 'The last one first.'),
});

/** Beside answers of other commands. */
export const statements: Shape<Statements> = object<Statements>({
  explained: orNull(
    list(explained, 'What each statement that was asked did, in the order in which they were asked.'),
    '--explain was not said',
  ),
});
