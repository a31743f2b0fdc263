/** What an identifier or member that is written gets: from where it stands up to what gives the whole pattern its value. */
import { childAt, childrenOf, Field, Flag, has, isFunction, Kind, NONE, type Tree } from '../tree/tree.ts';
import { propertyName } from './values.ts';

/** Hears what flows into a target. */
export interface Giver {
  /** The value of a node. */
  value(node: number): void;
  /** Something out of an object: the property of this name (`Tree.strings`); undefined: any. */
  property(name: number | undefined): void;
  /** What a function is called with, at a place among its parameters. */
  parameter(owner: number, at: number, isRest: boolean): void;
  /** What a `catch` clause catches. */
  caught(clause: number): void;
}

/** @param target the identifier, member or pattern; or a part of a pattern */
export function given(tree: Tree, target: number, to: Giver): void {
  let isRest = false;
  for (let at = target; ; at = tree.parent[at]) {
    const above = tree.parent[at];
    switch (tree.kind[above]) {
      case Kind.AssignmentPattern:
        if (tree.field[at] === Field.left) to.value(childAt(tree, above, Field.right));
        continue;
      case Kind.Property:
        to.property(propertyName(tree, above));
        if (has(tree, above, Flag.COMPUTED)) to.value(childAt(tree, above, Field.key));
        continue;
      case Kind.ArrayPattern:
        to.property(undefined);
        continue;
      case Kind.RestElement:
        isRest = true;
        to.property(undefined);
        continue;
      case Kind.ObjectPattern:
      case Kind.ParenthesizedExpression:
      case Kind.TSAsExpression:
      case Kind.TSNonNullExpression:
      case Kind.TSSatisfiesExpression:
      case Kind.TSTypeAssertion:
      case Kind.TSParameterProperty:
        continue;
      default:
        return giver(tree, above, at, isRest, to);
    }
  }
}

function giver(tree: Tree, node: number, part: number, isRest: boolean, to: Giver): void {
  switch (tree.kind[node]) {
    case Kind.VariableDeclarator: {
      const init = childAt(tree, node, Field.init);
      if (init !== NONE) to.value(init);
      const declaration = tree.parent[node];
      if (tree.field[declaration] === Field.left) eachOf(tree, tree.parent[declaration], to);
      return;
    }
    case Kind.ForOfStatement:
    case Kind.ForInStatement:
      return eachOf(tree, node, to);
    case Kind.CatchClause:
      return to.caught(node);
    default:
      if (isFunction(tree, node) && tree.field[part] === Field.params)
        return to.parameter(node, childrenOf(tree, node, Field.params).indexOf(part), isRest);
      // An assignment, or a declaration of what it names.
      return to.value(node);
  }
}

function eachOf(tree: Tree, loop: number, to: Giver): void {
  to.value(childAt(tree, loop, Field.right));
  to.property(undefined);
}
