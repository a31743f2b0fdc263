/**
 * All that is known of one file, joined: syntax, names, control flow and data flow over the same nodes (a code property graph; Yamaguchi et al., S&P 2014). The tree has
 * the edges of the syntax by itself, all others are packed beside it. Pure.
 */
import { controlDependence } from '../flow/control.ts';
import { EdgeKind, EXIT, FAILED, type Flow, Op } from '../flow/flow.ts';
import type { Scopes } from '../scopes/scopes.ts';
import { Def, type Ssa } from '../ssa/ssa.ts';
import { NONE, type Tree } from '../tree/tree.ts';
import { type Csr, EdgeList, packed } from './csr.ts';
import { Label } from './labels.ts';

/** What is joined: a `SourceFile` has it. */
export interface GraphParts {
  readonly tree: Tree;
  readonly scopes: Scopes;
  readonly flows: readonly Flow[];
  /** By flow. */
  readonly ssas: readonly Ssa[];
}

export interface PropertyGraph extends GraphParts {
  /** `Label` edges. */
  readonly edges: Csr;
}

export function propertyGraph({ tree, scopes, flows, ssas }: GraphParts): PropertyGraph {
  const edges = new EdgeList();
  addReferences(tree, scopes, edges);
  flows.forEach((flow, index) => {
    addOrder(flow, edges);
    addValues(flow, ssas[index], edges);
    addControl(flow, edges);
  });
  addShared(flows, ssas, scopes, edges);
  return { tree, scopes, flows, ssas, edges: packed(edges, tree.size) };
}

function addReferences({ size }: Tree, { bindingOf, bindings }: Scopes, edges: EdgeList): void {
  for (let node = 0; node < size; node++) {
    const binding = bindingOf[node];
    if (binding >= 0 && bindings.node[binding] !== node) edges.add(node, bindings.node[binding], Label.REF);
  }
}

const LABEL_OF: Readonly<Record<number, number>> = {
  [EdgeKind.TRUE]: Label.TRUE,
  [EdgeKind.FALSE]: Label.FALSE,
  [EdgeKind.THROW]: Label.THROW,
};

/** What is evaluated after what: blocks without steps are passed through. The body's own node stands for its entry. */
function addOrder(flow: Flow, edges: EdgeList): void {
  const { blocks, from, to, edge, firstStep, node } = flow;
  for (let block = 0; block < blocks; block++)
    for (let step = firstStep[block] + 1; step < firstStep[block + 1]; step++)
      join(node[step - 1], node[step], Label.NEXT, edges);
  const firsts = new Map<number, readonly number[]>();
  const leaving = edgesByBlock(flow);
  for (let at = 0; at < from.length; at++) {
    const block = from[at];
    const isEntry = block === 0;
    if (!isEntry && firstStep[block] === firstStep[block + 1]) continue;
    const last = isEntry ? flow.owner : node[firstStep[block + 1] - 1];
    for (const next of firstNodes(flow, to[at], leaving, firsts))
      join(last, next, LABEL_OF[edge[at]] ?? Label.NEXT, edges);
  }
}

/** `a++` reads and writes one node: that is no edge. */
function join(from: number, to: number, label: number, edges: EdgeList): void {
  if (from !== to || label !== Label.NEXT) edges.add(from, to, label);
}

function edgesByBlock({ blocks, from }: Flow): Uint32Array {
  const first = new Uint32Array(blocks + 1);
  for (const block of from) first[block + 1]++;
  for (let block = 0; block < blocks; block++) first[block + 1] += first[block];
  return first;
}

/** What is evaluated first from a block on; nothing where the body is left. */
function firstNodes(
  flow: Flow,
  start: number,
  leaving: Uint32Array,
  known: Map<number, readonly number[]>,
): readonly number[] {
  const before = known.get(start);
  if (before !== undefined) return before;
  const found = new Set<number>();
  const seen = new Set([start]);
  for (const block of seen) {
    if (block === EXIT || block === FAILED) continue;
    if (flow.firstStep[block] < flow.firstStep[block + 1]) found.add(flow.node[flow.firstStep[block]]);
    else for (let at = leaving[block]; at < leaving[block + 1]; at++) seen.add(flow.to[at]);
  }
  const nodes = [...found];
  known.set(start, nodes);
  return nodes;
}

/** Which writes a read may see, however many ways meet in between. */
function addValues({ node }: Flow, ssa: Ssa, edges: EdgeList): void {
  const writes = new Map<number, readonly number[]>();
  for (let step = 0; step < ssa.use.length; step++) {
    const version = ssa.use[step];
    if (version === NONE) continue;
    for (const write of writesOf(version, ssa, writes)) edges.add(node[write], node[step], Label.VALUE);
  }
}

/** Of failures that nobody in the body hears of, nothing depends: else all that follows a call did. */
function addControl(flow: Flow, edges: EdgeList): void {
  const { firstStep, node } = flow;
  const { block, on } = controlDependence(flow, { failures: false });
  for (let at = 0; at < block.length; at++) {
    const decides = node[firstStep[on[at] + 1] - 1];
    for (let step = firstStep[block[at]]; step < firstStep[block[at] + 1]; step++)
      if (node[step] !== decides) edges.add(decides, node[step], Label.CONTROL);
  }
}

/** Variables that several bodies write: each write for each read would be too many. */
function addShared(flows: readonly Flow[], ssas: readonly Ssa[], scopes: Scopes, edges: EdgeList): void {
  const { bindingOf, bindings } = scopes;
  const isShared = new Uint8Array(bindings.size);
  for (const { variable, may } of ssas)
    for (let version = 0; version < may.length; version++) isShared[variable[version]] |= may[version];
  flows.forEach(({ op, node }, index) => {
    const { use, may } = ssas[index];
    for (let step = 0; step < op.length; step++) {
      const binding = bindingOf[node[step]];
      if (binding < 0 || isShared[binding] === 0) continue;
      const cell = bindings.node[binding];
      if (op[step] === Op.WRITE && cell !== node[step]) edges.add(node[step], cell, Label.MAY);
      if (op[step] === Op.READ && use[step] !== NONE && may[use[step]] === 1)
        edges.add(cell, node[step], Label.MAY);
    }
  });
}

/** Steps that write what a version may be. */
function writesOf(version: number, ssa: Ssa, known: Map<number, readonly number[]>): readonly number[] {
  const before = known.get(version);
  if (before !== undefined) return before;
  const steps = new Set<number>();
  const seen = new Set([version]);
  for (const each of seen)
    if (ssa.definition[each] === Def.PHI)
      for (let at = ssa.firstOperand[each]; at < ssa.firstOperand[each + 1]; at++) seen.add(ssa.operand[at]);
    else if (ssa.definition[each] !== Def.MEMORY && ssa.at[each] !== NONE) steps.add(ssa.at[each]);
  const found = [...steps];
  known.set(version, found);
  return found;
}
