/** What `diff --json` prints. */
import { integer, list, number, object, oneOf, orNull, type Shape, text } from '../../base/shape.ts';
import type { Change, Drift } from '../../query/index.ts';

/** As printed: the run, and what it does otherwise. */
export type DiffAnswer = { run: string } & Drift;

const change = object<Change>({
  kind: oneOf(['function', 'edge', 'calls', 'self', 'latency', 'task', 'order', 'error', 'import']),
  what: oneOf(['added', 'removed', 'more', 'fewer', 'slower', 'faster', 'earlier', 'later', 'other']),
  key: text('The same in every pair of runs: ids, a signature, what tasks are alike in.'),
  subject: text('For people: a name, caller → callee.'),
  path: orNull(text()),
  line: orNull(integer()),
  before: orNull(number('Figure of the other run.')),
  now: orNull(number('Figure of this run.')),
  unit: text(),
  because: oneOf(
    ['code', 'behaviour'],
    'code: a function that it concerns was written, removed or changed; behaviour: its text is the same.',
  ),
  confidence: oneOf(['certain', 'likely', 'possible']),
});

export const diff: Shape<DiffAnswer> = object<DiffAnswer>({
  run: text('runs.id'),
  other: text('The run that it is compared with: runs.id.'),
  otherAt: integer('ms since the epoch'),
  history: list(text(), 'Earlier runs that were looked at besides.'),
  doubts: list(text(), 'What makes the two hard to compare.'),
  changes: list(change, 'Weightiest first.'),
});
