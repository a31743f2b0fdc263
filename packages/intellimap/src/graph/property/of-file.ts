/** One program text → its property graph, as columns that can be handed from thread to thread and written down. Pure. */
import type { SourceFile } from '../file/source-file.ts';
import type { Tree } from '../tree/tree.ts';
import type { Csr } from './csr.ts';
import { propertyGraph } from './graph.ts';

export interface FileGraph {
  tree: Tree;
  edges: Csr;
  /** Nodes that are functions, or the body of the module, and the ids that recordings know them by. */
  functions: readonly [node: number, id: string][];
}

export function graphOfSource(file: SourceFile): FileGraph {
  const functions = file.functions.map(({ extent, site }): [number, string] => [extent, site.id]);
  return { tree: file.tree, edges: propertyGraph(file).edges, functions };
}
