/** What `history --json` prints. */
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
import type { FunctionRun } from '../../query/index.ts';
import { HAPPENINGS } from '../../graph/index.ts';
import type { HistoryAnswer, VersionFacts } from '../function-history.ts';

const functionRun = object<FunctionRun>({
  run: text('runs.id'),
  at: integer('When it began, in ms since the epoch.'),
  commit: orNull(text('Git commit that it ran at.'), 'no git'),
  dirty: orNull(yesNo('The work tree had changes.'), 'no git'),
  tier: text(),
  id: text('functions.ast_node_id of the function then.'),
  hash: orNull(text('functions.hash'), 'not known'),
  calls: count('Calls begun.'),
  selfMs: orNull(number('ms'), 'the tier takes no times'),
  threw: orNull(count('Calls left by an exception.'), 'the tier does not record it'),
  errors: count('Errors first seen in it.'),
  ran: orNull(yesNo('It was called.'), 'nobody looked'),
});

const before = { id: text('functions.ast_node_id'), name: text(), path: text() };

const version = object<VersionFacts>({
  commit: orNull(text('Hash.'), 'it is in the work tree, and not committed'),
  at: orNull(integer('When its author wrote it, in ms since the epoch.'), 'not committed'),
  author: orNull(text('Name.'), 'not committed'),
  subject: orNull(text('First line of the message.'), 'not committed'),
  what: list(oneOf(HAPPENINGS)),
  id: text('Its id from then on; of one that was removed, as it was before.'),
  name: text(),
  path: text('Relative to the workspace.'),
  line: integer(),
  hash: text('Of the body, as functions.hash.'),
  before: orNull(object(before, 'What it was before.'), 'nothing, or it kept its id'),
  reason: orNull(text('How it was known again: docs/history.md.'), 'it was not there before'),
  score: orNull(number('What both texts have in common, 0 to 1.'), 'it was not there before'),
  runs: list(functionRun, 'Runs of this version, newest first.'),
});

export const history: Shape<HistoryAnswer> = object<HistoryAnswer>({
  versions: list(version, 'Newest first.'),
  more: yesNo('There are older ones.'),
  shallow: yesNo('The clone has no commits before some; what was made there may be older.'),
  others: list(functionRun, 'Runs that saw it with a text that none of these versions has.'),
});
