/** Functions and classes: their parameters, bodies and members. */
import { childAt, childrenOf, Field, Flag, has, isFunction, Kind, NONE, textOf } from '../tree/tree.ts';
import type { Collector } from './collect.ts';
import { ANY, type FunctionFacts, NO_SLOT, type Slot, thing, ThingKind } from './facts.ts';
import { extentOf, standOf } from './extents.ts';
import { keyName, wordsOf } from './names.ts';
import { assign } from './patterns.ts';

/** @returns a slot that holds the function */
export function functionValue(node: number, into: Collector): Slot {
  const { tree, facts } = into;
  const isArrow = tree.kind[node] === Kind.ArrowFunctionExpression;
  const index = facts.functions.length;
  const before = standOf(into);
  const self = isArrow ? into.place.self : into.slot();
  const result = into.slot();
  const id = into.ids.functionId(node) ?? null;
  const it: FunctionFacts = { id, parameters: [], rest: [], self: isArrow ? NO_SLOT : self, result, gives: [], copies: [], extent: null, body: null };
  facts.functions.push(it);
  into.around.push(it);
  const held = into.holding(thing(ThingKind.FUNCTION, index));
  const name = childAt(tree, node, Field.id);
  if (name !== NONE) into.named(name, held);
  let yields = NO_SLOT;
  if (has(tree, node, Flag.GENERATOR)) {
    yields = into.slot();
    const list = into.object();
    into.store(list, ANY, yields, node, { of: 'element' });
    into.flow(list, result);
  }
  into.within({ owner: index, self, result: yields === NO_SLOT ? result : yields, yields }, () => {
    const all = into.argumentsOf.get(node);
    if (all !== undefined) it.rest.push([0, listIn(all, node, into)]);
    const parameters = childrenOf(tree, node, Field.params);
    for (const parameter of parameters) parameterOf(it, parameter, into);
    const body = childAt(tree, node, Field.body);
    if (body === NONE) return;
    if (parameters.length > 0) it.body = into.begin(body);
    const value = into.value(body);
    if (tree.kind[body] !== Kind.BlockStatement) givenBack(body, value, into);
  });
  into.around.pop();
  it.extent = extentOf(node, it, before, into);
  return held;
} // prettier-ignore

/** A function gives a value back. */
export function givenBack(node: number, value: Slot, into: Collector): void {
  const { place, facts, scopes } = into;
  const it = facts.functions[place.owner];
  const isSelf = value !== NO_SLOT && value === it.self;
  const index = isSelf ? -1 : it.parameters.indexOf(value);
  // Where it may be something else by then, all that it may be is given back.
  const isSame = isSelf || (index >= 0 && value < scopes.bindings.size && scopes.bindings.writes[value] <= 1);
  const isPlain = place.yields === NO_SLOT && isSame && into.tree.kind[node] !== Kind.AssignmentExpression;
  if (!isPlain) into.flow(value, place.result);
  else if (!it.gives.includes(index)) it.gives.push(index);
} // prettier-ignore

function parameterOf(it: { parameters: Slot[]; rest: [number, Slot][] }, node: number, into: Collector): void {
  const { tree } = into;
  if (tree.kind[node] === Kind.RestElement) {
    const list = into.slot();
    it.rest.push([it.parameters.length, listIn(list, node, into)]);
    assign(childAt(tree, node, Field.argument), list, into);
    return;
  }
  const isProperty = tree.kind[node] === Kind.TSParameterProperty;
  const pattern = isProperty ? childAt(tree, node, Field.parameter) : node;
  if (tree.kind[pattern] === Kind.Identifier) it.parameters.push(into.variable(pattern));
  else {
    const given = into.slot();
    it.parameters.push(given);
    assign(pattern, given, into);
  }
  if (!isProperty) return;
  const name = tree.kind[pattern] === Kind.AssignmentPattern ? childAt(tree, pattern, Field.left) : pattern;
  into.store(into.place.self, textOf(tree, name), into.variable(name), node);
} // prettier-ignore

