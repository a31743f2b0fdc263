/** Places where something is called. */
import { bareNode, childAt, childrenOf, Field, has, Flag, Kind, NONE, textOf, isFunction } from '../tree/tree.ts'; // prettier-ignore
import type { Collector } from './collect.ts';
import { describedByName } from './copies.ts';
import { ANY, type CallSite, ELEMENT, NO_SLOT, type Slot, type SiteForm, type Via } from './facts.ts';
import { literalText, wordsOf } from './names.ts';
import { keyOf, memberIn, objectOf } from './patterns.ts';

export function call(node: number, into: Collector): Slot {
  const { tree } = into;
  const isNew = tree.kind[node] === Kind.NewExpression;
  const callee = bareNode(tree, childAt(tree, node, Field.callee));
  const nodes = childrenOf(tree, node, Field.arguments);
  const specifier = isNew || nodes.length !== 1 || !into.isGlobal(callee, 'require') ? undefined : literalText(tree, nodes[0]);
  if (specifier !== undefined) return required(node, specifier, into);
  const { args, spread } = argumentsOf(nodes, into);
  const rest = { args, spread, literals: nodes.slice(0, 2).map((each) => textOrParameter(each, into)), text: wordsOf(tree, callee) };
  if (tree.kind[callee] === Kind.Super) {
    const base = into.place.cls?.base ?? NO_SLOT;
    return into.site(node, { ...rest, form: 'super', via: 'super', callee: base, object: into.place.self });
  }
  describedByName(node, rest.text, into);
  if (tree.kind[callee] === Kind.MemberExpression) return methodCall(callee, isNew, rest, into);
  const [via, binding] = calledBy(callee, into);
  const form: SiteForm = isNew ? 'new' : 'call';
  return into.site(callee, { ...rest, form, via, callee: into.value(callee) }, binding);
} // prettier-ignore

function textOrParameter(node: number, into: Collector): string | Slot | null {
  const text = literalText(into.tree, node);
  if (text !== undefined) return text;
  const parameter = into.parameter(bareNode(into.tree, node));
  return parameter === NO_SLOT ? null : parameter;
}

type About = Pick<CallSite, 'args' | 'spread' | 'literals' | 'text'>;

function methodCall(callee: number, isNew: boolean, about: About, into: Collector): Slot {
  const { tree } = into;
  const isComputed = has(tree, callee, Flag.COMPUTED);
  const key = childAt(tree, callee, Field.property);
  const name = memberIn(callee, into);
  const object = objectOf(callee, into);
  const called = into.load(object, name, key, keyOf(callee, name, into));
  const isUnnamed = isComputed && (name === ANY || name === ELEMENT);
  const form: SiteForm = isNew ? 'new' : isUnnamed ? 'computed' : 'method';
  const root = bareNode(tree, childAt(tree, callee, Field.object));
  return into.site(key, { ...about, form, via: rootOf(root, into), callee: called, object, name });
}

/** How somebody comes by the object whose method is called. */
function rootOf(node: number, into: Collector): Via {
  const { tree } = into;
  switch (tree.kind[node]) {
    case Kind.ThisExpression:
      return 'this';
    case Kind.Super:
      return 'super';
    case Kind.CallExpression:
      return 'result';
    case Kind.Identifier: {
      const binding = into.variable(node);
      const via = binding === NO_SLOT ? 'value' : into.viaOf(binding);
      // Of a class the file declares it is a member; of an import it is one when all of a module was imported.
      return via === 'import' || via === 'parameter' ? via : 'value';
    }
    default:
      return 'value';
  }
}

/** How somebody comes by the function that is called; where the whole file has to be seen first, its binding. */
function calledBy(callee: number, into: Collector): [Via, Slot] {
  const { tree } = into;
  if (isFunction(tree, callee) || tree.kind[callee] === Kind.ClassExpression) return ['direct', NO_SLOT];
  if (isRequire(callee, into)) return ['import', NO_SLOT];
  if (tree.kind[callee] === Kind.CallExpression) return ['result', NO_SLOT];
  return tree.kind[callee] === Kind.Identifier ? ['value', into.variable(callee)] : ['value', NO_SLOT];
}

