/** Calls name the functions passed to them, and may take them elsewhere. `require(…)` is a site. */
import type { Node } from '../../1-parse.ts';
import { runsElsewhere } from '../../2-analyze/exclusions.ts';
import { argumentHint, valuesOf } from '../../2-analyze/names.ts';
import type { Walk } from '../walk.ts';
import { isHostImport, isRequire, requireCall } from './imports.ts';
import { resumeInArguments, spelledCallee } from './spelled.ts';

export function callExpression(node: Node, walk: Walk): void {
  const callee: Node = node['callee'];
  walk.marks.push(callee.type === 'MemberExpression' ? callee['property'].start : node.start);
  if (isRequire(node, walk)) return requireCall(node, 'require', walk);
  if (isHostImport(callee)) return requireCall(node, 'import()', walk);
  const reason = runsElsewhere(node);
  if (reason !== undefined) {
    for (const argument of node['arguments'])
      for (const value of valuesOf(argument)) walk.leftAlone.set(value, reason);
  }
  walk.hint(callee, 'iife', 'iife');
  const base = spelledCallee(node, walk);
  walk.visit(callee);
  argumentsOf(node, walk, base);
}

export function newExpression(node: Node, walk: Walk): void {
  walk.marks.push(node.start);
  spelledCallee(node, walk);
  walk.visit(node['callee']);
  argumentsOf(node, walk);
}

/** @param base the suspension in the callee that is resumed here */
function argumentsOf(node: Node, walk: Walk, base?: Node): void {
  const args: Node[] = node['arguments'];
  const resume = base && resumeInArguments(node, base, walk);
  resume?.before();
  for (let i = 0; i < args.length; i++) {
    const argument = args[i];
    if (valuesOf(argument).length > 0) {
      const hint = argumentHint(node, i, walk.hints.get(node));
      walk.hint(argument, hint.anchor, hint.name);
    }
    walk.visit(argument);
    if (i === 0) resume?.after();
  }
}
