/** What the call graph says of the calls of one function, by the step at which each happens. Pure. */
import { Op } from '../flow/flow.ts';
import { wordsOf } from '../calls/names.ts';
import { bareNode, childAt, Field, Kind, NONE, type Tree } from '../tree/tree.ts';
import type { FunctionModel } from './model-of.ts';

/** A row of `call_edges` whose `src` is the function. */
export interface CalledThere {
  line: number;
  column: number;
  /** Words of what is called: with the place, they say which call it is. */
  text: string;
  dst: string;
  kind: string;
  confidence: string;
  later: boolean;
}

/** A row of `call_sites`. */
export interface PlaceOfCall {
  line: number;
  column: number;
  text: string;
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
  const { called, read } = placesIn(model);
  const stepsAt = ({ line, column, text, kind = '' }: { line: number; column: number; text: string; kind?: string }): readonly number[] => {
    const key = `${line}:${column}`;
    if (kind === 'accessor') return read.get(key) ?? [];
    const step = called.get(`${key} ${text}`) ?? called.get(key);
    return step === undefined ? [] : [step];
  };
  const byStep = new Map<number, CalledThere[]>();
  for (const edge of edges)
    for (const step of stepsAt(edge)) {
      const known = byStep.get(step);
      if (known === undefined) byStep.set(step, [edge]);
      else known.push(edge);
    }
  return {
    edges: byStep,
    sites: new Map(sites.flatMap((site) => stepsAt(site).map((step) => [step, site] as const))),
    loose: edges.filter((edge) => stepsAt(edge).length === 0),
  };
} // prettier-ignore

/** Places as the call graph has them: where something is called, and where members are read or written, of which several may begin at one place. */
function placesIn(model: FunctionModel): { called: Map<string, number>; read: Map<string, number[]> } {
  const called = new Map<string, number>();
  const read = new Map<string, number[]>();
  const keyOf = (node: number): string => {
    const { line, column } = model.at(node);
    return `${line}:${column}`;
  };
  for (const [step, op] of model.flow.op.entries()) {
    if (!CALLING.has(op)) continue;
    const named = keyOf(namedAt(model, step));
    // Calls come after what is read for them.
    if (!called.has(named) || op === Op.CALL) called.set(named, step);
    // Of `(f() ? a : b)()` both calls are named there.
    if (op === Op.CALL) called.set(`${named} ${wordsAt(model, step)}`, step);
    if (op === Op.CALL) continue;
    const begun = keyOf(model.flow.node[step]);
    const known = read.get(begun);
    if (known === undefined) read.set(begun, [step]);
    else known.push(step);
  }
  return { called, read };
}

const CALLING: ReadonlySet<number> = new Set([Op.CALL, Op.LOAD, Op.STORE, Op.ITERATE, Op.COMPUTE]);

/** The node that the call graph names the call by that happens in a step: the member's name, the callee, the node itself. */
function namedAt({ tree, flow }: FunctionModel, step: number): number {
  const node = flow.node[step];
  const kind = tree.kind[node];
  const callee = calleeAt(tree, node);
  if (kind === Kind.MemberExpression) return childAt(tree, node, Field.property);
  if (kind === Kind.ForOfStatement) return childAt(tree, node, Field.right);
  if (kind === Kind.JSXElement) {
    const opening = childAt(tree, node, Field.openingElement);
    return opening === NONE ? node : childAt(tree, opening, Field.name);
  }
  if (callee === NONE) return node;
  return tree.kind[callee] === Kind.MemberExpression ? childAt(tree, callee, Field.property) : callee;
}

const wordsAt = ({ tree, flow }: FunctionModel, step: number): string =>
  wordsOf(tree, calleeAt(tree, flow.node[step]));

function calleeAt(tree: Tree, node: number): number {
  const field = CALLEES[tree.kind[node]];
  return field === undefined ? NONE : bareNode(tree, childAt(tree, node, field));
}

const CALLEES: Partial<Record<number, number>> = {
  [Kind.CallExpression]: Field.callee,
  [Kind.NewExpression]: Field.callee,
  [Kind.TaggedTemplateExpression]: Field.tag,
};
