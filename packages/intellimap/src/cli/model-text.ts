/** The model of a function as text, in as many columns as the terminal has. Pure. */
import type { Outline } from '../graph/index.ts';
import { counted, grouped, oneLine, percentage, tail, time } from './format.ts';
import type { ModelAnswer, ModelStep, ModelUnforeseen, ModelVariant } from './model-answer.ts';
import { table } from './table.ts';
import { printable, type Terminal } from './terminal.ts';
import { wrapped } from './wrap.ts';

/** Rows of each list, without `--all`. */
const MOST_ROWS = 8;

type Out = Pick<Terminal, 'paint' | 'columns'>;

/** @param head text of what decides, by node */
export function modelText(it: ModelAnswer, head: (node: number) => string, all: boolean, out: Out): string {
  const { paint, columns } = out;
  const { name, kind, path, line } = it.function;
  const most = all ? Infinity : MOST_ROWS;
  return [
    `${paint.bold(oneLine(name, Math.max(20, columns - 40)))}  ${kind}  ${paint.dim(tail(`${path}:${line}`, 36))}`,
    ...evidenceLines(it, out),
    ...orderLines(it, head, out),
    ...variantLines(it.variants, most, out),
    ...againstLines(it, most, out),
    ...unforeseenLines(it.unforeseen, most, out),
  ].join('\n');
}

function evidenceLines({ evidence, note, unforeseen, automaton }: ModelAnswer, { paint }: Out): string[] {
  const lines: string[] = [];
  if (evidence !== null) {
    const { run, calls, folded, partial, beyond, isCut } = evidence;
    const misfits = unforeseen.filter(({ isMisfit }) => isMisfit);
    const fit = folded === 0 ? '' : misfits.length === 0 ? ', all as the text has it' : paint.yellow(`, ${counted(misfits.length, 'contradiction')}`);
    lines.push(`  ${counted(calls, 'call')} of run ${run}${isCut ? ' (there were more)' : ''}${fit}`);
    if (partial > 0) lines.push(paint.yellow(`  ${counted(partial, 'call')} with a part missing in the recording`));
    if (beyond > 0) lines.push(paint.yellow(`  ${counted(beyond, 'call')} too long, or too different from others, to be told`));
  }
  if (note !== null) lines.push(`  ${paint.yellow(note)}`);
  if (automaton === null) lines.push(paint.dim('  too many ways to be drawn'));
  return lines;
} // prettier-ignore

function orderLines({ steps, outline, evidence }: ModelAnswer, head: (node: number) => string, out: Out): string[] {
  if (outline.length === 0) return [out.paint.dim('  it calls nobody who is known, and waits for nothing (--all)')];
  const hasTimes = evidence !== null && evidence.folded > 0;
  const rows: string[][] = [];
  const byStep = new Map(steps.map((each) => [each.step, each]));
  const width = Math.max(30, out.columns - (hasTimes ? 32 : 12));
  const add = (text: string, depth: number, step?: ModelStep): void => {
    const shown = oneLine(`${'  '.repeat(depth)}${text}`, width);
    const figures = hasTimes ? [step === undefined ? '' : timesOf(step, out), step?.meanMs == null ? '' : time(step.meanMs)] : [];
    rows.push([...figures, step === undefined ? out.paint.dim(shown) : shown, step === undefined ? '' : out.paint.dim(`:${step.line}`)]);
  };
  outlineRows(outline, 0, byStep, head, add);
  const title = hasTimes ? ['times', 'mean', 'expected order', ''] : ['expected order', ''];
  return [table([title.map((each) => out.paint.dim(each)), ...rows], { right: hasTimes ? [0, 1] : [] })];
} // prettier-ignore

function timesOf({ isSeen, times, what }: ModelStep, { paint }: Out): string {
  if (!isSeen || what === 'return') return paint.dim('·');
  return times === 0 ? paint.yellow('never') : paint.green(`${grouped(times)}×`);
}

type Add = (text: string, depth: number, step?: ModelStep) => void;

function outlineRows(parts: readonly Outline[], depth: number, steps: ReadonlyMap<number, ModelStep>, head: (node: number) => string, add: Add): void {
  const inside = (all: readonly Outline[]): void => outlineRows(all, depth + 1, steps, head, add);
  for (const part of parts)
    switch (part.type) {
      case 'step': {
        const step = steps.get(part.step);
        if (step !== undefined) add(step.text, depth, step);
        break;
      }
      case 'loop':
        add(`loop  ${head(part.node)}`, depth);
        inside(part.parts);
        break;
      case 'choice':
        choiceRows(part, depth, head, add, inside);
        break;
      case 'try':
        add('try', depth);
        inside(part.parts);
        if (part.handler !== null) inside1('caught', part.handler, depth, add, inside);
        if (part.last !== null) inside1('finally', part.last, depth, add, inside);
    }
} // prettier-ignore

