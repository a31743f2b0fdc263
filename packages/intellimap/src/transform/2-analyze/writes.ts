/**
 * Writes of a function that are told: to properties, and to variables that it does not declare itself (anywhere: a name that is also
 * one of its own counts as its own).
 *
 * Only where nobody asks V8 to spell out the expression in a message: `(a.b = c).d()` would read otherwise. That is: statements, conditions and
 * heads of loops, operands of `return` and `=`, and what `,`, `&&`, `||`, `??`, `!` and `? :` are made of there. Destructuring
 * assignments are not told.
 */
import type { Node } from '../1-parse.ts';
import type { Written } from '../3-rewrite/activation.ts';
import { unwrapped } from './expressions.ts';
import { eachChild } from './keys.ts';

const FUNCTIONS = new Set(['FunctionDeclaration', 'FunctionExpression', 'ArrowFunctionExpression']);

/** Children that are not spelled out, by type of their parent. */
const PLACES: Record<string, readonly string[] | undefined> = {
  ExpressionStatement: ['expression'],
  ReturnStatement: ['argument'],
  IfStatement: ['test'],
  WhileStatement: ['test'],
  DoWhileStatement: ['test'],
  ForStatement: ['init', 'test', 'update'],
  VariableDeclarator: ['init'],
};

export function writesOf(fn: Node): Map<Node, Written> {
  const found: Node[] = [];
  const own = new Set<string>();
  for (const param of fn['params'] as Node[]) names(param, own);
  if (fn['id']) own.add(fn['id'].name);
  if (fn['body'].type !== 'BlockStatement') collect(fn['body'], found);
  visit(fn['body'], found, own);
  const writes = new Map<Node, Written>();
  for (const node of found) {
    const target = unwrapped(node['left'] ?? node['argument']);
    if (target.type === 'MemberExpression') writes.set(node, { isVariable: false, target });
    else if (target.type === 'Identifier' && !own.has(target['name']))
      writes.set(node, { isVariable: true, target });
  }
  return writes;
}

function visit(node: Node, found: Node[], own: Set<string>): void {
  for (const key of PLACES[node.type] ?? []) {
    const isPattern = node.type === 'VariableDeclarator' && node['id'].type !== 'Identifier';
    if (node[key] && !isPattern) collect(node[key], found);
  }
  if (node.type === 'VariableDeclarator') names(node['id'], own);
  else if (node.type === 'CatchClause' && node['param']) names(node['param'], own);
  else if (FUNCTIONS.has(node.type) || node.type.startsWith('Class')) {
    if (node['id']) own.add(node['id'].name);
    if (!node.type.startsWith('Class')) return;
  }
  if (node.type === 'PropertyDefinition' || node.type === 'StaticBlock') return;
  eachChild(node, (child) => visit(child, found, own));
}

function collect(expression: Node, found: Node[]): void {
  const node = unwrapped(expression);
  switch (node.type) {
    case 'AssignmentExpression':
      found.push(node);
      return collect(node['right'], found);
    case 'UpdateExpression':
      found.push(node);
      return;
    case 'SequenceExpression':
      return (node['expressions'] as Node[]).forEach((each) => collect(each, found));
    case 'LogicalExpression':
      collect(node['left'], found);
      return collect(node['right'], found);
    case 'ConditionalExpression':
      for (const key of ['test', 'consequent', 'alternate']) collect(node[key], found);
      return;
    case 'UnaryExpression':
      if (node['operator'] === '!' || node['operator'] === 'void') collect(node['argument'], found);
  }
}

/** Names that a pattern binds. */
function names(pattern: Node | null, own: Set<string>): void {
  if (!pattern) return;
  if (pattern.type === 'Identifier') own.add(pattern['name']);
  else if (pattern.type === 'AssignmentPattern') names(pattern['left'], own);
  else if (pattern.type === 'Property') names(pattern['value'], own);
  else if (pattern.type !== 'MemberExpression') eachChild(pattern, (child) => names(child, own));
}
