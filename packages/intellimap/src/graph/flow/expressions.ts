/** What expressions do, in the order of the language. What is not listed has its parts evaluated, and that is all. */
import { childAt, childrenOf, Field, Flag, has, Kind } from '../tree/tree.ts';
import { assignment, update } from './assignments.ts';
import type { Visit } from './body.ts';
import { classMade } from './classes.ts';
import { conditional, logical } from './conditions.ts';
import { Op } from './flow.ts';
import { element } from './jsx.ts';
import { call, chained, deleted, imported, member, taggedTemplate } from './references.ts';
import { visitsOf } from './visits.ts';

const nothing: Visit = () => {};

/** Parts, then the step that is made of them. */
const parts: Visit = (node, body) => {
  const { after } = body.tree;
  for (let child = node + 1; child < after[node]; child = after[child]) body.value(child);
};

const partsThen =
  (op: number): Visit =>
  (node, body) => {
    parts(node, body);
    body.step(op, node);
  };

const read: Visit = (node, body) => body.step(Op.READ, node);
const closure: Visit = (node, body) => body.safe(Op.CLOSURE, node);

/** A long sum is as deep as it is long: from its first part on, each is added in turn. */
const binary: Visit = (node, body) => {
  const { tree } = body;
  const all = [node];
  let first = childAt(tree, node, Field.left);
  for (; body.kind(first) === Kind.BinaryExpression; first = childAt(tree, first, Field.left))
    all.push(first);
  body.value(first);
  for (const each of all.toReversed()) {
    body.value(childAt(tree, each, Field.right));
    const operator = body.text(each);
    // All others may run `valueOf` and the like.
    if (operator !== '===' && operator !== '!==') body.step(Op.COMPUTE, each);
  }
};

const unary: Visit = (node, body) => {
  const argument = childAt(body.tree, node, Field.argument);
  const operator = body.text(node);
  if (operator === 'delete') return deleted(argument, body);
  body.value(argument);
  if (operator === '-' || operator === '+' || operator === '~') body.step(Op.COMPUTE, node);
};

const template: Visit = (node, body) => {
  const values = childrenOf(body.tree, node, Field.expressions);
  for (const value of values) body.value(value);
  if (values.length > 0) body.step(Op.COMPUTE, node);
};

const property: Visit = (node, body) => {
  if (has(body.tree, node, Flag.COMPUTED)) {
    body.value(childAt(body.tree, node, Field.key));
    body.step(Op.COMPUTE, node);
  }
  body.value(childAt(body.tree, node, Field.value));
};

/** Of a list its iterator is asked; of an object its properties are read. */
const spread: Visit = (node, body) => {
  parts(node, body);
  const isOfObject = body.kind(body.tree.parent[node]) === Kind.ObjectExpression;
  body.step(isOfObject ? Op.COMPUTE : Op.ITERATE, node);
};

const awaited: Visit = (node, body) => {
  parts(node, body);
  body.wait(node);
};

const yielded: Visit = (node, body) => {
  parts(node, body);
  if (has(body.tree, node, Flag.SPECIAL)) body.step(Op.ITERATE, node);
  body.suspend(node);
};

export const VALUES: readonly Visit[] = visitsOf(
  {
    ArrowFunctionExpression: closure,
    AssignmentExpression: assignment,
    AwaitExpression: awaited,
    BinaryExpression: binary,
    CallExpression: call,
    ChainExpression: chained,
    ClassExpression: classMade,
    ConditionalExpression: conditional,
    FunctionExpression: closure,
    Identifier: read,
    ImportExpression: imported,
    JSXElement: element,
    JSXFragment: element,
    JSXSpreadChild: partsThen(Op.ITERATE),
    LogicalExpression: logical,
    MemberExpression: member,
    MetaProperty: nothing,
    NewExpression: call,
    PrivateIdentifier: nothing,
    Property: property,
    SpreadElement: spread,
    TaggedTemplateExpression: taggedTemplate,
    TemplateLiteral: template,
    UnaryExpression: unary,
    Unknown: nothing,
    UpdateExpression: update,
    YieldExpression: yielded,
  },
  parts,
);
