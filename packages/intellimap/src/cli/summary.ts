/** The summary of a run, as text. The same for `run`, which ends with it, and `report`. Pure. */
import type { ErrorPlace, HotFunction, ImportEdge, LongPause, RunSummary, SlowTask } from '../query/index.ts';
import { counted, grouped, oneLine, tail, time } from './format.ts';
import { table } from './table.ts';
import type { Paint } from './terminal.ts';

/** Rows of each list when a program reads the summary. */
export const JSON_ROWS = 1000;

export interface SummaryLayout {
  paint: Paint;
  /** Characters in a line of the terminal. */
  columns: number;
  /** Rows of each list. */
  rows: number;
}

export function renderSummary(summary: RunSummary, layout: SummaryLayout): string {
  return [
    headline(summary, layout),
    facts(summary, layout),
    ...section(
      summary.run.tier === 'performance' ? 'Hottest by self time' : 'Most called',
      summary.hottest,
      summary.functions.hit,
      layout,
      hottest,
    ),
    ...section('Errors', summary.errors.top, summary.errors.places, layout, errors),
    ...section(
      summary.tasks.passedOver > 0 ? 'Slowest tasks, but for main' : 'Slowest tasks',
      summary.tasks.slowest,
      summary.tasks.count - summary.tasks.passedOver,
      layout,
      tasks(summary.run.tier !== 'performance'),
    ),
    ...section('Longest pauses', summary.pauses.longest, summary.pauses.count, layout, pauses),
    ...section('Imports never used', summary.imports.unused, summary.imports.unused.length, layout, imports),
    ...section('Decided while it ran', summary.gates.top, summary.gates.count, layout, gates),
    ...section('Left alone (runs as it is)', summary.skipped, summary.skipped.length, layout, skipped),
    closing(summary, layout),
  ].join('\n\n');
}

function headline({ run, calls }: RunSummary, { paint }: SummaryLayout): string {
  const took = run.duration_ms === null ? '' : ` in ${time(run.duration_ms)}`;
  const command = (JSON.parse(run.command) as string[]).join(' ');
  return `${paint.bold(`intellimap recorded ${counted(calls, 'call')}`)}${took}: ${oneLine(command, 200)}`;
}

function facts(summary: RunSummary, { paint }: SummaryLayout): string {
  const { functions, modules, errors: failures, threads, imports: uses } = summary;
  const uncaught = failures.top
    .filter(({ kind }) => kind === 'uncaught')
    .reduce((sum, { count }) => sum + count, 0);
  const rows = [
    [
      'functions',
      `${isPartial(summary) ? 'at least ' : ''}${grouped(functions.hit)} of ${grouped(functions.all)} ran, in ${counted(modules.loaded, 'file')}`,
    ],
    [
      'threads',
      `${threads.length} in ${counted(new Set(threads.map(({ pid }) => pid)).size, 'process').replace(/processs$/, 'processes')}`,
    ],
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
    ...(summary.sampling === null ? [] : [['tasks', sampled(summary.sampling, summary.tasks.count, paint)]]),
    ...(summary.values === null ? [] : [['values', values(summary.values, paint)]]),
    ['recording', certainty(summary, paint)],
    ['overhead', overhead(summary)],
    ['ended', ending(summary, paint)],
  ];
  return rows.map(([name, text]) => `  ${paint.dim(name.padEnd(10))} ${text}`).join('\n');
}

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
    run.processes_unrecorded > 0 && `${unrecorded(run.processes_unrecorded)} (too many at once: --processes)`,
    run.ended_at === null && 'the run has not ended, or its recorder was killed',
    threads.some(({ ended }) => !ended) &&
      `${counted(threads.filter(({ ended }) => !ended).length, 'thread')} cut off (killed, or the disk is full)`,
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
  return spent(cost, run.tier) + kept;
}

function spent(
  { instrumentingMs, eventsMs, events, valuesMs }: RunSummary['overhead'],
  tier: string,
): string {
  const instrumenting = `${time(instrumentingMs)} to instrument`;
  const looking = valuesMs > 0 ? `, ${time(valuesMs)} for values` : '';
  const what = tier === 'performance' ? 'events' : 'counts';
  return eventsMs === null
    ? `${instrumenting}${looking}; ${grouped(events)} ${what}, cost not calibrated`
    : `about ${time(instrumentingMs + eventsMs + valuesMs)}: ${instrumenting}, ${time(eventsMs)} for ${grouped(events)} ${what}${looking}`;
}

function ending({ run }: RunSummary, paint: Paint): string {
  if (run.signal !== null) return paint.red(`by ${run.signal}`);
  if (run.exit_code === null) return 'unknown';
  return run.exit_code === 0 ? 'with exit code 0' : paint.red(`with exit code ${run.exit_code}`);
}

