/**
 * Operators and operands (M. H. Halstead, "Elements of Software Science", 1977), from the tree: an operand is a name or a value, an operator a construct that does something with
 * what it has, told apart by type and sign. What only groups or is only a type counts nothing. A key that is also the value, `{ a }`, is one operand.
 */
import { Field, Flag, has, Kind, textOf, type Tree } from '../tree/tree.ts';
import type { Bodies } from './bodies.ts';

export interface Halstead {
  /** n1, n2: different ones. */
  readonly operators: Uint32Array;
  readonly operands: Uint32Array;
  /** N1, N2: all. */
  readonly allOperators: Uint32Array;
  readonly allOperands: Uint32Array;
}

/** By body. */
export function halsteadOf(tree: Tree, bodies: Bodies): Halstead {
  const { size } = bodies;
  const counts: Halstead = {
    operators: new Uint32Array(size),
    operands: new Uint32Array(size),
    allOperators: new Uint32Array(size),
    allOperands: new Uint32Array(size),
  };
  const seen = Array.from({ length: size }, () => new Set<number>());
  for (let node = 1; node < tree.size; node++) {
    if (isSilent(tree, node)) continue;
    const body = bodies.of[node];
    const isOperand = OPERANDS.has(tree.kind[node]);
    const sign = signOf(tree, node);
    const isNew = !seen[body].has(sign);
    if (isNew) seen[body].add(sign);
    (isOperand ? counts.allOperands : counts.allOperators)[body]++;
    if (isNew) (isOperand ? counts.operands : counts.operators)[body]++;
  }
  return counts;
}

const OPERANDS: ReadonlySet<number> = new Set([
  Kind.Identifier,
  Kind.JSXIdentifier,
  Kind.JSXText,
  Kind.Literal,
  Kind.MetaProperty,
  Kind.PrivateIdentifier,
  Kind.Super,
  Kind.TemplateElement,
  Kind.ThisExpression,
]);

/** They group, or are there for types. */
const SILENT: ReadonlySet<number> = new Set([
  Kind.BlockStatement,
  Kind.ChainExpression,
  Kind.ClassBody,
  Kind.EmptyStatement,
  Kind.ExpressionStatement,
  Kind.Hole,
  Kind.JSXEmptyExpression,
  Kind.JSXExpressionContainer,
  Kind.JSXOpeningElement,
  Kind.ParenthesizedExpression,
  Kind.TSAsExpression,
  Kind.TSEnumBody,
  Kind.TSInstantiationExpression,
  Kind.TSModuleBlock,
  Kind.TSNonNullExpression,
  Kind.TSSatisfiesExpression,
  Kind.TSTypeAssertion,
  Kind.Unknown,
]);

function isSilent(tree: Tree, node: number): boolean {
  switch (tree.kind[node]) {
    case Kind.Identifier:
      return tree.field[node] === Field.key && has(tree, tree.parent[node], Flag.SPECIAL);
    case Kind.Property:
      return has(tree, node, Flag.SPECIAL);
    case Kind.JSXText:
      return textOf(tree, node).trim() === '';
    case Kind.TemplateElement:
      return textOf(tree, node) === '' && !isPlain(tree, tree.parent[node]);
    case Kind.TemplateLiteral:
      return isPlain(tree, node);
    case Kind.VariableDeclarator:
      // `let a` gives it nothing.
      return tree.after[node + 1] === tree.after[node];
    default:
      return SILENT.has(tree.kind[node]);
  }
}

/** A template without values is a text. */
const isPlain = (tree: Tree, template: number): boolean => tree.after[template] === template + 2;

/** The same for what counts as the same: names by what they say, wherever they stand. Types and flags are below 128; small numbers are what sets are quick with. */
function signOf(tree: Tree, node: number): number {
  const kind = tree.kind[node] === Kind.JSXIdentifier ? Kind.Identifier : tree.kind[node];
  return (tree.text[node] * 128 + kind) * 128 + tree.flags[node];
}
