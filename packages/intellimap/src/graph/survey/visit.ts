/** Which syntax refers to what. A type that is not listed has its parts evaluated, and that is all. */
import { bare, eachChild, type Node } from '../../transform/index.ts';
import { call, importExpression } from './calls.ts';
import { isHosts, isMadeByHost } from './builtins.ts';
import { declareIn } from './declare.ts';
import { declaredFlags, flagConstant } from './flags/declared.ts';
import { decides, readOfFlag, writtenFlag } from './flags/visitors.ts';
import type { Facts, Place, Visitor } from './facts.ts';
import { enterClass, enterFunction, enterObject, memberValue, visitPattern } from './functions.ts';
import { calledByJsx } from './jsx.ts';
import { commonJsExport, declaredImport, exportAll, exportDefault, exportedIn, exportNamed, importDeclaration, importEquals, isExports, ownExport, loaded } from './modules.ts'; // prettier-ignore
import { returned } from './returns.ts';
import { literal, template } from './texts.ts';
import { type Binding, isFunctionNode, namesIn, Scope } from './scopes.ts';

const evaluated: Visitor = (node, place, facts) => {
  const plain = { ...place, hold: place.owner };
  eachChild(node, (child) => facts.visit(child, plain));
};

/** Its parts are its value. */
const passedOn: Visitor = (node, place, facts) => eachChild(node, (child) => facts.visit(child, place));

const block: Visitor = (node, place, facts) => {
  const scope = new Scope(place.scope, false);
  if (node.type === 'CatchClause')
    for (const name of namesIn(node['param'])) scope.declare(name, { isUnknown: true });
  if (node.type === 'BlockStatement') declareIn(node['body'], scope, facts);
  if (node.type === 'SwitchStatement')
    declareIn(
      node['cases'].flatMap((each: Node) => each['consequent']),
      scope,
      facts,
    );
  evaluated(node, { ...place, scope }, facts);
};

const identifier: Visitor = (node, place, facts) => {
  const { hold, scope } = place;
  facts.flags.mentions.push({ node, place, how: 'refer' });
  facts.later.push(() => {
    const binding = scope.find(node['name']);
    if (binding === undefined) return;
    binding.referenced = true;
    if (binding.unit !== undefined) facts.refer(hold, 'use', { dst: binding.unit });
    if (binding.imported !== undefined) facts.refer(hold, 'import', binding.imported);
  });
};

const member: Visitor = (node, place, facts) => {
  const object = bare(node['object'])!;
  readOfFlag(node, place, facts);
  const property: Node = node['property'];
  const name: string | undefined = node['computed']
    ? property.type === 'Literal'
      ? String(property['value'])
      : undefined
    : property.type === 'PrivateIdentifier'
      ? `#${property['name']}`
      : property['name'];
  if (name !== undefined) facts.later.push(() => mentioned(object, name, place, facts));
  else {
    facts.visit(property, { ...place, hold: place.owner });
    computed(object, place, facts);
  }
  const specifier = loaded(object);
  if (specifier !== undefined && name !== undefined) {
    facts.refer(place.owner, 'load', { specifier });
    facts.refer(place.owner, 'import', { specifier, name });
  } else if (object.type === 'Identifier') memberOfName(object, name, place, facts);
  else facts.visit(node['object'], { ...place, hold: place.owner });
};

/** A name may be that of any member there is, unless it is known whose. */
function mentioned(object: Node, name: string, place: Place, facts: Facts): void {
  const { owner, scope } = place;
  if (isHosts(object, scope)) return;
  if (isExports(object, scope)) ownExport(name, place, facts);
  const binding = object.type === 'Identifier' ? scope.find(object['name']) : undefined;
  const own = binding === undefined ? [] : facts.membersOf(binding, name);
  for (const dst of own) facts.refer(owner, 'use', { dst });
  if (own.length > 0) return;
  const specifier = binding?.imported?.specifier;
  if (binding?.imported?.name === '*' && specifier?.startsWith('.')) return;
  facts.refer(owner, 'mention', { name, via: specifier?.startsWith('.') ? null : (specifier ?? null) });
}

/** `ns.a` is only `a` of a module. */
function memberOfName(object: Node, name: string | undefined, place: Place, facts: Facts): void {
  facts.later.push(() => {
    const binding = place.scope.find(object['name']);
    if (binding === undefined) return;
    binding.referenced = true;
    // The value of a property is the owner's to do with as it likes.
    if (binding.unit !== undefined) facts.refer(place.owner, 'use', { dst: binding.unit });
    if (binding.imported === undefined) return;
    const { specifier, name: whole } = binding.imported;
    facts.refer(place.owner, 'import', {
      specifier,
      name: whole === '*' && name !== undefined ? name : whole,
    });
  });
}

