/** Where else a body may call the same function: recordings tell who called whom, and not from which place. */
import { Use } from '../../scopes/scopes.ts';
import { bareNode, childAt, Field, isFunction, Kind, NONE, type Tree } from '../../tree/tree.ts';
import type { Project, Ref } from '../project.ts';
import type { Source } from '../source.ts';
import { dotted, isCall, lastName } from './names.ts';
import { loopAround, nodesIn } from './places.ts';

/** The function that a call runs, or that is handed over. */
export function functionMeant(file: Source, place: number, project: Project): Ref | null {
  const ref = isCall(file.tree, place) ? project.calledFunction(file, place) : project.valueOf(file, place);
  return ref !== null && isFunction(ref.file.tree, ref.node) ? ref : null;
}

/**
 * Calls of the same function that other places of a body make in one call of it, at most; null: any number.
 * @param place a call, or a function that is handed over
 * @param others places that are not to count
 */
export function madeElsewhere(
  file: Source,
  body: number,
  { place, others, project }: { place: number; others: readonly number[]; project: Project },
): number | null {
  const { tree } = file;
  const own = new Set([place, ...others].map((each) => nameOf(tree, each)));
  let calls = 0;
  for (const name of namesIn(file, body)) {
    if (own.has(name) || !mayMean(file, name, { place, project })) continue;
    // Who gets hold of it calls it as often as it likes.
    if (callAt(tree, name) === NONE || loopAround(file, name) !== NONE) return null;
    calls += 1;
  }
  return calls;
}

/** What is read there: names, and members. */
const namesIn = ({ tree, scopes }: Source, body: number): number[] => [
  ...nodesIn(tree, body, Kind.Identifier).filter((at) => (scopes.use[at] & Use.READ) !== 0),
  ...nodesIn(tree, body, Kind.MemberExpression),
];

/** The expression that says who is called, or handed over. */
const nameOf = (tree: Tree, place: number): number =>
  bareNode(tree, isCall(tree, place) ? childAt(tree, place, Field.callee) : place);

/** The call that calls what stands there; `NONE`: it is not called. */
function callAt(tree: Tree, name: number): number {
  let at = name;
  while (bareNode(tree, tree.parent[at]) === name) at = tree.parent[at];
  return tree.field[at] === Field.callee && isCall(tree, tree.parent[at]) ? tree.parent[at] : NONE;
}

/** Where one of them is not known, names decide, as they do in recordings. */
function mayMean(
  file: Source,
  name: number,
  { place, project }: { place: number; project: Project },
): boolean {
  const { tree } = file;
  const call = callAt(tree, name);
  const meant = functionMeant(file, place, project);
  const other = functionMeant(file, call === NONE ? name : call, project);
  if (meant !== null && other !== null) return meant.file === other.file && meant.node === other.node;
  const own = nameOf(tree, place);
  const isAlike = lastName(dotted(tree, own)) === lastName(dotted(tree, name));
  // `query` may be a text that `db.query` is asked for.
  return isAlike && (other !== null || tree.kind[own] === tree.kind[name]);
}
