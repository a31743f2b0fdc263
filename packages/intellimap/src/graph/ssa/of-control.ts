/** Control: what it depends on whether blocks run, which way they are left, and what comes out of a body. */
import { controlDependence } from '../flow/control.ts';
import { EdgeKind, ENTRY, EXIT, FAILED, Op } from '../flow/flow.ts';
import { childAt, Field, Kind } from '../tree/tree.ts';
import { reachedIn } from './edges.ts';
import { given } from './given.ts';
import type { Links } from './links.ts';
import { linkFailure } from './of-effects.ts';
import { testedBy } from './values.ts';
import { Why } from './why.ts';

export function linkControl(flow: number, links: Links): void {
  const { flows, items } = links.file;
  // Which failures matter is settled: all that are still there do.
  const { block: blocks, on } = controlDependence(flows[flow], { failures: true });
  blocks.forEach((block, at) => {
    links.add(items.block(flow, block), items.outcome(flow, on[at]), Why.CONTROL);
    leaving(flow, block, items.outcome(flow, on[at]), links);
  });
  for (let block = 0; block < flows[flow].blocks; block++) {
    if (block !== ENTRY) links.add(items.block(flow, block), items.block(flow, ENTRY), Why.CONTROL);
    links.add(items.outcome(flow, block), items.block(flow, block), Why.CONTROL);
    outcome(flow, block, links);
  }
  resumed(flow, links);
  entered(flow, links);
  thrown(flow, links);
  result(flow, links);
}

/** What a branch decides is also that a `return` or `throw` passes what follows: that is part of the answer, what it gives is not. */
function leaving(flow: number, block: number, item: number, links: Links): void {
  const { op, node, firstStep } = links.file.flows[flow];
  const last = firstStep[block + 1] - 1;
  if (last >= firstStep[block] && (op[last] === Op.RETURN || op[last] === Op.THROW))
    links.add(item, node[last], Why.CONTROL);
}

/** Which way a block is left: what its branch asks, and what may fail in it. */
function outcome(flow: number, block: number, links: Links): void {
  const { flows, items } = links.file;
  const { op, node, firstStep } = flows[flow];
  const item = items.outcome(flow, block);
  for (let step = firstStep[block]; step < firstStep[block + 1]; step++)
    if (op[step] === Op.BRANCH) tested(node[step], item, links);
    else linkFailure(item, flow, block, step, links);
}

function tested(node: number, item: number, links: Links): void {
  const { tree } = links.file;
  for (const test of testedBy(tree, node)) links.add(item, test);
  const kind = tree.kind[node];
  if (kind === Kind.AssignmentPattern) given(tree, node, links.giver(item));
  if (kind === Kind.ForOfStatement || kind === Kind.ForInStatement) links.found(item, undefined);
}

/** The way on from a `finally` is decided where it is entered. */
function resumed(flow: number, links: Links): void {
  const { flows, items } = links.file;
  const { from, to, finallyAt } = flows[flow];
  finallyAt.forEach((entry, end) => {
    if (entry < 0) return;
    to.forEach((block, edge) => {
      if (block !== entry) return;
      links.add(items.outcome(flow, end), items.block(flow, from[edge]), Why.CONTROL);
      links.add(items.outcome(flow, end), items.outcome(flow, from[edge]), Why.CONTROL);
    });
  });
}

/** A body runs where it is called, and only if it is made. */
function entered(flow: number, links: Links): void {
  const { flows, items, tree } = links.file;
  const { owner } = flows[flow];
  const entry = items.block(flow, ENTRY);
  const made = links.sites.madeAt(owner);
  if (made) links.add(entry, items.reached(made.flow, made.step), Why.CONTROL);
  for (const call of [...links.sites.callsOf(owner), ...links.sites.handedTo(owner)]) {
    links.add(entry, childAt(tree, call, Field.callee), Why.CALL);
    const place = links.sites.placeOf(call);
    if (place) links.add(entry, items.reached(place.flow, place.step), Why.CALL);
  }
}

/** What comes on the edges of failures. */
function thrown(flow: number, links: Links): void {
  const { flows, items } = links.file;
  const { from, to, edge, op, firstStep, finallyAt } = flows[flow];
  edge.forEach((kind, at) => {
    if (kind !== EdgeKind.THROW) return;
    const item = items.thrown(flow, to[at]);
    const block = from[at];
    links.add(item, items.outcome(flow, block), Why.CONTROL);
    if (to[at] === FAILED) leaving(flow, block, items.block(flow, FAILED), links);
    if (finallyAt[block] >= 0) links.add(item, items.thrown(flow, finallyAt[block]));
    for (let step = firstStep[block]; step < firstStep[block + 1]; step++)
      if (op[step] === Op.THROW) links.add(item, items.step(flow, step));
      else if (op[step] === Op.CALL) thrownBy(flows[flow].node[step], item, links);
  });
}

function thrownBy(call: number, item: number, links: Links): void {
  const { items, calls } = links.file;
  for (const target of calls.targets(call)) {
    const called = links.sites.flowOf(target);
    if (called !== undefined) links.add(item, items.thrown(called, FAILED), Why.CALL);
  }
}

/** What a body returns or yields, and which `return` it is that counts: `finally` may have its own. */
function result(flow: number, links: Links): void {
  const { flows, items } = links.file;
  const { op, node, firstStep, blocks, from, to } = flows[flow];
  const item = items.result(flow);
  const isReached = reachedIn(flows[flow]);
  for (let block = 0; block < blocks; block++)
    for (let step = firstStep[block]; isReached[block] && step < firstStep[block + 1]; step++)
      if (op[step] === Op.RETURN) links.add(item, items.step(flow, step), Why.CALL);
      else if (op[step] === Op.YIELD && node[step] !== flows[flow].owner)
        links.add(item, node[step], Why.CALL);
  to.forEach((block, edge) => {
    if (block === EXIT) links.add(item, items.outcome(flow, from[edge]), Why.CONTROL);
  });
}
