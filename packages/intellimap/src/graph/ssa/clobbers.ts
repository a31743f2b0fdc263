/** Which steps may run code of other bodies. */
import { type Flow, Op } from '../flow/flow.ts';
import { Kind, NONE, type Tree } from '../tree/tree.ts';

/** Getters, setters, `valueOf`, iterators and proxies run code as calls do: what is certain must be so for them, too. */
const RUNS_CODE: ReadonlySet<number> = new Set([
  Op.LOAD,
  Op.STORE,
  Op.CALL,
  Op.AWAIT,
  Op.YIELD,
  Op.ITERATE,
  Op.COMPUTE,
]);

/** By step: the nearest step of its block, itself or before it, that may run code of other bodies; `NONE`. */
export function clobbersOf(tree: Tree, flow: Flow): Int32Array {
  const { op, firstStep } = flow;
  const nearest = new Int32Array(op.length).fill(NONE);
  for (let block = 0; block < flow.blocks; block++) {
    let last = NONE;
    for (let step = firstStep[block]; step < firstStep[block + 1]; step++) {
      if (RUNS_CODE.has(op[step]) || isClass(tree, flow, step)) last = step;
      nearest[step] = last;
    }
  }
  return nearest;
}

/** Static fields and blocks, decorators and `extends` run when a class is made. */
function isClass(tree: Tree, { op, node }: Flow, step: number): boolean {
  const kind = tree.kind[node[step]];
  return op[step] === Op.CLOSURE && (kind === Kind.ClassDeclaration || kind === Kind.ClassExpression);
}
