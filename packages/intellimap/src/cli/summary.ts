/** The summary of a run, as text. The same for `run`, which ends with it, and `report`. Pure. */
import { FIRST_PAGE, FIRST_TAB, type Foretold } from '../base/recording.ts';
import type { RunSummary } from '../query/index.ts';
import { counted, grouped, oneLine, percentage, time } from './format.ts';
import {
  errors,
  gates,
  hottest,
  imports,
  pauses,
  section,
  skipped,
  type SummaryLayout,
  tasks,
} from './summary-lists.ts';
import { measuredText } from './v8-text.ts';
import type { Paint } from './terminal.ts';
import { wrapped } from './wrap.ts';

/** Rows of each list when a program reads the summary. */
export const JSON_ROWS = 1000;

export function renderSummary(summary: RunSummary, layout: SummaryLayout): string {
  return [
    summaryHead(summary, layout),
    ...summaryLists(summary, layout).map(({ text }) => text),
    closing(summary, layout),
  ].join('\n\n');
}

/** Who ran what, and how sure all of it is. @param more rows beside the usual: a name and a text */
export const summaryHead = (
  summary: RunSummary,
  layout: SummaryLayout,
  more: [string, string][] = [],
): string => `${headline(summary, layout)}\n\n${facts(summary, layout, more)}`;

/** Lists that have rows. Those that an analysis tells, too, have its name. */
export function summaryLists(summary: RunSummary, layout: SummaryLayout): { name: string; text: string }[] {
  const { run, functions, gates: decided } = summary;
  const lists: Record<string, string[]> = {
    hottest: section(
      run.tier === 'performance' ? 'Hottest by self time' : 'Most called',
      summary.hottest,
      functions.hit,
      layout,
      hottest,
    ),
    errors: section('Errors', summary.errors.top, summary.errors.places, layout, errors),
    'slowest-tasks': section(
      summary.tasks.passedOver > 0 ? 'Slowest tasks, but for main' : 'Slowest tasks',
      summary.tasks.slowest,
      summary.tasks.count - summary.tasks.passedOver,
      layout,
      tasks(run.tier !== 'performance'),
    ),
    pauses: section('Longest pauses', summary.pauses.longest, summary.pauses.count, layout, pauses),
    'never-used-imports': section(
      'Imports never used',
      summary.imports.unused,
      summary.imports.unused.length,
      layout,
      imports,
    ),
    gates: section('Decided while it ran', decided.top, decided.count, layout, gates),
    skipped: section('Left alone (runs as it is)', summary.skipped, summary.skipped.length, layout, skipped),
  };
  return Object.entries(lists).flatMap(([name, [text]]) => (text === undefined ? [] : [{ name, text }]));
}

function headline({ run, calls }: RunSummary, { paint }: SummaryLayout): string {
  const took = run.duration_ms === null ? '' : ` in ${time(run.duration_ms)}`;
  const command = (JSON.parse(run.command) as string[]).join(' ');
  return `${paint.bold(`intellimap recorded ${counted(calls, 'call')}`)}${took}: ${oneLine(command, 200)}`;
}

function facts(summary: RunSummary, { paint, columns }: SummaryLayout, more: [string, string][]): string {
  const rows = [...factRows(summary, paint), ...more];
  const gap = `\n${' '.repeat(13)}`;
  return rows
    .map(([name, text]) => `  ${paint.dim(name.padEnd(10))} ${wrapped(text, columns - 13).join(gap)}`)
    .join('\n');
}

/** What a run came to, and how sure that is: names and texts. */
export function factRows(summary: RunSummary, paint: Paint): [name: string, text: string][] {
  const { functions, modules, errors: failures, threads, imports: uses } = summary;
  const uncaught = failures.top
    .filter(({ kind }) => kind === 'uncaught')
    .reduce((sum, { count }) => sum + count, 0);
  const rows: [string, string][] = [
    [
      'functions',
      `${isPartial(summary) ? 'at least ' : ''}${grouped(functions.hit)} of ${grouped(functions.all)} ran, in ${counted(modules.loaded, 'file')}${functions.unwatched > 0 ? ` (${grouped(functions.unwatched)} not instrumented)` : ''}`,
    ],
    ['threads', `${threads.length} in ${whereOf(threads)}`],
    [
      'errors',
      failures.count === 0
        ? 'none seen'
        : `${grouped(failures.count)} at ${counted(failures.places, 'place')}, ${uncaught === 0 ? 'none uncaught' : paint.red(`${uncaught} uncaught`)}`,
    ],
    [
      'imports',
      `${grouped(uses.used)} used, ${grouped(uses.unused.length)} never used, ${grouped(uses.unknown)} unknown`,
    ],
    ...row('tasks', summary.sampling && sampled(summary.sampling, summary.tasks.count, paint)),
    ...row('values', summary.values && values(summary.values, paint)),
    ...row('V8', summary.measured.length === 0 ? null : measuredText(summary.measured, paint)),
    ['recording', certainty(summary, paint)],
    ['overhead', overhead(summary)],
    ['ended', ending(summary, paint)],
  ];
  return rows;
}

