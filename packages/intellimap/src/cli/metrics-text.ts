/** Functions and their figures as text, in as many columns as the terminal has. Pure. */
import { sum } from '../base/numbers.ts';
import { counted, grouped, oneLine, percentage, tail, time } from './format.ts';
import type { OverLimit, RankedFunction } from './metrics-rank.ts';
import { table } from './table.ts';
import type { Terminal } from './terminal.ts';
import { wrapped } from './wrap.ts';

type Out = Pick<Terminal, 'paint' | 'columns'>;

/** A construct that adds to the cognitive complexity of a function. */
export interface ExplainedPart {
  line: number;
  what: string;
  amount: number;
  nesting: number;
}

export function metricsText(shown: readonly RankedFunction[], all: number, { paint, columns }: Out): string {
  const withFan = shown.some(({ fanIn }) => fanIn !== null);
  const head = ['cogn', 'cycl', 'commits', 'calls', 'self', 'err', ...(withFan ? ['in', 'out'] : [])];
  const figures = shown.map((each) => [
    String(each.cognitive),
    String(each.cyclomatic),
    each.commits === null ? '–' : String(each.commits),
    callsOf(each),
    each.selfMs === null ? '' : time(each.selfMs),
    each.errors === 0 ? '' : grouped(each.errors),
    ...(withFan ? [String(each.fanIn ?? '–'), String(each.fanOut ?? '–')] : []),
  ]);
  const taken = head.map((title, column) => Math.max(title.length, ...figures.map((row) => row[column].length)) + 2);
  const room = Math.max(30, columns - 4 - sum(taken));
  const nameRoom = Math.floor(room * 0.45);
  const rows = shown.map(({ name, path, line }, at) => [
    ...figures[at].map((text, column) => (column === 5 ? paint.red(text) : text)),
    paint.cyan(oneLine(name, nameRoom)),
    paint.dim(tail(`${path}:${line}`, room - nameRoom)),
  ]);
  const more = all - shown.length;
  return [
    table(rows, { head: [...head, '', ''].map((text) => paint.dim(text)), right: head.map((_, column) => column) }),
    ...(more > 0 ? [paint.dim(`  … and ${counted(more, 'function')} more (--limit, --json)`)] : []),
  ].join('\n');
} // prettier-ignore

/** `never`: runs had it and did not call it; `–`: no run had it. */
function callsOf({ ran, calls }: RankedFunction): string {
  if (ran === null) return '–';
  if (!ran) return 'never';
  return calls >= 1e6 ? `${(calls / 1e6).toFixed(1)}M` : calls >= 1e4 ? `${Math.round(calls / 1e3)}k` : String(calls); // prettier-ignore
}

export function overText(over: readonly OverLimit[], { paint, columns }: Out): string {
  const room = Math.max(30, columns - 32);
  const rows = over.map(({ figure, value, most, name, path, line }) => [
    paint.red(String(value)),
    `${figure}, at most ${most}`,
    paint.cyan(oneLine(name, Math.ceil(room * 0.5))),
    paint.dim(tail(`${path}:${line}`, Math.floor(room * 0.5))),
  ]);
  return table(rows, { right: [0] });
}

/** All that is known of one, and what its cognitive complexity is made of. */
export function explainedText(it: RankedFunction, parts: readonly ExplainedPart[], { paint, columns }: Out): string {
  const rows = parts.map(({ line, what, amount, nesting }) => [
    `+${amount}`,
    what,
    `line ${line}`,
    nesting > 0 ? paint.dim(`1, and ${nesting} for what it lies in`) : '',
  ]);
  return [
    `${paint.bold(oneLine(it.name, Math.max(20, columns - 40)))}  ${it.kind}  ${paint.dim(tail(`${it.path}:${it.line}`, 36))}`,
    ...[textFacts(it), pastFacts(it)].flatMap((text) => wrapped(text, columns - 2).map((line) => `  ${line}`)),
    ...(rows.length === 0 ? [] : [paint.bold(`Cognitive complexity ${it.cognitive}`), table(rows, { right: [0] })]),
  ].join('\n');
} // prettier-ignore

const textFacts = (it: RankedFunction): string =>
  [
    `cognitive ${it.cognitive}`,
    `cyclomatic ${it.cyclomatic}`,
    `nesting ${it.nesting}`,
    counted(it.lines, 'line'),
    counted(it.parameters, 'parameter'),
    ...(it.captured > 0 ? [`${counted(it.captured, 'variable')} of functions around`] : []),
    ...(it.recursive ? ['calls itself'] : []),
    `Halstead: volume ${grouped(Math.round(it.volume))}, difficulty ${it.difficulty.toFixed(1)}, effort ${grouped(Math.round(it.effort))}`,
  ].join(', ');

function pastFacts(it: RankedFunction): string {
  const ran =
    it.ran === null
      ? 'no run has recorded this text'
      : it.ran
        ? `${counted(it.calls, 'call')}${it.selfMs === null ? '' : `, ${time(it.selfMs)} of its own${it.selfShare === null ? '' : ` (${percentage(it.selfShare * 100)} of all)`}`}`
        : 'runs had it and never called it';
  return [
    it.commits === null ? 'git does not know it' : `changed by ${counted(it.commits, 'commit')} in a year`,
    ran,
    ...(it.errors > 0 ? [counted(it.errors, 'error')] : []),
    ...(it.fanIn === null || it.fanOut === null ? [] : [`fan-in ${it.fanIn}, fan-out ${it.fanOut}`]),
    `score ${grouped(Math.round(it.score))}`,
  ].join(', ');
}
