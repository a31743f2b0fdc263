/** A file as the recorder sees it → what it says of calls, with the ids that recordings have. Pure. */
import { linesOf, type ReadFile } from '../../transform/index.ts';
import { resolveScopes } from '../scopes/resolve.ts';
import { flatten } from '../tree/flatten.ts';
import { callFactsOf } from './call-facts-of.ts';
import type { CallFacts } from './facts.ts';

export function callsOf(file: ReadFile, text: string, isModule: boolean): CallFacts {
  const { table, program } = file;
  const lines = linesOf(text);
  const tree = flatten(program);
  return callFactsOf(tree, resolveScopes(tree, isModule), {
    path: table.path,
    module: table.sites[0].id,
    functionId: (start, end) => {
      const ordinal = file.functionAt({ type: '', start, end });
      return ordinal === undefined ? undefined : table.sites[ordinal].id;
    },
    position: (offset) => lines.at(offset),
    isModule,
  });
}
