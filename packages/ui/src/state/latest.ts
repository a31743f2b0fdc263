/** Which run is meant where none is named. Pure. */
import type { RunLine } from './run.ts';

/** As the server understands a question without a run: the newest that was recorded here, an import only where nothing was. */
export const latestOf = <Run extends { imported: boolean }>(runs: readonly Run[]): Run | undefined =>
  runs.find(({ imported }) => !imported) ?? runs[0];

/** Runs of the same command and tier before one, newest first: what it may be compared with, where it is complete. */
export function earlierLike(runs: readonly RunLine[], now: RunLine): RunLine[] {
  const command = now.command.join('\0');
  return runs
    .filter(
      (run) => run.startedAt < now.startedAt && run.tier === now.tier && run.command.join('\0') === command,
    )
    .toSorted((a, b) => b.startedAt - a.startedAt);
}

/** As the server understands a comparison without another run; null: there is none. */
export const runBefore = (runs: readonly RunLine[], now: RunLine): RunLine | null =>
  earlierLike(runs, now).find(({ complete }) => complete) ?? null;
