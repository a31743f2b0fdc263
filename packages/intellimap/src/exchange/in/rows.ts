/** What an import makes: rows of some tables, without the run, and what is to be told about them. */
import { EMPTY_THREAD, type RowOf } from '../../schema/index.ts';

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
  ...EMPTY_THREAD,
  certain_until_us: endUs,
});
