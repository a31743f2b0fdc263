/** Lists of a summary or report: figures, names and places in columns that fit the line. Pure. */
import { sum } from '../base/numbers.ts';
import type { ErrorPlace, HotFunction, ImportEdge, LongPause, RunSummary, SlowTask } from '../query/index.ts';
import { counted, grouped, oneLine, tail, time } from './format.ts';
import { table } from './table.ts';
import type { Paint } from './terminal.ts';

export interface SummaryLayout {
  paint: Paint;
  /** Characters in a line of the terminal. */
  columns: number;
  /** Rows of each list. */
  rows: number;
}

/** A titled list; nothing at all when it is empty. `all`: how many there are. */
export function section<Row>(
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
  const taken = 4 + notes + sum(Array.from({ length: figures }, (_, column) => width(column) + 2));
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

export const hottest = (rows: HotFunction[], layout: SummaryLayout): string =>
  lines(
    rows.map(({ selfMs, hits, name, path, line }) => ({
      figures: [selfMs === null ? '' : time(selfMs), counted(hits, 'call')],
      name,
      place: at(path, line),
    })),
    layout,
  );

export const errors = (rows: ErrorPlace[], layout: SummaryLayout): string =>
  lines(
    rows.map(({ count, kind, name, message, path, line }) => ({
      figures: [`${grouped(count)}×`, kind],
      name: `${name}: ${message}`,
      place: path === null ? 'outside of the recorded files' : at(path, line),
    })),
    layout,
  );

/** A run without a call tree knows of no call which task it belongs to. */
export const tasks =
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

export const pauses = (rows: LongPause[], layout: SummaryLayout): string =>
  lines(
    rows.map(({ durationMs, kind, detail, name, path, line }) => ({
      figures: [time(durationMs), kind === 'gc' ? `garbage, ${detail}` : 'one turn'],
      name: name ?? 'no recorded call',
      place: at(path, line),
    })),
    layout,
  );

export const imports = (rows: ImportEdge[], layout: SummaryLayout): string =>
  lines(
    rows.map(({ specifier, src, line }) => ({ figures: [], name: specifier, place: at(src, line) })),
    layout,
  );

export const gates = (rows: RunSummary['gates']['top'], layout: SummaryLayout): string =>
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

export const skipped = (rows: RunSummary['skipped'], layout: SummaryLayout): string =>
  lines(
    rows.map(({ path, reason }) => ({ figures: [], name: reason, place: path })),
    layout,
  );
