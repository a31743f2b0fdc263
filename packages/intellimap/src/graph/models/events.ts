/** Which steps of a flow are told by a model, and as what. Pure. */
import { type Flow, Op } from '../flow/flow.ts';
import { Field, isFunction, type Tree } from '../tree/tree.ts';

/** Steps that a model tells. The one with which a generator waits to be asked first is none: recordings begin a generator's call behind it. */
export function isTold(flow: Flow, step: number): boolean {
  return TOLD.has(flow.op[step]) && !(flow.op[step] === Op.YIELD && flow.node[step] === flow.owner);
}

const TOLD: ReadonlySet<number> = new Set([Op.CALL, Op.AWAIT, Op.YIELD, Op.RETURN, Op.THROW, Op.CATCH]);

/** What stands twice in a flow, as a loop closes its iterator from several places, is told as the first of them. */
export function labelsOf(flow: Flow): (step: number) => number {
  const first = new Map<number, number>();
  const label = new Int32Array(flow.op.length);
  for (let step = 0; step < label.length; step++) {
    const key = flow.node[step] * 16 + flow.op[step];
    label[step] = first.get(key) ?? step;
    if (label[step] === step) first.set(key, step);
  }
  return (step) => label[step];
}

/** Whether a node is of the parameters: what happens there happens before the call begins, as recordings have it. */
export function isOfParameters(tree: Tree, flow: Flow, node: number): boolean {
  if (!isFunction(tree, flow.owner)) return false;
  for (let at = node; at > flow.owner; at = tree.parent[at])
    if (tree.parent[at] === flow.owner) return tree.field[at] === Field.params;
  return false;
}
