/** Draft → columns. Bindings get their numbers by where they are declared. Pure. */
import { Kind, NONE, type Tree } from '../tree/tree.ts';
import type { Draft, DraftBinding } from './draft.ts';
import { BindingKind, type Bindings, type Scopes } from './scopes.ts';

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
    bindings: columnsOf(tree, bindings, draft, numbers),
    bindingOf,
    use: new Uint8Array(tree.size),
    isDynamic: new Uint8Array(draft.scopes.length),
  };
}

function columnsOf(
  tree: Tree,
  bindings: readonly DraftBinding[],
  draft: Draft,
  numbers: ReadonlyMap<DraftBinding, number>,
): Bindings {
  return {
    size: bindings.length,
    name: Int32Array.from(bindings, ({ name }) => name),
    kind: Uint8Array.from(bindings, ({ kind }) => kind),
    scope: Int32Array.from(bindings, ({ scope }) => scope),
    node: Int32Array.from(bindings, ({ node }) => node),
    escapes: Uint8Array.from(bindings, ({ isExported, isUnseen }) => Number(isExported || isUnseen)),
    unseen: Uint8Array.from(bindings, (binding) => Number(isUnseen(tree, draft, binding))),
    begins: Int32Array.from(bindings, (binding) => numbers.get(parameterOf(draft, binding)!) ?? NONE),
    reads: new Uint32Array(bindings.length),
    writes: Uint32Array.from(bindings, (binding) => Number(isGivenUnseen(binding, draft))),
  };
}

/** Another module, or whoever has the namespace, may write it. */
function isUnseen(
  tree: Tree,
  { scopes }: Draft,
  { kind, scope, isExported, isUnseen }: DraftBinding,
): boolean {
  if (isUnseen || kind === BindingKind.IMPORT) return true;
  return isExported && tree.kind[scopes[scope].node] === Kind.TSModuleDeclaration;
}

/** The parameter of the same name, of a function whose body has a scope of its own. */
function parameterOf(draft: Draft, { kind, name, scope }: DraftBinding): DraftBinding | undefined {
  const { node, owner, outer } = draft.scopes[scope];
  if (kind !== BindingKind.VAR || node === owner || outer === NONE) return undefined;
  const around = draft.find(outer, name);
  const isParameter = around?.kind === BindingKind.PARAMETER || around?.kind === BindingKind.ARGUMENTS;
  return isParameter && draft.scopes[outer].node === owner ? around : undefined;
}

/** No identifier writes it: `arguments`, the name of a class within it, and others that share theirs. */
function isGivenUnseen(binding: DraftBinding, { declaredAt }: Draft): boolean {
  const declared = declaredAt.get(binding.node);
  return (declared?.same ?? declared) !== binding;
}
