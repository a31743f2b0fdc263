/** Analyses that somebody else wrote, as ours are: what they say is checked here, so that reports need not. */
import type {
  AnalysisExtension,
  ExtensionFinding,
  RunQuestions,
  SqlValues,
} from '../base/extension/index.ts';
import { isBroken, type Session } from '../query/index.ts';
import { TABLES, type TableName } from '../schema/index.ts';
import { type Analysis, type Evidence, type Finding, plural, verdict, type Verdict } from './analysis.ts';

/** Rows of one answer: they are all in memory. */
const MOST_ROWS = 100_000;
/** Findings beyond are left out: no report has more. */
const MOST_FINDINGS = 10_000;
/** ms that one analysis may take, its questions included. */
const PATIENCE_MS = 120_000;

interface ExtendedFinding extends Finding {
  said: ExtensionFinding;
}

/** By their names. */
export const extendedAnalyses = (
  extensions: readonly AnalysisExtension[],
): Record<string, Analysis<ExtendedFinding>> =>
  Object.fromEntries(extensions.map((each) => [each.name, extended(each)]));

function extended(extension: AnalysisExtension): Analysis<ExtendedFinding> {
  const { name, title } = extension;
  return {
    name,
    title,
    async check(session) {
      try {
        return await checked(extension, session);
      } catch (error) {
        // Damage of the database is for who opened it.
        throw isBroken(error) ? error : failureOf(name, error);
      }
    },
    describe: ({ said }) => said.text,
    summarise(findings) {
      try {
        const own = extension.summarise?.(findings.map(({ said }) => said));
        return typeof own === 'string' && own !== '' ? own : plural(findings.length, 'finding');
      } catch (error) {
        throw failureOf(name, error);
      }
    },
  };
}

async function checked(extension: AnalysisExtension, session: Session): Promise<Verdict<ExtendedFinding>> {
  const said = await withPatience(extension.check(questionsOf(session)));
  if (!Array.isArray(said)) {
    const why = (said as { unknown?: unknown } | null | undefined)?.unknown;
    if (typeof why === 'string') return { holds: 'unknown', why };
    throw new TypeError('its check gives neither a list of findings nor { unknown }');
  }
  const findings = (said as unknown[]).slice(0, MOST_FINDINGS).map((each, nth) => {
    const problem = problemOf(each);
    if (problem !== undefined) throw new TypeError(`finding ${nth + 1}: ${problem}`);
    return findingOf(extension.name, session.run.id, each as ExtensionFinding);
  });
  return verdict(findings);
}

function questionsOf({ db, run, settings }: Session): RunQuestions {
  return {
    run: { id: run.id, tier: run.tier },
    async sql<Row extends object>(text: string, values: SqlValues = {}): Promise<Row[]> {
      const timeoutMs = settings.query.timeout * 1000;
      const { columns, rows, more } = await db.select(text, { limit: MOST_ROWS, timeoutMs, values });
      if (more) throw new Error(`an answer has more than ${MOST_ROWS} rows; ask for sums, or fewer of them`);
      return rows.map((row) => Object.fromEntries(columns.map((column, at) => [column, row[at]])) as Row);
    },
  };
}

function findingOf(name: string, run: string, said: ExtensionFinding): ExtendedFinding {
  const { key, confidence = 'certain', place = null, evidence = [] } = said;
  const rows = evidence.map((each): Evidence => ({ run, table: each.table as TableName, key: each.key }));
  return {
    id: `${name}:${key}`,
    confidence,
    place: place === null ? null : { path: place.path, line: place.line ?? null },
    // What is found in a run is shown by the run, if by nothing else.
    evidence: rows.length > 0 ? rows : [{ run, table: 'runs', key: { id: run } }],
    said,
  };
}

/** What is wrong with a finding, as a program gives it. */
function problemOf(said: unknown): string | undefined {
  if (typeof said !== 'object' || said === null) return 'it is no object';
  const { key, text, confidence, place, evidence } = said as Record<string, unknown>;
  if (typeof key !== 'string' || key === '') return 'key is a text';
  if (typeof text !== 'string' || text === '') return 'text is a sentence';
  if (![undefined, 'certain', 'likely', 'possible'].includes(confidence as string | undefined))
    return 'confidence is "certain", "likely" or "possible"';
  if (place !== undefined && place !== null && typeof (place as { path?: unknown }).path !== 'string')
    return 'place has a path';
  if (evidence === undefined) return undefined;
  if (!Array.isArray(evidence)) return 'evidence is a list';
  const other = (evidence as { table?: unknown; key?: unknown }[]).find(
    (each) =>
      !Object.hasOwn(TABLES, String(each?.table)) || typeof each.key !== 'object' || each.key === null,
  );
  return (
    other && `evidence names ${JSON.stringify(other?.table)}; a table of docs/tables.md and a key are wanted`
  );
}

/** What never answers would keep the others waiting. */
async function withPatience<T>(work: Promise<T>): Promise<T> {
  let timer: ReturnType<typeof setTimeout> | undefined;
  const late = new Promise<never>((_, reject) => {
    const tell = (): void => reject(new Error(`it has not answered after ${PATIENCE_MS / 1000} s`));
    timer = setTimeout(tell, PATIENCE_MS);
  });
  try {
    return await Promise.race([work, late]);
  } finally {
    clearTimeout(timer);
  }
}

const failureOf = (name: string, error: unknown): Error => {
  const [sentence] = (error instanceof Error ? error.message : String(error)).split('\n', 1);
  return new Error(`${name} says: ${sentence}`, { cause: error });
};
