/** Small questions about expressions. */
import type { Node } from '../1-parse.ts';

export function unwrapped(node: Node): Node {
  let inner = node;
  while (inner.type === 'ParenthesizedExpression') inner = inner['expression'];
  return inner;
}

/** Can evaluating it neither throw nor run other code? */
export function isSafe(node: Node): boolean {
  const inner = unwrapped(node);
  switch (inner.type) {
    case 'Literal':
    case 'FunctionExpression':
    case 'ArrowFunctionExpression':
      return true;
    case 'Identifier':
      return inner['name'] === 'undefined';
    case 'TemplateLiteral':
      return inner['expressions'].length === 0;
    case 'UnaryExpression':
      return /^(?:!|-|void)$/.test(inner['operator']) && inner['argument'].type === 'Literal';
    default:
      return false;
  }
}

/** Would an assignment give it a name? (Functions count as safe and never reach a temporary.) */
export function isAnonymousClass(node: Node): boolean {
  const inner = unwrapped(node);
  return inner.type === 'ClassExpression' && !inner['id'];
}

/** The literal text of a module specifier. */
export function literalText(node: Node | undefined): string | undefined {
  if (node?.type === 'Literal' && typeof node['value'] === 'string') return node['value'];
  if (node?.type === 'TemplateLiteral' && node['expressions'].length === 0) {
    return node['quasis'][0]?.value.cooked ?? undefined;
  }
  return undefined;
}

const TRIVIA = /(?:\s|\/\/[^\n\r\u2028\u2029]*|\/\*[^]*?\*\/)*/y;

/** Offset of the first character at or after `offset` that is neither white space nor comment. */
export function skipTrivia(text: string, offset: number): number {
  TRIVIA.lastIndex = offset;
  return offset + (TRIVIA.exec(text)?.[0].length ?? 0);
}

/** Does the character before `offset` belong to a word, so that a word inserted there would run into it? */
export function afterWord(text: string, offset: number): boolean {
  return /[\w$\u0080-\uffff]/.test(text[offset - 1] ?? '');
}
