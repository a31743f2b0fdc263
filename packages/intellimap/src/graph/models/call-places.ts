/** What the call graph says of the calls of one function, by the step at which each happens. Pure. */
import { Op } from '../flow/flow.ts';
import { bareNode, childAt, Field, Kind, NONE } from '../tree/tree.ts';
import type { FunctionModel } from './model-of.ts';

/** A row of `call_edges` whose `src` is the function. */
export interface CalledThere {
  line: number;
  column: number;
  dst: string;
  kind: string;
  confidence: string;
  later: boolean;
}

/** A row of `call_sites`. */
export interface PlaceOfCall {
  line: number;
  column: number;
  form: string;
  via: string;
  targets: number;
  outside: boolean;
  tooMany: number | null;
}

export interface CallPlaces {
  /** By step. */
  readonly edges: ReadonlyMap<number, readonly CalledThere[]>;
  readonly sites: ReadonlyMap<number, PlaceOfCall>;
  /** What it is said to call where the flow has no step: initialisers of fields of classes that it makes. */
  readonly loose: readonly CalledThere[];
}

export function callPlaces(
  model: FunctionModel,
  edges: readonly CalledThere[],
  sites: readonly PlaceOfCall[],
): CallPlaces {
  const steps = new Map<string, number>();
  for (const [step, op] of model.flow.op.entries()) {
    if (!CALLING.has(op)) continue;
    for (const node of namedAt(model, step)) {
      const { line, column } = model.at(node);
      const key = `${line}:${column}`;
      // Calls come after what is read for them.
      if (!steps.has(key) || op === Op.CALL) steps.set(key, step);
    }
  }
  const stepAt = ({ line, column }: { line: number; column: number }): number => steps.get(`${line}:${column}`) ?? NONE;
  return {
    edges: grouped(edges, stepAt),
    sites: new Map(sites.map((site) => [stepAt(site), site] as const).filter(([step]) => step !== NONE)),
    loose: edges.filter((edge) => stepAt(edge) === NONE),
  };
} // prettier-ignore

function grouped<T>(all: readonly T[], keyOf: (each: T) => number): Map<number, T[]> {
  const groups = new Map<number, T[]>();
  for (const each of all) {
    const key = keyOf(each);
    const group = groups.get(key);
    if (group === undefined) groups.set(key, [each]);
    else group.push(each);
  }
  groups.delete(NONE);
  return groups;
}

const CALLING: ReadonlySet<number> = new Set([Op.CALL, Op.LOAD, Op.STORE, Op.ITERATE, Op.COMPUTE]);

/** Nodes that a call graph may name the call by that happens in a step: the member's name, the callee, the node itself. */
function namedAt({ tree, flow }: FunctionModel, step: number): number[] {
  const node = flow.node[step];
  const kind = tree.kind[node];
  const callee = CALLEES[kind] === undefined ? NONE : bareNode(tree, childAt(tree, node, CALLEES[kind]));
  if (kind === Kind.MemberExpression) return [childAt(tree, node, Field.property)];
  if (kind === Kind.ForOfStatement) return [childAt(tree, node, Field.right)];
  if (kind === Kind.JSXElement) {
    const opening = childAt(tree, node, Field.openingElement);
    return opening === NONE ? [node] : [childAt(tree, opening, Field.name)];
  }
  if (callee === NONE) return [node];
  return [tree.kind[callee] === Kind.MemberExpression ? childAt(tree, callee, Field.property) : callee];
}

const CALLEES: Partial<Record<number, number>> = {
  [Kind.CallExpression]: Field.callee,
  [Kind.NewExpression]: Field.callee,
  [Kind.TaggedTemplateExpression]: Field.tag,
};
