/** What an import makes: rows of some tables, without the run, and what is to be told about them. */
import type { RowOf } from '../../schema/index.ts';

export type ImportTable = 'threads' | 'cpu_nodes' | 'cpu_samples' | 'coverage' | 'spans';
export type ImportRow<N extends ImportTable> = Omit<RowOf<N>, 'run_id'>;
export type ImportRows = { [N in ImportTable]?: ImportRow<N>[] };

export interface ImportResult {
  rows: ImportRows;
  /** Wall clock of the beginning, ms since the epoch; null: the file does not say. */
  startedAt: number | null;
  /** null: the file does not say. */
  durationMs: number | null;
  /** What was not taken over, in words. */
  notes: string[];
}

/** A file's text, and its name without folders. */
export interface ImportFile {
  name: string;
  text: string;
}

/** The row of a thread of which only its times are known. */
export const threadRow = (
  thread: number,
  pid: number,
  tid: number,
  name: string | null,
  endUs: number,
): ImportRow<'threads'> => ({
  thread_id: thread,
  pid,
  tid,
  name,
  facts: null,
  start_us: 0,
  end_us: endUs,
  ended: true,
  events: 0,
  events_lost: 0,
  words_let_go: 0,
  tasks_left_out: 0,
  tasks_partly: 0,
  words_left_out: 0,
  events_left_out: 0,
  orphans: 0,
  calls: 0,
  calls_open: 0,
  edgeless_calls: 0,
  values_us: 0,
  gaps: 0,
  certain_until_us: endUs,
  stalled_us: null,
});
