/** Imports and exports, those of CommonJS included. */
import { bare, literalText, type Node } from '../../transform/index.ts';
import type { Facts, Place } from './facts.ts';
import { enterClass, enterFunction, enterObject, keyName, visitPattern } from './functions.ts';
import { type Binding, type Imported, isFunctionNode, namesIn, type Scope } from './scopes.ts';

const nameOf = (node: Node): string => node['name'] ?? String(node['value']);

export function importDeclaration(node: Node, { owner, scope }: Place, facts: Facts): void {
  const specifier: string = node['source'].value;
  if (!facts.isTypeOnly(node, specifier)) facts.refer(owner, 'load', { specifier });
  const locals = localsAt(node, facts);
  for (const each of node['specifiers'] as Node[]) {
    const name =
      each.type === 'ImportDefaultSpecifier'
        ? 'default'
        : each.type === 'ImportNamespaceSpecifier'
          ? '*'
          : nameOf(each['imported']);
    locals.push(scope.declare(each['local'].name, { imported: { specifier, name } }));
  }
}

/** Names that imports of a line declare. */
function localsAt({ start }: Node, { importLocalsByLine: byLine, lineOf }: Facts): Binding[] {
  const line = lineOf(start);
  const locals = byLine.get(line) ?? [];
  byLine.set(line, locals);
  return locals;
}

/** `import a = require('x')` */
export function importEquals(node: Node, { owner, scope }: Place, facts: Facts): void {
  const specifier = literalText(node['moduleReference']?.expression);
  if (specifier === undefined) return;
  facts.refer(owner, 'load', { specifier });
  scope.declare(node['id'].name, { imported: { specifier, name: '*' } });
}

/** Literal specifier of `require('x')`, `await import('x')`. Without `await` it is a promise, whose members are not those of the module. */
export function loaded(node: Node | null): string | undefined {
  const value = bare(node);
  if (value?.type === 'AwaitExpression') {
    const promise = bare(value['argument']);
    return promise?.type === 'ImportExpression' ? literalText(promise['source']) : loaded(promise);
  }
  if (
    value?.type === 'CallExpression' &&
    value['callee'].type === 'Identifier' &&
    value['callee'].name === 'require'
  )
    return literalText(value['arguments'][0]);
  return undefined;
}

/** `const x = require('m')`, `const { a } = await import('m')`, `const a = require('m').a`. Returns whether it was one. */
export function declaredImport(declarator: Node, place: Place, facts: Facts): boolean {
  const { owner, scope } = place;
  const init = bare(declarator['init']);
  const part =
    init?.type === 'MemberExpression' && !init['computed'] ? (init['property'].name as string) : undefined;
  const specifier = loaded(part === undefined ? init : init!['object']);
  if (specifier === undefined) return false;
  facts.refer(owner, 'load', { specifier });
  const id: Node = declarator['id'];
  const locals = localsAt(declarator, facts);
  if (id.type === 'Identifier') {
    locals.push(scope.declare(id['name'], { imported: { specifier, name: part ?? '*' } }));
    return true;
  }
  if (id.type !== 'ObjectPattern') facts.refer(owner, 'import', { specifier, name: part ?? '*' });
  for (const property of (id['properties'] ?? []) as Node[]) {
    const name = property.type === 'RestElement' ? null : keyName(property);
    const local = bare(property['value'] ?? property['argument']);
    const target = local?.type === 'AssignmentPattern' ? local['left'] : local;
    const imported: Imported = { specifier, name: part ?? name ?? '*' };
    if (property['computed']) facts.visit(property['key'], { ...place, hold: owner });
    if (local?.type === 'AssignmentPattern') facts.visit(local['right'], { ...place, hold: owner });
    if (target?.type === 'Identifier') locals.push(scope.declare(target['name'], { imported }));
    else {
      facts.refer(owner, 'import', imported);
      for (const inner of namesIn(target)) scope.declare(inner, { isUnknown: true });
      visitPattern(target, place, facts);
    }
  }
  return true;
}

export function exportNamed(node: Node, place: Place, facts: Facts): void {
  const source: string | undefined = node['source']?.value;
  if (source !== undefined && facts.isTypeOnly(node, source)) return;
  if (source !== undefined) facts.refer(place.owner, 'load', { specifier: source });
  for (const each of node['specifiers'] as Node[]) {
    const name = nameOf(each['exported']);
    if (source === undefined) later(name, nameOf(each['local']), node, place, facts);
    else put(name, node, facts, { specifier: source, name: nameOf(each['local']) });
  }
  const declaration: Node | null = node['declaration'];
  if (!declaration) return;
  facts.visit(declaration, place);
  const names: string[] = declaration['id']?.name
    ? [declaration['id'].name]
    : ((declaration['declarations'] ?? []) as Node[]).flatMap((d) => namesIn(d['id']));
  for (const name of names) later(name, name, node, place, facts);
}

export function exportAll(node: Node, { owner }: Place, facts: Facts): void {
  const specifier: string = node['source'].value;
  facts.refer(owner, 'load', { specifier });
  put(node['exported'] ? nameOf(node['exported']) : '*', node, facts, { specifier, name: '*' });
}

