/** The report as JSON. Its schema is docs/schemas/report.schema.json. Pure. */
import type { AnalysisAnswer, Finding } from '../../analyses/index.ts';
import type { RunSummary } from '../../query/index.ts';
import type { Report } from './render.ts';

/** Findings of each analysis. */
const FINDINGS = 1000;

export interface ReportAnswer extends RunSummary {
  /** Raised when a field changes its meaning or goes. */
  version: 1;
  analyses: AnalysisJson[];
  /** What the summary was asked with; null without `--explain`. */
  sql: string[] | null;
}

export interface AnalysisJson {
  name: string;
  title: string;
  holds: 'yes' | 'no' | 'unknown' | 'failed';
  why: string | null;
  summary: string | null;
  /** Of all; `findings` has at most 1000. */
  count: number;
  findings: (Finding & { text: string })[];
  sql: string[] | null;
}

/** What one analysis found. */
export const analysisJson = (
  { name, title, holds, why, summary, findings, statements }: AnalysisAnswer,
  explain: boolean,
): AnalysisJson => ({
  name,
  title,
  holds,
  why,
  summary,
  count: findings.length,
  findings: findings.slice(0, FINDINGS).map(({ finding, text }) => ({
    ...finding,
    // Some give a place that knows more than where it is.
    place: finding.place && { path: finding.place.path, line: finding.place.line },
    text,
  })),
  sql: explain ? statements : null,
});

export const reportAnswer = ({ summary, statements, answers }: Report, explain: boolean): ReportAnswer => ({
  version: 1,
  ...summary,
  analyses: answers.map((answer) => analysisJson(answer, explain)),
  sql: explain ? statements : null,
});
