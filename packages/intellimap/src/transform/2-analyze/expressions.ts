/** Small questions about expressions. */
import type { Node } from '../1-parse.ts';

export function unwrapped(node: Node): Node {
  let inner = node;
  while (inner.type === 'ParenthesizedExpression') inner = inner['expression'];
  return inner;
}

/** Without parentheses, the frame of `?.`, and what TypeScript writes around a value. */
export function bare(node: Node | null | undefined): Node | null {
  switch (node?.type) {
    case 'ParenthesizedExpression':
    case 'ChainExpression':
    case 'TSAsExpression':
    case 'TSSatisfiesExpression':
    case 'TSNonNullExpression':
    case 'TSTypeAssertion':
    case 'TSInstantiationExpression':
      return bare(node['expression']);
    default:
      return node ?? null;
  }
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

/** Words that V8 takes for no identifier, though they may name a property. */
const RESERVED =
  /^(?:break|case|catch|class|const|continue|debugger|default|delete|do|else|enum|export|extends|false|finally|for|function|if|import|in|instanceof|new|null|return|this|throw|true|try|typeof|var|void|while|with)$/;

/** Where V8 says that it is, when the last thing that evaluating the expression does is going on; undefined: it says no place of its own. */
export function lastPlace(node: Node, text: string): number | undefined {
  const inner = unwrapped(node);
  switch (inner.type) {
    case 'ChainExpression':
      return lastPlace(inner['expression'], text);
    case 'SequenceExpression':
      return lastPlace(inner['expressions'].at(-1), text);
    case 'CallExpression':
      return placeOfCall(inner, text);
    case 'TaggedTemplateExpression':
      return inner['tag'].type === 'Identifier' ? inner.start : inner['quasi'].start;
    case 'MemberExpression':
      return inner['computed'] ? opening(inner['object'].end, text) : inner['property'].start;
    default:
      return undefined;
  }
}

/** The name in front of the arguments; without one, the bracket that opens them. */
function placeOfCall(call: Node, text: string): number {
  const callee: Node = call['callee'];
  const name: Node = callee.type === 'MemberExpression' && !callee['computed'] ? callee['property'] : callee;
  const isNamed = name.type === 'Identifier' && !RESERVED.test(name['name']);
  const after = (call['typeArguments'] as Node | null)?.end ?? callee.end;
  return isNamed && !call['optional'] && after === name.end ? name.start : opening(after, text);
}

/** The bracket that follows, perhaps behind `?.`. */
function opening(from: number, text: string): number {
  const at = skipTrivia(text, from);
  return text.startsWith('?.', at) ? skipTrivia(text, at + 2) : at;
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
