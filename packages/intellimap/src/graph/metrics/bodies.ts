/** Which nodes run in which body: a function with its parameters, a field's initialiser, a static block, the program. Pure. */
import { Field, isFunction, Kind, NONE, type Tree } from '../tree/tree.ts';

export interface Bodies {
  /** In the order of the text; the program is 0. */
  readonly size: number;
  /** By body: its node, `bodyOwner`. */
  readonly owner: Int32Array;
  /** By body: the one around it; `NONE`: of the program. */
  readonly outer: Int32Array;
  /** By node: the body that it runs in; a function runs in the body around it. */
  readonly of: Int32Array;
}

export function bodiesOf(tree: Tree): Bodies {
  const owners = [0];
  const outer = [NONE];
  const of = new Int32Array(tree.size);
  /** By node: the body that it makes; 0: none yet. */
  const made = new Int32Array(tree.size);
  for (let node = 1; node < tree.size; node++) {
    const above = tree.parent[node];
    if (!isWithin(tree, above, tree.field[node])) {
      of[node] = of[above];
      continue;
    }
    if (made[above] === 0) {
      made[above] = owners.push(above) - 1;
      outer.push(of[above]);
    }
    of[node] = made[above];
  }
  return { size: owners.length, owner: Int32Array.from(owners), outer: Int32Array.from(outer), of };
}

/** What stands in this field runs in the body that the node makes. */
function isWithin(tree: Tree, node: number, field: number): boolean {
  const kind = tree.kind[node];
  if (isFunction(tree, node)) return field !== Field.id;
  if (kind === Kind.PropertyDefinition || kind === Kind.AccessorProperty) return field === Field.value;
  return kind === Kind.StaticBlock;
}
