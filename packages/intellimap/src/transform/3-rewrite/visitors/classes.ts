/**
 * Classes: their members, and static blocks as functions of their own.
 *
 * Field initialisers get no site: an expression cannot hold a try, and an arrow called in place would show up in stacks. Functions
 * inside of them are instrumented as usual. Computed keys, decorators and the heritage belong to the code around the class.
 */
import type { Node } from '../../1-parse.ts';
import type { SiteKind } from '../../../base/recording.ts';
import { skipTrivia } from '../../2-analyze/expressions.ts';
import { declaredTwice, hoistConflict } from '../../2-analyze/hoisting.ts';
import { keyOf } from '../../2-analyze/names.ts';
import { activation } from '../activation.ts';
import type { Draft, Walk } from '../walk.ts';
import { block, defineFunction } from './functions.ts';

export function classLike(node: Node, walk: Walk): void {
  const hint = walk.hints.get(node);
  const own: string | undefined = node['id']?.name;
  const name = own ?? hint?.name ?? '<anonymous class>';
  walk.visitAll(node['decorators'] ?? []);
  walk.visit(node['superClass']);
  const outerScope = walk.enterScope(`class ${own ?? hint?.anchor ?? ''}`.trimEnd());
  const outerClass = walk.className;
  walk.className = name;
  for (const member of node['body'].body as Node[]) {
    if (member.type === 'MethodDefinition') method(member, node, name, walk);
    else if (member.type === 'PropertyDefinition' || member.type === 'AccessorProperty')
      field(member, name, walk);
    else walk.visit(member);
  }
  walk.className = outerClass;
  walk.scope = outerScope;
}

const kindOf = (kind: string): SiteKind =>
  kind === 'get' ? 'getter' : kind === 'set' ? 'setter' : kind === 'constructor' ? 'constructor' : 'method';

function method(node: Node, owner: Node, className: string, walk: Walk): void {
  walk.visitAll(node['decorators'] ?? []);
  if (node['computed']) walk.visit(node['key']);
  const key = keyOf(node['key'], node['computed']);
  const isConstructor = node['kind'] === 'constructor';
  const derived = isConstructor && owner['superClass'] !== null;
  const accessor = node['kind'] === 'get' || node['kind'] === 'set' ? `${node['kind']} ` : '';
  const path = `${className}${keyOf(node['key'], node['computed'], '.')}`;
  defineFunction(node['value'], walk, {
    kind: kindOf(node['kind']),
    span: node,
    anchor: `${node['static'] ? 'static ' : ''}${accessor}${key}`,
    name: isConstructor ? `new ${className}` : `${accessor}${path}`,
    open: derived && walk.typescript && superMustStayFirst(node['value'], owner, walk.text),
    derived,
  });
}

/** TypeScript puts parameter properties and field initialisers right after a `super()` that it must find at the top level. */
function superMustStayFirst(constructor: Node, owner: Node, text: string): boolean {
  const params = text.slice(constructor.start, constructor['body']?.start ?? constructor.start);
  if (/\b(?:public|private|protected|readonly|override)\b/.test(params)) return true;
  return owner['body'].body.some((m: Node) => m.type === 'PropertyDefinition' && !m['static'] && m['value']);
}

function field(node: Node, className: string, walk: Walk): void {
  walk.visitAll(node['decorators'] ?? []);
  if (node['computed']) walk.visit(node['key']);
  const key = keyOf(node['key'], node['computed']);
  walk.hint(
    node['value'],
    `${node['static'] ? 'static ' : ''}${key}`,
    `${className}${keyOf(node['key'], node['computed'], '.')}`,
  );
  // Initialisers run in functions of their own.
  const { looked } = walk.fn;
  walk.fn.looked = undefined;
  walk.visit(node['value']);
  walk.fn.looked = looked;
}

export function staticBlock(node: Node, walk: Walk): void {
  const outerFn = walk.fn;
  const outerScope = walk.enterScope('static{}');
  const brace = skipTrivia(walk.text, node.start + 'static'.length);
  const draft: Draft = {
    id: walk.scope, kind: 'static-block', name: `${walk.className} static block`, parent: outerFn.site,
    start: node.start, end: node.end, flags: '', body: [brace, node.end],
  }; // prettier-ignore
  walk.fn = activation(walk.push(draft), false, false, walk.edits.length);
  walk.fn.open = hoistConflict(node['body'], [], walk.text) || declaredTwice(node['body']);
  block(node['body'], brace + 1, node.end - 1, walk);
  walk.fn = outerFn;
  walk.scope = outerScope;
}
