/**
 * What is put into a list or an object that a variable holds, and where that variable is read: `all.push(a); return all`. Other ways to it are not followed. Pure.
 */
import { Op } from '../flow/flow.ts';
import type { Scopes } from '../scopes/scopes.ts';
import type { Dependence } from '../ssa/dependence.ts';
import { bareNode, childAt, Field, Kind, NONE, textOf, type Tree } from '../tree/tree.ts';

const PUT: ReadonlySet<string> = new Set(['push', 'unshift', 'splice', 'fill', 'set', 'add', 'append']);

/** Item that puts something in → items that may find it, or the other way round. */
export type Changes = ReadonlyMap<number, readonly number[]>;

interface Put {
  item: number;
  /** By a method, so that whoever looks into the list may find it; otherwise it is one property. */
  isMethod: boolean;
}

export function changesOf(dependence: Dependence, scopes: Scopes, isForward: boolean): Changes {
  const { flows, items, tree } = dependence;
  const puts = new Map<number, Put[]>();
  flows.forEach(({ op, node }, flow) =>
    op.forEach((each, step) => {
      if (each !== Op.CALL && each !== Op.STORE) return;
      const isMethod = each === Op.CALL;
      const object = isMethod ? listOf(tree, node[step]) : objectOf(tree, node[step]);
      const binding = object === NONE ? NONE : scopes.bindingOf[object];
      if (binding >= 0) add(puts, binding, { item: items.step(flow, step), isMethod });
    }),
  );
  const changes = new Map<number, number[]>();
  for (const { op, node } of flows)
    op.forEach((each, step) => {
      if (each !== Op.READ) return;
      const read = node[step];
      for (const { item, isMethod } of puts.get(scopes.bindingOf[read]) ?? []) {
        if (!isWhole(tree, read, isMethod)) continue;
        if (isForward) add(changes, item, read);
        else add(changes, read, item);
      }
    });
  return changes;
}

/** What is read is the object as it is, and not one of its properties, nor what it is told to do. */
function isWhole(tree: Tree, read: number, isMethod: boolean): boolean {
  const above = tree.parent[read];
  if (tree.kind[above] !== Kind.MemberExpression || tree.field[read] !== Field.object) return true;
  const isToldTo = tree.field[above] === Field.callee && PUT.has(nameOf(tree, above));
  return isMethod && !isToldTo;
}

/** `all.push(…)`: the list's name; `NONE`: the call is none of these. */
function listOf(tree: Tree, call: number): number {
  if (tree.kind[call] !== Kind.CallExpression) return NONE;
  const callee = bareNode(tree, childAt(tree, call, Field.callee));
  return PUT.has(nameOf(tree, callee)) ? objectOf(tree, callee) : NONE;
}

const nameOf = (tree: Tree, member: number): string =>
  tree.kind[member] === Kind.MemberExpression ? textOf(tree, childAt(tree, member, Field.property)) : '';

function objectOf(tree: Tree, member: number): number {
  if (tree.kind[member] !== Kind.MemberExpression) return NONE;
  const object = bareNode(tree, childAt(tree, member, Field.object));
  return object !== NONE && tree.kind[object] === Kind.Identifier ? object : NONE;
}

function add<Value>(map: Map<number, Value[]>, key: number, value: Value): void {
  const known = map.get(key);
  if (known === undefined) map.set(key, [value]);
  else known.push(value);
}
