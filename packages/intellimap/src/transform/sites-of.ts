/** A file as the recorder sees it, for those who read on: its syntax tree, and which node is which site. */
import type { SiteTable } from '../base/recording.ts';
import type { Node } from './1-parse.ts';
import { walk } from './file.ts';
import type { TransformOptions } from './options.ts';

export interface ReadFile {
  program: Node;
  table: SiteTable;
  /** Ordinal of the function whose site has this extent: the method definition of a method, the node itself of others. */
  functionAt: (node: Node) => number | undefined;
}

/** @throws SyntaxError */
export function readFile(source: string, options: Omit<TransformOptions, 'tier' | 'base'>): ReadFile {
  const walked = walk(source, { ...options, tier: 'performance', base: 1 }, false);
  if (!walked.ok) throw new SyntaxError(walked.reason);
  const byExtent = new Map<string, number>();
  for (const [ordinal, { start, end, body }] of walked.walk.sites.entries())
    if (body !== undefined && ordinal > 0) byExtent.set(`${start}:${end}`, ordinal);
  return {
    program: walked.program,
    table: walked.table,
    functionAt: ({ start, end }) => byExtent.get(`${start}:${end}`),
  };
}
