/** Asks analyses, one after the other, and gives their answers in one form, whatever they find. One that fails is told, and the others are asked all the same. */
import { nearest } from '../base/nearest.ts';
import { ExitCode, Fault } from '../base/fault.ts';
import { isBroken, listening, type Session } from '../query/index.ts';
import type { Analysis, Finding } from './analysis.ts';

export interface AnalysisAnswer {
  name: string;
  title: string;
  /** `failed`: the analysis itself did. */
  holds: 'yes' | 'no' | 'unknown' | 'failed';
  /** What is missing, or went wrong; null: it was answered. */
  why: string | null;
  /** The verdict, where it holds: a sentence without its final stop. */
  summary: string | null;
  /** The weightiest first. */
  findings: DescribedFinding[];
  /** What was asked of the database, as `intellimap query` takes it. */
  statements: string[];
}

export interface DescribedFinding {
  finding: Finding;
  /** A sentence without its final stop. */
  text: string;
}

interface Wishes {
  /** Names; absent: all. */
  only?: readonly string[];
  skip?: readonly string[];
  onProgress?: (title: string) => void;
}

/** @throws Fault (USAGE) when a name is that of no analysis */
export async function askAnalyses(
  session: Session,
  analyses: Record<string, unknown>,
  { only, skip = [], onProgress }: Wishes = {},
): Promise<AnalysisAnswer[]> {
  const all = Object.values(analyses) as Analysis<Finding>[];
  const wanted = only === undefined ? all.filter(({ name }) => !skip.includes(name)) : named(all, only);
  const answers: AnalysisAnswer[] = [];
  for (const analysis of wanted) {
    onProgress?.(analysis.title);
    answers.push(await ask(session, analysis));
  }
  return answers;
}

function named(all: Analysis<Finding>[], only: readonly string[]): Analysis<Finding>[] {
  const names = all.map(({ name }) => name);
  for (const name of only)
    if (!names.includes(name)) {
      const guess = nearest(name, names);
      throw new Fault(
        ExitCode.USAGE,
        `there is no analysis "${name}"${guess === undefined ? '' : `; did you mean "${guess}"?`}`,
        `analyses: ${names.join(', ')}`,
      );
    }
  return all.filter(({ name }) => only.includes(name));
}

async function ask(session: Session, analysis: Analysis<Finding>): Promise<AnalysisAnswer> {
  const heard = listening(session);
  const { name, title } = analysis;
  const answer = { name, title, why: null, summary: null, findings: [], statements: heard.statements };
  try {
    const verdict = await analysis.check(heard.session);
    if (verdict.holds === 'unknown') return { ...answer, holds: 'unknown', why: verdict.why };
    if (verdict.holds === 'no') return { ...answer, holds: 'no' };
    return {
      ...answer,
      holds: 'yes',
      summary: analysis.summarise(verdict.findings),
      findings: verdict.findings.map((finding) => ({ finding, text: analysis.describe(finding) })),
    };
  } catch (error) {
    // A damaged database is for who opened it.
    if (isBroken(error)) throw error;
    return { ...answer, holds: 'failed', why: (error as Error).message.split('\n', 1)[0] };
  }
}
