/** Functions of every syntax: their site, their parameters, and the probes around their body. */
import type { Node } from '../../1-parse.ts';
import type { SiteKind } from '../../../base/recording.ts';
import { IGNORED } from '../../2-analyze/exclusions.ts';
import { isSafe } from '../../2-analyze/expressions.ts';
import { hoistConflict } from '../../2-analyze/hoisting.ts';
import { activation } from '../activation.ts';
import { lookAt, lookedAt, ownVariables } from '../looks.ts';
import { shapeOf, trivialWords, wordsOf } from '../shapes.ts';
import type { Walk } from '../walk.ts';
import { operand, resultOf } from './returns.ts';

export interface Definition {
  kind: SiteKind;
  /** The node whose extent is the site: for methods it includes the key. */
  span: Node;
  anchor: string;
  name: string;
  /** Its body must not be moved into a try. */
  open?: boolean;
  /** A derived constructor: falling off its end may throw. */
  derived?: boolean;
}

/** Declarations, function expressions and arrows. Methods and accessors come through their class or object literal. */
export function functionLike(node: Node, walk: Walk): void {
  const own: string | undefined = node['id']?.name;
  const hint = walk.hints.get(node);
  const callback = hint !== undefined && /@\d+$/.test(hint.anchor);
  const anchor = callback ? hint.anchor + (own ? `:${own}` : '') : (hint?.anchor ?? own ?? 'fn');
  const around = walk.sites[walk.fn.site];
  const name = callback && own ? own : (hint?.name ?? own ?? `<anonymous> in ${around.name}`);
  const declared = node.type === 'FunctionDeclaration' && own !== undefined;
  defineFunction(node, walk, {
    kind: node.type === 'ArrowFunctionExpression' ? 'arrow' : 'function',
    span: node,
    anchor: declared ? own : anchor,
    name: declared ? own : name,
  });
}

export function defineFunction(node: Node, walk: Walk, definition: Definition): void {
  const body: Node | null = node['body'];
  if (!body) return;
  const outerFn = walk.fn;
  const outerOff = walk.off;
  walk.off ??= reasonToLeaveAlone(node, definition.span, walk);
  const outerScope = walk.enterScope(definition.anchor);
  const flags = `${node['async'] ? 'a' : ''}${node['generator'] ? 'g' : ''}`;
  const { kind, name, span } = definition;
  const site = walk.push({
    id: walk.scope, kind, name, parent: outerFn.site, start: span.start, end: span.end, flags, body: [body.start, body.end],
  }); // prettier-ignore
  const exported = walk.exported.get(node);
  if (exported !== undefined) walk.sites[site].exported = exported;
  walk.fn = activation(site, node['async'], node['generator'], walk.edits.length);
  walk.fn.derived = definition.derived === true;
  if (walk.tier === 'minimal') walk.fn.keep = 'count';
  // Who asks for values asks for the calls.
  const planned = walk.valuesOf(name) === undefined ? walk.plan.get(walk.scope) : undefined;
  const keep = planned?.keep;
  if (planned !== undefined && (keep === 'count' || keep === 'nothing')) {
    walk.fn.keep = keep;
    walk.sites[site].planned = { ...planned, keep };
  }
  walk.visitAll(node['params']);
  // Not before: parameters have a scope of their own.
  walk.fn.looked = lookAt(node, definition, walk);
  if (body.type === 'BlockStatement') {
    walk.fn.open = definition.open === true || hoistConflict(body['body'], node['params'], walk.text);
    block(body['body'], body.start + 1, body.end - 1, walk);
  } else {
    expressionBody(body, walk);
  }
  if (walk.fn.hasWith) giveUp(walk, '`with`');
  if (walk.fn.open) endsUnseen(walk);
  walk.fn = outerFn;
  walk.off = outerOff;
  walk.scope = outerScope;
}

/** An exception that leaves the current function is not told. */
export function endsUnseen({ sites, fn }: Walk): void {
  const site = sites[fn.site];
  site.flags = `${site.flags ?? ''}o`;
}

function reasonToLeaveAlone(node: Node, span: Node, walk: Walk): string | undefined {
  if (
    walk.ignored.starts.size > 0 &&
    (walk.ignored.starts.has(node.start) || walk.ignored.starts.has(span.start))
  )
    return IGNORED;
  const first: Node | undefined = node['body'].body?.[0];
  if (first?.['directive'] === 'use asm') return '"asm.js"';
  return walk.leftAlone.get(node);
}