function computed(object: Node, place: Place, facts: Facts): void {
  if (object.type === 'ThisExpression' && place.cls !== undefined)
    facts.refer(place.owner, 'open', { dst: place.cls });
  if (object.type !== 'Identifier') return;
  facts.later.push(() => {
    const binding = place.scope.find(object['name']);
    if (binding?.unit !== undefined) facts.refer(place.owner, 'open', { dst: binding.unit });
    if (binding?.imported !== undefined) facts.refer(place.owner, 'open import', binding.imported);
  });
}

const variable: Visitor = (node, place, facts) => {
  const id: Node = node['id'];
  const init = bare(node['init']);
  const { isConstant } = facts;
  if (declaredImport(node, place, facts)) return;
  if (id.type !== 'Identifier') {
    for (const name of namesIn(id)) place.scope.declare(name, { isUnknown: true });
    declaredFlags(id, init, place, facts);
    visitPattern(id, place, facts);
    facts.visit(init, { ...place, hold: place.owner });
    return;
  }
  const name: string = id['name'];
  if (isFunctionNode(init)) {
    const binding = place.scope.declare(name);
    facts.flags.giver(binding, init!, place);
    const unit = enterFunction(init!, place, facts);
    if (unit !== undefined) binding.unit = unit;
  } else if (init?.type === 'ClassExpression')
    place.scope.declare(name, { unit: enterClass(init, place, facts) });
  else if (init !== null && canHold(init)) {
    const unit = facts.holder('variable', name, node);
    const binding = place.scope.declare(name, {
      unit,
      isUnknown: init.type === 'CallExpression',
      isShared: !isMadeHere(init),
    });
    facts.first.push(() => void (binding.isHosts = isMadeByHost(init, place.scope)));
    flagConstant(binding, init, place, facts, isConstant);
    if (isConstant && init.type === 'ObjectExpression') {
      binding.object = enterObject(init, place, facts);
      facts.refer(unit, 'use', { dst: binding.object });
    } else facts.visit(node['init'], { ...place, hold: unit });
    if (init.type === 'NewExpression') facts.visit(init['callee'], { ...place, hold: unit });
  } else {
    const binding = place.scope.declare(name, { isUnknown: true, isExports: isExports(init, place.scope) });
    facts.first.push(() => void (binding.isHosts = isMadeByHost(init, place.scope)));
    flagConstant(binding, init, place, facts, isConstant);
    facts.visit(init, { ...place, hold: place.owner });
    if (init?.type === 'MemberExpression' && init['computed'] && init['property'].type !== 'Literal')
      facts.later.push(() => {
        if (binding.called) facts.refer(place.owner, 'computed');
      });
  }
};

const variables: Visitor = (node, place, facts) => {
  for (const declarator of node['declarations'] as Node[]) {
    facts.isConstant = node['kind'] === 'const';
    facts.visit(declarator, place);
  }
  if (node['kind'] !== 'var') return;
  for (const name of (node['declarations'] as Node[]).flatMap((d) => namesIn(d['id']))) {
    const binding = place.scope.find(name);
    if (binding !== undefined) place.scope.outermost.adopt(binding);
  }
};

const HOLDING = new Set(['ObjectExpression', 'ArrayExpression', 'Identifier', 'ConditionalExpression', 'LogicalExpression', 'NewExpression', 'CallExpression']); // prettier-ignore
const canHold = ({ type }: Node): boolean => HOLDING.has(type);

const MADE_HERE = new Set(['ObjectExpression', 'ArrayExpression', 'FunctionExpression', 'ArrowFunctionExpression', 'ClassExpression']); // prettier-ignore
const isMadeHere = (value: Node | null): boolean => value !== null && MADE_HERE.has(value.type);

/** `A.prototype = …`: made from another one, whose methods may call those of `A`. */
function inherits(right: Node, unit: string, place: Place, facts: Facts): void {
  facts.visit(right, { ...place, hold: unit });
  if (bare(right)?.type !== 'ObjectExpression') facts.refer(place.owner, 'open', { dst: unit });
}

/** To hang something on an object is not to need it, but whoever else has the object may get at what hangs on it. */
function hang(
  name: string,
  value: Node,
  { unit, binding }: { unit: string; binding: Binding | undefined },
  place: Place,
  facts: Facts,
): void {
  const isBase = name === 'prototype';
  if (isBase) inherits(value, unit, place, facts);
  const member = isBase ? undefined : memberValue(value, unit, name, place, facts);
  facts.later.push(() => {
    if (binding?.isShared !== true) return;
    for (const dst of [unit, member]) if (dst !== undefined) facts.refer(place.owner, 'use', { dst });
  });
}

