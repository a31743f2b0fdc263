/** Enums and namespaces of one name are one: what an earlier or later part of it hands out is known in each by its bare name. Pure. */
import { childAt, Field, Kind, type Tree } from '../tree/tree.ts';
import type { Scopes } from './scopes.ts';

/** @returns scope → bindings of other scopes that are known in it */
export function mergedScopes(tree: Tree, scopes: Scopes): Map<number, number[]> {
  const known = new Map<number, number[]>();
  const names = namesByScope(tree, scopes);
  const parts = new Map<string, number[]>();
  for (const [scope, all] of names) parts.set(all.at(-1)!, [...(parts.get(all.at(-1)!) ?? []), scope]);
  // Most files have one of each name.
  if (parts.size === names.size && [...names.values()].every(({ length }) => length === 1)) return known;
  const given = handedOut(scopes);
  for (const [scope, all] of names) {
    const others = all.flatMap((name) => parts.get(name) ?? []).filter((other) => other !== scope);
    known.set(scope, others.flatMap((other) => given.get(other) ?? [])); // prettier-ignore
  }
  return known;
}

/** Scope of an enum or namespace → names that tell which one it is: of `A.B` first that of `A`. */
function namesByScope(tree: Tree, { node, outer, size }: Scopes): Map<number, string[]> {
  const names = new Map<number, string[]>();
  for (let scope = 1; scope < size; scope++) {
    const kind = tree.kind[node[scope]];
    if (kind !== Kind.TSEnumDeclaration && kind !== Kind.TSModuleDeclaration) continue;
    const isHandedOut = tree.kind[tree.parent[node[scope]]] === Kind.ExportNamedDeclaration;
    // What a namespace keeps to itself is another one in each of its parts.
    let name = (isHandedOut ? names.get(outer[scope])?.at(-1) : undefined) ?? String(outer[scope]);
    const id = childAt(tree, node[scope], Field.id);
    const all: string[] = [];
    for (let at = id; at < tree.after[id]; at++)
      if (tree.kind[at] === Kind.Identifier) all.push((name += `/${kind} ${tree.text[at]}`));
    names.set(scope, all);
  }
  return names;
}

/** Scope → what it hands out. Nobody has referred to anything yet: that is what escapes. */
function handedOut({ bindings }: Scopes): Map<number, number[]> {
  const given = new Map<number, number[]>();
  for (let binding = 0; binding < bindings.size; binding++) {
    if (bindings.escapes[binding] === 0) continue;
    const of = given.get(bindings.scope[binding]);
    if (of) of.push(binding);
    else given.set(bindings.scope[binding], [binding]);
  }
  return given;
}
