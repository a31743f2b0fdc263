/** Errors by the file that they were seen in. Pure. */
import type { Signature } from './signature.ts';

/** What stands for errors whose place is in no recorded file. */
const OUTSIDE = 'outside of the recorded files';

/** One row a file, as a signature: its id, place and moment are those of the error there that comes first; the file with most errors first. */
export function byModule(signatures: readonly Signature[]): Signature[] {
  const files = new Map<string, Signature[]>();
  for (const each of signatures) {
    const file = each.path ?? OUTSIDE;
    const known = files.get(file);
    if (known === undefined) files.set(file, [each]);
    else known.push(each);
  }
  return [...files].map(([file, all]) => merged(file, all)).toSorted((a, b) => b.count - a.count);
}

/** Id of the row that has an error. */
export const rowOf = (signatures: readonly Signature[], id: string | null): string | null => {
  const chosen = signatures.find((each) => each.id === id);
  return chosen === undefined ? null : (signatures.find(({ path }) => path === chosen.path)?.id ?? null);
};

function merged(file: string, all: readonly Signature[]): Signature {
  const [first] = all;
  const sum = (of: (signature: Signature) => number): number =>
    all.reduce((total, each) => total + of(each), 0);
  const names = [...new Set(all.map(({ name }) => name))];
  return {
    ...first,
    name: file,
    message: `${all.length === 1 ? '1 kind' : `${all.length} kinds`}: ${names.join(', ')}`,
    count: sum(({ count }) => count),
    uncaught: sum(({ uncaught }) => uncaught),
    timed: sum(({ timed }) => timed),
    newAfter: Math.max(...all.map(({ newAfter }) => newAfter)),
    counts: first.counts.map((_, bucket) => sum(({ counts }) => counts[bucket])),
  };
}
