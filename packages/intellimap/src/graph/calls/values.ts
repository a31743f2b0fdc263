/** Where the value of an expression lies; what statements do with values. One look at each node of a tree. */
import { bareNode, childAt, childrenOf, Field, Flag, has, isFunction, Kind, NONE, textOf } from '../tree/tree.ts'; // prettier-ignore
import type { Collector, Visitor } from './collect.ts';
import { call, importCall, isRequire, jsxElement, taggedTemplate } from './calls.ts';
import { assignedByName } from './copies.ts';
import { ANY, ELEMENT, NO_SLOT, type Slot } from './facts.ts';
import { classValue, functionValue, givenBack } from './functions.ts';
import { exportAll, exportDefault, exportNamed, importDeclaration, importEquals, namespace } from './modules.ts'; // prettier-ignore
import { keyName } from './names.ts';
import { assign, keyOf, memberIn, namesIn, objectOf } from './patterns.ts';

/** @returns `NO_SLOT`: it is no value, or none that can be a function or hold one */
export function valueOf(wrapped: number, into: Collector): Slot {
  const { tree } = into;
  const node = bareNode(tree, wrapped);
  if (node === NONE) return NO_SLOT;
  const visitor = VISITORS[tree.kind[node]];
  if (visitor !== undefined) return visitor(node, into);
  for (let child = node + 1; child < tree.after[node]; child = tree.after[child]!) into.value(child);
  return NO_SLOT;
}

/** By `Kind`; of others the children are looked at. */
const VISITORS: (Visitor | undefined)[] = [];
const NOTHING: Visitor = () => NO_SLOT;

const on = (visitor: Visitor, ...kinds: number[]): void => {
  for (const kind of kinds) VISITORS[kind] = visitor;
};

const done =
  (visit: (node: number, into: Collector) => void): Visitor =>
  (node, into) => {
    visit(node, into);
    return NO_SLOT;
  };

on(NOTHING, Kind.Unknown, Kind.Literal, Kind.BreakStatement, Kind.ContinueStatement, Kind.MetaProperty);
on((node, into) => into.variable(node), Kind.Identifier, Kind.JSXIdentifier);
on((_, into) => into.place.self, Kind.ThisExpression);
on(functionValue, Kind.FunctionDeclaration, Kind.FunctionExpression, Kind.ArrowFunctionExpression);
on(classValue, Kind.ClassDeclaration, Kind.ClassExpression);
on(call, Kind.CallExpression, Kind.NewExpression);
on(taggedTemplate, Kind.TaggedTemplateExpression);
on(importCall, Kind.ImportExpression);
on(done(jsxElement), Kind.JSXElement);
on(done(importDeclaration), Kind.ImportDeclaration);
on(done(importEquals), Kind.TSImportEqualsDeclaration);
on(done(exportNamed), Kind.ExportNamedDeclaration);
on(done(exportDefault), Kind.ExportDefaultDeclaration, Kind.TSExportAssignment);
on(done(exportAll), Kind.ExportAllDeclaration);
on(done(namespace), Kind.TSModuleDeclaration);

on(
  (node, into) => {
    const name = memberIn(node, into);
    return into.load(objectOf(node, into), name, node, keyOf(node, name, into));
  },
  Kind.MemberExpression,
  Kind.JSXMemberExpression,
);

// A promise is taken for what it is resolved with.
on((node, into) => into.value(childAt(into.tree, node, Field.argument)), Kind.AwaitExpression);

on((node, into) => {
  const value = into.value(childAt(into.tree, node, Field.argument));
  const yielded = has(into.tree, node, Flag.SPECIAL) ? into.load(value, ELEMENT, node) : value;
  into.flow(yielded, into.place.yields);
  return NO_SLOT;
}, Kind.YieldExpression);

on((node, into) => {
  into.value(childAt(into.tree, node, Field.test));
  return into.either([
    into.value(childAt(into.tree, node, Field.consequent)),
    into.value(childAt(into.tree, node, Field.alternate)),
  ]);
}, Kind.ConditionalExpression);

on(
  (node, into) =>
    into.either([
      into.value(childAt(into.tree, node, Field.left)),
      into.value(childAt(into.tree, node, Field.right)),
    ]),
  Kind.LogicalExpression,
);

on((node, into) => {
  let last = NO_SLOT;
  for (const each of childrenOf(into.tree, node)) last = into.value(each);
  return last;
}, Kind.SequenceExpression);