const assignment: Visitor = (node, place, facts) => {
  if (commonJsExport(node, place, facts)) return;
  const left: Node = node['left'];
  if (left.type === 'MemberExpression') writtenFlag(left, place, facts);
  const plain = { ...place, hold: place.owner };
  if (left.type === 'MemberExpression' && !left['computed']) {
    const base = bare(left['object']);
    const root =
      base?.type === 'MemberExpression' && base['property'].name === 'prototype'
        ? bare(base['object'])
        : base;
    const binding = root?.type === 'Identifier' ? place.scope.find(root['name']) : undefined;
    const unit = root?.type === 'ThisExpression' ? place.cls : binding?.unit;
    if (unit === undefined) facts.visitAll([left['object'], node['right']], plain);
    else hang(left['property'].name, node['right'], { unit, binding }, place, facts);
    return;
  }
  if (left.type === 'Identifier') {
    const binding = place.scope.find(left['name']);
    if (binding !== undefined && !isMadeHere(bare(node['right']))) binding.isShared = true;
    facts.visit(node['right'], { ...place, hold: binding?.unit ?? place.owner });
    return;
  }
  if (left.type === 'MemberExpression') facts.visit(left, plain);
  else visitPattern(left, plain, facts);
  facts.visit(node['right'], plain);
};

const jsxName: Visitor = (node, place, facts) => {
  calledByJsx(node, place, facts);
  const name: Node = node['name'];
  if (name.type === 'JSXIdentifier' && /^[A-Z_$]/.test(name['name']))
    identifier(name, { ...place, hold: place.owner }, facts);
  if (name.type === 'JSXMemberExpression') {
    facts.refer(place.owner, 'mention', { name: name['property'].name });
    if (name['object'].type === 'JSXIdentifier')
      memberOfName(name['object'], name['property'].name, place, facts);
  }
  facts.visitAll(node['attributes'], { ...place, hold: place.owner });
};

const visitors: Record<string, Visitor | undefined> = {
  ArrayExpression: passedOn,
  ArrowFunctionExpression: functionValue,
  AssignmentExpression: assignment,
  BlockStatement: block,
  CallExpression: call,
  CatchClause: block,
  ClassDeclaration: (node, place, facts) =>
    void enterClass(node, place, facts, place.scope.find(node['id']?.name)?.unit),
  ClassExpression: (node, place, facts) =>
    facts.refer(place.hold, 'use', { dst: enterClass(node, place, facts) }),
  ConditionalExpression: decides((node, place, facts) => {
    facts.visit(node['test'], { ...place, hold: place.owner });
    facts.visitAll([node['consequent'], node['alternate']], place);
  }),
  ChainExpression: passedOn,
  ExportAllDeclaration: exportAll,
  ExportDefaultDeclaration: exportDefault,
  ExportNamedDeclaration: exportNamed,
  ForInStatement: (node, place, facts) => {
    computed(bare(node['right'])!, place, facts);
    block(node, place, facts);
  },
  ForOfStatement: block,
  ForStatement: decides(block),
  FunctionDeclaration: (node, place, facts) => {
    const binding = place.scope.find(node['id']?.name);
    if (binding !== undefined) facts.flags.giver(binding, node, place);
    enterFunction(node, place, facts);
  },
  FunctionExpression: functionValue,
  Identifier: identifier,
  IfStatement: decides(evaluated),
  ImportDeclaration: importDeclaration,
  ImportExpression: importExpression,
  JSXOpeningElement: jsxName,
  JSXOpeningFragment: calledByJsx,
  Literal: literal,
  LogicalExpression: decides(passedOn),
  MemberExpression: member,
  NewExpression: call,
  ObjectExpression: (node, place, facts) =>
    facts.refer(place.hold, 'use', { dst: enterObject(node, place, facts) }),
  ParenthesizedExpression: passedOn,
  ReturnStatement: (node, place, facts) => {
    returned(node['argument'], place, facts);
    evaluated(node, place, facts);
  },
  SwitchStatement: decides(block),
  TemplateLiteral: template,
  TSAsExpression: passedOn,
  TSEnumDeclaration: (node, place, facts) =>
    facts.visitAll(
      node['body'].members.map((m: Node) => m['initializer'] ?? null),
      place,
    ),
  TSExportAssignment: exportDefault,
  TSImportEqualsDeclaration: importEquals,
  TSModuleDeclaration: (node, place, facts) => {
    if (node['declare']) return;
    const statements: Node[] = node['body']?.body ?? [];
    const scope = new Scope(place.scope, true);
    declareIn(statements, scope, facts);
    facts.visitAll(
      statements.map((s) => s['declaration'] ?? s),
      { ...place, scope },
    );
    exportedIn(statements, { ...place, scope }, facts);
  },
  TSNonNullExpression: passedOn,
  TSSatisfiesExpression: passedOn,
  TSTypeAssertion: passedOn,
  VariableDeclaration: variables,
  VariableDeclarator: variable,
  WhileStatement: decides(evaluated),
};

function functionValue(node: Node, place: Place, facts: Facts): void {
  const id = enterFunction(node, place, facts);
  if (id !== undefined) facts.refer(place.hold, 'use', { dst: id });
}

export const visit: Visitor = (node, place, facts) => (visitors[node.type] ?? evaluated)(node, place, facts);
