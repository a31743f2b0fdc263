/** Which steps of a body are told: what a recording shows, what the call graph knows, and returns from within. Pure. */
import type { CallPlaces, Folded, FunctionModel } from '../graph/index.ts';
import { isNestedReturn, isOfParameters, isTold, stepWhat } from '../graph/index.ts';

/** @param all calls too that lead to nobody who is known: to the host, to packages */
export function wantedSteps(
  model: FunctionModel,
  places: CallPlaces,
  folded: Folded | null,
  all: boolean,
): number[] {
  const { flow, tree } = model;
  const wanted: number[] = [];
  for (let step = 0; step < flow.op.length; step++) {
    // Calls were seen there, whatever it is.
    if (folded?.steps.has(step) === true) wanted.push(step);
    else if (!isTold(flow, step) || isOfParameters(tree, flow, flow.node[step])) continue;
    else if (all || isOfInterest(model, step, places)) wanted.push(step);
  }
  return wanted;
}

function isOfInterest(model: FunctionModel, step: number, { edges }: CallPlaces): boolean {
  const what = stepWhat(model, step);
  if (what === 'call') return edges.has(step);
  return what !== 'return' || isNestedReturn(model, step);
}
