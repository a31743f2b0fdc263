/** What a run was, as `run --json` tells it. */
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
  Certainty,
  ErrorPlace,
  HotFunction,
  ImportEdge,
  ImportUse,
  LongPause,
  RunSummary,
  SlowTask,
} from '../../query/index.ts';
import { rowShape } from '../../schema/index.ts';
import { measuredFacts } from './v8.ts';

const place = {
  path: orNull(text('Relative to the root of the run.'), 'unknown'),
  line: orNull(integer('From 1.'), 'unknown'),
};

const hotFunction = object<HotFunction>({
  id: text('functions.ast_node_id'),
  name: text(),
  path: text(),
  line: integer('From 1.'),
  hits: count('Calls.'),
  selfMs: orNull(number('Own time, ms.'), 'the tier takes no times'),
  totalMs: orNull(number('ms'), 'the tier takes no times'),
  waitMs: orNull(number('ms'), 'the tier takes no times'),
});

export const errorPlace: Shape<ErrorPlace> = object<ErrorPlace>({
  name: text(),
  message: text('The one that came most often.'),
  messages: count('Different messages at this place.'),
  kind: oneOf(['thrown', 'caught', 'uncaught']),
  count: count('Errors.'),
  ...place,
  column: orNull(integer('UTF-16 units from 0.'), 'unknown'),
  function: orNull(text('Name of the function around it.'), 'unknown'),
  id: orNull(text('ast_node_id of the place.'), 'unknown'),
  stack: text(),
  note: orNull(text('What to know about the place.'), 'nothing'),
});

const slowTask = object<SlowTask>({
  threadId: integer(),
  taskId: integer(),
  kind: text(),
  name: text(),
  ...place,
  startUs: number('µs since the run began.'),
  durationMs: number(),
  calls: count(),
  errors: count(),
  open: yesNo('It had not ended when the recording did.'),
});

const pause = object<LongPause>({
  threadId: integer(),
  kind: oneOf(['gc', 'loop']),
  detail: orNull(text(), 'not a collection'),
  name: orNull(text('Function of the call that ran.'), 'none that was recorded'),
  ...place,
  startUs: number('µs since the run began.'),
  durationMs: number(),
});

const importEdge = object<ImportEdge>({
  src: text('The importing file.'),
  line: integer(),
  specifier: text('As written.'),
  dst: orNull(text(), 'never resolved in this run'),
  kind: text(),
  names: list(text()),
});

const importUse = object<ImportUse>({
  unused: list(importEdge, 'Known to be unused.'),
  used: count(),
  unknown: count('Neither is known.'),
});

const gateChange = object<NonNullable<RunSummary['gates']['stop']>>({
  pid: integer(),
  atUs: orNull(number('µs since the run began.'), 'damaged'),
  gate: text('open, count or off'),
  functions: orNull(count(), 'all there are, and those loaded later'),
  reason: text(),
});

const certainty = object<Certainty>({
  complete: yesNo('Nothing is missing.'),
  certainUntilUs: orNull(number('µs since the run began.'), 'nothing timed'),
  damagedSegments: count(),
  gaps: count(),
  orphans: count(),
  callsOpen: count('Calls of which no end was recorded.'),
  callsKept: count('Rows in the table calls.'),
  callsRule: text('runs.calls_rule'),
  callsMinUs: number('Longer calls all have a row; -1: all have.'),
});

export const runSummary: Shape<RunSummary> = object<RunSummary>({
  run: rowShape('runs'),
  calls: count('Calls begun.'),
  functions: object({
    hit: count(),
    all: count('Without those that nobody watched.'),
    unwatched: count('Those that carry no probe, and may have run.'),
  }),
  modules: object({ loaded: count(), instrumented: count(), all: count() }),
  hottest: list(hotFunction),
  errors: object({ count: count(), places: count(), top: list(errorPlace) }),
  tasks: object({
    count: count(),
    passedOver: count('Starts of threads, which are not looked at for the slowest.'),
    slowest: list(slowTask),
  }),
  pauses: object({ count: count(), longest: list(pause) }),
  imports: importUse,
  eventsLost: count('Ring words; 0 is a claim.'),
  overhead: object<RunSummary['overhead']>({
    instrumentingMs: number(),
    eventsMs: orNull(number(), 'not calibrated'),
    events: count(),
    cpuMs: orNull(number(), 'nobody looked'),
    ownMs: orNull(number(), 'nobody looked'),
    budget: orNull(number('Percent.'), 'there was none'),
    percent: orNull(number('What recording took in the end.'), 'not measured'),
    counted: count('Functions that were only counted.'),
    leftOut: count('Functions that were left out.'),
    valuesMs: number(),
    stalledMs: number('Threads did nothing but wait for the recorder; in no time of calls and tasks.'),
  }),
  threads: list(rowShape('threads', ['run_id', 'facts'])),
  skipped: list(object({ path: text(), reason: text() })),
  gates: object({
    count: count(),
    top: list(gateChange),
    stop: orNull(gateChange, 'nothing stopped the recording'),
  }),
  flight: orNull(
    object<NonNullable<RunSummary['flight']>>({
      wordsLetGo: count(),
      count: count(),
      keeps: list(
        object({
          pid: integer(),
          atUs: orNull(number('µs since the run began.'), 'damaged'),
          reason: text(),
        }),
      ),
    }),
    'all was written down as it came',
  ),
  sampling: orNull(
    object<NonNullable<RunSummary['sampling']>>({
      tasksLeftOut: count(),
      tasksPartly: count(),
      wordsLeftOut: count(),
      changes: count('Of the rate.'),
    }),
    'nobody asked for it',
  ),
  values: orNull(
    object<NonNullable<RunSummary['values']>>({
      kept: count(),
      letGo: list(object({ reason: text(), count: count() })),
    }),
    'none were asked for',
  ),
  measured: list(measuredFacts, 'Empty where V8 was not asked to measure.'),
  certainty,
});
