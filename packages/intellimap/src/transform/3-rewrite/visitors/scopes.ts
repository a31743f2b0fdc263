/** Declarations and statements that change what may be inserted around them. */
import type { Node } from '../../1-parse.ts';
import type { Walk } from '../walk.ts';
import { spelledInit } from './spelled.ts';

export function variables(node: Node, walk: Walk): void {
  // Disposal runs after a `return` was evaluated and may throw.
  if (node['kind'] === 'using' || node['kind'] === 'await using') walk.fn.leavesLate = true;
  if (walk.ignored.starts.has(node.start)) {
    for (const declarator of node['declarations'])
      if (declarator.init) walk.ignored.starts.add(declarator.init.start);
  }
  const free = !walk.exported.has(node);
  for (const declarator of node['declarations'] as Node[]) {
    const base = spelledInit(declarator, walk, free);
    walk.visit(declarator);
    if (base) walk.insert(declarator.end, `,$imw${walk.sites.length}=${walk.resumedLater.get(base)}`);
  }
}

/**
 * Names inside are looked up in the object first: a probe there would run its traps. A function that may be left from there is given
 * up altogether; the top level of a file is not left by statements.
 */
export function withStatement(node: Node, walk: Walk): void {
  walk.fn.hasWith = true;
  walk.visit(node['object']);
  const outer = walk.off;
  walk.off ??= '`with`';
  walk.visit(node['body']);
  walk.off = outer;
}

export function moduleDeclaration(node: Node, walk: Walk): void {
  if (node['declare'] || node['global'] || !node['body']) return;
  const outer = walk.enterScope(`namespace ${node['id'].name ?? node['id'].value}`);
  walk.visit(node['body']);
  walk.scope = outer;
}
