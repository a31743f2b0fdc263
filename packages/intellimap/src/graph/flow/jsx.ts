/** JSX: names of components are read, and an element may run code when it is made. */
import { childAt, childrenOf, Field, Kind, NONE } from '../tree/tree.ts';
import type { Body, Visit } from './body.ts';
import { Op } from './flow.ts';

/** `<Foo>` reads a variable, `<foo>` does not. */
const COMPONENT = /^(?:[^a-z]|this$)/;

export const element: Visit = (node, body) => {
  const opening = childAt(body.tree, node, Field.openingElement);
  if (opening !== NONE) {
    name(childAt(body.tree, opening, Field.name), body);
    for (const attribute of childrenOf(body.tree, opening, Field.attributes)) attributeOf(attribute, body);
  }
  for (const child of childrenOf(body.tree, node, Field.children)) body.value(child);
  body.step(Op.COMPUTE, node);
};

function name(node: number, body: Body): void {
  if (body.kind(node) === Kind.JSXIdentifier) {
    const said = body.text(node);
    if (COMPONENT.test(said) && said !== 'this') body.step(Op.READ, node);
  } else if (body.kind(node) === Kind.JSXMemberExpression) {
    owner(childAt(body.tree, node, Field.object), body);
    body.step(Op.LOAD, node);
  }
}

/** In `<a.b>` the first name is a variable, however it is written. */
function owner(node: number, body: Body): void {
  if (body.kind(node) === Kind.JSXMemberExpression) name(node, body);
  else if (body.text(node) !== 'this') body.step(Op.READ, node);
}

function attributeOf(node: number, body: Body): void {
  if (body.kind(node) === Kind.JSXSpreadAttribute) {
    body.value(childAt(body.tree, node, Field.argument));
    body.step(Op.COMPUTE, node);
    return;
  }
  const value = childAt(body.tree, node, Field.value);
  if (value !== NONE) body.value(value);
}