/** `require(…)` */
export const isRequire = (node: number, into: Collector): boolean =>
  into.tree.kind[node] === Kind.CallExpression &&
  into.isGlobal(childAt(into.tree, node, Field.callee), 'require');

function argumentsOf(nodes: readonly number[], into: Collector): { args: Slot[]; spread: number } {
  const { tree } = into;
  let spread = -1;
  const args = nodes.map((node, index) => {
    if (tree.kind[node] !== Kind.SpreadElement) return into.value(node);
    if (spread < 0) spread = index;
    return into.value(childAt(tree, node, Field.argument));
  });
  return { args, spread };
}

function required(node: number, specifier: string, into: Collector): Slot {
  const to = into.slot();
  const { line, column } = into.ids.position(into.tree.start[node]);
  into.facts.imports.push({ specifier, name: 'require', to, owner: into.place.owner, line, column });
  return to;
}

export function importCall(node: number, into: Collector): Slot {
  const { tree } = into;
  const source = childAt(tree, node, Field.source);
  const specifier = literalText(tree, source);
  into.value(source);
  if (specifier === undefined) return NO_SLOT;
  const to = into.slot();
  const { line, column } = into.ids.position(tree.start[node]);
  into.facts.imports.push({ specifier, name: 'import()', to, owner: into.place.owner, line, column });
  return to;
}

export function taggedTemplate(node: number, into: Collector): Slot {
  const { tree } = into;
  const tag = bareNode(tree, childAt(tree, node, Field.tag));
  const quasi = childAt(tree, node, Field.quasi);
  const values = childrenOf(tree, quasi, Field.expressions).map((each) => into.value(each));
  const about: About = { args: [NO_SLOT, ...values], spread: -1, literals: [], text: wordsOf(tree, tag) };
  if (tree.kind[tag] === Kind.MemberExpression) return methodCall(tag, false, about, into);
  const [via, binding] = calledBy(tag, into);
  return into.site(tag, { ...about, form: 'tag', via, callee: into.value(tag) }, binding);
}

/** A component is called with what its attributes say; what is handed to an element of the page is called by that. */
export function jsxElement(node: number, into: Collector): void {
  const { tree } = into;
  const opening = childAt(tree, node, Field.openingElement);
  const name = childAt(tree, opening, Field.name);
  const properties = into.object();
  const handlers: [string, Slot, number][] = [];
  for (const attribute of childrenOf(tree, opening, Field.attributes)) {
    if (tree.kind[attribute] === Kind.JSXSpreadAttribute) {
      const from = into.value(childAt(tree, attribute, Field.argument));
      if (from !== NO_SLOT) into.facts.inherits.push([properties, from]);
      continue;
    }
    const key = textOf(tree, childAt(tree, attribute, Field.name));
    const value = jsxValue(childAt(tree, attribute, Field.value), into);
    into.store(properties, key, value, attribute);
    if (value !== NO_SLOT) handlers.push([key, value, attribute]);
  }
  for (const child of childrenOf(tree, node, Field.children)) into.store(properties, 'children', jsxValue(child, into), child);
  const isOfPage = tree.kind[name] === Kind.JSXIdentifier && /^[a-z]/.test(textOf(tree, name));
  if (isOfPage)
    for (const [text, value, at] of handlers) into.site(at, { form: 'jsx', via: 'value', text, args: [value] });
  else {
    const callee = into.value(name);
    const binding = tree.kind[name] === Kind.JSXIdentifier ? callee : NO_SLOT;
    into.site(name, { form: 'jsx', via: 'value', callee, args: [properties], text: wordsOf(tree, name) }, binding);
  }
} // prettier-ignore

function jsxValue(node: number, into: Collector): Slot {
  if (node === NONE) return NO_SLOT;
  const { tree } = into;
  return into.value(
    tree.kind[node] === Kind.JSXExpressionContainer ? childAt(tree, node, Field.expression) : node,
  );
}
