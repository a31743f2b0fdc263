/** One text, made ready for patterns. Pure. */
import { type Goal, type Lang, linesOf, readFile } from '../../transform/index.ts';
import type { Asked } from '../../base/proof.ts';
import { resolveScopes } from '../scopes/resolve.ts';
import type { Scopes } from '../scopes/scopes.ts';
import { flatten } from '../tree/flatten.ts';
import { Field, Flag, has, isFunction, Kind, textOf, type Tree } from '../tree/tree.ts';

export interface Source {
  /** Relative to the workspace, with forward slashes. */
  readonly path: string;
  readonly text: string;
  readonly tree: Tree;
  readonly scopes: Scopes;
  /** By node: who owns the body it lies in (`bodyOwner`). */
  readonly owner: Int32Array;
  /** TypeScript: imports that are used for their types only are not there when it runs. */
  readonly isTyped: boolean;
  readonly isTest: boolean;
  /** From 1. */
  readonly lineOf: (node: number) => number;
  /** A function as recordings know it, by its owner; null: they know none there. */
  readonly functionOf: (owner: number) => (Asked & { name: string }) | null;
  /** Id of the catch clause at a node. */
  readonly catchAt: (node: number) => string | null;
  /** Specifiers of imports that types alone need, with their lines: `12 ./a.ts`. */
  readonly typeImports: ReadonlySet<string>;
}

export interface SourceOptions {
  path: string;
  lang: Lang;
  goal: Goal;
  isTest: boolean;
}

/** @throws SyntaxError */
export function sourceOf(text: string, { path, lang, goal, isTest }: SourceOptions): Source {
  const { program, table, functionAt } = readFile(text, { path, lang, goal });
  const tree = flatten(program);
  const lines = linesOf(text);
  const places = new Map(
    table.sites
      .filter(({ kind }) => kind === 'catch')
      .map(({ line, column, id }) => [`${line}:${column}`, id]),
  );
  const placeOf = (node: number): string => {
    const { line, column } = lines.at(tree.start[node]);
    return `${line}:${column}`;
  };
  return {
    path,
    text,
    tree,
    scopes: resolveScopes(tree, goal === 'module'),
    owner: ownersOf(tree),
    isTyped: lang === 'ts' || lang === 'tsx',
    isTest,
    lineOf: (node) => lines.at(tree.start[node]).line,
    functionOf(owner) {
      const ordinal = owner === 0 ? 0 : functionAt(extentOf(tree, owner));
      const site = ordinal === undefined ? undefined : table.sites[ordinal];
      return site === undefined ? null : { id: site.id, name: site.name, hash: site.hash ?? null };
    },
    catchAt: (node) => places.get(placeOf(node)) ?? null,
    typeImports: new Set(
      table.imports.filter(({ typeOnly }) => typeOnly).map(({ line, specifier }) => `${line} ${specifier}`),
    ),
  };
}

/** Of a method: its definition, as sites have it. */
function extentOf(tree: Tree, owner: number): { type: string; start: number; end: number } {
  const above = tree.parent[owner];
  const isMethod =
    tree.kind[above] === Kind.Property &&
    tree.field[owner] === Field.value &&
    (has(tree, above, Flag.METHOD) || textOf(tree, above) !== 'init');
  const node = tree.kind[above] === Kind.MethodDefinition || isMethod ? above : owner;
  return { type: '', start: tree.start[node], end: tree.end[node] };
}

/** Parents come before their children, so one pass does. */
function ownersOf(tree: Tree): Int32Array {
  const owners = new Int32Array(tree.size);
  for (let node = 1; node < tree.size; node++) {
    const above = tree.parent[node];
    const kind = tree.kind[above];
    const field = tree.field[node];
    const isOwn =
      (isFunction(tree, above) && field !== Field.id) ||
      kind === Kind.StaticBlock ||
      ((kind === Kind.PropertyDefinition || kind === Kind.AccessorProperty) && field === Field.value);
    owners[node] = isOwn ? above : owners[above];
  }
  return owners;
}
