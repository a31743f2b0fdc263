/** Functions of a workspace with what their text says of their cost. I/O: reads and parses program texts. */
import { resolve } from 'node:path';
import { scopeFor } from '../../load/node-scope.ts';
import { readSourceFile } from '../file/on-disk.ts';
import type { SourceFile } from '../file/source-file.ts';
import { filesIn } from '../files.ts';
import { planFacts } from './facts.ts';
import type { Estimated } from './estimate.ts';

export interface StaticFunction extends Estimated {
  path: string;
  /** `ast_node_id` */
  id: string;
  /** As people know it. */
  title: string;
  line: number;
  lines: number;
}

export interface StaticFunctions {
  functions: StaticFunction[];
  /** Files that cannot be read, and why. */
  problems: { path: string; reason: string }[];
}

/** @param only paths as recordings name them; absent: all that a run with these patterns would instrument, without what lies in packages */
export function staticFunctions(
  root: string,
  patterns: { include: string[]; exclude: string[] },
  only?: Iterable<string>,
): StaticFunctions {
  const scope = scopeFor(root, patterns);
  const paths = only
    ? [...only].map((path) => resolve(root, path))
    : [...filesIn(root, scope, patterns.include.length > 0)];
  const found: StaticFunctions = { functions: [], problems: [] };
  for (const absolute of paths) {
    const path = scope.name(absolute);
    try {
      found.functions.push(...functionsOf(readSourceFile(absolute, path)));
    } catch (error) {
      found.problems.push({ path, reason: (error as Error).message });
    }
  }
  return found;
}

function functionsOf(file: SourceFile): StaticFunction[] {
  return planFacts(file.tree).flatMap((facts) => {
    const site = file.siteOf(facts.node);
    if (site === undefined || site.off !== undefined) return [];
    const { id, name: title, line, endLine } = site;
    return [{ path: file.path, id, title, name: lastPart(title), line, lines: endLine - line + 1, facts }];
  });
}

/** What calls name it by. */
const lastPart = (title: string): string => /[\w$]+$/.exec(title)?.[0] ?? '';
