/** Figures of functions, as `metrics --json` tells them. */
import {
  count,
  integer,
  list,
  number,
  object,
  oneOf,
  orNull,
  type Shape,
  text,
  yesNo,
} from '../../base/shape.ts';
import type { ExplainedMetrics, MetricsAnswer } from '../commands/metrics.ts';
import { LIMITED, type OverLimit, type RankedFunction } from '../metrics-rank.ts';
import type { ExplainedPart } from '../metrics-text.ts';

const place = { id: text('source_functions.ast_node_id'), name: text(), path: text(), line: integer() };

const ranked = object<RankedFunction>({
  ...place,
  kind: text('source_functions.kind'),
  role: text('source_files.role'),
  lines: count('function_metrics.lines'),
  parameters: count('function_metrics.parameters'),
  cyclomatic: count('function_metrics.cyclomatic'),
  cognitive: count('function_metrics.cognitive'),
  nesting: count('function_metrics.nesting'),
  captured: count('function_metrics.captured'),
  recursive: yesNo('function_metrics.recursive'),
  volume: number('function_metrics.volume'),
  difficulty: number('function_metrics.difficulty'),
  effort: number('function_metrics.effort'),
  fanIn: orNull(
    count('Functions that call it, as the text has it.'),
    'nobody asked for the call graph (--calls)',
  ),
  fanOut: orNull(count('Functions that it calls.'), 'as `fanIn`'),
  commits: orNull(count('function_churn.commits'), 'git does not know it'),
  calls: count('Calls in all runs of this text of it.'),
  selfMs: orNull(number('Time of its own in these.'), 'not called, or no run took times'),
  selfShare: orNull(number('Of the time of all functions, 0 … 1.'), 'as `selfMs`'),
  threw: count('Of the calls, those that failed.'),
  errors: count('Errors first seen in it.'),
  ran: orNull(yesNo('Some run called it.'), 'no run that would have told had this text'),
  score: number('What it is ranked by: docs/metrics.md.'),
});

const over = object<OverLimit>({
  ...place,
  figure: oneOf([...LIMITED]),
  value: count(),
  most: count('What it may be at most.'),
});

export const metrics: Shape<MetricsAnswer> = object<MetricsAnswer>({
  all: count('Functions that were asked for.'),
  functions: list(ranked, 'The greatest first.'),
  over: list(over, 'Figures above their limits.'),
});

const part = object<ExplainedPart>({
  line: integer(),
  what: text('The construct: `if`, `else`, `for`, `&&`, `recursion`.'),
  amount: count('What it adds.'),
  nesting: count('Of that, for what it lies in.'),
});

export const explainedMetrics: Shape<ExplainedMetrics> = object<ExplainedMetrics>({
  function: ranked,
  parts: list(part, 'What its cognitive complexity is made of.'),
});
