/** Calls that were looked at, as lines of `intellimap show`. Pure. */
import type { CallValue, SeenCall, StateChange } from '../query/index.ts';
import { grouped, oneLine, time } from './format.ts';
import { previewText } from '../base/preview-text.ts';
import type { Paint } from './terminal.ts';

/** Characters of a line at least, whatever the terminal. */
const MIN_WIDTH = 60;

export function seenCalls(calls: SeenCall[], paint: Paint, columns: number): string[] {
  if (calls.length === 0) return [];
  const width = Math.max(MIN_WIDTH, columns - 8);
  return ['  last calls that were looked at', ...calls.flatMap((call) => linesOf(call, paint, width))];
}

function linesOf(call: SeenCall, paint: Paint, width: number): string[] {
  const { values, changes, changeCount, outcome, startUs, threadId } = call;
  const given = values.filter(({ role }) => role === 'argument').map(argumentText);
  const of = values.find(({ role }) => role === 'this');
  const when = paint.dim(`    ${time(startUs / 1000)} after the start, thread ${threadId}`);
  const more =
    changeCount > changes.length ? [`      … ${grouped(changeCount - changes.length)} more writes`] : [];
  return [
    when,
    ...(of ? [`      this ${oneLine(previewText(of.preview), width)}`] : []),
    `      (${oneLine(given.join(', '), width)})`,
    ...values.flatMap((value) => endText(value, paint, width)),
    ...(outcome === 'threw' && !values.some(({ role }) => role === 'thrown')
      ? [`      ${paint.red('threw')}`]
      : []),
    ...changes.map((change) => paint.cyan(`      ${oneLine(changeText(change), width)}`)),
    ...more,
  ];
}

const argumentText = ({ name, preview }: CallValue): string =>
  name === null ? previewText(preview) : `${name}: ${previewText(preview)}`;

function endText({ role, preview }: CallValue, paint: Paint, width: number): string[] {
  const text = oneLine(previewText(preview), width);
  if (role === 'result') return [`      → ${text}`];
  return role === 'thrown' ? [paint.red(`      throw ${text}`)] : [];
}

const changeText = ({ target, preview, line }: StateChange): string =>
  `${target} = ${previewText(preview)}${line === null ? '' : `  (line ${line})`}`;
