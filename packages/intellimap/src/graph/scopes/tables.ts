/** Draft → columns. Bindings get their numbers by where they are declared. Pure. */
import { NONE, type Tree } from '../tree/tree.ts';
import type { Draft, DraftBinding } from './draft.ts';
import type { Bindings, Scopes } from './scopes.ts';

/** Nothing is referred to yet. */
export function tablesOf(tree: Tree, draft: Draft): Scopes {
  const bindings = draft.bindings.filter(({ same }) => same === undefined);
  bindings.sort((a, b) => a.node - b.node);
  const numbers = new Map(bindings.map((binding, number) => [binding, number]));
  const bindingOf = new Int32Array(tree.size).fill(NONE);
  for (const [node, binding] of draft.declaredAt) bindingOf[node] = numbers.get(binding.same ?? binding)!;
  return {
    size: draft.scopes.length,
    node: Int32Array.from(draft.scopes, ({ node }) => node),
    outer: Int32Array.from(draft.scopes, ({ outer }) => outer),
    owner: Int32Array.from(draft.scopes, ({ owner }) => owner),
    bindings: columnsOf(bindings, draft),
    bindingOf,
    use: new Uint8Array(tree.size),
    isDynamic: new Uint8Array(draft.scopes.length),
  };
}

function columnsOf(bindings: readonly DraftBinding[], draft: Draft): Bindings {
  return {
    size: bindings.length,
    name: Int32Array.from(bindings, ({ name }) => name),
    kind: Uint8Array.from(bindings, ({ kind }) => kind),
    scope: Int32Array.from(bindings, ({ scope }) => scope),
    node: Int32Array.from(bindings, ({ node }) => node),
    escapes: Uint8Array.from(bindings, ({ isExported }) => Number(isExported)),
    reads: new Uint32Array(bindings.length),
    writes: Uint32Array.from(bindings, (binding) => Number(isGivenUnseen(binding, draft))),
  };
}

/** No identifier writes it: `arguments`, the name of a class within it, and others that share theirs. */
function isGivenUnseen(binding: DraftBinding, { declaredAt }: Draft): boolean {
  const declared = declaredAt.get(binding.node);
  return (declared?.same ?? declared) !== binding;
}
