/** The call in question of a pattern, as recordings know it: whom it runs, and how often other places may have called the same. Pure. */
import type { ProofQuestion } from '../../base/proof.ts';
import { bareNode, childAt, Field, isFunction, NONE, type Tree } from '../tree/tree.ts';
import { functionMeant, madeElsewhere } from './facts/elsewhere.ts';
import { calleeName, isCall } from './facts/names.ts';
import { isAsync, returnedBy } from './facts/places.ts';
import type { Found } from './pattern.ts';
import type { Project, Ref } from './project.ts';
import type { Source } from './source.ts';

export type Called = Pick<ProofQuestion, 'callee' | 'through' | 'elsewhere'>;

/** @param role the call, or the function that is handed over */
export function calledOf({ file, project, pattern, node, roles }: Found, role: number): Called {
  const place = bareNode(file.tree, role);
  const others = Object.values(roles).filter((each) => isCall(file.tree, each));
  const body = isFunction(file.tree, node) ? node : file.owner[node];
  const elsewhere = madeElsewhere(file, body, { place, others, project });
  const work = functionMeant(file, place, project);
  if (pattern.proof.fact === 'at once' && work !== null && !isAsync(work.file.tree, work.node))
    return begunBy(work, elsewhere, project);
  return { callee: calleeOf(file, place, project), through: null, elsewhere };
}

/** Which function the call runs, or what it is called. */
function calleeOf(file: Source, place: number, project: Project): ProofQuestion['callee'] {
  const ref = functionMeant(file, place, project);
  const known = ref === null ? null : ref.file.functionOf(ref.node);
  if (known !== null) return { id: known.id };
  return isCall(file.tree, place) ? { name: calleeName(file.tree, place) } : null;
}

/** What a plain function begins goes on when its own call has ended: the call in question is the one whose promise it gives back, if that is one. */
function begunBy({ file, node }: Ref, elsewhere: number | null, project: Project): Called {
  const through = file.functionOf(node)?.id ?? null;
  const values = returnedBy(file.tree, node);
  const call = values.length === 1 ? promisedBy(file.tree, values[0]) : NONE;
  const begun = isCall(file.tree, call) ? functionMeant(file, call, project) : null;
  const isPlain = begun !== null && !isAsync(begun.file.tree, begun.node);
  if (through === null || !isCall(file.tree, call) || isPlain) return { callee: null, through, elsewhere };
  const within = madeElsewhere(file, node, { place: call, others: [], project });
  return { callee: calleeOf(file, call, project), through, elsewhere: elsewhere === 0 ? within : null };
}

/** Of `f(x).then(g)` the call `f(x)`. */
function promisedBy(tree: Tree, value: number): number {
  let at = bareNode(tree, value);
  while (isCall(tree, at) && ['then', 'catch', 'finally'].includes(calleeName(tree, at)))
    at = bareNode(tree, childAt(tree, bareNode(tree, childAt(tree, at, Field.callee)), Field.object));
  return at;
}
