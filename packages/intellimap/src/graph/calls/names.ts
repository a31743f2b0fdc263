/** What members and callees are called. */
import { bareNode, childAt, Field, Flag, has, Kind, NONE, textOf, type Tree } from '../tree/tree.ts';
import { ANY, ELEMENT } from './facts.ts';

/** Name of the member that a key means: `a`, `#a`, `[Symbol.iterator]`; `ELEMENT`: a number; `ANY`: it is computed. */
export function memberName(tree: Tree, key: number, isComputed: boolean): string {
  const node = isComputed ? bareNode(tree, key) : key;
  switch (tree.kind[node]) {
    case Kind.PrivateIdentifier:
      return `#${textOf(tree, node)}`;
    case Kind.Literal:
      return isComputed && !has(tree, node, Flag.STRING) ? ELEMENT : textOf(tree, node);
    case Kind.UpdateExpression:
      return ELEMENT;
    case Kind.BinaryExpression:
      return isComputed && /^[-*/%|&]$|^>>/.test(textOf(tree, node)) ? ELEMENT : ANY;
    case Kind.TemplateLiteral:
      return literalText(tree, node) ?? ANY;
    case Kind.MemberExpression:
      return symbolName(tree, node) ?? ANY;
    default:
      return isComputed ? ANY : textOf(tree, node);
  }
}

/** Name of a property, method or field by its own key. */
export const keyName = (tree: Tree, node: number): string =>
  memberName(tree, childAt(tree, node, Field.key), has(tree, node, Flag.COMPUTED));

/** Name of the member that `a.b` or `a[b]` means. */
export const propertyName = (tree: Tree, node: number): string =>
  memberName(tree, childAt(tree, node, Field.property), has(tree, node, Flag.COMPUTED));

function symbolName(tree: Tree, node: number): string | undefined {
  const object = childAt(tree, node, Field.object);
  if (tree.kind[object] !== Kind.Identifier || textOf(tree, object) !== 'Symbol') return undefined;
  return `[Symbol.${textOf(tree, childAt(tree, node, Field.property))}]`;
}

/** The text of a literal, or of a template without values. */
export function literalText(tree: Tree, node: number): string | undefined {
  const it = bareNode(tree, node);
  if (it === NONE) return undefined;
  if (tree.kind[it] === Kind.Literal) return has(tree, it, Flag.STRING) ? textOf(tree, it) : undefined;
  if (tree.kind[it] !== Kind.TemplateLiteral || tree.after[it] !== it + 2) return undefined;
  return textOf(tree, it + 1);
}

const LONGEST = 60;

/** The words of an expression that name it, for people: `app.use`, `this.on`. */
export function wordsOf(tree: Tree, node: number): string {
  const words = allWords(tree, node);
  return words.length <= LONGEST ? words : `…${words.slice(1 - LONGEST)}`;
}

function allWords(tree: Tree, wrapped: number): string {
  const node = bareNode(tree, wrapped);
  if (node === NONE) return '';
  const inner = (field: number): string => allWords(tree, childAt(tree, node, field));
  switch (tree.kind[node]) {
    case Kind.Identifier:
    case Kind.JSXIdentifier:
      return textOf(tree, node);
    case Kind.ThisExpression:
      return 'this';
    case Kind.Super:
      return 'super';
    case Kind.AwaitExpression:
      return inner(Field.argument);
    case Kind.CallExpression:
    case Kind.NewExpression:
      return `${inner(Field.callee)}()`;
    case Kind.JSXMemberExpression:
    case Kind.MemberExpression: {
      const name = propertyName(tree, node);
      return `${inner(Field.object)}${name === ANY || name === ELEMENT ? '[…]' : `.${name}`}`;
    }
    default:
      return '';
  }
}