/** A new list in a slot. @returns what each of its elements may be */
function listIn(slot: Slot, node: number, into: Collector): Slot {
  const list = into.object();
  into.flow(list, slot);
  const element = into.slot();
  into.store(list, ANY, element, node, { of: 'element' });
  return element;
}

/** @returns a slot that holds the class */
export function classValue(node: number, into: Collector): Slot {
  const { tree, facts } = into;
  const superClass = childAt(tree, node, Field.superClass);
  const base = superClass === NONE ? NO_SLOT : into.value(superClass);
  const name = childAt(tree, node, Field.id);
  const held = into.holding(thing(ThingKind.CLASS, facts.classes.length));
  const it = { name: name === NONE ? '' : textOf(tree, name), maker: -1, fields: -1, base };
  facts.classes.push(it);
  if (name !== NONE) into.named(name, held);
  decorated(node, held, into);
  for (const member of childrenOf(tree, childAt(tree, node, Field.body))) {
    decorated(member, NO_SLOT, into);
    const isStatic = has(tree, member, Flag.STATIC) || tree.kind[member] === Kind.StaticBlock;
    into.within({ cls: { base, isStatic } }, () => memberOf(it, held, member, isStatic, into));
  }
  return held;
}

function memberOf(it: { maker: number; fields: number }, cls: Slot, node: number, isStatic: boolean, into: Collector): void {
  const { tree, facts } = into;
  const value = childAt(tree, node, Field.value);
  if (tree.kind[node] === Kind.StaticBlock) return staticBlock(node, cls, into);
  if (has(tree, node, Flag.COMPUTED)) into.value(childAt(tree, node, Field.key));
  if (tree.kind[node] === Kind.MethodDefinition) {
    const kind = textOf(tree, node);
    if (value === NONE || childAt(tree, value, Field.body) === NONE) return;
    if (kind === 'constructor') it.maker = facts.functions.length;
    const held = functionValue(value, into);
    const name = `${kind === 'get' || kind === 'set' ? `${kind} ` : ''}${keyName(tree, node)}`;
    if (kind !== 'constructor') into.store(cls, name, held, node, { of: isStatic ? 'object' : 'prototype', own: true });
  } else if (value !== NONE) {
    const own = isFunction(tree, value);
    if (isStatic)
      into.within({ self: cls }, () => into.store(cls, keyName(tree, node), into.value(value), node, { own }));
    else
      into.within(fieldsOf(it, into), () => into.store(into.place.self, keyName(tree, node), into.value(value), node, { own }));
  }
} // prettier-ignore

/** What initialises the fields of a class: one function, which has no site. */
function fieldsOf(it: { fields: number }, into: Collector): { owner: number; self: Slot } {
  const { functions } = into.facts;
  if (it.fields < 0) {
    it.fields = functions.length;
    functions.push({
      id: null,
      parameters: [],
      rest: [],
      self: into.slot(),
      result: into.slot(),
      gives: [],
      copies: [],
      extent: null,
      body: null,
    });
  }
  return { owner: it.fields, self: functions[it.fields].self };
}

function staticBlock(node: number, cls: Slot, into: Collector): void {
  const { tree, facts } = into;
  const index = facts.functions.length;
  const id = into.ids.functionId(node) ?? null;
  const result = into.slot();
  facts.functions.push({
    id,
    parameters: [],
    rest: [],
    self: NO_SLOT,
    result,
    gives: [],
    copies: [],
    extent: null,
    body: null,
  });
  const callee = into.holding(thing(ThingKind.FUNCTION, index));
  into.site(node, { form: 'call', via: 'direct', callee, text: 'static' });
  into.within({ owner: index, self: cls, result, yields: NO_SLOT }, () => {
    for (const statement of childrenOf(tree, node)) into.value(statement);
  });
}

function decorated(node: number, target: Slot, into: Collector): void {
  const { tree } = into;
  for (const decorator of childrenOf(tree, node, Field.decorators)) {
    const expression = childAt(tree, decorator, Field.expression);
    const callee = into.value(expression);
    into.site(decorator, { form: 'decorator', via: 'value', callee, args: [target], text: wordsOf(tree, expression) });
  }
} // prettier-ignore
