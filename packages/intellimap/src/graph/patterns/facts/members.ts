/** What classes are made of. */
import {
  bareNode,
  childAt,
  childrenOf,
  Field,
  isFunction,
  Kind,
  NONE,
  textOf,
  type Tree,
} from '../../tree/tree.ts';
import { propertyName } from './names.ts';

export interface Member {
  name: string;
  /** The function of a method, or of a field that holds one; `NONE`: another field. */
  fn: number;
  node: number;
  kind: string;
}

/** Of a class or an object. */
export function membersOf(tree: Tree, holder: number): Member[] {
  const isObject = tree.kind[holder] === Kind.ObjectExpression;
  const all = isObject ? childrenOf(tree, holder) : childrenOf(tree, childAt(tree, holder, Field.body));
  return all.flatMap((node) => {
    const name = propertyName(tree, node);
    if (name === null) return [];
    const value = bareNode(tree, childAt(tree, node, Field.value));
    return [
      { name, node, fn: value !== NONE && isFunction(tree, value) ? value : NONE, kind: textOf(tree, node) },
    ];
  });
}

/** Names of `this.a` in a subtree, functions inside included. */
export function ownFieldsIn(tree: Tree, around: number): Set<string> {
  const names = new Set<string>();
  for (let at = around; at < tree.after[around]; at++) {
    const name = ownField(tree, at);
    if (name !== null) names.add(name);
  }
  return names;
}

/** Of `this.a`, `a`. */
export function ownField(tree: Tree, node: number): string | null {
  if (node === NONE || tree.kind[node] !== Kind.MemberExpression) return null;
  const object = bareNode(tree, childAt(tree, node, Field.object));
  return tree.kind[object] === Kind.ThisExpression ? propertyName(tree, node) : null;
}

/** Parameters of a constructor that are fields: `constructor(private a)`. */
export function parameterFields(tree: Tree, fn: number): string[] {
  return childrenOf(tree, fn, Field.params)
    .filter((param) => tree.kind[param] === Kind.TSParameterProperty)
    .map((param) => textOf(tree, childAt(tree, param, Field.parameter)));
}
