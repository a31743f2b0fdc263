/** A class, namespace or file by another name is known by what is in it: most of its functions are the same. Pure. */
import type { PastFunction } from './functions.ts';
import type { Matching } from './matching.ts';

/** Share of the functions of both that have to be the same. */
const MOST = 0.5;

/** Scopes that are no functions: those tell by themselves who they are. */
export function byContents(matching: Matching): boolean {
  const olds = contents(
    matching.old.free(),
    (scope) => matching.scopeNow(scope) === undefined && !matching.old.byId.has(scope),
  );
  const news = contents(
    matching.new.free(),
    (scope) => !scope.endsWith('#') && !matching.new.byId.has(scope),
  );
  if (olds.size === 0 || news.size === 0) return false;
  const found = [...olds].flatMap(([from, left]) =>
    [...news].map(([to, right]) => ({ from, to, share: shared(left, right) })),
  );
  found.sort((a, b) => b.share - a.share || (a.from < b.from ? -1 : 1) || (a.to < b.to ? -1 : 1));
  const taken = new Set<string>();
  for (const { from, to, share } of found) {
    if (share < MOST || taken.has(from) || taken.has(to)) continue;
    taken.add(from).add(to);
    matching.mapScope(from, to);
  }
  return taken.size > 0;
}

/** scope → what tells its functions from others: anchor and body. */
function contents(functions: PastFunction[], isWanted: (scope: string) => boolean): Map<string, Set<string>> {
  const scopes = new Map<string, Set<string>>();
  for (const { scope, anchor, hash } of functions) {
    if (scope === '' || !isWanted(scope)) continue;
    const known = scopes.get(scope);
    if (known === undefined) scopes.set(scope, new Set([`${anchor} ${hash}`]));
    else known.add(`${anchor} ${hash}`);
  }
  return scopes;
}

function shared(left: Set<string>, right: Set<string>): number {
  let both = 0;
  for (const each of left) if (right.has(each)) both++;
  return (2 * both) / (left.size + right.size);
}
