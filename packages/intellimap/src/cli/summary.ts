/** The summary of a run, as text. The same for `run`, which ends with it, and `report`. Pure. */
import type { ErrorPlace, HotFunction, ImportEdge, RunSummary, SlowTask } from '../query/index.ts';
import { counted, grouped, oneLine, shortPlace, time } from './format.ts';
import { table } from './table.ts';
import type { Paint } from './terminal.ts';

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
    ...section('Hottest by self time', summary.hottest, summary.functions.hit, layout, hottest),
    ...section('Errors', summary.errors.top, summary.errors.places, layout, errors),
    ...section('Slowest tasks', summary.tasks.slowest, summary.tasks.count, layout, tasks),
    ...section('Imports never used', summary.imports.unused, summary.imports.unused.length, layout, imports),
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
      `${grouped(functions.hit)} of ${grouped(functions.all)} ran, in ${counted(modules.loaded, 'file')}`,
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
    ['recording', certainty(summary, paint)],
    ['overhead', overhead(summary)],
    ['ended', ending(summary, paint)],
  ];
  return rows.map(([name, text]) => `  ${paint.dim(name.padEnd(10))} ${text}`).join('\n');
}

/** Loss of zero is a claim, and is made. */
function certainty({ run, eventsLost, certainty: sure, threads }: RunSummary, paint: Paint): string {
  const lost = `${grouped(eventsLost)} events lost`;
  if (run.complete) return `${lost}, complete`;
  const until =
    sure.certainUntilUs === null ? '' : `; certain up to ${time(sure.certainUntilUs / 1000)} after its start`;
  const why = [
    sure.damagedSegments > 0 && counted(sure.damagedSegments, 'damaged segment'),
    sure.gaps > 0 && counted(sure.gaps, 'gap'),
    run.ended_at === null && 'the run has not ended, or its recorder was killed',
    threads.some(({ ended }) => !ended) &&
      `${counted(threads.filter(({ ended }) => !ended).length, 'thread')} cut off (killed, or the disk is full)`,
    threads.length === 0 && 'no thread left a recording',
  ].filter(Boolean);
  return paint.yellow(`${lost}, not complete: ${why.join(', ') || 'events are missing'}${until}`);
}

function overhead({ overhead: { instrumentingMs, eventsMs, events }, run }: RunSummary): string {
  const instrumenting = `${time(instrumentingMs)} to instrument`;
  const what = run.tier === 'minimal' ? 'counts' : 'events';
  return eventsMs === null
    ? `${instrumenting}; ${grouped(events)} ${what}, cost not calibrated`
    : `about ${time(instrumentingMs + eventsMs)}: ${instrumenting}, ${time(eventsMs)} for ${grouped(events)} ${what}`;
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

/** What is left of a line for names and places, once `taken` characters are used: two fifths and three fifths. */
const split = (columns: number, taken: number): [number, number] => {
  const left = Math.max(30, columns - taken);
  return [Math.floor(left * 0.45), left - Math.floor(left * 0.45)];
};

function hottest(rows: HotFunction[], { columns, paint }: SummaryLayout): string {
  const [name, place] = split(columns, 34);
  return table(
    rows.map((row) => [
      row.selfMs === null ? '' : time(row.selfMs),
      counted(row.hits, 'call'),
      paint.cyan(oneLine(row.name, name)),
      paint.dim(shortPlace(row.path, row.line, place)),
    ]),
    { right: [0, 1] },
  );
}

function errors(rows: ErrorPlace[], { columns, paint }: SummaryLayout): string {
  const [message, place] = split(columns, 20);
  return table(
    rows.map((row) => [
      `${grouped(row.count)}×`,
      row.kind === 'uncaught' ? paint.red(row.kind) : row.kind,
      oneLine(`${row.name}: ${row.message}${row.messages > 1 ? ` (and ${row.messages - 1} other messages)` : ''}`, message),
      row.path === null || row.line === null
        ? paint.dim('outside of the recorded files')
        : paint.dim(shortPlace(row.path, row.line, place)),
    ]),
    { right: [0] },
  );
}

function tasks(rows: SlowTask[], { columns, paint }: SummaryLayout): string {
  const [name, place] = split(columns, 36);
  return table(
    rows.map((row) => [
      time(row.durationMs),
      counted(row.calls, 'call'),
      `${paint.cyan(oneLine(row.name, name))}${row.open ? paint.yellow(' (had not ended)') : ''}`,
      row.path === null ? '' : paint.dim(shortPlace(row.path, row.line ?? 1, place)),
    ]),
    { right: [0, 1] },
  );
}

function imports(rows: ImportEdge[], { columns, paint }: SummaryLayout): string {
  const [specifier, place] = split(columns, 12);
  return table(
    rows.map((row) => [
      paint.cyan(oneLine(row.specifier, specifier)),
      paint.dim(shortPlace(row.src, row.line, place)),
    ]),
  );
}

function skipped(rows: RunSummary['skipped'], { columns, paint }: SummaryLayout): string {
  const [reason, place] = split(columns, 6);
  return table(
    rows.map((row) => [
      shortPlace(row.path, 1, place).replace(/:1$/, ''),
      paint.dim(oneLine(row.reason, reason)),
    ]),
  );
}

const closing = ({ run }: RunSummary, { paint }: SummaryLayout): string =>
  paint.dim(`run ${run.id}  ·  intellimap report | show <function> | query "<sql>"`);
