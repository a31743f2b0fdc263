/** A program text and a function's id → the flow of its body, with what it takes to tell of its steps. Pure. */
import { type Flow, Op } from '../flow/flow.ts';
import type { SourceFile } from '../file/source-file.ts';
import { Kind, type Tree } from '../tree/tree.ts';
import { netOf, type Net } from './net.ts';

export interface FunctionModel {
  readonly text: string;
  readonly tree: Tree;
  readonly flow: Flow;
  /** With all steps but branches and writes. */
  readonly net: Net;
  /** Hash of the body, as recordings have it; null: of a module. */
  readonly hash: string | null;
  /** `ast_node_id` of an `await`, `yield`, `for await`, `throw` or `catch` of the body, or of a `return` that waits → its node. */
  readonly places: ReadonlyMap<string, number>;
  /** 1-based lines, 0-based columns. */
  readonly at: (node: number) => { line: number; column: number };
}

/** @returns undefined: the text has no such function */
export function modelOf(file: SourceFile, id: string): FunctionModel | undefined {
  const { text, tree, table, lines } = file;
  const ordinal = table.sites.findIndex((site) => site.id === id);
  const flow = ordinal < 0 ? undefined : file.flows.find(({ owner }) => file.siteOf(owner) === table.sites[ordinal]);
  if (flow === undefined) return undefined;
  const at = (node: number): { line: number; column: number } => lines.at(tree.start[node]);
  const own = table.sites.filter(({ parent }) => parent === ordinal);
  const net = netOf(flow, (step) => flow.op[step] !== Op.BRANCH && flow.op[step] !== Op.WRITE);
  return { text, tree, flow, net, hash: table.sites[ordinal].hash ?? null, places: placesOf(flow, tree, own, at), at };
} // prettier-ignore

interface Placed {
  id: string;
  kind: string;
  line: number;
  column: number;
}

function placesOf(flow: Flow, tree: Tree, sites: readonly Placed[], at: FunctionModel['at']): Map<string, number> {
  const byPlace = new Map<string, number>();
  for (const [step, op] of flow.op.entries()) {
    const node = flow.node[step];
    const kind = KINDS[op]?.(tree, node);
    if (kind === undefined) continue;
    const { line, column } = at(node);
    byPlace.set(`${line}:${column} ${kind}`, node);
  }
  return new Map(
    sites.flatMap(({ id, kind, line, column }) => {
      const node = byPlace.get(`${line}:${column} ${kind.replace('*', '')}`);
      return node === undefined ? [] : [[id, node] as const];
    }),
  );
} // prettier-ignore

/** What sites call what a step does. */
const KINDS: Partial<Record<number, (tree: Tree, node: number) => string | undefined>> = {
  [Op.AWAIT]: (tree, node) => {
    const kind = tree.kind[node];
    if (kind === Kind.AwaitExpression) return 'await';
    return kind === Kind.ForOfStatement ? 'for-await' : undefined;
  },
  [Op.YIELD]: (tree, node) => (tree.kind[node] === Kind.YieldExpression ? 'yield' : undefined),
  // Async generators wait for what they return.
  [Op.RETURN]: (tree, node) => (tree.kind[node] === Kind.ReturnStatement ? 'await' : undefined),
  [Op.THROW]: () => 'throw',
  [Op.CATCH]: () => 'catch',
};