const row = (name: string, text: string | null): [string, string][] => (text === null ? [] : [[name, text]]);

/** What did not run in it may have run all the same. */
const isPartial = ({ run, flight, sampling }: RunSummary): boolean =>
  run.processes_unrecorded > 0 ||
  (flight !== null && flight.wordsLetGo > 0) ||
  (sampling !== null && sampling.wordsLeftOut > 0);

/** Some tasks stand for all. */
function sampled(
  { tasksLeftOut, tasksPartly, changes }: NonNullable<RunSummary['sampling']>,
  kept: number,
  paint: Paint,
): string {
  const told = `${grouped(kept)} of ${counted(kept + tasksLeftOut, 'task')} recorded (sampled)`;
  if (tasksLeftOut === 0 && changes === 0) return told;
  const more = [
    'calls and functions are of those',
    tasksPartly > 0 && `${counted(tasksPartly, 'turn')} of others kept for their length`,
    changes > 0 && `the rate changed ${counted(changes, 'time')}`,
  ];
  return `${paint.yellow(told)}: ${more.filter(Boolean).join(', ')}`;
}

/** What was let go is told, and why. */
function values({ kept, letGo }: NonNullable<RunSummary['values']>, paint: Paint): string {
  const reasons = letGo.map(({ reason, count }) => `${grouped(count)} ${LET_GO[reason] ?? reason}`);
  const told = reasons.length === 0 ? 'none let go' : paint.yellow(`let go: ${reasons.join(', ')}`);
  return `${grouped(kept)} kept, ${told}`;
}

/** `values_let_go.reason` → what the figure before it counts. */
const LET_GO: Record<string, string> = {
  calls: 'calls of functions called very often',
  bytes: 'beyond the bytes of a thread',
  rate: 'beyond the bytes a second',
  time: 'beyond the share of time',
  late: 'as the recorder was late',
  failed: 'that could not be looked at',
  missing: 'damaged or missing',
  limit: 'beyond what the database holds',
};

/** Loss of zero is a claim, and is made. */
function certainty(
  { run, eventsLost, certainty: sure, threads, gates, flight }: RunSummary,
  paint: Paint,
): string {
  const edgeless = threads.reduce((sum, thread) => sum + thread.edgeless_calls, 0);
  const lost = `${grouped(eventsLost)} events lost${edgeless > 0 ? `, ${counted(edgeless, 'call')} without a caller (too many pairs)` : ''}`;
  const { stop } = gates;
  const stopped = stop && `stopped after ${time((stop.atUs ?? 0) / 1000)}: ${oneLine(stop.reason, 200)}`;
  if (threads.length === 0) return paint.yellow('nothing: no thread of Node left a recording');
  if (run.complete && flight !== null) return `${lost}, ${flown(flight)}`;
  if (run.complete) return `${lost}, ${stopped === null ? 'complete' : paint.yellow(stopped)}`;
  const until =
    sure.certainUntilUs === null ? '' : `; certain up to ${time(sure.certainUntilUs / 1000)} after its start`;
  const why = [
    sure.damagedSegments > 0 && counted(sure.damagedSegments, 'damaged segment'),
    sure.gaps > 0 && counted(sure.gaps, 'gap'),
    run.processes_unrecorded > 0 &&
      `${unrecorded(run.processes_unrecorded)} (too many at once: --processes; or without a working folder)`,
    run.ended_at === null && 'the run has not ended, or its recorder was killed',
    threads.some(({ ended }) => !ended) &&
      `${counted(threads.filter(({ ended }) => !ended).length, 'thread')} cut off (killed, terminated, or the disk is full)`,
  ].filter(Boolean);
  const kept = flight === null ? '' : `; ${flown(flight)}`;
  return paint.yellow(`${lost}, not complete: ${why.join(', ') || 'events are missing'}${until}${kept}`);
}

