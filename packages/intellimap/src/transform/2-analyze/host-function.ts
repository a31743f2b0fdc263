/** The function expression that a host (jest, vitest) wrapped around the text of a module. */
import type { Node } from '../1-parse.ts';
import { eachChild } from './keys.ts';

export function hostFunction(program: Node): Node | undefined {
  let found: Node | undefined;
  const visit = (node: Node): void => {
    if (found) return;
    if (node.type === 'FunctionExpression' || node.type === 'ArrowFunctionExpression') {
      if (node['body']?.type === 'BlockStatement') found = node;
    } else eachChild(node, visit);
  };
  for (const statement of program['body'] as Node[]) visit(statement);
  return found;
}
