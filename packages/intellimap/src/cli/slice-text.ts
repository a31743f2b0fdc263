/** A slice as text: lines of files under their functions, each with what it is there for. Pure. */
import type { SliceAnswer, SlicedFile, SlicedFunction, SlicedLine } from '../graph/index.ts';
import { counted, grouped, oneLine, tail } from './format.ts';
import type { Terminal } from './terminal.ts';

type Out = Pick<Terminal, 'paint' | 'columns'>;

/** Stops that are told without `--all`. */
const MOST_STOPS = 8;

export function sliceText(answer: SliceAnswer, all: boolean, out: Out): string {
  const { paint } = out;
  const { start, direction, files, stops, functions } = answer;
  const on = start.name ?? start.column;
  const place = `${start.path}:${start.line}${on === null ? '' : `:${on}`}`;
  const lines = files.reduce((sum, each) => sum + each.lines.length, 0);
  const what = direction === 'backward' ? 'depends on' : 'is depended on by';
  return [
    `${paint.bold(tail(place, 50))}  ${what} ${counted(lines, 'line')} of ${counted(files.length, 'file')}`,
    ...files.flatMap((file) => ['', ...fileText(file, new Map(functions.map((each) => [each.id, each])), answer, out)]),
    ...stopsText(answer, all ? stops.length : MOST_STOPS, out),
  ].join('\n');
} // prettier-ignore

function fileText(
  { path, lines }: SlicedFile,
  functions: ReadonlyMap<string, SlicedFunction>,
  { direction }: SliceAnswer,
  out: Out,
): string[] {
  const { paint } = out;
  const width = String(lines.at(-1)!.line).length;
  const rows: string[] = [paint.bold(path)];
  let around: string | null | undefined;
  for (const line of lines) {
    if (line.function !== around) rows.push(heading(line.function, functions, out));
    around = line.function;
    rows.push(lineText(line, width, direction, out));
  }
  return rows;
}

function heading(
  id: string | null,
  functions: ReadonlyMap<string, SlicedFunction>,
  { paint, columns }: Out,
): string {
  const known = id === null ? undefined : functions.get(id);
  if (known === undefined) return paint.dim('  (initialiser)');
  const { name, calls, isSeen } = known;
  const ran =
    calls > 0
      ? paint.green(`ran ${grouped(calls)}×`)
      : isSeen
        ? paint.yellow('did not run')
        : paint.dim('not recorded');
  return `  ${paint.cyan(oneLine(name, columns - 24))}  ${ran}`;
}

/** The line, and what it is there for beside it where there is room, else shortened. */
function lineText(
  { line, text, isStart, why, of }: SlicedLine,
  width: number,
  direction: SliceAnswer['direction'],
  { paint, columns }: Out,
): string {
  const arrow = direction === 'backward' ? '→' : '←';
  const [first, ...others] = of;
  const where =
    first === undefined
      ? ''
      : `${first.path === null ? '' : `${first.path.split('/').at(-1)}:`}${first.line}${others.length > 0 ? ` +${others.length}` : ''}`;
  const reason = where === '' ? '' : oneLine(`${why.join(', ')} ${arrow} ${where}`, 34);
  const room = Math.max(24, columns - width - 8 - reason.length);
  const shown = oneLine(text.trimEnd().replaceAll('\t', '  '), room);
  const number = String(line).padStart(width);
  const mark = isStart ? paint.yellow('▸') : ' ';
  return `  ${mark} ${paint.dim(number)}  ${shown.padEnd(reason === '' ? 0 : room)}${reason === '' ? '' : `  ${paint.dim(reason)}`}`;
}

function stopsText({ stops }: SliceAnswer, most: number, { paint, columns }: Out): string[] {
  if (stops.length === 0) return [];
  const rows = stops.slice(0, most).map(({ path, line, why }) => {
    const place = tail(`${path}:${line}`, 34);
    return `  ${paint.dim(place)}  ${oneLine(why, columns - place.length - 4)}`;
  });
  const more = stops.length > most ? [paint.dim(`  … and ${stops.length - most} more (--all)`)] : [];
  return ['', paint.bold('not followed'), ...rows, ...more];
}
