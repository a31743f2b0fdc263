/**
 * Static imports are listed; `import()` and `require()` are listed and say when they are reached.
 *
 *   import('x').then(f)     ($imE(w),import('x')).then(f)
 *   require('x')            at the start of a statement `$imE(w),require('x')`: a leading parenthesis would call the line before
 *   require('x').f()        require(($imE(w),'x')).f()       V8 spells the call out when it says that f is no function
 *
 * Otherwise the call itself stays as it is, since bundlers read it.
 */
import type { Node } from '../../1-parse.ts';
import { literalText } from '../../2-analyze/expressions.ts';
import { REACHED } from '../../words.ts';
import type { Walk } from '../walk.ts';

export function importDeclaration(node: Node, walk: Walk): void {
  const typeOnly = /^import\s+type\s*(?:[{*]|[\w$]+\s+from\b)/.test(walk.text.slice(node.start, node.end));
  const runtime = (node['specifiers'] as Node[]).filter((s) => !isType(s, walk));
  walk.imports.push({
    specifier: node['source'].value,
    kind: 'import',
    names: (typeOnly ? (node['specifiers'] as Node[]) : runtime).map(importedName),
    typeOnly: typeOnly || (walk.typescript && runtime.length === 0 && node['specifiers'].length > 0),
    start: node.start,
  });
}

/** `import { type A }`: the JavaScript flavour of the tree does not say. */
function isType(specifier: Node, walk: Walk): boolean {
  if (
    !walk.typescript ||
    specifier.type === 'ImportDefaultSpecifier' ||
    specifier.type === 'ImportNamespaceSpecifier'
  )
    return false;
  return /^type\s+(?!as\s+[\w$]+\s*$)[\w$"'{]/.test(walk.text.slice(specifier.start, specifier.end));
}

function importedName(specifier: Node): string {
  if (specifier.type === 'ImportDefaultSpecifier') return 'default';
  if (specifier.type === 'ImportNamespaceSpecifier') return '*';
  return nameOf(specifier['imported']);
}

const nameOf = (node: Node): string => node['name'] ?? String(node['value']);

export function exportFrom(node: Node, walk: Walk): void {
  if (node['source']) {
    const names: string[] =
      node.type === 'ExportAllDeclaration' ? ['*'] : node['specifiers'].map((s: Node) => nameOf(s['local']));
    const typeOnly = /^export\s+type\b/.test(walk.text.slice(node.start, node.end));
    walk.imports.push({
      specifier: node['source'].value,
      kind: 'export-from',
      names,
      typeOnly,
      start: node.start,
    });
  }
  const declaration: Node | null | undefined = node['declaration'];
  if (declaration) walk.exported.set(declaration, node.start);
  if (declaration && walk.ignored.starts.has(node.start)) walk.ignored.starts.add(declaration.start);
  walk.visit(declaration);
}

/** `import a = require('x')` is compiled to a require that no probe can stand before. */
export function importEquals(node: Node, walk: Walk): void {
  const specifier = literalText(node['moduleReference']?.expression);
  if (specifier === undefined) return;
  walk.imports.push({
    specifier,
    kind: 'require',
    names: ['*'],
    typeOnly: node['importKind'] === 'type',
    start: node.start,
  });
}

export function importExpression(node: Node, walk: Walk): void {
  walk.marks.push(node.start);
  reached(node, 'import()', literalText(node['source']), walk, () => {
    walk.visit(node['source']);
    walk.visit(node['options']);
  });
}

export function isRequire(call: Node, walk: Walk): boolean {
  const callee: Node = call['callee'];
  if (callee.type !== 'Identifier' || callee['name'] !== 'require' || call['optional']) return false;
  return !walk.requireScopes.some(([start, end]) => start <= call.start && call.end <= end);
}

/** What vite and vitest turn `import()` into. */
export const isHostImport = (callee: Node): boolean =>
  callee.type === 'Identifier' && /^__vi(?:te_ssr)?_dynamic_import__$/.test(callee['name']);

export function requireCall(node: Node, kind: 'import()' | 'require', walk: Walk): void {
  reached(node, kind, literalText(node['arguments'][0]), walk, () => walk.visitAll(node['arguments']));
}

function reached(
  node: Node,
  kind: 'import()' | 'require',
  specifier: string | undefined,
  walk: Walk,
  inside: () => void,
): void {
  const site = walk.site(kind, node, specifier ?? '', kind === 'import()' ? 'import' : kind);
  if (specifier !== undefined) {
    (walk.sites[site] as { specifier?: string }).specifier = specifier;
    walk.imports.push({ specifier, kind, names: ['*'], typeOnly: false, start: node.start, site });
  }
  const probe =
    walk.tier !== 'performance' ? `$imH(${walk.base + site})` : `$imE(${walk.word(REACHED, site)})`;
  // Bundlers look for the call as it is written.
  const isSpelled = walk.imported === undefined && walk.spelled.has(node);
  const argument: Node | undefined = isSpelled ? node['arguments']?.[0] : undefined;
  if (argument !== undefined && argument.type !== 'SpreadElement') {
    walk.insert(argument.start, `(${probe},`);
    inside();
    walk.insert(argument.end, ')');
    return;
  }
  const leads = walk.statementStart === node.start;
  walk.insert(node.start, leads ? `${probe},` : `(${probe},`);
  inside();
  if (!leads) walk.insert(node.end, ')');
}
