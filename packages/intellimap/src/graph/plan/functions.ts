/** Functions of a workspace with what their text says of their cost. I/O: reads and parses program texts. */
import { readFileSync } from 'node:fs';
import { resolve } from 'node:path';
import { languageOf } from '../../load/scope.ts';
import { scopeFor } from '../../load/node-scope.ts';
import { type Node, readFile } from '../../transform/index.ts';
import { filesIn, goalOf } from '../files.ts';
import { flatten } from '../tree/flatten.ts';
import { extentOf, type FunctionFacts, planFacts } from './facts.ts';
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
      found.functions.push(...functionsOf(readFileSync(absolute, 'utf8'), path, absolute));
    } catch (error) {
      found.problems.push({ path, reason: (error as Error).message });
    }
  }
  return found;
}

function functionsOf(text: string, path: string, absolute: string): StaticFunction[] {
  const file = readFile(text, { path, lang: languageOf(path) ?? 'js', goal: goalOf(absolute, text) });
  const tree = flatten(file.program);
  const { sites } = file.table;
  return planFacts(tree).flatMap((facts: FunctionFacts) => {
    const ordinal = facts.node === 0 ? 0 : file.functionAt(extentOf(tree, facts.node) as Node);
    const site = ordinal === undefined ? undefined : sites[ordinal];
    if (site === undefined || site.off !== undefined) return [];
    const { id, name: title, line, endLine } = site;
    return [{ path, id, title, name: lastPart(title), line, lines: endLine - line + 1, facts }];
  });
}

/** What calls name it by. */
const lastPart = (title: string): string => /[\w$]+$/.exec(title)?.[0] ?? '';