const unrecorded = (count: number): string =>
  count === 1 ? '1 process ran unrecorded' : `${grouped(count)} processes ran unrecorded`;

/** What a flight recorder did. */
function flown({ count, keeps, wordsLetGo }: NonNullable<RunSummary['flight']>): string {
  if (count === 0) return 'flight recorder: nothing happened that was worth keeping';
  const more = count > keeps.length ? [`${grouped(count - keeps.length)} more`] : [];
  const reasons = [...new Set(keeps.map(({ reason }) => reason)), ...more].join('; ');
  return `flight recorder kept what it held (${oneLine(reasons, 200)})${wordsLetGo > 0 ? `, and let go ${grouped(wordsLetGo)} words` : ''}`;
}

function overhead({ overhead: cost, run }: RunSummary): string {
  const { budget, percent, counted: held, leftOut } = cost;
  const less = [
    held > 0 && `${counted(held, 'function')} only counted`,
    leftOut > 0 && `${grouped(leftOut)} left out`,
  ];
  const kept =
    budget === null
      ? ''
      : `; ${percent === null ? 'not measured' : `${percent.toFixed(1)} %`} in the end, of a budget of ${budget} %: ${less.filter(Boolean).join(', ') || 'nothing left out'}`;
  return spent(cost, run.tier) + kept + foretold(run);
}

/** What the plan of the run had said. */
function foretold({ flags }: RunSummary['run']): string {
  const { foretold: plan } = JSON.parse(flags ?? '{}') as { foretold?: Foretold };
  return plan === undefined
    ? ''
    : `; foretold ${percentage(plan.percent)} (${percentage(plan.low)} to ${percentage(plan.high)})`;
}

/** Every program waits a little at its end, until all is written down. */
const WORTH_STALLED_MS = 10;

function spent(
  { instrumentingMs, eventsMs, events, valuesMs, stalledMs }: RunSummary['overhead'],
  tier: string,
): string {
  const instrumenting = `${time(instrumentingMs)} to instrument`;
  const looking = valuesMs > 0 ? `, ${time(valuesMs)} for values` : '';
  const stalled = stalledMs >= WORTH_STALLED_MS ? `, ${time(stalledMs)} waiting for the recorder` : '';
  const more = looking + stalled;
  const what = tier === 'performance' ? 'events' : 'counts';
  return eventsMs === null
    ? `${instrumenting}${more}; ${grouped(events)} ${what}, cost not calibrated`
    : `about ${time(instrumentingMs + eventsMs + valuesMs + stalledMs)}: ${instrumenting}, ${time(eventsMs)} for ${grouped(events)} ${what}${more}`;
}

function ending({ run }: RunSummary, paint: Paint): string {
  if (run.signal !== null) return paint.red(`by ${run.signal}`);
  if (run.exit_code === null) return 'unknown';
  return run.exit_code === 0 ? 'with exit code 0' : paint.red(`with exit code ${run.exit_code}`);
}

export const closing = ({ run }: RunSummary, { paint }: SummaryLayout): string =>
  paint.dim(`run ${run.id}  ·  intellimap report | show <function> | query "<sql>"`);

/** `2 processes and 1 page`: what a page loads besides, frames and workers, is not counted. */
function whereOf(threads: RunSummary['threads']): string {
  const placesOf = (kinds: readonly string[]): number[] => [
    ...new Set(threads.filter(({ kind }) => kinds.includes(kind)).map(({ pid }) => pid)),
  ];
  const processes = placesOf(['main', 'worker']).length;
  const all = placesOf(['page']);
  // What V8 measured of a tab stands beside what its pages tell themselves, and nobody says whose they are: at least so many there were.
  const tabs = all.filter((pid) => pid > FIRST_TAB && pid < FIRST_PAGE).length;
  const pages = Math.max(tabs, all.length - tabs);
  const own = counted(processes, 'process').replace(/processs$/, 'processes');
  if (pages === 0) return own;
  return `${processes === 0 ? '' : `${own} and `}${counted(pages, 'page')}`;
}
