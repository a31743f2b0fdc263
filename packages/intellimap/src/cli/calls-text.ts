/** Callers and callees of a function as text, in as many columns as the terminal has. Pure. */
import type { BlindSpot, CallNeighbour, CallsOfFunction, OpenSite } from '../query/index.ts';
import { counted, grouped, oneLine, tail } from './format.ts';
import { table } from './table.ts';
import type { Terminal } from './terminal.ts';

/** Rows of each list, without `--all`. */
const MOST_ROWS = 12;

type Out = Pick<Terminal, 'paint' | 'columns'>;

export function callsText(it: CallsOfFunction, all: boolean, out: Out): string {
  const { paint, columns } = out;
  const most = all ? Infinity : MOST_ROWS;
  const seen = it.hits > 0 ? counted(it.hits, 'call') : paint.yellow('no call in any run');
  return [
    `${paint.bold(oneLine(it.name, Math.max(20, columns - 40)))}  ${it.kind}  ${paint.dim(tail(`${it.path}:${it.line}`, 36))}`,
    `  ${seen}`,
    ...listed('may be called by', it.callers, most, out),
    ...listed('may call', it.callees, most, out),
    ...spots('was called by, though the text does not tell', it.unknownCallers, most, out),
    ...spots('called, though the text does not tell', it.unknownCallees, most, out),
    ...(all ? open(it.openSites, out) : []),
  ].join('\n');
}

function listed(title: string, list: readonly CallNeighbour[], most: number, out: Out): string[] {
  if (list.length === 0) return [];
  const { paint } = out;
  const shown = list.slice(0, most);
  const [name, why, place] = widths(
    shown.map((each) => seen(each)),
    out,
  );
  const rows = shown.map((each) => [
    painted(each, out),
    paint.cyan(oneLine(each.name, name)),
    oneLine(reason(each), why),
    paint.dim(tail(`${each.path}:${each.line}`, place)),
  ]);
  return [`  ${title}`, table(rows), ...more(list.length, most, out)];
}

/** Room for a name, a reason and a place beside the first column. */
function widths(first: readonly string[], { columns }: Out): [number, number, number] {
  const taken = 8 + first.reduce((most, text) => Math.max(most, text.length), 0);
  const room = Math.max(40, columns - taken);
  return [Math.floor(room * 0.35), Math.floor(room * 0.36), Math.floor(room * 0.29)];
}

/** `this method`, `points to?`: a question mark where it only may be so. */
const reason = ({ kind, confidence }: CallNeighbour): string => `${kind}${confidence === 'maybe' ? '?' : ''}`;

function seen({ evidence, calls, testCalls }: CallNeighbour): string {
  if (evidence === 'seen') return `${grouped(calls)}×`;
  return evidence === 'only in tests' ? `${grouped(testCalls)}× in tests` : evidence;
}

function painted(each: CallNeighbour, { paint }: Out): string {
  if (each.evidence === 'seen') return paint.green(seen(each));
  const isTold = each.evidence === 'never' || each.evidence === 'only in tests';
  return isTold ? paint.yellow(seen(each)) : paint.dim(seen(each));
}

function spots(title: string, list: readonly BlindSpot[], most: number, out: Out): string[] {
  if (list.length === 0) return [];
  const { paint } = out;
  const shown = list.slice(0, most);
  const counts = shown.map(({ calls }) => `${grouped(calls)}×`);
  const [name, why, place] = widths(counts, out);
  const rows = shown.map((each, index) => [
    paint.green(counts[index]),
    paint.cyan(oneLine(each.name, name)),
    paint.yellow(oneLine(each.reason, why)),
    paint.dim(tail(`${each.path}:${each.line}`, place)),
  ]);
  return [`  ${title}`, table(rows, { right: [0] }), ...more(list.length, most, out)];
}

const more = (count: number, most: number, { paint }: Out): string[] =>
  count > most ? [paint.dim(`    … and ${count - most} more (--all)`)] : [];

function open(list: readonly OpenSite[], { paint, columns }: Out): string[] {
  if (list.length === 0) return [];
  const rows = list.map(({ line, text, form, tooMany }) => [
    `line ${line}`,
    paint.cyan(oneLine(text, Math.max(20, columns - 50))),
    tooMany === null ? form : `${grouped(tooMany)} functions are called so`,
  ]);
  return ['  calls of which nothing is known', table(rows)];
}
