/** Functions and classes: units of their own, with their members. */
import { bare, type Node } from '../../transform/index.ts';
import { declareIn } from './declare.ts';
import type { Facts, Place } from './facts.ts';
import { isFunctionNode, namesIn, Scope } from './scopes.ts';

/** What is inside of a function belongs to it. @param span the method definition of a method. */
export function enterFunction(node: Node, place: Place, facts: Facts, span: Node = node): string | undefined {
  const id = facts.functionId(span);
  if (id === undefined || !node['body']) return undefined;
  facts.flags.spans.push({ id, start: span.start, end: span.end });
  const scope = new Scope(place.scope, true);
  const own: string | undefined = node.type === 'FunctionExpression' ? node['id']?.name : undefined;
  if (own !== undefined) scope.declare(own, { unit: id });
  for (const param of node['params'] as Node[])
    for (const name of namesIn(param)) scope.declare(name, { isUnknown: true });
  const inside: Place = { owner: id, hold: id, scope, cls: place.cls };
  for (const param of node['params'] as Node[]) visitPattern(param, inside, facts);
  const body: Node = node['body'];
  if (body.type === 'BlockStatement') {
    declareIn(body['body'], scope, facts);
    facts.visitAll(body['body'], inside);
  } else {
    facts.visit(body, inside);
    facts.arrows.push([body, inside]);
  }
  return id;
}

/** Defaults and keys of a pattern; the names it declares are somebody else's business. */
export function visitPattern(pattern: Node | null, place: Place, facts: Facts): void {
  switch (pattern?.type) {
    case 'AssignmentPattern':
      visitPattern(pattern['left'], place, facts);
      facts.visit(pattern['right'], { ...place, hold: place.owner });
      break;
    case 'ObjectPattern':
      for (const property of pattern['properties'] as Node[]) {
        if (property.type === 'RestElement') continue;
        if (property['computed']) facts.visit(property['key'], place);
        pickedOut(keyName(property), place, facts);
        visitPattern(property['value'], place, facts);
      }
      break;
    case 'ArrayPattern':
      for (const element of pattern['elements'] as (Node | null)[]) visitPattern(element, place, facts);
      break;
    case 'RestElement':
      visitPattern(pattern['argument'], place, facts);
      break;
    case 'TSParameterProperty':
      visitPattern(pattern['parameter'], place, facts);
      break;
    case 'MemberExpression':
      facts.visit(pattern, place);
      break;
    default:
  }
}

/** `{ [name]: a }` may be any member of anything that the file knows. */
function pickedOut(name: string | null, { owner }: Place, facts: Facts): void {
  if (name === null) facts.refer(owner, 'computed');
  else facts.refer(owner, 'mention', { name });
}

/** Name of a property or method; null when it is computed. */
export function keyName(node: Node): string | null {
  const key: Node = node['key'];
  if (key.type === 'PrivateIdentifier') return `#${key['name']}`;
  if (key.type === 'Literal') return String(key['value']);
  return node['computed'] ? null : (key['name'] ?? null);
}

/** Name that calls of a method, accessor or property mention; null: any call may mean it. Setters are called by assignments, which mention nothing. */
const memberName = (node: Node): string | null => (node['kind'] === 'set' ? null : keyName(node));

/** @returns the class's holder */
export function enterClass(node: Node, place: Place, facts: Facts, known?: string): string {
  const name: string = node['id']?.name ?? '';
  const cls = known ?? facts.holder('class', name, node);
  const scope = new Scope(place.scope, false);
  if (name !== '') scope.declare(name, { unit: cls });
  const inside: Place = { owner: cls, hold: cls, scope, cls };
  if ((node['decorators'] ?? []).length > 0) {
    // Whoever decorates it gets hold of it.
    facts.visitAll(node['decorators'], { ...place, hold: place.owner });
    facts.refer(place.owner, 'use', { dst: cls });
    facts.open(cls);
  }
  if (node['superClass']) heritage(node['superClass'], inside, facts);
  for (const member of node['body'].body as Node[]) classMember(member, cls, inside, place, facts);
  return cls;
}

/** Classes of the language, and the one of packages, that do not call methods by name. */
const QUIET = new Set(['Error', 'TypeError', 'RangeError', 'SyntaxError', 'AggregateError', 'Map', 'Set', 'WeakMap', 'Array', 'Object', 'EventEmitter']); // prettier-ignore

function heritage(node: Node, place: Place, facts: Facts): void {
  facts.visit(node, place);
  const base = bare(node);
  facts.later.push(() => {
    const binding = base?.type === 'Identifier' ? place.scope.find(base['name']) : undefined;
    if (binding?.unit !== undefined || binding?.imported?.specifier.startsWith('.')) return;
    const name: string = binding?.imported?.name ?? base?.['name'] ?? '';
    if (!QUIET.has(name) && !QUIET.has(base?.['name'])) facts.open(place.owner);
  });
}

function classMember(member: Node, cls: string, inside: Place, around: Place, facts: Facts): void {
  const decorators: Node[] = member['decorators'] ?? [];
  facts.visitAll(decorators, { ...around, hold: around.owner });
  if (decorators.length > 0) facts.open(cls);
  if (member['computed']) facts.visit(member['key'], inside);
  if (member.type === 'StaticBlock') {
    const id = facts.functionId(member);
    if (id === undefined) return;
    facts.refer(around.owner, 'use', { dst: id });
    const scope = new Scope(inside.scope, true);
    declareIn(member['body'], scope, facts);
    facts.visitAll(member['body'], { owner: id, hold: id, scope, cls });
  } else if (member.type === 'MethodDefinition') {
    const id = enterFunction(member['value'], inside, facts, member);
    if (id === undefined) return;
    if (member['kind'] === 'constructor') facts.refer(cls, 'use', { dst: id });
    facts.member(id, cls, member['kind'] === 'constructor' ? 'constructor' : memberName(member));
  } else if (member['value']) memberValue(member['value'], cls, keyName(member), inside, facts);
}

/** A function or object that hangs on something by a name; anything else is held by it. */
export function memberValue(
  node: Node,
  of: string,
  name: string | null,
  place: Place,
  facts: Facts,
): string | undefined {
  const value = bare(node);
  let unit: string | undefined;
  if (isFunctionNode(value)) unit = enterFunction(value!, place, facts);
  else if (value?.type === 'ObjectExpression') unit = enterObject(value, place, facts);
  else if (value?.type === 'ClassExpression') unit = enterClass(value, place, facts);
  if (unit !== undefined) facts.member(unit, of, name);
  else facts.visit(node, { ...place, hold: of });
  return unit;
}

/** @returns the object's holder */
export function enterObject(node: Node, place: Place, facts: Facts): string {
  const object = facts.holder('object', '', node);
  facts.objects.set(node, object);
  for (const property of node['properties'] as Node[]) {
    if (property.type === 'SpreadElement') {
      facts.spread.add(object);
      facts.visit(property['argument'], { ...place, hold: object });
      continue;
    }
    if (property['computed']) facts.visit(property['key'], { ...place, hold: place.owner });
    if (property['method'] || property['kind'] === 'get' || property['kind'] === 'set') {
      const id = enterFunction(property['value'], place, facts, property);
      if (id !== undefined) facts.member(id, object, memberName(property));
    } else memberValue(property['value'], object, keyName(property), place, facts);
  }
  return object;
}
