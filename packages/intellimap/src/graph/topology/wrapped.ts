/** A place whose text comes from a parameter stands for as many as there are callers: `request(method, path)` around `fetch`. */
import { BindingKind, Use } from '../scopes/scopes.ts';
import { bareNode, childAt, Field, Kind, NONE } from '../tree/tree.ts';
import { initOf } from '../patterns/facts/bindings.ts';
import type { Ref } from '../patterns/project.ts';
import type { Source } from '../patterns/source.ts';
import type { Values } from './values/values.ts';
import type { Frame } from './values/made.ts';

/** Callers of one place, and wrappers in wrappers. */
const MOST = 100;
const DEEP = 5;

export interface Context {
  /** Whose text it is: the call of the wrapper, or the place itself. */
  file: Source;
  node: number;
  frame: Frame | null;
}

/** @param isOpen whether the text of an expression, parameters left open, says too little to stand for itself */
export function contextsOf(values: Values, file: Source, node: number, expressions: readonly number[], isOpen: boolean, deep = DEEP): Context[] {
  const here = [{ file, node, frame: null }];
  const fn = isOpen && deep > 0 ? wrapperOf(values, file, expressions) : null;
  if (fn === null) return here;
  const callers = values.callers.of(fn);
  if (callers.length > MOST) return here;
  return callers.flatMap((caller) => {
    const isPassed = caller.given.some((each) => isParameter(caller.file, each));
    const outer = contextsOf(values, caller.file, caller.call, caller.given, isPassed, deep - 1);
    return outer.map((each) => ({
      file: each.file,
      node: each.node,
      frame: { fn: fn.node, of: fn.file, call: caller.call, file: caller.file, outer: each.frame, depth: (each.frame?.depth ?? 0) + 1 },
    }));
  });
} // prettier-ignore

/** The function whose parameters are read in these expressions, if anybody calls it. */
function wrapperOf(values: Values, file: Source, expressions: readonly number[]): Ref | null {
  for (const expression of expressions)
    for (const fn of functionsRead(file, expression, 3)) {
      const ref = { file, node: fn };
      if (values.callers.of(ref).length > 0) return ref;
    }
  return null;
}

function functionsRead(file: Source, expression: number, steps: number): number[] {
  const { tree, scopes } = file;
  if (expression === NONE || steps === 0) return [];
  const found: number[] = [];
  for (let at = expression; at < tree.after[expression]; at++) {
    const binding = scopes.bindingOf[at];
    if (tree.kind[at] !== Kind.Identifier || binding < 0 || (scopes.use[at] & Use.READ) === 0) continue;
    const declared = scopes.bindings.node[binding];
    if (scopes.bindings.kind[binding] === BindingKind.PARAMETER) found.push(file.owner[declared]);
    else found.push(...functionsRead(file, declaredAs(file, binding), steps - 1));
  }
  return found;
}

const PATTERNS: ReadonlySet<number> = new Set([Kind.Identifier, Kind.Property, Kind.ObjectPattern, Kind.AssignmentPattern]); // prettier-ignore

/** What a constant is made of, also where it is taken out of an object. */
function declaredAs(file: Source, binding: number): number {
  const plain = initOf(file, binding);
  if (plain !== NONE) return plain;
  const { tree, scopes } = file;
  let at = scopes.bindings.node[binding];
  while (at > 0 && PATTERNS.has(tree.kind[at])) at = tree.parent[at];
  return at > 0 && tree.kind[at] === Kind.VariableDeclarator ? childAt(tree, at, Field.init) : NONE;
}

function isParameter(file: Source, expression: number): boolean {
  const node = bareNode(file.tree, expression);
  if (node === NONE || file.tree.kind[node] !== Kind.Identifier) return false;
  const binding = file.scopes.bindingOf[node];
  return binding >= 0 && file.scopes.bindings.kind[binding] === BindingKind.PARAMETER;
}
