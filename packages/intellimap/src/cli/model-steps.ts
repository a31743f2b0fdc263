/** Steps of a body as people read them. Pure. */
import type { CalledThere, CallPlaces, Folded, FunctionModel } from '../graph/index.ts';
import { isWithin, stepText, stepWhat } from '../graph/index.ts';
import type { ModelCallee } from '../query/index.ts';
import type { ModelStep } from './model-answer.ts';

/** @param steps those that are told */
export function modelSteps(
  model: FunctionModel,
  steps: readonly number[],
  places: CallPlaces,
  callees: ReadonlyMap<string, ModelCallee>,
  folded: Folded | null,
): ModelStep[] {
  return steps.map((step) => {
    const node = model.flow.node[step];
    const use = folded?.steps.get(step);
    const edges = places.edges.get(step) ?? [];
    const targets = edges.map(({ dst, kind, confidence }) => ({
      id: dst,
      name: callees.get(dst)?.name ?? dst,
      kind,
      confidence,
    }));
    const what = stepWhat(model, step);
    const canBeSeen = what === 'call' ? edges.some((edge) => tells(edge, callees.get(edge.dst))) : what !== 'return';
    return {
      step,
      what,
      text: stepText(model, step),
      line: model.at(node).line,
      targets,
      isSeen: use !== undefined || canBeSeen,
      times: use?.times ?? 0,
      calls: use?.calls ?? 0,
      meanMs: use !== undefined && use.spentCount > 0 ? use.spentUs / use.spentCount / 1000 : null,
    };
  });
} // prettier-ignore

/**
 * What only may be called need not have been, and what is handed over need not be when the call happens. The body of a module runs once. A generator's body begins when
 * somebody asks it for a value, mostly elsewhere.
 */
const tells = (edge: CalledThere, callee: ModelCallee | undefined): boolean =>
  edge.confidence !== 'maybe' &&
  !isWithin(edge) &&
  callee?.isRecorded === true &&
  callee.kind !== 'module' &&
  !callee.isGenerator;
