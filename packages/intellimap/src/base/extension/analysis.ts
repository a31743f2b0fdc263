/** An analysis that somebody else wrote, as `defineAnalysis` takes it. Types only. */

/** Values of a statement, by the names that stand behind `$` in it. */
export type SqlValues = Record<string, string | number | boolean | null>;

/** What an analysis may ask: the tables and views of docs/tables.md and docs/views.md, and nothing else. */
export interface RunQuestions {
  /** The run that is asked about; plain table names in SQL mean its rows, `all_runs.<name>` those of every run. */
  readonly run: { readonly id: string; readonly tier: string };
  /**
   * One SELECT, its values bound by name: `sql('SELECT name FROM functions WHERE line > $line', { line: 10 })`. Integers come as numbers.
   * Stopped after the setting `query.timeout`, and refused beyond 100,000 rows.
   */
  readonly sql: <Row extends object>(text: string, values?: SqlValues) => Promise<Row[]>;
}

/** What an analysis found once. */
export interface ExtensionFinding {
  /** The same in every run, whatever lines moved: an `ast_node_id`, a name of a task. With the name of the analysis in front it is the id. */
  key: string;
  /** A sentence without its final stop. */
  text: string;
  /** `certain`: the recording shows it itself (by default) · `likely`: it follows from it · `possible`: something that was not recorded could explain it. */
  confidence?: 'certain' | 'likely' | 'possible';
  /** Where in the source: path relative to the workspace, line from 1 (null: the whole file). */
  place?: { path: string; line: number | null } | null;
  /** Rows that show it: a table of docs/tables.md and columns that name the row. */
  evidence?: readonly { table: string; key: Record<string, string | number> }[];
}

export interface AnalysisExtension {
  /** `acme/slow-sql`: who wrote it, and what it is. Also what `report --only` takes. */
  readonly name: string;
  /** Heads the list of its findings. */
  readonly title: string;
  /**
   * What it found, the weightiest first; none is an answer too. `{ unknown }` says what is missing where nothing can be said, and nothing is guessed then.
   * What it throws is told as its failure; the others are asked all the same.
   */
  check(questions: RunQuestions): Promise<readonly ExtensionFinding[] | { unknown: string }>;
  /** All findings as one sentence without its final stop; by default how many there are. */
  summarise?(findings: readonly ExtensionFinding[]): string;
}
