/** Where recordings say that a function is. Pure. */
import { Field, Flag, has, Kind, NONE, textOf, type Tree } from '../tree/tree.ts';

/** The node whose extent is that of a function's site: of a method, getter or setter its definition, of all others the node itself. */
export function extentOf(tree: Tree, node: number): number {
  const above = tree.parent[node];
  if (above === NONE || tree.field[node] !== Field.value) return node;
  const isMember =
    tree.kind[above] === Kind.MethodDefinition ||
    (tree.kind[above] === Kind.Property && (has(tree, above, Flag.METHOD) || textOf(tree, above) !== 'init'));
  return isMember ? above : node;
}
