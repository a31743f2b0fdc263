/** One text, made ready for patterns. Pure. */
import type { Asked } from '../../base/proof.ts';
import type { SourceFile } from '../file/source-file.ts';
import { bodiesOf } from '../metrics/bodies.ts';
import type { Scopes } from '../scopes/scopes.ts';
import type { Tree } from '../tree/tree.ts';

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

export function sourceOf(file: SourceFile, isTest: boolean): Source {
  const { path, text, tree, scopes, table, lines } = file;
  const bodies = bodiesOf(tree);
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
    scopes,
    owner: bodies.of.map((body) => bodies.owner[body]),
    isTyped: file.lang === 'ts' || file.lang === 'tsx',
    isTest,
    lineOf: (node) => lines.at(tree.start[node]).line,
    functionOf(owner) {
      const site = file.siteOf(owner);
      return site === undefined ? null : { id: site.id, name: site.name, hash: site.hash ?? null };
    },
    catchAt: (node) => places.get(placeOf(node)) ?? null,
    typeImports: new Set(
      table.imports.filter(({ typeOnly }) => typeOnly).map(({ line, specifier }) => `${line} ${specifier}`),
    ),
  };
}