export function exportDefault(node: Node, place: Place, facts: Facts): void {
  const value: Node = node['declaration'] ?? node['expression'];
  exportedFlags('default', bare(value), place, facts);
  exportValue(node.type === 'TSExportAssignment' ? 'module.exports' : 'default', value, node, place, facts);
}

/** `module.exports = …`, `exports.a = …`. Returns whether it was one. */
export function commonJsExport(node: Node, place: Place, facts: Facts): boolean {
  const name = exportedName(node['left'], place);
  if (name === undefined) return false;
  const value = bare(node['right']);
  exportedFlags(name, value, place, facts);
  exportValue(name, node['right'], node, place, facts);
  if (name !== 'module.exports' || value?.type !== 'ObjectExpression') return true;
  for (const property of value['properties'] as Node[]) {
    const local = property.type === 'Property' ? bare(property['value']) : null;
    const key = property.type === 'Property' ? keyName(property) : null;
    if (local?.type === 'Identifier' && key !== null) later(key, local['name'], property, place, facts);
  }
  return true;
}

/** Of `module.exports = { isNew: … }` each property is exported by itself. */
function exportedFlags(name: string, value: Node | null, place: Place, facts: Facts): void {
  const held = { referenced: false, called: false, isUnknown: true };
  const parts = name === 'module.exports' && value?.type === 'ObjectExpression' ? (value['properties'] as Node[]) : null;
  if (parts === null) return facts.flags.constant({ ...held, name }, value, place, true);
  for (const property of parts) {
    const key = property.type === 'Property' ? keyName(property) : null;
    if (key !== null) facts.flags.constant({ ...held, name: key }, bare(property['value']), place, true);
  }
} // prettier-ignore

/** Name that an assignment exports: `module.exports`, or that of its property. */
function exportedName(left: Node, { scope }: Place): string | undefined {
  if (left.type !== 'MemberExpression' || left['computed']) return undefined;
  if (isExports(left, scope)) return 'module.exports';
  return isExports(bare(left['object']), scope) ? (left['property'].name as string) : undefined;
}

/** `exports`, `module.exports`, and constants that are either. */
export function isExports(node: Node | null, scope: Scope): boolean {
  if (node?.type === 'Identifier') {
    const binding = scope.find(node['name']);
    return binding === undefined ? node['name'] === 'exports' : binding.isExports === true;
  }
  const object: Node | undefined = node?.type === 'MemberExpression' ? node['object'] : undefined;
  if (object?.type !== 'Identifier' || object['name'] !== 'module' || node!['computed']) return false;
  return node!['property'].name === 'exports' && scope.find('module') === undefined;
}

/** `module.exports.a` where it is read: what the file itself exports by that name. */
export function ownExport(name: string, { owner }: Place, facts: Facts): void {
  for (const row of facts.exports)
    if (row.name === name && row.dst !== null) facts.refer(owner, 'use', { dst: row.dst });
}

/** An expression, function or class that is exported as it stands there. */
function exportValue(name: string, node: Node, at: Node, place: Place, facts: Facts): void {
  const value = bare(node);
  if (value?.type === 'Identifier') {
    later(name, value['name'], at, place, facts);
    return;
  }
  let unit: string | undefined;
  if (isFunctionNode(value) || value?.type === 'FunctionDeclaration') {
    const known: string | undefined = value!['id']?.name && place.scope.find(value!['id'].name)?.unit;
    unit = enterFunction(value!, place, facts) ?? known;
  } else if (value?.type === 'ClassDeclaration' || value?.type === 'ClassExpression')
    unit = enterClass(value, place, facts, value['id'] && place.scope.find(value['id'].name)?.unit);
  else if (value?.type === 'ObjectExpression') unit = enterObject(value, place, facts);
  else {
    unit = facts.holder('variable', name, at);
    facts.visit(node, { ...place, hold: unit });
  }
  put(name, at, facts, undefined, unit);
}

/** An export of a name of the file, when it is known what that is. */
function later(name: string, local: string, at: Node, { scope }: Place, facts: Facts): void {
  facts.later.push(() => {
    const binding: Binding | undefined = scope.find(local);
    if (binding !== undefined) binding.referenced = true;
    put(name, at, facts, binding?.imported, binding?.unit);
  });
}

function put(name: string, at: Node, facts: Facts, from?: Imported, unit?: string): void {
  facts.exports.push({
    path: facts.path,
    line: facts.lineOf(at.start),
    name,
    dst: unit ?? null,
    specifier: from?.specifier ?? null,
    imported: from?.name ?? null,
  });
}

/** What a namespace exports is the namespace's, which is not followed: it counts as used. */
export function exportedIn(statements: Node[], { owner, scope }: Place, facts: Facts): void {
  const declarations = statements.flatMap((s) => (s['declaration'] ? [s['declaration'] as Node] : []));
  const names = declarations
    .flatMap((d) => [d['id'], ...((d['declarations'] ?? []) as Node[]).map((one) => one['id'])])
    .flatMap(namesIn);
  facts.later.push(() => {
    for (const name of names) {
      const dst = scope.find(name)?.unit;
      if (dst !== undefined) facts.refer(owner, 'use', { dst });
    }
  });
}
