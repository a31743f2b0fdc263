/** Enums and namespaces of one name are one: what an earlier or later part of it hands out is known in each by its bare name. Pure. */
import { childAt, Field, Kind, type Tree } from '../tree/tree.ts';
import type { Scopes } from './scopes.ts';

/** Scope → bindings that are known in it, and are its own, or those of other scopes: a list for each name, and each list is there once. */
export type Merged = ReadonlyMap<number, readonly (readonly number[])[]>;

export function mergedScopes(tree: Tree, scopes: Scopes): Merged {
  const names = namesByScope(tree, scopes);
  const parts = new Map<string, number>();
  for (const all of names.values()) parts.set(all.at(-1)!, (parts.get(all.at(-1)!) ?? 0) + 1);
  // Most files have one of each name.
  if (parts.size === names.size && [...names.values()].every(({ length }) => length === 1)) return new Map();
  const given = handedOut(scopes, names);
  return new Map(
    Array.from(names, ([scope, all]) => [scope, all.flatMap((name) => [given.get(name) ?? []])]),
  );
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

/** Name → what it hands out. Nobody has referred to anything yet: that is what escapes. */
function handedOut(
  { bindings }: Scopes,
  names: ReadonlyMap<number, readonly string[]>,
): Map<string, number[]> {
  const given = new Map<string, number[]>();
  for (let binding = 0; binding < bindings.size; binding++) {
    const name = bindings.escapes[binding] === 1 ? names.get(bindings.scope[binding])?.at(-1) : undefined;
    if (name === undefined) continue;
    const of = given.get(name);
    if (of) of.push(binding);
    else given.set(name, [binding]);
  }
  return given;
}
