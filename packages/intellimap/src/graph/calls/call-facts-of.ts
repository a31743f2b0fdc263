/** A syntax tree and its scopes → what the file says of calls. Pure. */
import type { Scopes } from '../scopes/scopes.ts';
import type { Tree } from '../tree/tree.ts';
import { Collector, type FileIds } from './collect.ts';
import { settleNames } from './extents.ts';
import type { CallFacts } from './facts.ts';
import { valueOf } from './values.ts';

export function callFactsOf(tree: Tree, scopes: Scopes, ids: FileIds): CallFacts {
  const into = new Collector(tree, scopes, ids, valueOf);
  into.value(0);
  settleNames(into);
  return into.finished();
}