/** A titled list; nothing at all when it is empty. `all`: how many there are. */
function section<Row>(
  title: string,
  rows: Row[],
  all: number,
  layout: SummaryLayout,
  render: (rows: Row[], layout: SummaryLayout) => string,
): string[] {
  if (rows.length === 0) return [];
  const shown = rows.slice(0, layout.rows);
  const more = all > shown.length ? layout.paint.dim(`  (${shown.length} of ${grouped(all)})`) : '';
  return [`${layout.paint.bold(title)}${more}\n${render(shown, layout)}`];
}

/** A row of a list: figures first, then a name and where it is, cut to fit the line. */
interface Line {
  figures: string[];
  name: string;
  place: string;
  /** After the name, never cut. */
  note?: string;
}

function lines(all: Line[], { columns, paint }: SummaryLayout): string {
  const figures = all[0]?.figures.length ?? 0;
  const width = (column: number): number =>
    Math.max(...all.map((line) => (line.figures[column] ?? '').length));
  const notes = Math.max(...all.map(({ note = '' }) => note.length));
  const taken =
    4 + notes + Array.from({ length: figures }, (_, column) => width(column) + 2).reduce((a, b) => a + b, 0);
  const [forName, forPlace] = share(
    Math.max(30, columns - 1 - taken),
    Math.max(...all.map(({ name }) => name.length)),
    Math.max(...all.map(({ place }) => place.length)),
  );
  return table(
    all.map(({ figures: cells, name, place, note = '' }) => [
      ...cells,
      paint.cyan(oneLine(name, forName)) + paint.yellow(note),
      paint.dim(tail(place, forPlace)),
    ]),
    { right: Array.from({ length: figures }, (_, column) => column) },
  );
}

/** Both whole if they fit, else the longer one gives way. */
function share(room: number, name: number, place: number): [number, number] {
  const forName = Math.min(name, Math.max(Math.floor(room * 0.45), room - place));
  return [forName, room - forName];
}

const at = (path: string | null, line: number | null): string =>
  path === null ? '' : `${path}:${line ?? 1}`;

const hottest = (rows: HotFunction[], layout: SummaryLayout): string =>
  lines(
    rows.map(({ selfMs, hits, name, path, line }) => ({
      figures: [selfMs === null ? '' : time(selfMs), counted(hits, 'call')],
      name,
      place: at(path, line),
    })),
    layout,
  );

const errors = (rows: ErrorPlace[], layout: SummaryLayout): string =>
  lines(
    rows.map(({ count, kind, name, message, path, line }) => ({
      figures: [`${grouped(count)}×`, kind],
      name: `${name}: ${message}`,
      place: path === null ? 'outside of the recorded files' : at(path, line),
    })),
    layout,
  );

/** A run without a call tree knows of no call which task it belongs to. */
const tasks =
  (isCounted: boolean) =>
  (rows: SlowTask[], layout: SummaryLayout): string =>
    lines(
      rows.map(({ durationMs, calls, name, open, path, line }) => ({
        figures: [time(durationMs), ...(isCounted ? [] : [counted(calls, 'call')])],
        name,
        ...(open ? { note: ' (had not ended)' } : {}),
        place: at(path, line),
      })),
      layout,
    );

const pauses = (rows: LongPause[], layout: SummaryLayout): string =>
  lines(
    rows.map(({ durationMs, kind, detail, name, path, line }) => ({
      figures: [time(durationMs), kind === 'gc' ? `garbage, ${detail}` : 'one turn'],
      name: name ?? 'no recorded call',
      place: at(path, line),
    })),
    layout,
  );

const imports = (rows: ImportEdge[], layout: SummaryLayout): string =>
  lines(
    rows.map(({ specifier, src, line }) => ({ figures: [], name: specifier, place: at(src, line) })),
    layout,
  );

const gates = (rows: RunSummary['gates']['top'], layout: SummaryLayout): string =>
  lines(
    rows.map(({ atUs, gate, functions, reason }) => ({
      figures: [
        atUs === null ? '' : time(atUs / 1000),
        gate,
        functions === null ? 'all functions' : counted(functions, 'function'),
      ],
      name: reason,
      place: '',
    })),
    layout,
  );

const skipped = (rows: RunSummary['skipped'], layout: SummaryLayout): string =>
  lines(
    rows.map(({ path, reason }) => ({ figures: [], name: reason, place: path })),
    layout,
  );

const closing = ({ run }: RunSummary, { paint }: SummaryLayout): string =>
  paint.dim(`run ${run.id}  ·  intellimap report | show <function> | query "<sql>"`);
