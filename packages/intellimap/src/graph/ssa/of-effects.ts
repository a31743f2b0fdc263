/** Variables and effects: what versions, writes and stores depend on. */
import { FAILED, Op } from '../flow/flow.ts';
import { childAt, childrenOf, Field, Kind, NONE, type Tree } from '../tree/tree.ts';
import { given } from './given.ts';
import { Failing } from './heard.ts';
import type { Links } from './links.ts';
import { objectOf } from './of-values.ts';
import { Def } from './ssa.ts';
import { partsOf, propertyName } from './values.ts';
import { Why } from './why.ts';

export function linkVersions(flow: number, links: Links): void {
  const { items, ssas } = links.file;
  const ssa = ssas[flow];
  for (let version = 0; version < ssa.size; version++) {
    const item = items.version(flow, version);
    const at = ssa.at[version];
    const kind = ssa.definition[version];
    for (let each = ssa.firstOperand[version]; each < ssa.firstOperand[version + 1]; each++)
      links.add(item, items.version(flow, ssa.operand[each]));
    if (kind === Def.MEMORY || kind === Def.CONSTANT)
      links.add(item, items.writes(ssa.variable[version]), kind === Def.MEMORY ? Why.MEMORY : Why.DATA);
    else if (kind !== Def.PHI && at !== NONE) links.add(item, items.step(flow, at));
    else if (kind === Def.PARAMETER) begins(item, ssa.variable[version], ssa.owner, links);
  }
}

/** With what the parameter of its name has, or, as `arguments` does, with all that is given. */
function begins(item: number, variable: number, owner: number, links: Links): void {
  const { items, scopes } = links.file;
  const parameter = scopes.bindings.begins[variable];
  if (parameter === NONE) allGiven(item, owner, links);
  else links.add(item, items.writes(parameter));
}

function allGiven(item: number, owner: number, links: Links): void {
  const { sites, file } = links;
  for (const call of sites.callsOf(owner))
    for (const argument of childrenOf(file.tree, call, Field.arguments)) links.add(item, argument, Why.CALL);
  for (const node of sites.handedWith(owner)) links.add(item, node, Why.CALL);
}

export function linkSteps(flow: number, links: Links): void {
  const { flows, items } = links.file;
  const { firstStep, blocks } = flows[flow];
  for (let block = 0; block < blocks; block++)
    for (let step = firstStep[block]; step < firstStep[block + 1]; step++) {
      const reached = items.reached(flow, step);
      if (step === firstStep[block]) links.add(reached, items.block(flow, block), Why.CONTROL);
      else {
        links.add(reached, items.reached(flow, step - 1), Why.CONTROL);
        linkFailure(reached, flow, block, step - 1, links);
      }
      if (effect(flow, step, links)) links.add(items.step(flow, step), reached, Why.CONTROL);
    }
}

/** @returns whether it is one */
function effect(flow: number, step: number, links: Links): boolean {
  const { flows, ssas, items, tree } = links.file;
  const node = flows[flow].node[step];
  const item = items.step(flow, step);
  switch (flows[flow].op[step]) {
    case Op.READ: {
      const version = ssas[flow].use[step];
      if (version !== NONE) links.add(node, items.version(flow, version));
      return false;
    }
    case Op.WRITE: {
      given(tree, node, links.giver(item));
      const version = ssas[flow].def[step];
      if (version !== NONE) links.add(items.writes(ssas[flow].variable[version]), item, Why.MEMORY);
      return true;
    }
    case Op.STORE:
      stored(node, item, links);
      return true;
    case Op.CALL:
      changed(node, item, links);
      return true;
    case Op.RETURN:
    case Op.THROW:
      left(node, item, links);
      return true;
    default:
      return false;
  }
}

function stored(node: number, item: number, links: Links): void {
  const { items, tree } = links.file;
  const isMember = tree.kind[node] === Kind.MemberExpression;
  if (!isMember || isDeleted(tree, node)) links.add(item, node);
  else given(tree, node, links.giver(item));
  if (isMember) for (const part of partsOf(tree, node)) links.add(item, part);
  const name = isMember ? propertyName(tree, node) : undefined;
  links.add(name === undefined ? items.computedProperty() : items.property(name), item, Why.MEMORY);
  links.add(items.anyProperty(), item, Why.MEMORY);
  const object = isMember ? links.variableOf(childAt(tree, node, Field.object)) : NONE;
  if (object !== NONE) links.add(items.content(object), item, Why.MEMORY);
}

const isDeleted = (tree: Tree, node: number): boolean =>
  tree.kind[tree.parent[node]] === Kind.UnaryExpression;

/** Somebody else may change objects that he gets. */
function changed(call: number, item: number, links: Links): void {
  const { items, tree, calls } = links.file;
  const kind = tree.kind[call];
  links.add(item, call);
  if ((kind !== Kind.CallExpression && kind !== Kind.NewExpression) || calls.isComplete(call)) return;
  for (const each of [objectOf(call, links), ...childrenOf(tree, call, Field.arguments)]) {
    const variable = links.variableOf(each);
    if (variable === NONE) continue;
    links.add(items.changes(variable), item, Why.MEMORY);
    links.add(items.content(variable), item, Why.MEMORY);
  }
}

function left(node: number, item: number, links: Links): void {
  const { tree } = links.file;
  const kind = tree.kind[node];
  // Of an arrow without braces, it is the value itself.
  if (kind !== Kind.ReturnStatement && kind !== Kind.ThrowStatement) return links.add(item, node);
  for (const argument of childrenOf(tree, node)) links.add(item, argument);
}

/** What it depends on whether a step fails. */
export function linkFailure(item: number, flow: number, block: number, step: number, links: Links): void {
  const { tree, items, calls, flows } = links.file;
  const { failing, op: ops, node: nodes } = flows[flow];
  const op = ops[step];
  const node = nodes[step];
  if (failing[block] === Failing.NONE || SAFE.has(op)) return;
  if (failing[block] === Failing.ALL) {
    if (isTaken(tree, op, node)) given(tree, node, links.giver(item));
    else links.add(item, node);
    if (op === Op.ITERATE) links.found(item, undefined);
  }
  if (op !== Op.CALL) return;
  for (const target of calls.targets(node)) {
    const called = links.sites.flowOf(target);
    if (called === undefined) continue;
    links.add(item, items.block(called, FAILED), Why.CALL);
    links.add(item, childAt(tree, node, Field.callee));
  }
}

/** These do not, or it is no question that they do. */
const SAFE: ReadonlySet<number> = new Set([Op.WRITE, Op.CLOSURE, Op.CATCH, Op.RETURN, Op.THROW, Op.BRANCH]);

/** A pattern, or what is taken for a part of one. */
function isTaken(tree: Tree, op: number, node: number): boolean {
  const kind = tree.kind[node];
  const above = tree.kind[tree.parent[node]];
  if (kind === Kind.ObjectPattern || kind === Kind.ArrayPattern || kind === Kind.RestElement) return true;
  if (kind === Kind.Property) return above === Kind.ObjectPattern;
  return op === Op.STORE || (op === Op.ITERATE && above === Kind.ArrayPattern);
}
