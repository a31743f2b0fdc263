/** Patterns, as `patterns --json` tells them. */
import {
  anything,
  count,
  integer,
  list,
  object,
  oneOf,
  orNull,
  record,
  type Shape,
  text,
  yesNo,
} from '../../base/shape.ts';
import type { LeftOut, PatternFinding } from '../../graph/index.ts';
import type { ExplainedPattern, PatternsAnswer } from '../patterns-text.ts';

const finding: Shape<PatternFinding> = object<PatternFinding>({
  id: text('The same in every run, whatever lines moved.'),
  pattern: text('`patterns --explain` takes it.'),
  kind: oneOf(['design', 'anti']),
  confidence: oneOf(['certain', 'likely', 'possible']),
  severity: oneOf([1, 2, 3], '3: an outage or wrong data · 2: slow, or hard to find out · 1: to be known.'),
  place: object({ path: text(), line: integer() }),
  function: orNull(object({ id: text('functions.ast_node_id'), name: text() }), 'recordings know none there'),
  parts: list(
    object({ role: text(), line: integer(), text: text('Cut at 60 characters.') }),
    'Who plays which part.',
  ),
  paths: list(text(), 'Files that take part, where it is about files.'),
  inTest: yesNo(),
  text: text('What was found, without the name of the function and a final stop.'),
  confirmedWhen: text('What would confirm it.'),
  proof: object<PatternFinding['proof']>({
    state: oneOf(
      ['confirmed', 'not shown', 'unclear', 'never ran', 'not recorded'],
      'not shown: it ran, and what would confirm it did not happen · unclear: it ran, and runs cannot tell.',
    ),
    count: count('Of what is confirmed: how often; of what is not shown or unclear: how often it ran.'),
    run: orNull(text('runs.id'), 'no run knew it'),
  }),
  evidence: list(
    object<PatternFinding['evidence'][number]>({
      run: text('runs.id'),
      table: anything('Name of a table.'),
      key: record(anything<string>(), 'Columns that name the row, or rows.'),
    }),
    'Rows that show it; none where no run knows it.',
  ),
});

export const patterns: Shape<PatternsAnswer> = object<PatternsAnswer>({
  files: count('Files that were read.'),
  leftOut: list(
    object<LeftOut>({ path: text(), bytes: count() }),
    'Files of more than 1 MiB, of what was asked for: they were not read.',
  ),
  counts: record(object({ found: count(), confirmed: count('Of these by a run.') }), 'Pattern → how many.'),
  findings: list(finding, 'What runs confirmed first, then by severity.'),
});

export const explainedPattern: Shape<ExplainedPattern> = object<ExplainedPattern>({
  name: text(),
  kind: oneOf(['design', 'anti']),
  severity: oneOf([1, 2, 3], '3: an outage or wrong data · 2: slow, or hard to find out · 1: to be known.'),
  what: text('One sentence without its final stop.'),
  why: text(),
  todo: text('What to do about it; of a design pattern: what to mind.'),
  lookedFor: list(text(), 'What the text has to have, in words.'),
  confirmedWhen: text('What would confirm it.'),
});
