/** The report as text: the summary of the run, what analyses found, and what nothing else tells. Pure. */
import type { AnalysisAnswer } from '../../analyses/index.ts';
import type { RunSummary } from '../../query/index.ts';
import { oneLine } from '../format.ts';
import { closing, summaryHead, summaryLists } from '../summary.ts';
import { explained, type FindingsLayout, foundText, restText, verdictText } from './findings.ts';

export interface Report {
  summary: RunSummary;
  /** What the summary was asked with. */
  statements: string[];
  answers: AnalysisAnswer[];
}

/** @param chosen only some analyses were asked for: nothing else is told */
export function renderReport(
  { summary, statements, answers }: Report,
  layout: FindingsLayout,
  chosen: boolean,
): string {
  const found = answers.filter(({ holds }) => holds === 'yes');
  const told = new Set([...found, ...answers.filter(({ holds }) => holds === 'no')].map(({ name }) => name));
  const lists = chosen ? [] : summaryLists(summary, layout).filter(({ name }) => !told.has(name));
  const head = chosen ? [] : [headText(summary, statements, answers, layout)];
  const rest = restText(answers, layout);
  return [
    ...head,
    ...(chosen ? [] : atAGlance(found, layout)),
    ...found.map((answer) => foundText(answer, layout)),
    ...lists.map(({ text }) => text),
    ...(rest.length === 0 ? [] : [rest.join('\n')]),
    closing(summary, layout),
  ].join('\n\n');
}

/** Fewer fit on a screen anyway. */
const MANY = 4;

/** All verdicts, a line each, before what they come from. */
export function atAGlance(found: AnalysisAnswer[], { paint, columns }: FindingsLayout): string[] {
  if (found.length < MANY) return [];
  const width = Math.max(...found.map(({ title }) => title.length));
  const lines = found.map(
    ({ title, summary }) =>
      `  ${paint.cyan(title.padEnd(width))}  ${oneLine(summary ?? '', Math.max(20, columns - width - 5))}`,
  );
  return [`${paint.bold('At a glance')}\n${lines.join('\n')}`];
}

function headText(
  summary: RunSummary,
  statements: string[],
  answers: AnalysisAnswer[],
  layout: FindingsLayout,
): string {
  const verdict: [string, string][] = answers.length === 0 ? [] : [['analyses', verdictText(answers)]];
  return [summaryHead(summary, layout, verdict), ...explained(statements, layout)].join('\n');
}
