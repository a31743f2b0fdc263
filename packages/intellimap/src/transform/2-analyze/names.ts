/**
 * What a piece of code is called: `anchor` is its segment in ids, `name` is for people.
 *
 * An anchor is made of what survives unrelated edits: declared name, assignment target, key, callee and argument position.
 * It never holds `/`, `!` or `~`, which separate the parts of an id; such text, text beyond 40 characters and string
 * literals (privacy) appear as their hash. Titles of tests stay readable.
 */
import type { Node } from '../1-parse.ts';
import { bare } from './expressions.ts';
import { hash8 } from './hash.ts';

export interface Hint {
  anchor: string;
  name: string;
}

const LONGEST = 40;
const TESTS = /^(?:describe|it|test|suite|bench|context|specify)(?:\.\w+)*$/;

export const anchorSafe = (text: string, longest = LONGEST): string =>
  text.length > longest || /[/!~\n\r\t\u2028\u2029]/.test(text) ? hash8(text) : text;

/** The words of an expression that name it: `app.use`, `this.on`, `Promise` for `new Promise(…)`; '' when there are none. */
export function headOf(expression: Node | null): string {
  const node = bare(expression);
  switch (node?.type) {
    case 'Identifier':
    case 'JSXIdentifier':
      return node['name'];
    case 'PrivateIdentifier':
      return `#${node['name']}`;
    case 'ThisExpression':
      return 'this';
    case 'Super':
      return 'super';
    case 'MetaProperty':
      return `${node['meta'].name}.${node['property'].name}`;
    case 'ImportExpression':
      return 'import';
    case 'MemberExpression':
      return `${headOf(node['object'])}${keyOf(node['property'], node['computed'], '.')}`;
    case 'CallExpression':
    case 'NewExpression':
      return headOf(node['callee']);
    case 'TaggedTemplateExpression':
      return headOf(node['tag']);
    case 'AssignmentExpression':
      return headOf(node['left']);
    case 'AwaitExpression':
    case 'YieldExpression':
    case 'UnaryExpression':
    case 'SpreadElement':
      return headOf(node['argument']);
    case 'Literal':
      return typeof node['value'] === 'string' ? hash8(node['value']) : String(node['raw']);
    case 'FunctionExpression':
    case 'ClassExpression':
      return node['id']?.name ?? '';
    default:
      return '';
  }
}

/** A property's name: `total`, `#p`, `[Symbol.iterator]`; `dot` goes before a plain one. */
export function keyOf(key: Node, computed: boolean, dot = ''): string {
  if (computed) return `[${key.type === 'Literal' ? String(key['value']) : headOf(key)}]`;
  if (key.type === 'Literal') return dot + String(key['value']);
  return dot + headOf(key);
}

/** How an argument of a call is known: `handlers.map@0`, `describe("auth")@1`. */
export function argumentHint(call: Node, index: number, owner: Hint | undefined): Hint {
  const callee = headOf(call['callee']) || 'call';
  const title = titleOf(call, callee);
  const made = call.type === 'NewExpression' ? `new ${callee}` : callee;
  const anchor = `${anchorSafe(callee)}${title ? `(${title.anchor})` : ''}@${index}`;
  if (!owner) return { anchor, name: title ? `${made} ${title.name}` : `${made} callback` };
  return { anchor: `${owner.anchor}=${anchor}`, name: `${owner.name} (${made} callback)` };
}

function titleOf(call: Node, callee: string): Hint | undefined {
  const first: Node | undefined = call['arguments'][0];
  if (first?.type !== 'Literal' || typeof first['value'] !== 'string') return undefined;
  const value: string = first['value'];
  const readable = TESTS.test(callee) && value.length <= LONGEST;
  return {
    anchor: readable && !/[/!~\n"]/.test(value) ? `"${value}"` : hash8(value),
    name: readable ? JSON.stringify(value) : 'callback',
  };
}

/** The function, class, object, list or call that this expression evaluates to, as far as syntax tells. */
export function valuesOf(node: Node | null): Node[] {
  switch (node?.type) {
    case 'FunctionDeclaration':
    case 'FunctionExpression':
    case 'ArrowFunctionExpression':
    case 'ClassDeclaration':
    case 'ClassExpression':
    case 'ObjectExpression':
    case 'ArrayExpression':
    case 'CallExpression':
    case 'NewExpression':
      return [node];
    case 'ParenthesizedExpression':
    case 'TSAsExpression':
    case 'TSSatisfiesExpression':
    case 'TSNonNullExpression':
    case 'TSTypeAssertion':
      return valuesOf(node['expression']);
    case 'ConditionalExpression':
      return [...valuesOf(node['consequent']), ...valuesOf(node['alternate'])];
    case 'LogicalExpression':
      return [...valuesOf(node['left']), ...valuesOf(node['right'])];
    case 'AssignmentExpression':
      return [];
    default:
      return [];
  }
}
