/**
 * Functions that sloppy code declares in a block are variables of the function around, too (Annex B.3.2 of the language). Both are one binding here: they differ only when somebody
 * assigns to the name within the block, and then the binding counts as one that escapes.
 */
import { bodyOwner, Kind, NONE, type Tree } from '../tree/tree.ts';
import { type Draft, type DraftBinding, Trait } from './draft.ts';
import { BindingKind } from './scopes.ts';

export interface BlockFunction {
  binding: DraftBinding;
  /** The block's. */
  scope: number;
}

/** All are asked before any is moved: a function in a block hides its name from blocks within. */
export function liftFunctions(tree: Tree, draft: Draft, functions: readonly BlockFunction[]): void {
  const ways = functions.map((one) => wayOut(tree, draft, one));
  for (const [at, { binding }] of functions.entries()) {
    const { target, isHidden } = ways[at];
    if (target === NONE) continue;
    // The variable has a value that no name in the text writes.
    if (isHidden) draft.declare(target, binding.name, BindingKind.VAR, binding.node).isUnseen = true;
    else if (binding.scope !== target && binding.same === undefined)
      draft.lift(binding, target, isLate(tree, tree.parent[binding.node]));
  }
}

interface Way {
  /** The scope that would have it as a `var`; `NONE`: something there, or on the way, has its name. */
  target: number;
  /** What is caught has its name: `catch (f) { { function f() {} } }` is allowed. */
  isHidden: boolean;
}

const NO_WAY: Way = { target: NONE, isHidden: false };

function wayOut(tree: Tree, draft: Draft, { binding, scope }: BlockFunction): Way {
  let isHidden = false;
  let at = draft.scopes[scope].outer;
  for (; (draft.scopes[at].traits & Trait.VARIABLES) === 0; at = draft.scopes[at].outer) {
    const between = draft.find(at, binding.name);
    if (between === undefined) continue;
    if (tree.kind[tree.parent[between.node]] !== Kind.CatchClause) return NO_WAY;
    isHidden = true;
  }
  const there = draft.find(at, binding.name)?.kind;
  const isVariable = there === undefined || VARIABLES.has(there);
  return isVariable && !isParameter(draft, at, binding.name) ? { target: at, isHidden } : NO_WAY;
}

/** Control may leave its block before the function is known around it. */
function isLate(tree: Tree, declaration: number): boolean {
  const block = tree.parent[declaration];
  if (tree.kind[block] === Kind.SwitchCase) return true;
  for (let before = block + 1; before < declaration; before++)
    if (LEAVING.has(tree.kind[before])) return true;
  return tree.kind[block + 1] !== Kind.FunctionDeclaration && mayBeCaught(tree, block);
}

const LEAVING: ReadonlySet<number> = new Set([
  Kind.BreakStatement,
  Kind.ContinueStatement,
  Kind.ReturnStatement,
  Kind.ThrowStatement,
  Kind.YieldExpression,
]);

function mayBeCaught(tree: Tree, block: number): boolean {
  const body = bodyOwner(tree, block);
  for (let at = block; at > body; at = tree.parent[at]) if (tree.kind[at] === Kind.TryStatement) return true;
  return false;
}

const VARIABLES: ReadonlySet<number> = new Set([BindingKind.VAR, BindingKind.FUNCTION, BindingKind.SELF]);

/** Of the function whose body has a scope of its own. */
function isParameter(draft: Draft, scope: number, name: number): boolean {
  const { node, owner, outer } = draft.scopes[scope];
  return node !== owner && outer !== NONE && draft.find(outer, name)?.kind === BindingKind.PARAMETER;
}
