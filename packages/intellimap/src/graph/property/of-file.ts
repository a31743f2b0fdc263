/** One program text → its property graph, as columns that can be handed from thread to thread and written down. Pure. */
import { type Goal, type Lang, type Node, readFile, type ReadFile } from '../../transform/index.ts';
import { flatten } from '../tree/flatten.ts';
import { Kind } from '../tree/kinds.ts';
import type { Tree } from '../tree/tree.ts';
import type { Csr } from './csr.ts';
import { propertyGraph } from './graph.ts';

export interface FileGraph {
  tree: Tree;
  edges: Csr;
  /** Nodes that are functions, or the body of the module, and the ids that recordings know them by. */
  functions: readonly [node: number, id: string][];
}

/** @throws SyntaxError */
export function graphOfText(
  text: string,
  path: string,
  { lang, goal }: { lang: Lang; goal: Goal },
): FileGraph {
  const file = readFile(text, { path, lang, goal });
  const tree = flatten(file.program);
  const { edges } = propertyGraph(tree, goal === 'module');
  return { tree, edges, functions: functionsOf(tree, file) };
}

/** What may be a function to a recording. */
const SITES: ReadonlySet<number> = new Set([
  Kind.FunctionDeclaration,
  Kind.FunctionExpression,
  Kind.ArrowFunctionExpression,
  Kind.MethodDefinition,
  Kind.Property,
  Kind.StaticBlock,
]);

function functionsOf(tree: Tree, { table, functionAt }: ReadFile): [number, string][] {
  const found: [number, string][] = [[0, table.sites[0].id]];
  for (let node = 1; node < tree.size; node++) {
    if (!SITES.has(tree.kind[node])) continue;
    const ordinal = functionAt({ start: tree.start[node], end: tree.end[node] } as Node);
    if (ordinal !== undefined) found.push([node, table.sites[ordinal].id]);
  }
  return found;
}
