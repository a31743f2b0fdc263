/** A function, as `show --json` tells it. */
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
import type {
  CallFacts,
  CallValue,
  FunctionAnswer,
  FunctionFacts,
  Neighbour,
  SeenCall,
  StateChange,
  ToldEvents,
} from '../../query/index.ts';
import { errorPlace } from './summary.ts';
import { coveredFunction, sampledFunction } from './v8.ts';

const ms = (none: string): Shape<number | null> => orNull(number('ms'), none);

const neighbour = object<Neighbour>({
  id: text('functions.ast_node_id'),
  name: text(),
  path: text(),
  line: integer(),
  count: count('Calls.'),
  p50Ms: ms('none of them ended'),
  p95Ms: ms('none of them ended'),
  p99Ms: ms('none of them ended'),
  totalMs: ms('the tier takes no times'),
});

const value = { type: text(), preview: text('JSON'), truncated: yesNo(), redacted: yesNo() };

const seen = object<SeenCall>({
  threadId: integer(),
  callId: integer(),
  startUs: number('µs since the run began.'),
  outcome: text(),
  values: list(
    object<CallValue>({
      ...value,
      role: oneOf(['argument', 'this', 'result', 'thrown']),
      position: orNull(integer()),
      name: orNull(text()),
    }),
  ),
  changes: list(
    object<StateChange>({
      ...value,
      kind: oneOf(['property', 'variable']),
      target: text(),
      line: orNull(integer()),
    }),
    'The first writes, in order.',
  ),
  changeCount: count('How many writes there are.'),
});

const facts = object<FunctionFacts>({
  id: text('functions.ast_node_id'),
  name: text(),
  path: text(),
  kind: text(),
  line: integer('From 1.'),
  column: integer('UTF-16 units from 0.'),
  endLine: integer(),
  endColumn: integer(),
  isAsync: yesNo(),
  isGenerator: yesNo(),
  off: orNull(text('Why it carries no probe.'), 'it carries one'),
  kept: oneOf(['calls', 'count', 'nothing']),
  plannedRate: orNull(
    number('Calls in a second of processor time, as an earlier run saw them.'),
    'all is kept',
  ),
  tasksLeftOut: count(),
  hits: count('Calls.'),
  roots: orNull(count('Calls that nothing recorded made.'), 'a minimal run'),
  threw: orNull(count(), 'the tier does not record it'),
  selfMs: ms('the tier takes no times'),
  totalMs: ms('the tier takes no times'),
  waitMs: ms('the tier takes no times'),
  callers: list(neighbour),
  callees: list(neighbour),
  errors: list(errorPlace),
  cpu: orNull(sampledFunction, 'there are no CPU samples of it'),
  covered: orNull(coveredFunction, 'V8 did not count it'),
  seen: list(seen, 'The last calls whose values were recorded, newest first.'),
  events: list(
    object<ToldEvents>({ name: text(), count: count(), last: text('Fields of the last one, as JSON.') }),
    "Events of the program's own that it told, by kind.",
  ),
});

export const functionAnswer: Shape<FunctionAnswer> = object<FunctionAnswer>({
  matches: list(facts, 'Best match first.'),
  found: count('How many match in all.'),
});

export const callFacts: Shape<CallFacts> = object<CallFacts>({
  threadId: integer(),
  callId: integer(),
  id: text('functions.ast_node_id'),
  name: text(),
  path: text(),
  line: integer(),
  startUs: orNull(number('µs since the run began.'), 'not known'),
  endUs: orNull(number('µs since the run began.'), 'still open when the recording ends, or not known'),
  selfUs: number(),
  waitUs: number(),
  outcome: text(),
  uncertaintyUs: number(),
  stalledUs: number(
    'Its thread waited for the recorder, while it was on the stack: of `endUs - startUs`, in no other time.',
  ),
  hasRow: yesNo('It has a row in the table calls; else it was found again in the recording.'),
  callers: list(
    object<CallFacts['callers'][number]>({
      callId: integer(),
      id: text(),
      name: text(),
      path: text(),
      line: integer(),
    }),
    'Innermost first.',
  ),
});