/** Takes back every insertion of the current function, those of functions inside included. */
export function giveUp(walk: Walk, reason: string): void {
  if (walk.off === undefined) walk.edits.truncate(walk.fn.firstEdit);
  for (const draft of walk.sites.slice(walk.fn.site)) draft.off ??= reason;
}

/** A body of statements between the offsets `from` and `to`, just inside its braces. */
export function block(statements: Node[], from: number, to: number, walk: Walk): void {
  const { fn } = walk;
  const { offset, semicolon } = prologueEnd(statements, from, walk.text);
  const first = statements.findIndex((s) => s['directive'] === undefined);
  const code = first < 0 ? [] : statements.slice(first);
  if (fn.keep !== 'calls') {
    if (fn.keep === 'count') walk.insert(offset, `${semicolon}{$imH(${walk.base + fn.site})}`);
    return walk.visitAll(code);
  }
  if (!fn.derived && !fn.isGenerator && !fn.looked && isTrivial(code)) {
    walk.insert(offset, `${semicolon}${trivialWords(fn, walk)}`);
    const value: Node | null = code[0]?.['argument'] ?? null;
    walk.hint(value, 'return', resultOf(walk));
    return walk.visit(value);
  }
  const opener = walk.insert(offset, '');
  walk.visitAll(code);
  fn.mayLackThis = fn.derived && !(beginsWithSuper(code) && fn.returns.every(({ what }) => what === 'none'));
  const last = code.at(-1);
  const falls = last?.type !== 'ReturnStatement' && last?.type !== 'ThrowStatement';
  const shape = shapeOf(fn, walk, falls, last && walk.text[last.end - 1] !== ';' ? ';' : '');
  walk.fill(opener, semicolon + shape.opener);
  walk.insert(to, shape.closer);
}

/** `super(…)` is a statement of the body, and those before it cannot leave it but by an exception. */
function beginsWithSuper(code: Node[]): boolean {
  const other = code.find((s) => s.type !== 'VariableDeclaration' && s.type !== 'ExpressionStatement');
  const first = code.findIndex(
    (s) => s['expression']?.type === 'CallExpression' && s['expression']['callee'].type === 'Super',
  );
  return first >= 0 && (other === undefined || first < code.indexOf(other));
}

/** Nothing, or the return of something that cannot throw. */
function isTrivial(code: Node[]): boolean {
  if (code.length === 0) return true;
  const only = code[0];
  return (
    code.length === 1 && only.type === 'ReturnStatement' && (!only['argument'] || isSafe(only['argument']))
  );
}

/** Directives must stay first, and one that relies on a line end for its semicolon needs it now. */
export function prologueEnd(
  statements: Node[],
  from: number,
  text: string,
): { offset: number; semicolon: string } {
  let last: Node | undefined;
  for (const statement of statements) {
    if (statement['directive'] === undefined) break;
    last = statement;
  }
  if (!last) return { offset: from, semicolon: '' };
  return { offset: last.end, semicolon: text[last.end - 1] === ';' ? '' : ';' };
}

function expressionBody(value: Node, walk: Walk): void {
  const { fn } = walk;
  walk.hint(value, 'return', resultOf(walk));
  if (fn.keep === 'nothing') return walk.visit(value);
  if (fn.keep === 'count') {
    walk.insert(value.start, `($imH(${walk.base + fn.site}),`);
    walk.visit(value);
    walk.insert(value.end, ')');
    return;
  }
  if (isSafe(value) && !fn.looked) {
    walk.insert(value.start, `{${trivialWords(fn, walk)}return `);
    walk.visit(value);
    walk.insert(value.end, '}');
    return;
  }
  const { enter, left, leaveAsMarked } = wordsOf(fn, walk, 'threw', '$imv', ...ownVariables(fn));
  const { open, close } = operand(value, walk);
  walk.insert(value.start, `{${enter}try{${lookedAt(fn, walk)}return $imv=${open}`);
  walk.visit(value);
  walk.insert(value.end, `${close},${left},$imv}finally{${leaveAsMarked}}}`);
}
