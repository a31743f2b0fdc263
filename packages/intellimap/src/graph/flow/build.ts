/** Tree → control flow of each body in it. Pure. */
import { childAt, childrenOf, Field, Flag, has, isFunction, Kind, NONE, type Tree } from '../tree/tree.ts';
import { Body } from './body.ts';
import { VALUES } from './expressions.ts';
import { EXIT, type Flow } from './flow.ts';
import { declared } from './patterns.ts';
import { hoist, leave, run, STATEMENTS, statementsIn } from './statements.ts';

const VISITS = { value: VALUES, statement: STATEMENTS };

/** One for the program, and one for each function, field with a value, and static block, in the order of the text. */
export function flowsOf(tree: Tree): Flow[] {
  const flows: Flow[] = [];
  for (let node = 0; node < tree.size; node++) if (hasBody(tree, node)) flows.push(flowOf(tree, node));
  return flows;
}

function hasBody(tree: Tree, node: number): boolean {
  const kind = tree.kind[node];
  if (kind === Kind.Program || kind === Kind.StaticBlock) return true;
  if (kind === Kind.PropertyDefinition || kind === Kind.AccessorProperty)
    return childAt(tree, node, Field.value) !== NONE;
  return isFunction(tree, node) && childAt(tree, node, Field.body) !== NONE;
}

/** @param owner as `bodyOwner` tells */
export function flowOf(tree: Tree, owner: number): Flow {
  const isAsync = has(tree, owner, Flag.ASYNC);
  const body = new Body(tree, VISITS, isAsync, has(tree, owner, Flag.GENERATOR));
  body.draft.goTo(body.draft.block());
  const kind = tree.kind[owner];
  if (kind === Kind.Program || kind === Kind.StaticBlock) statementsIn(childrenOf(tree, owner), body);
  else if (isFunction(tree, owner)) functionBody(owner, body);
  else body.value(childAt(tree, owner, Field.value));
  body.draft.edge(EXIT);
  return body.draft.finish(owner);
}

function functionBody(owner: number, body: Body): void {
  const { tree } = body;
  for (const parameter of childrenOf(tree, owner, Field.params)) declared(parameter, body);
  const inner = childAt(tree, owner, Field.body);
  if (body.kind(inner) !== Kind.BlockStatement) {
    body.value(inner);
    return leave(inner, body);
  }
  const statements = childrenOf(tree, inner);
  hoist(statements, body);
  // A generator waits for somebody to ask before anything else happens.
  if (body.isGenerator) body.suspend(owner);
  run(statements, body);
}
