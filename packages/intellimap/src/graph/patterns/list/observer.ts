import { Use } from '../../scopes/scopes.ts';
import { bareNode, childAt, childrenOf, Field, isFunction, Kind, NONE } from '../../tree/tree.ts';
import { argumentsOf, calleeName, calleeText, dotted, importOf, isGlobal } from '../facts/names.ts';
import { bindingOf, initOf } from '../facts/bindings.ts';
import { functionAround, iteratedBy, ITERATIONS, nodesIn } from '../facts/places.ts';
import { condition, node, type Roles } from '../match.ts';
import { pattern } from '../pattern.ts';
import type { Source } from '../source.ts';

/** Steps back to where a list comes from: `var a = a || []` leads nowhere. */
const STEPS = 16;
const ADDS = new Set(['push', 'add', 'set', 'unshift']);

/** `this.listeners.push(fn)`: the list as text, when what is added is a parameter of the function around it. */
const addsParameter = condition(
  'puts a parameter into a list that stays; or is a class of emitters',
  (file, at) => {
    const { tree } = file;
    if (tree.kind[at] !== Kind.CallExpression) return isEmitter(file, at);
    return ADDS.has(calleeName(tree, at)) && listOf(file, at) !== null && addedParameter(file, at) >= 0;
  },
);

/** `class Bus extends EventEmitter`, which tells something itself, or lets others. */
function isEmitter(file: Source, at: number): boolean {
  const base = bareNode(file.tree, childAt(file.tree, at, Field.superClass));
  if (base === NONE || file.tree.kind[base] !== Kind.Identifier) return false;
  const from = importOf(file, base);
  return from === null ? isGlobal(file, base) && dotted(file.tree, base) === 'EventTarget' : /^(?:node:)?events$|^(?:eventemitter[23]|mitt)$/.test(from.specifier); // prettier-ignore
}

/** `this.a` or a variable around the function; null: another thing. */
function listOf(file: Source, call: number): string | null {
  const { tree } = file;
  const callee = bareNode(tree, childAt(tree, call, Field.callee));
  if (tree.kind[callee] !== Kind.MemberExpression) return null;
  return stays(file, bareNode(tree, childAt(tree, callee, Field.object)));
}

