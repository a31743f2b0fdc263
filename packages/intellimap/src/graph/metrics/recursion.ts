/** Which functions call themselves by their own name. Pure. */
import {
  bareNode,
  childAt,
  Field,
  Flag,
  has,
  isFunction,
  Kind,
  NONE,
  textOf,
  type Tree,
} from '../tree/tree.ts';
import type { Scopes } from '../scopes/scopes.ts';
import type { Bodies } from './bodies.ts';

/** By body, 1: somewhere in it, functions within included, it is called. A name that is given another value is taken for what it is first. */
export function recursiveBodies(tree: Tree, scopes: Scopes, bodies: Bodies): Uint8Array {
  const bodyAt = new Map(Array.from(bodies.owner, (node, body) => [node, body]));
  const isRecursive = new Uint8Array(bodies.size);
  for (let node = 1; node < tree.size; node++) {
    if (tree.kind[node] !== Kind.CallExpression) continue;
    const called = calledFunction(tree, scopes, bodies, node);
    const body = bodyAt.get(called);
    if (body !== undefined && node > called && node < tree.after[called]) isRecursive[body] = 1;
  }
  return isRecursive;
}

function calledFunction(tree: Tree, scopes: Scopes, bodies: Bodies, call: number): number {
  const callee = bareNode(tree, childAt(tree, call, Field.callee));
  if (tree.kind[callee] === Kind.Identifier) {
    const binding = scopes.bindingOf[callee];
    return binding < 0 ? NONE : functionNamed(tree, scopes.bindings.node[binding]);
  }
  return tree.kind[callee] === Kind.MemberExpression ? ownMethod(tree, bodies, callee) : NONE;
}

/** `function f() {}`, `const f = function () {}` */
function functionNamed(tree: Tree, name: number): number {
  const above = tree.parent[name];
  if (tree.field[name] !== Field.id) return NONE;
  if (isFunction(tree, above)) return above;
  if (tree.kind[above] !== Kind.VariableDeclarator) return NONE;
  const value = bareNode(tree, childAt(tree, above, Field.init));
  return value !== NONE && isFunction(tree, value) ? value : NONE;
}

/** `this.m()` within the method `m`, or within arrows there. */
function ownMethod(tree: Tree, bodies: Bodies, member: number): number {
  const object = bareNode(tree, childAt(tree, member, Field.object));
  if (tree.kind[object] !== Kind.ThisExpression || has(tree, member, Flag.COMPUTED)) return NONE;
  let body = bodies.of[member];
  while (tree.kind[bodies.owner[body]] === Kind.ArrowFunctionExpression) body = bodies.outer[body];
  const owner = bodies.owner[body];
  const method = tree.parent[owner];
  if (method === NONE || tree.field[owner] !== Field.value) return NONE;
  const isMethod = tree.kind[method] === Kind.MethodDefinition && textOf(tree, method) === 'method';
  const key = childAt(tree, method, Field.key);
  const property = childAt(tree, member, Field.property);
  const isSame = tree.kind[key] === tree.kind[property] && tree.text[key] === tree.text[property];
  return isMethod && isSame && !has(tree, method, Flag.COMPUTED) ? owner : NONE;
}
