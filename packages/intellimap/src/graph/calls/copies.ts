/**
 * Functions that copy members from one object to another: `a[name] = b[name]`, `Object.defineProperty(a, name, Object.getOwnPropertyDescriptor(b, name))`. Where both are
 * parameters, each call copies between what it is given; taken together, all would be copied to all.
 */
import { bareNode, childAt, childrenOf, Field, Flag, has, Kind, NONE } from '../tree/tree.ts';
import type { Collector } from './collect.ts';
import { NO_SLOT, type Slot } from './facts.ts';

/**
 * @param left assigned to
 * @param right what is assigned; both without parentheses
 * @returns whether it is such a copy
 */
export function assignedByName(left: number, right: number, into: Collector): boolean {
  const [to, from] = [computedKey(left, into), computedKey(right, into)];
  if (to === NO_SLOT || to !== from) return false;
  const [object, source] = [left, right].map((each) => childAt(into.tree, each, Field.object));
  return copied(object, source, into);
}

/** The variable of `b` in `a[b]`. */
function computedKey(node: number, into: Collector): Slot {
  const { tree } = into;
  if (tree.kind[node] !== Kind.MemberExpression || !has(tree, node, Flag.COMPUTED)) return NO_SLOT;
  return variableOf(childAt(tree, node, Field.property), into);
}

function variableOf(node: number, into: Collector): Slot {
  const it = bareNode(into.tree, node);
  return it !== NONE && into.tree.kind[it] === Kind.Identifier ? into.variable(it) : NO_SLOT;
}

const DESCRIBES = 'Object.getOwnPropertyDescriptor';
const DEFINES = 'Object.defineProperty';

/** By the variable of the name: what is described, and what is defined by that. */
export type Descriptors = Map<Slot, { from?: number; to?: number }>;

/** @param text words of what is called */
export function describedByName(node: number, text: string, into: Collector): void {
  if (text !== DESCRIBES && text !== DEFINES) return;
  const [object, key] = childrenOf(into.tree, node, Field.arguments);
  const name = key === undefined ? NO_SLOT : variableOf(key, into);
  if (name === NO_SLOT || object === undefined) return;
  const pair = into.descriptors.get(name) ?? {};
  into.descriptors.set(name, pair);
  if (text === DESCRIBES) pair.from = object;
  else pair.to = object;
  if (pair.from !== undefined && pair.to !== undefined) copied(pair.to, pair.from, into);
}

/** @returns whether both are parameters of a function around */
function copied(object: number, source: number, into: Collector): boolean {
  const [to, from] = [variableOf(object, into), variableOf(source, into)];
  if (to === NO_SLOT || from === NO_SLOT) return false;
  let found = false;
  for (const { parameters, copies } of into.around) {
    const [at, of] = [parameters.indexOf(to), parameters.indexOf(from)];
    if (at < 0 || of < 0) continue;
    copies.push([at, of]);
    found = true;
  }
  return found;
}