/** Of `this.a`, `this.a.get(b)`, `this.a[b]`, or a variable of a function around: how it is written, without what is asked of it. */
function stays(file: Source, expression: number): string | null {
  const { tree, scopes } = file;
  let at = bareNode(tree, expression);
  for (let step = 0; step < STEPS; step++) {
    if (at === NONE) return null;
    const text = dotted(tree, at);
    if (/^this\.[#\w$]+$/.test(text)) return text;
    if (tree.kind[at] === Kind.Identifier) {
      const binding = scopes.bindingOf[at];
      if (binding < 0) return null;
      const declared = scopes.bindings.node[binding];
      if (file.owner[declared] !== file.owner[at]) return text;
      // `const list = this.all.get(name)`
      at = initOf(file, binding);
      if (at !== NONE && tree.kind[at] === Kind.Identifier) return null;
      continue;
    }
    if (tree.kind[at] === Kind.CallExpression) {
      at = bareNode(tree, childAt(tree, at, Field.callee));
      if (tree.kind[at] !== Kind.MemberExpression) return null;
    } else if (tree.kind[at] === Kind.MemberExpression) at = bareNode(tree, childAt(tree, at, Field.object));
    else if (tree.kind[at] === Kind.LogicalExpression) at = bareNode(tree, childAt(tree, at, Field.left));
    else return null;
  }
  return null;
}

/** The binding of the last argument, when it is a parameter; also as a part of what is added. */
function addedParameter(file: Source, call: number): number {
  const { tree, scopes } = file;
  const last = argumentsOf(tree, call).at(-1);
  // What a loop hands to its callback was not given by somebody who wants to hear.
  if (last === undefined || iteratedBy(tree, file.owner[call], ITERATIONS) !== NONE) return NONE;
  const binding = bindingOf(file, last);
  if (binding >= 0) return scopes.bindings.kind[binding] === 5 ? binding : NONE;
  if (tree.kind[last] !== Kind.ObjectExpression) return NONE;
  for (const property of childrenOf(tree, last)) {
    const value = bindingOf(file, childAt(tree, property, Field.value));
    if (value >= 0 && scopes.bindings.kind[value] === 5) return value;
  }
  return NONE;
}

/** `this.emit(…)` of its own; the class, where others do. */
const emitOf = ({ tree }: Source, at: number): number =>
  nodesIn(tree, at, Kind.CallExpression, true).find((call) => calleeText(tree, call) === 'this.emit') ?? at;

/** Calls each element of such a list: `for (const f of list) f(x)`, `list.forEach((f) => f(x))`. */
function notifierOf(file: Source, list: string, adder: number): number {
  const { tree } = file;
  for (const loop of nodesIn(tree, 0, Kind.ForOfStatement, true)) {
    if (file.owner[loop] === adder || !goesOver(file, childAt(tree, loop, Field.right), list)) continue;
    if (callsDeclared(file, childAt(tree, loop, Field.left), childAt(tree, loop, Field.body))) return loop;
  }
  for (const call of nodesIn(tree, 0, Kind.CallExpression, true)) {
    const name = calleeName(tree, call);
    if ((name !== 'forEach' && name !== 'map') || file.owner[call] === adder) continue;
    const [first] = argumentsOf(tree, call);
    const callback = first === undefined ? NONE : bareNode(tree, first);
    if (callback === NONE || !isFunction(tree, callback)) continue;
    if (!goesOver(file, childAt(tree, bareNode(tree, childAt(tree, call, Field.callee)), Field.object), list))
      continue;
    const [param] = childrenOf(tree, callback, Field.params);
    if (param !== undefined && callsDeclared(file, param, childAt(tree, callback, Field.body))) return call;
  }
  return NONE;
}

/** The list, a copy of it, or a part of it. */
function goesOver(file: Source, expression: number, list: string): boolean {
  const { tree } = file;
  let at = bareNode(tree, expression);
  if (at !== NONE && tree.kind[at] === Kind.ArrayExpression)
    at = bareNode(tree, childAt(tree, at + 1, Field.argument));
  if (at !== NONE && tree.kind[at] === Kind.CallExpression && /^Array\.from$/.test(dotted(tree, childAt(tree, at, Field.callee)))) at = argumentsOf(tree, at)[0] ?? NONE; // prettier-ignore
  return at !== NONE && (stays(file, at) === list || dotted(tree, at) === list);
}

/** A name that the pattern declares is called, itself or as `listener.update()`. */
function callsDeclared(file: Source, declaring: number, body: number): boolean {
  const { tree, scopes } = file;
  const declared = new Set<number>();
  for (let at = declaring; at < tree.after[declaring]; at++)
    if (scopes.bindingOf[at] >= 0 && (scopes.use[at] & Use.DECLARE) !== 0) declared.add(scopes.bindingOf[at]);
  return nodesIn(tree, body, Kind.CallExpression).some((call) => {
    let callee = bareNode(tree, childAt(tree, call, Field.callee));
    const name = tree.kind[callee] === Kind.MemberExpression ? calleeName(tree, call) : '';
    if (name !== '') {
      if (
        !/^(?:update|notify|handle|on[A-Z]\w*|next|call|apply|fn|listener|callback|handler|receive|emit)$/.test(
          name,
        )
      )
        return false;
      callee = bareNode(tree, childAt(tree, callee, Field.object));
    }
    return declared.has(bindingOf(file, callee));
  });
}

export const observer = pattern({
  name: 'observer',
  kind: 'design',
  what: 'A subject keeps a list of those who want to hear of something, and calls each of them when it happens',
  why: 'Who tells need not know who listens; what happens then is not to be seen where it is told',
  todo: 'give back a way to stop listening, and decide what happens when one of them fails',
  severity: 1,
  confidence: 'likely',
  match: node('CallExpression', 'ClassDeclaration', 'ClassExpression')
    .where(addsParameter)
    .with('whoever calls each of the list', (file, at): Roles | null => {
      if (file.tree.kind[at] !== Kind.CallExpression) return { subject: at, notify: emitOf(file, at) };
      const adder = functionAround(file, at);
      const notify = adder === 0 ? NONE : notifierOf(file, listOf(file, at)!, file.owner[at]);
      return notify === NONE ? null : { subscribe: at, notify };
    }),
  proof: { fact: 'ran', of: ['notify'] },
  told: ({ file, node: at }) =>
    file.tree.kind[at] === Kind.CallExpression
      ? `keeps listeners in ${listOf(file, at) ?? ''} and calls each of them`
      : `${dotted(file.tree, childAt(file.tree, at, Field.id)) || 'a class'} is an emitter`,
});
