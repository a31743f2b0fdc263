/** Values: what the value of each node depends on. */
import { bareNode, bodyOwner, childAt, childrenOf, Field, Flag, has, isFunction, Kind, NONE } from '../tree/tree.ts'; // prettier-ignore
import { FAILED } from '../flow/flow.ts';
import type { Links } from './links.ts';
import { partsOf, propertyName } from './values.ts';
import { Why } from './why.ts';

export function linkValues(links: Links): void {
  for (let node = 0; node < links.file.tree.size; node++) value(node, links);
}

function value(node: number, links: Links): void {
  const { tree, items } = links.file;
  const kind = tree.kind[node];
  if (kind === Kind.CallExpression || kind === Kind.NewExpression) return called(node, links);
  for (const part of partsOf(tree, node)) links.add(node, part);
  switch (kind) {
    case Kind.ConditionalExpression:
      return links.add(node, childAt(tree, node, Field.test), Why.CONTROL);
    case Kind.MemberExpression:
      return loaded(node, links);
    case Kind.SpreadElement:
    case Kind.TemplateLiteral:
    case Kind.YieldExpression:
      return links.found(node, undefined);
    case Kind.ThisExpression:
      return self(node, links);
    case Kind.PropertyDefinition:
      if (!has(tree, node, Flag.COMPUTED))
        links.add(items.property(propertyName(tree, node)!), node, Why.MEMORY);
  }
}

function loaded(node: number, links: Links): void {
  const { tree, items } = links.file;
  links.found(node, propertyName(tree, node));
  const object = links.variableOf(childAt(tree, node, Field.object));
  if (object !== NONE) links.add(node, items.changes(object), Why.MEMORY);
}

/** What stands in front of the dot where the function is called. */
function self(node: number, links: Links): void {
  const { tree } = links.file;
  let owner = bodyOwner(tree, node);
  while (tree.kind[owner] === Kind.ArrowFunctionExpression) owner = bodyOwner(tree, owner);
  for (const call of links.sites.callsOf(owner)) {
    const object = objectOf(call, links);
    if (object !== NONE) links.add(node, object, Why.CALL);
  }
}

/** What a function is called on; `NONE`: on nothing. */
export function objectOf(call: number, { file: { tree } }: Links): number {
  const callee = bareNode(tree, childAt(tree, call, Field.callee));
  return tree.kind[callee] === Kind.MemberExpression ? childAt(tree, callee, Field.object) : NONE;
}

function called(node: number, links: Links): void {
  const { tree, items, calls } = links.file;
  links.add(node, childAt(tree, node, Field.callee));
  for (const target of calls.targets(node)) returned(node, target, links);
  if (calls.isComplete(node)) return;
  // Whoever is called may look at all that he gets, and call the functions among it.
  const given = childrenOf(tree, node, Field.arguments);
  for (const argument of given) links.add(node, argument);
  for (const each of [objectOf(node, links), ...given]) {
    const variable = links.variableOf(each);
    if (variable !== NONE) links.add(node, items.content(variable), Why.MEMORY);
    if (each !== NONE && isFunction(tree, each)) returned(node, each, links);
  }
}

function returned(call: number, target: number, links: Links): void {
  const { tree, items } = links.file;
  const flow = links.sites.flowOf(target);
  if (flow === undefined) return;
  links.add(call, items.result(flow), Why.CALL);
  if (!has(tree, target, Flag.ASYNC)) return;
  // Who awaits it finds what it threw.
  links.add(call, items.thrown(flow, FAILED), Why.CALL);
  links.add(call, items.block(flow, FAILED), Why.CALL);
}
