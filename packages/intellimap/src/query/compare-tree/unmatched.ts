/** Functions that ran in one of two runs only: none of them is dropped, whatever the tree has room for. Pure. */
import { groupedBy } from '../../base/groups.ts';
import type { CalledRow, RunRows } from './rows.ts';

export interface Unmatched {
  id: string;
  name: string;
  path: string;
  line: number;
  /** The run in which it ran. */
  ran: 'now' | 'before';
  /** `written`: the other run did not have it · `not called`: it did, and did not call it. */
  why: 'written' | 'not called';
  calls: number;
  /** null: the tier takes no times. */
  selfMs: number | null;
  totalMs: number | null;
  /** Id of the only function of the other run that has the same text and is missing in this one: it was moved, or has another name. */
  movedFrom: string | null;
}

export function unmatchedOf(now: RunRows, before: RunRows): Unmatched[] {
  const found = [...oneSided(now, before, 'now'), ...oneSided(before, now, 'before')];
  return found.toSorted(
    (a, b) => (b.totalMs ?? 0) - (a.totalMs ?? 0) || b.calls - a.calls || (a.id < b.id ? -1 : 1),
  );
}

function oneSided(mine: RunRows, other: RunRows, ran: Unmatched['ran']): Unmatched[] {
  const gone = byHash([...other.loaded].filter(([id]) => !mine.loaded.has(id)));
  const come = byHash([...mine.loaded].filter(([id]) => !other.loaded.has(id)));
  return [...mine.called.values()]
    .filter(({ id }) => !other.called.has(id))
    .map((row) => ({
      ...placeOf(row),
      ran,
      why: other.loaded.has(row.id) ? 'not called' : 'written',
      calls: row.hits,
      selfMs: row.selfMs,
      totalMs: row.totalMs,
      movedFrom: onlyOne(come, row.hash) === row.id ? onlyOne(gone, row.hash) : null,
    }));
}

const placeOf = ({ id, name, path, line }: CalledRow): Pick<Unmatched, 'id' | 'name' | 'path' | 'line'> => ({
  id,
  name,
  path,
  line,
});

type ByHash = ReadonlyMap<string | null, [id: string, hash: string | null][]>;

const byHash = (all: [id: string, hash: string | null][]): ByHash => groupedBy(all, ([, hash]) => hash);

function onlyOne(all: ByHash, hash: string | null): string | null {
  const ids = hash === null ? undefined : all.get(hash);
  return ids?.length === 1 ? ids[0][0] : null;
}