function inside1(
  title: string,
  parts: readonly Outline[],
  depth: number,
  add: Add,
  inside: (all: readonly Outline[]) => void,
): void {
  if (parts.length === 0) return;
  add(title, depth);
  inside(parts);
}

function choiceRows(
  { node, options }: Outline & { type: 'choice' },
  depth: number,
  head: (node: number) => string,
  add: Add,
  inside: (all: readonly Outline[]) => void,
): void {
  const text = head(node);
  // A switch says which of them it is in front of each.
  if (text.startsWith('switch')) {
    for (const option of options) {
      add(`${text}  ${head(option.node)}`, depth);
      inside(option.parts);
    }
    return;
  }
  for (const [at, { parts }] of options.entries()) {
    if (parts.length === 0) continue;
    const isElse = at === 1;
    add(isElse && options[0].parts.length > 0 ? 'else' : isElse ? `unless ${text.replace(/^if /, '')}` : text, depth);
    inside(parts);
  }
} // prettier-ignore

function variantLines(variants: readonly ModelVariant[], most: number, out: Out): string[] {
  if (variants.length === 0) return [];
  const { paint } = out;
  const lines = variants.slice(0, most).flatMap((each) => {
    const took = each.p50 === null || each.p95 === null ? '' : `  p50 ${time(each.p50)}, p95 ${time(each.p95)}`;
    const figures = `${percentage(each.share * 100)}, ${counted(each.calls, 'call')}`;
    return [`    ${paint.green(figures)}${took}${ending(each, out)}  ${paint.dim(`--call ${each.example}`)}`, ...wayLines(each.text, out)];
  });
  return ['  how calls went', ...lines, ...more(variants.length, most, out)];
} // prettier-ignore

/** Lines of a way, at most; what is longer is cut. */
const LINES = 4;

function wayLines(text: string, { columns, paint }: Out): string[] {
  const lines = wrapped(printable(text), Math.max(40, columns) - 6);
  const shown = lines.slice(0, LINES).map((line) => `      ${line}`);
  return lines.length > LINES ? [...shown, paint.dim('      …')] : shown;
}

const ending = ({ end }: Pick<ModelVariant, 'end'>, { paint }: Out): string =>
  end === 'returned' ? '' : paint.red(`  ${end === 'threw' ? 'threw' : 'still open'}`);

function againstLines({ against, evidence }: ModelAnswer, most: number, out: Out): string[] {
  if (against === null) return [];
  const { paint } = out;
  const changed = against.variants.filter(({ change }) => change !== 'as before');
  const title = `  against run ${against.run} (${counted(against.calls, 'call')}): `;
  if (changed.length === 0) return [`${title}calls go as before (${counted(evidence?.calls ?? 0, 'call')})`];
  const lines = changed.slice(0, most).flatMap((each) => {
    const isLess = each.change === 'gone' || each.change === 'less often';
    const share = `${percentage(each.shareBefore * 100)} → ${percentage(each.shareAfter * 100)}`;
    return [`    ${(isLess ? paint.red : paint.yellow)(each.change)}  ${share}${ending(each, out)}`, ...wayLines(each.text, out)];
  });
  return [`${title}${counted(changed.length, 'variant')} otherwise`, ...lines, ...more(changed.length, most, out)];
} // prettier-ignore

function unforeseenLines(all: readonly ModelUnforeseen[], most: number, out: Out): string[] {
  const { paint, columns } = out;
  const rowsOf = (list: readonly ModelUnforeseen[]): string[][] =>
    list.slice(0, most).map(({ why, times, line, text, seen, example }) => [
      `${grouped(times)}×`,
      paint.cyan(oneLine(seen || '(nothing)', Math.floor((columns - 24) * 0.33))),
      paint.yellow(why),
      oneLine(line === null ? '' : `at line ${line}, ${text}`, Math.floor((columns - 24) * 0.3)),
      paint.dim(example),
    ]);
  const parts: [string, ModelUnforeseen[]][] = [
    ['contradicts the text', all.filter(({ isMisfit }) => isMisfit)],
    ['was called, though the text does not tell', all.filter(({ isMisfit }) => !isMisfit)],
  ];
  return parts.flatMap(([title, list]) =>
    list.length === 0 ? [] : [`  ${title}`, table(rowsOf(list), { right: [0] }), ...more(list.length, most, out)],
  );
} // prettier-ignore

const more = (count: number, most: number, { paint }: Out): string[] =>
  count > most ? [paint.dim(`    … and ${count - most} more (--all)`)] : [];
