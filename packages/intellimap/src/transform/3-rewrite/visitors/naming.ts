/** Nodes that give a name to the functions in them, or none, and get no probe themselves. */
import type { Node } from '../../1-parse.ts';
import { headOf } from '../../2-analyze/names.ts';
import type { Walk } from '../walk.ts';
import { endStatementYield } from '../yields.ts';
import { isStatement } from './suspensions.ts';

export function variable(node: Node, walk: Walk): void {
  if (node['id'].type === 'Identifier') walk.hint(node['init'], node['id'].name, node['id'].name);
  else walk.visit(node['id']);
  walk.visit(node['init']);
}

export function assignment(node: Node, walk: Walk): void {
  const target = headOf(node['left']);
  if (target) walk.hint(node['right'], target, target.replace(/\.prototype\./, '.'));
  walk.visit(node['left']);
  walk.visit(node['right']);
}

export function exportDefault(node: Node, walk: Walk): void {
  walk.hint(node['declaration'], 'default', 'default');
  walk.exported.set(node['declaration'], node.start);
  if (walk.ignored.starts.has(node.start)) walk.ignored.starts.add(node['declaration'].start);
  walk.visit(node['declaration']);
}

export function expressionStatement(node: Node, walk: Walk): void {
  if (node['directive'] !== undefined) return;
  walk.statementStart = node.start;
  walk.statementExpression = node['expression'];
  const yields = isStatement(node['expression'], walk);
  walk.visit(node['expression']);
  if (yields) endStatementYield(node, walk);
}

export function jsxAttribute(node: Node, walk: Walk): void {
  const value: Node | null = node['value'];
  const name = node['name'].type === 'JSXIdentifier' ? node['name'].name : node['name'].name.name;
  if (value?.type === 'JSXExpressionContainer')
    walk.hint(value['expression'], `<${name}>`, `${name} handler`);
  walk.visit(value);
}

/** Long chains (`a + b + …`) lean to the left, thousands deep in generated code: walked without recursion. */
export function binary(node: Node, walk: Walk): void {
  const chain: Node[] = [];
  let leftmost = node;
  while (leftmost.type === node.type) {
    chain.push(leftmost);
    leftmost = leftmost['left'];
  }
  walk.visit(leftmost);
  for (let i = chain.length - 1; i >= 0; i--) walk.visit(chain[i]['right']);
}
