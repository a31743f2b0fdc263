/** What an import makes: rows of some tables, without the run, and what is to be told about them. */
import { EMPTY_THREAD, type RowOf } from '../../schema/index.ts';
import type { Attribution } from '../attribute.ts';
import type { Sources } from './sources.ts';

export type ImportTable =
  | 'threads'
  | 'cpu_nodes'
  | 'cpu_samples'
  | 'coverage'
  | 'spans'
  | 'log_records'
  | 'metric_points';
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

/** What a format is: files of it → rows. @throws Fault that says where a file is not what it should be */
export type TextImport = (
  files: readonly ImportFile[],
  sources: Sources,
  attribution: Attribution,
) => ImportResult;

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
  stalled_us: null,
  kind: tid === 0 ? 'main' : 'worker',
});
