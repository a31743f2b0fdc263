/** Who is called: what slices ask of a call graph. */
import { BindingKind, type Scopes } from '../scopes/scopes.ts';
import { bareNode, childAt, Field, isFunction, Kind, NONE, type Tree } from '../tree/tree.ts';
import { Held, type Storage } from './storage.ts';

export interface Calls {
  /** Functions of this file that a call, at a node, may run. */
  targets(call: number): readonly number[];
  /** Whether there are no others. */
  isComplete(call: number): boolean;
}

/** What names alone tell: a function called where it stands, or by a name that never means anything else. */
export function lexicalCalls(tree: Tree, scopes: Scopes, storage: Storage): Calls {
  const target = (call: number): number => {
    const callee = bareNode(tree, childAt(tree, call, Field.callee));
    if (callee === NONE || isFunction(tree, callee)) return callee;
    const binding = tree.kind[callee] === Kind.Identifier ? scopes.bindingOf[callee] : NONE;
    return binding >= 0 && storage.held[binding] === Held.CONSTANT ? functionOf(tree, scopes, binding) : NONE;
  };
  return {
    targets: (call) => [target(call)].filter((node) => node !== NONE),
    isComplete: (call) => tree.kind[call] === Kind.CallExpression && target(call) !== NONE,
  };
}

/** The function that a constant is, if its declaration says so. */
function functionOf(tree: Tree, { bindings }: Scopes, binding: number): number {
  const id = bindings.node[binding];
  const declaration = tree.parent[id];
  const kind = bindings.kind[binding];
  if (kind === BindingKind.FUNCTION || kind === BindingKind.SELF)
    return isFunction(tree, declaration) ? declaration : NONE;
  if (tree.kind[declaration] !== Kind.VariableDeclarator || tree.field[id] !== Field.id) return NONE;
  const init = childAt(tree, declaration, Field.init);
  const value = init === NONE ? NONE : bareNode(tree, init);
  return value !== NONE && isFunction(tree, value) ? value : NONE;
}
