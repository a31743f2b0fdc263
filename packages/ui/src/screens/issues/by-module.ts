/** Errors by the file that they were seen in. Pure. */
import { groupedBy } from '../../../../intellimap/src/base/groups.ts';
import { sum } from '../../../../intellimap/src/base/numbers.ts';
import { plural } from '../../text/format.ts';
import type { Signature } from './signature.ts';

/** What stands for errors whose place is in no recorded file. */
const OUTSIDE = 'outside of the recorded files';

/** One row a file, as a signature: its id, place and moment are those of the error there that comes first; the file with most errors first. */
export function byModule(signatures: readonly Signature[]): Signature[] {
  const files = groupedBy(signatures, ({ path }) => path ?? OUTSIDE);
  return [...files].map(([file, all]) => merged(file, all)).toSorted((a, b) => b.count - a.count);
}

/** Id of the row that has an error. */
export const rowOf = (signatures: readonly Signature[], id: string | null): string | null => {
  const chosen = signatures.find((each) => each.id === id);
  return chosen === undefined ? null : (signatures.find(({ path }) => path === chosen.path)?.id ?? null);
};

function merged(file: string, all: readonly Signature[]): Signature {
  const [first] = all;
  const added = (of: (signature: Signature) => number): number => sum(all.map(of));
  const names = [...new Set(all.map(({ name }) => name))];
  return {
    ...first,
    name: file,
    message: `${plural(all.length, 'kind')}: ${names.join(', ')}`,
    count: added(({ count }) => count),
    uncaught: added(({ uncaught }) => uncaught),
    timed: added(({ timed }) => timed),
    newAfter: Math.max(...all.map(({ newAfter }) => newAfter)),
    counts: first.counts.map((_, bucket) => added(({ counts }) => counts[bucket])),
  };
}
