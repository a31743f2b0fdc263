/** What came of a scenario: what `intellimap scenario --json` prints. */
export interface StepOutcome {
  name: string;
  result: 'passed' | 'failed' | 'skipped';
  ms: number;
  /** Why it failed; null: it did not. */
  error: string | null;
}

export interface ScenarioOutcome {
  name: string;
  /** Relative to the workspace. */
  file: string;
  /** Id of its run; null: it did not come to that. */
  run: string | null;
  result: 'passed' | 'failed';
  ms: number;
  /** Why it failed; null: it did not. */
  error: string | null;
  steps: StepOutcome[];
  /** Files, relative to the run's folder. */
  pictures: string[];
}
