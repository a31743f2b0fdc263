/** `intellimap history`: what happened to a function, with what runs saw of each version of it. Pure, but for `render`'s paint. */
import type { HistoryEvent, Happening } from '../graph/index.ts';
import type { FunctionRun } from '../query/index.ts';

/** A version of the function: what made it, and what runs saw of it. */
export interface VersionFacts {
  /** null: the work tree has it, no commit. */
  commit: string | null;
  /** ms since the epoch, when its author wrote it; null: not committed. */
  at: number | null;
  author: string | null;
  subject: string | null;
  what: Happening[];
  /** As it was from then on; of one that was removed, as it was before. */
  id: string;
  name: string;
  path: string;
  line: number;
  hash: string;
  /** What it was before; null: nothing, or it kept its id. */
  before: { id: string; name: string; path: string } | null;
  /** How it was known again, and how much both texts have in common (0 … 1); null: it was not there before. */
  reason: string | null;
  score: number | null;
  /** Runs of this version, newest first. */
  runs: FunctionRun[];
}

export interface HistoryAnswer {
  /** Newest first. */
  versions: VersionFacts[];
  /** There are older ones. */
  more: boolean;
  /** History before some commit is not in this clone. */
  shallow: boolean;
  /** Runs that saw it with a text that none of these versions has. */
  others: FunctionRun[];
}

/** Each run belongs to the version whose text it ran. Of versions with the same text, the one of its commit, or the last before it. */
export function historyAnswer(
  events: readonly HistoryEvent[],
  runs: readonly FunctionRun[],
  { more, shallow }: { more: boolean; shallow: boolean },
): HistoryAnswer {
  const versions = events.map(versionOf);
  const others = runs.filter((run) => {
    const version = versionIn(run, events);
    if (version >= 0) versions[version].runs.push(run);
    return version < 0;
  });
  return { versions, more, shallow, others };
}

function versionIn(run: FunctionRun, events: readonly HistoryEvent[]): number {
  const fits = events.flatMap(({ ids, what, function: { hash } }, index) => {
    const isSame = ids.includes(run.id) && (run.hash === null || run.hash === hash);
    return isSame && !what.includes('removed') ? [index] : [];
  });
  const same = fits.find((index) => events[index].commit?.id === run.commit);
  const before = fits.find((index) => (events[index].commit?.at ?? Infinity) <= run.at);
  return same ?? before ?? fits.at(-1) ?? -1;
}

function versionOf({ commit, what, function: here, before, reason, score }: HistoryEvent): VersionFacts {
  const { id, name, path, line, hash } = here;
  const isOther = before !== null && before.id !== id;
  return {
    commit: commit?.id ?? null,
    at: commit?.at ?? null,
    author: commit?.author ?? null,
    subject: commit?.subject ?? null,
    what,
    id,
    name,
    path,
    line,
    hash,
    before: isOther ? { id: before.id, name: before.name, path: before.path } : null,
    reason,
    score,
    runs: [],
  };
}
