/** What analyses found, each by one pattern: title, verdict, the weightiest findings. Pure. */
import type { AnalysisAnswer, DescribedFinding } from '../../analyses/index.ts';
import type { ErrorPlace, HotFunction, ImportEdge, SlowTask } from '../../query/index.ts';
import { grouped, oneLine } from '../format.ts';
import { errors, hottest, imports, type SummaryLayout, tasks } from '../summary-lists.ts';
import { printable } from '../terminal.ts';
import { wrapped } from '../wrap.ts';

export interface FindingsLayout extends SummaryLayout {
  /** Findings of an analysis that has sentences for them; `rows` are those of one that has figures. */
  findings: number;
  /** With the SQL that was asked. */
  explain: boolean;
}

/** A finding is no longer than so many lines, unless all is asked for. */
const MOST_LINES = 5;

/** Analyses whose findings stand in columns: what of a finding is a row, and how rows look. */
const COLUMNS: Record<string, ((all: object[], layout: SummaryLayout) => string) | undefined> = {
  errors: (all, layout) => errors(parts<ErrorPlace>(all, 'error'), layout),
  hottest: (all, layout) => hottest(parts<HotFunction>(all, 'hot'), layout),
  'slowest-tasks': (all, layout) => tasks(false)(parts<SlowTask>(all, 'task'), layout),
  'never-used-imports': (all, layout) => imports(parts<ImportEdge>(all, 'edge'), layout),
};
const parts = <Part>(all: object[], name: string): Part[] =>
  all.map((each) => (each as Record<string, unknown>)[name] as Part);

/** An analysis that found something. */
export function foundText(answer: AnalysisAnswer, layout: FindingsLayout): string {
  const { name, title, summary, findings } = answer;
  const { paint, columns } = layout;
  const inColumns = COLUMNS[name];
  const isCertain = findings.every(({ finding }) => finding.confidence === 'certain');
  const shown = findings.slice(0, inColumns && isCertain ? layout.rows : layout.findings);
  const more = findings.length > shown.length ? `  (${shown.length} of ${grouped(findings.length)})` : '';
  const body =
    inColumns && isCertain
      ? inColumns(
          shown.map(({ finding }) => finding),
          layout,
        )
      : shown.map((each) => sentence(each, isCertain, layout)).join('\n');
  return [
    `${paint.bold(title)}${paint.dim(more)}`,
    ...wrapped(oneLine(summary ?? '', 400), columns - 3).map((line) => `  ${line}`),
    body,
    ...explained(answer.statements, layout),
  ].join('\n');
}

/** A finding: how sure, unless all are certain; what; where, unless the sentence says it. */
function sentence(
  { finding: { confidence, place }, text }: DescribedFinding,
  allCertain: boolean,
  { paint, columns, findings }: FindingsLayout,
): string {
  const where = place === null ? '' : `${place.path}${place.line === null ? '' : `:${place.line}`}`;
  const told = printable(text.replaceAll(/\s+/g, ' '));
  const whole = where === '' || told.includes(where) ? told : `${told} (${printable(where)})`;
  const sure = allCertain ? '·' : confidence.padEnd(8);
  const indent = ' '.repeat(sure.length + 3);
  const lines = wrapped(whole, Math.max(20, columns - indent.length - 1));
  const shown =
    lines.length > MOST_LINES && findings !== Infinity
      ? [...lines.slice(0, MOST_LINES - 1), `${lines[MOST_LINES - 1]} …`]
      : lines;
  const colour = confidence === 'certain' ? paint.dim : paint.yellow;
  return `  ${colour(sure)} ${shown.join(`\n${indent}`)}`;
}

/** Those that found nothing, in one line; those that cannot tell, or failed, in one each. */
export function restText(answers: AnalysisAnswer[], { paint, columns }: FindingsLayout): string[] {
  const none = answers.filter(({ holds }) => holds === 'no').map(({ title }) => title);
  const nothing = none.length === 0 ? [] : [`nothing found: ${none.join(', ')}`];
  const unknown = answers
    .filter(({ holds }) => holds === 'unknown')
    .map(({ title, why }) => `not known: ${title}: ${why}`);
  const dim = [...nothing, ...unknown].map((text) => paint.dim(hung(text, columns)));
  const failed = answers
    .filter(({ holds }) => holds === 'failed')
    .map(({ title, why }) => paint.yellow(hung(`failed: ${title}: ${why}`, columns)));
  return [...dim, ...failed];
}

const hung = (text: string, columns: number): string =>
  wrapped(printable(text.replaceAll(/\s+/g, ' ')), columns - 3).join('\n  ');

/** In one row: what all analyses come to. */
export function verdictText(answers: AnalysisAnswer[]): string {
  const count = (holds: AnalysisAnswer['holds']): number =>
    answers.filter((each) => each.holds === holds).length;
  const told = [
    `${count('yes')} of ${answers.length} analyses found something`,
    count('unknown') > 0 && `${count('unknown')} cannot tell`,
    count('failed') > 0 && `${count('failed')} failed`,
  ];
  return told.filter(Boolean).join(', ');
}

/** Statements as they can be asked again. */
export function explained(statements: string[], { explain, paint }: FindingsLayout): string[] {
  if (!explain || statements.length === 0) return [];
  const texts = statements.map((sql) => `    ${sql.replaceAll('\n', '\n    ')};`);
  return [paint.dim('  asked with (intellimap query "…")'), ...texts];
}