on((node, into) => {
  const { tree } = into;
  const left = childAt(tree, node, Field.left);
  const operator = textOf(tree, node);
  const right = childAt(tree, node, Field.right);
  const value = into.value(right);
  if (!/^(?:=|\|\|=|&&=|\?\?=)$/.test(operator)) {
    into.value(left);
    return NO_SLOT;
  }
  if (!assignedByName(bareNode(tree, left), bareNode(tree, right), into))
    assign(left, value, into, isFunction(tree, bareNode(tree, right)));
  return operator === '=' ? value : into.either([into.value(left), value]);
}, Kind.AssignmentExpression);

on((node, into) => {
  const { tree } = into;
  const object = into.object();
  for (const part of childrenOf(tree, node)) {
    if (tree.kind[part] === Kind.SpreadElement) {
      const from = into.value(childAt(tree, part, Field.argument));
      if (from !== NO_SLOT) into.facts.inherits.push([object, from]);
    } else propertyOf(object, part, into);
  }
  return object;
}, Kind.ObjectExpression);

function propertyOf(object: Slot, node: number, into: Collector): void {
  const { tree } = into;
  if (has(tree, node, Flag.COMPUTED)) into.value(childAt(tree, node, Field.key));
  const value = bareNode(tree, childAt(tree, node, Field.value));
  const kind = textOf(tree, node);
  const isAccessor = kind === 'get' || kind === 'set';
  const isMethod = isAccessor || has(tree, node, Flag.METHOD);
  const from = isMethod ? functionValue(value, into) : into.value(value);
  const name = keyName(tree, node);
  if (name === '__proto__' && !isMethod) {
    if (from !== NO_SLOT) into.facts.inherits.push([object, from]);
  } else
    into.store(object, isAccessor ? `${kind} ${name}` : name, from, node, {
      own: isMethod || isFunction(tree, value),
    });
}

on((node, into) => {
  const { tree } = into;
  const list = into.object();
  for (const element of childrenOf(tree, node)) {
    const isSpread = tree.kind[element] === Kind.SpreadElement;
    const value = into.value(isSpread ? childAt(tree, element, Field.argument) : element);
    into.store(list, ANY, isSpread ? into.load(value, ELEMENT, element) : value, element, { of: 'element' });
  }
  return list;
}, Kind.ArrayExpression);

// Statements

on(
  done((node, into) => {
    const { tree } = into;
    const id = childAt(tree, node, Field.id);
    const init = bareNode(tree, childAt(tree, node, Field.init));
    if (init === NONE) return;
    const from = into.value(init);
    assign(id, from, into);
    if (tree.kind[id] === Kind.Identifier) declaredWith(into.variable(id), init, into);
    else if (isRequire(init, into))
      for (const name of namesIn(id, tree)) into.made(into.variable(name), 'import');
  }),
  Kind.VariableDeclarator,
);

function declaredWith(binding: Slot, init: number, into: Collector): void {
  const { tree } = into;
  const kind = tree.kind[init];
  if (isFunction(tree, init) || kind === Kind.ClassExpression) into.made(binding, 'direct');
  else if (kind === Kind.CallExpression) into.made(binding, isRequire(init, into) ? 'import' : 'result');
}

on(
  done((node, into) => {
    const argument = bareNode(into.tree, childAt(into.tree, node, Field.argument));
    if (argument !== NONE) givenBack(argument, into.value(argument), into);
  }),
  Kind.ReturnStatement,
);

on(
  done((node, into) => {
    const { tree } = into;
    const right = childAt(tree, node, Field.right);
    const list = into.value(right);
    if (list !== NO_SLOT) {
      const name = '[Symbol.iterator]';
      const callee = into.load(list, name, right);
      const made = into.site(right, { form: 'method', via: 'value', callee, object: list, name, text: 'for … of' });
      assign(childAt(tree, node, Field.left), into.either([into.load(list, ELEMENT, right), into.load(made, ELEMENT, right)]), into);
    }
    into.value(childAt(tree, node, Field.body));
  }),
  Kind.ForOfStatement,
); // prettier-ignore

on(
  done((node, into) => {
    into.value(childAt(into.tree, node, Field.right));
    into.value(childAt(into.tree, node, Field.body));
  }),
  Kind.ForInStatement,
);

on(
  done((node, into) => {
    const body = childAt(into.tree, node, Field.body);
    if (body !== NONE) into.value(body);
  }),
  Kind.LabeledStatement,
  Kind.CatchClause,
);
