/** What `plan --json` prints. */
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
import { type Foretold, PLAN_BASES } from '../../base/recording.ts';
import { STRATEGIES } from '../../base/strategy.ts';
import { PASSED_OVER, type PassedOver, type PlannedRun } from '../../query/index.ts';
import { FOLLOWED } from '../../base/following.ts';
import type { FollowLine, PlanAnswer, PlanLine } from '../plan-answer.ts';

const percentages = 'Percent of what the program takes of the processors by itself';

const foretold = object<Foretold>({
  percent: number(`${percentages}, once it runs.`),
  low: number('At least.'),
  high: number('At most.'),
  startMs: number('ms of processors that starting its processes and instrumenting its files takes.'),
  basis: oneOf(
    PLAN_BASES,
    'measured: what calls cost was measured of this command; counted: how often functions are called is known; text: both are guessed.',
  ),
});

const line = object<PlanLine>({
  path: text('Relative to the workspace.'),
  id: text('functions.ast_node_id'),
  name: text(),
  line: orNull(integer('From 1.'), 'the text on disk does not have it any more'),
  strategy: oneOf(STRATEGIES),
  perSecond: number("Calls in a second of the program's own processor time; a guess where `from` is null."),
  percent: number(`${percentages}: what its calls cost.`),
  wantedPercent: number(`${percentages}: what they would cost with the most that was wanted.`),
  because: oneOf(
    ['fits', 'dear', 'uncalled', 'small'],
    'fits: there is room; dear: more would not fit; uncalled; small: its text says so.',
  ),
});

const followed = object<FollowLine>({
  what: oneOf(
    FOLLOWED,
    'requests: that the program serves, which are its tasks; resources: requests that it makes; turns: who scheduled which callback.',
  ),
  isOn: yesNo('There is room for it.'),
  perSecond: number("How many there are in a second of the program's own processor time."),
  percent: number(`${percentages}: what they cost if they are followed.`),
});

const measured = object<NonNullable<PlanAnswer['measured']>>({
  at: integer('ms since the epoch'),
  budget: orNull(number('Percent.'), 'there was no limit'),
  rounds: count('Pairs of a plain and a recorded run.'),
  plainMs: number('ms of processors of a plain run: the median.'),
  percent: number(`${percentages}, without starting: the median.`),
  low: number('Where the median lies with 95 %.'),
  high: number(),
  withStart: number('With starting.'),
  foretold,
  cost: orNull(
    object<NonNullable<NonNullable<PlanAnswer['measured']>['cost']>>({
      eventNs: number('ns, calibrated beside the program: an event.'),
      timedEventNs: number('One that reads the clock.'),
      closedNs: number('A call behind a closed gate.'),
      hitNs: number('One that is only counted.'),
      factor: number('How many times as much a call takes of this program.'),
    }),
    'too little was recorded to tell',
  ),
});

const run = object<PlannedRun>({
  run: text('runs.id'),
  budget: orNull(number('Percent.'), 'there was no limit'),
  foretold: number(`${percentages}.`),
  told: orNull(
    number(
      `${percentages}: by the recorder itself in the last seconds, calculated from what was calibrated.`,
    ),
    'only runs with a budget tell it',
  ),
});

const passedOver = object<PassedOver>({
  run: text('runs.id'),
  why: oneOf(
    PASSED_OVER,
    'short: it took less than a second of processors; sampled: tasks were left out of it; untold: it does not say what it took.',
  ),
  cpuMs: orNull(number('ms of processors.'), 'it does not say'),
});

export const plan: Shape<PlanAnswer> = object<PlanAnswer>({
  version: oneOf([1] as const),
  command: list(text()),
  cwd: text('Absolute.'),
  tier: oneOf(['minimal', 'edges', 'performance']),
  budget: orNull(number('Percent.'), 'there is no limit'),
  from: orNull(text('runs.id: the run that knows how often functions are called.'), 'only the text is known'),
  passedOver: orNull(passedOver, 'there is no run of this command, or `from` knows'),
  foretold,
  measured: orNull(measured, 'recording this command was not measured beside plain runs of it'),
  runs: list(run, 'Runs of the command that were made with a plan, newest first.'),
  following: list(followed, 'What is followed beside calls.'),
  functions: list(line, 'Dearest first.'),
  problems: list(object({ path: text(), reason: text() }), 'Files that could not be read.'),
});
