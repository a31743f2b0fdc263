/** Removing old recordings: what goes by which limits, and doing it. The same for `clean` and for the end of each `run`. */
import type { RunFile } from '../base/recording.ts';
import { ageOf, type Settings, sizeOf } from '../base/settings/index.ts';
import { fileBytes, recordingFacts, removeFolders } from '../record/recordings.ts';
import { sum } from '../base/numbers.ts';
import { type Leaving, leaving, type Limits, type RecordingFacts } from '../record/retention.ts';
import type { OpenOptions } from '../store/index.ts';
import { storeFile } from '../store/store-file.ts';
import { counted, size } from './format.ts';
import type { Terminal } from './terminal.ts';

/** Loaded when something is removed: each run ends by looking whether there is. */
const store = async () => await import('../store/index.ts');

export interface CleanPlan {
  /** Oldest first. */
  all: RecordingFacts[];
  gone: Leaving[];
  databaseBytes: number;
}

/** @param but a run that stays whatever the limits say */
export function planned(root: string, limits: Limits, but?: string): CleanPlan {
  const now = Date.now();
  const all = recordingFacts(root, now).map((facts) =>
    facts.id === but ? { ...facts, held: 'the latest' } : facts,
  );
  const databaseBytes = fileBytes(storeFile(root));
  return { all, gone: leaving(all, databaseBytes, limits, now), databaseBytes };
}

export const limitsOf = ({ keep, olderThan, maxSize }: Settings['retention']): Limits => ({
  keep,
  olderThanMs: olderThan === null ? null : (ageOf(olderThan) ?? null),
  maxBytes: maxSize === null ? null : (sizeOf(maxSize) ?? null),
});

/**
 * Rows first: a run without a folder is forgotten with the next question, a folder without rows would be loaded again.
 * @returns bytes that became free
 */
export async function carryOut(
  root: string,
  { gone, databaseBytes }: CleanPlan,
  options: OpenOptions = {},
): Promise<number> {
  const ids = gone.map(({ id }) => id);
  if (ids.length === 0) return 0;
  const { compactStore, removeRuns } = await store();
  await removeRuns(root, ids, options);
  removeFolders(root, ids);
  // A copy needs room, and the database for itself for a moment: if it has neither, another time.
  await compactStore(root, options).catch(() => false);
  return sum(gone.map(({ bytes }) => bytes)) + Math.max(0, databaseBytes - fileBytes(storeFile(root)));
}

/** An automatic clean-up does not keep anybody waiting. */
const PATIENCE_MS = 1000;

/**
 * After a run: what the limits of the workspace say.
 * @param latest the run just made, which stays
 * @returns what was done, and undefined when there was nothing to do
 */
export async function cleanAfter(
  root: string,
  latest: string,
  retention: Settings['retention'],
): Promise<{ gone: Leaving[]; freed: number } | undefined> {
  if (!retention.automatic) return undefined;
  const limits = limitsOf(retention);
  if (planned(root, limits, latest).gone.length === 0) return undefined;
  // The database may hold room of recordings that went before: that goes first.
  const { compactStore } = await store();
  await compactStore(root, { waitMs: PATIENCE_MS });
  const plan = planned(root, limits, latest);
  const freed = await carryOut(root, plan, { waitMs: PATIENCE_MS });
  return { gone: plan.gone, freed };
}

/** The same, told. They may be in use, or the disk read-only: then another time. */
export async function cleanAndSay(
  { root, id }: Pick<RunFile, 'root' | 'id'>,
  retention: Settings['retention'],
  out: Terminal,
): Promise<void> {
  const done = await cleanAfter(root, id, retention).catch(() => undefined);
  if (done !== undefined && done.gone.length > 0)
    out.say(
      `intellimap: removed ${counted(done.gone.length, 'old recording')} (${size(done.freed)}), as the limits of "retention" say; "intellimap config" prints them`,
    );
}
