/** A file as the recorder sees it → what it says of calls, with the ids that recordings have. Pure. */
import type { SourceFile } from '../file/source-file.ts';
import { callFactsOf } from './call-facts-of.ts';
import type { CallFacts } from './facts.ts';

export const callsOf = (file: SourceFile): CallFacts =>
  callFactsOf(file.tree, file.scopes, {
    path: file.path,
    module: file.table.sites[0].id,
    functionId: (node) => file.siteOf(node)?.id,
    position: (offset) => file.lines.at(offset),
    isModule: file.isModule,
  });
