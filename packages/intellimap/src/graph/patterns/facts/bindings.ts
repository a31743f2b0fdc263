/** What is done with variables. */
import { BindingKind, Use } from '../../scopes/scopes.ts';
import { bareNode, childAt, Field, Kind, NONE } from '../../tree/tree.ts';
import type { Source } from '../source.ts';
import { isWithin } from './places.ts';

/** Identifiers of a subtree that mean a binding of the file, with what they do. */
export function uses({ tree, scopes }: Source, around: number, use: number): Set<number> {
  const found = new Set<number>();
  for (let at = around; at < tree.after[around]; at++)
    if (scopes.bindingOf[at] >= 0 && (scopes.use[at] & use) !== 0) found.add(scopes.bindingOf[at]);
  return found;
}

/** Identifiers that mean it, by binding; made once for a file. */
const PLACES = new WeakMap<Source, Map<number, number[]>>();
export function placesOf(file: Source, binding: number): readonly number[] {
  let all = PLACES.get(file);
  if (all === undefined) {
    PLACES.set(file, (all = new Map()));
    for (let at = 0; at < file.tree.size; at++) {
      const each = file.scopes.bindingOf[at];
      if (each < 0) continue;
      const known = all.get(each);
      if (known === undefined) all.set(each, [at]);
      else known.push(at);
    }
  }
  return all.get(binding) ?? [];
}

/** Whether a subtree reads anything that is declared in another one: an element of the loop around it, say. */
export function readsDeclaredIn(file: Source, around: number, declaring: number): boolean {
  const { bindings } = file.scopes;
  return [...uses(file, around, Use.READ)].some((binding) =>
    isWithin(file.tree, bindings.node[binding], declaring),
  );
}

/** Declared by the module itself, and not by an import. */
export const isModuleState = ({ scopes: { bindings, node } }: Source, binding: number): boolean =>
  binding >= 0 && node[bindings.scope[binding]] === 0 && bindings.kind[binding] !== BindingKind.IMPORT;

/** What a variable is declared as, `const a = …`; `NONE`: nothing, or by a pattern. */
export function initOf({ tree, scopes }: Source, binding: number): number {
  const declared = scopes.bindings.node[binding];
  const above = tree.parent[declared];
  const isPlain =
    above !== NONE && tree.kind[above] === Kind.VariableDeclarator && tree.field[declared] === Field.id;
  return isPlain ? bareNode(tree, childAt(tree, above, Field.init)) : NONE;
}

/** The binding that an expression is; negative: none. */
export function bindingOf({ tree, scopes }: Source, expression: number): number {
  const node = bareNode(tree, expression);
  return node === NONE || tree.kind[node] !== Kind.Identifier ? NONE : scopes.bindingOf[node];
}
