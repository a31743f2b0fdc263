/** Which values a value is made of, as the tree tells; what variables, calls and properties add comes from elsewhere. */
import { KIND_NAMES } from '../tree/kinds.ts';
import { childAt, childrenOf, Field, Flag, has, Kind, NONE, textOf, type Tree } from '../tree/tree.ts';

/** Nodes whose values flow into the value of a node. */
export function partsOf(tree: Tree, node: number): number[] {
  switch (tree.kind[node]) {
    case Kind.Identifier:
    case Kind.Literal:
    case Kind.Unknown:
    case Kind.ArrowFunctionExpression:
    case Kind.FunctionExpression:
    case Kind.FunctionDeclaration:
      return [];
    case Kind.ClassExpression:
    case Kind.ClassDeclaration:
      return childrenOf(tree, node, Field.superClass);
    case Kind.SequenceExpression:
      return childrenOf(tree, node).slice(-1);
    case Kind.AssignmentExpression:
      return textOf(tree, node) === '=' ? childrenOf(tree, node, Field.right) : childrenOf(tree, node);
    case Kind.ConditionalExpression:
      return [childAt(tree, node, Field.consequent), childAt(tree, node, Field.alternate)];
    case Kind.MemberExpression:
      return keyed(tree, node, Field.object, Field.property);
    case Kind.Property:
      return keyed(tree, node, Field.value, Field.key);
    case Kind.UnaryExpression:
      return NO_VALUE.has(textOf(tree, node)) ? [] : childrenOf(tree, node);
    default:
      return VALUELESS[tree.kind[node]] ? [] : childrenOf(tree, node);
  }
}

/** By kind, whether it is a statement: what is in there is no part of a value. */
const VALUELESS = KIND_NAMES.map((name) =>
  /^(?!TS).*(?:Statement|Declaration|Declarator|Clause|Case|Block|Program)$/.test(name),
);

/** `void a` and `delete a.b` say nothing of `a`. */
const NO_VALUE: ReadonlySet<string> = new Set(['void', 'delete']);

function keyed(tree: Tree, node: number, value: number, key: number): number[] {
  const parts = childrenOf(tree, node, value);
  return has(tree, node, Flag.COMPUTED) ? [...parts, childAt(tree, node, key)] : parts;
}

/** What a `BRANCH` asks: nodes whose values decide it. Of the default of a pattern: none, as what it is given is asked. */
export function testedBy(tree: Tree, node: number): number[] {
  const fields = TESTS.get(tree.kind[node]) ?? [];
  const tests = fields.map((field) => childAt(tree, node, field)).filter((child) => child !== NONE);
  if (tree.kind[node] === Kind.SwitchCase) tests.push(childAt(tree, tree.parent[node], Field.discriminant));
  return tests;
}

const TESTS: ReadonlyMap<number, readonly number[]> = new Map<number, readonly number[]>([
  [Kind.IfStatement, [Field.test]],
  [Kind.ConditionalExpression, [Field.test]],
  [Kind.WhileStatement, [Field.test]],
  [Kind.DoWhileStatement, [Field.test]],
  [Kind.ForStatement, [Field.test]],
  [Kind.SwitchCase, [Field.test]],
  [Kind.ForOfStatement, [Field.right]],
  [Kind.ForInStatement, [Field.right]],
  [Kind.LogicalExpression, [Field.left]],
  [Kind.AssignmentExpression, [Field.left]],
  [Kind.MemberExpression, [Field.object]],
  [Kind.CallExpression, [Field.callee]],
]);

/** Name of the property that a member, or a property of an object or pattern, means; undefined: a value says which. */
export function propertyName(tree: Tree, node: number): number | undefined {
  const field = tree.kind[node] === Kind.MemberExpression ? Field.property : Field.key;
  const key = childAt(tree, node, field);
  const isSaid = !has(tree, node, Flag.COMPUTED) || tree.kind[key] === Kind.Literal;
  return isSaid ? tree.text[key] : undefined;
}
