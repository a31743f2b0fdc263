/** Question: what did a change do? Two runs side by side: whether they can be compared at all, and what differs, beside what differs anyhow. */
import { noiseBetween } from '../drift/noise.ts';
import { changesOf, pairOf } from '../drift/index.ts';
import type { Change } from '../drift/change.ts';
import { type Usual, usualOf } from '../drift/usual.ts';
import type { Session } from '../session.ts';
import { type Likeness, likenessOf } from './likeness.ts';

export type { Likeness } from './likeness.ts';
export type { Usual } from '../drift/usual.ts';

export interface Comparison {
  /** Ids of the runs: this one, and the one that it is compared with. */
  now: string;
  before: string;
  /** Earlier runs of the same command that tell what differs anyhow. */
  history: string[];
  /** What makes the two comparable, or not: always the same points in the same order. */
  likeness: Likeness[];
  /** Weightiest first. */
  changes: ComparedChange[];
}

export interface ComparedChange extends Change {
  /** The function that it is about, if it is about one: of an edge, the caller. */
  function: string | null;
  /** null: earlier runs do not tell. */
  usual: Usual | null;
}

/**
 * @param other as `drift` takes it
 * @returns null: no run was named, and there is none to compare with
 */
export async function compareRuns(session: Session, other?: string): Promise<Comparison | null> {
  const compared = await pairOf(session, other);
  if (compared === null) return null;
  const { pair, chosen } = compared;
  const { minCalls } = session.settings.drift;
  const noise = noiseBetween(pair.now.functions, pair.before.functions, minCalls);
  return {
    now: session.run.id,
    before: chosen.id,
    history: pair.history.map(({ id }) => id),
    likeness: likenessOf(session.run, chosen, pair, noise?.pace ?? null),
    changes: changesOf(pair, session.settings.drift).map((change) => ({
      ...change,
      function: functionOf(change),
      usual: usualOf(pair, change),
    })),
  };
}

function functionOf({ kind, key }: Change): string | null {
  return kind === 'error' || kind === 'task' || kind === 'import' ? null : key.split('\n', 1)[0];
}
