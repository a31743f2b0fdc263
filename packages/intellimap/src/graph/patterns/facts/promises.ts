/** Whether a value is a promise, as far as the text tells. */
import { bareNode, childAt, Field, isFunction, Kind, NONE, type Tree } from '../../tree/tree.ts';
import type { Project, Ref } from '../project.ts';
import type { Source } from '../source.ts';
import { COMMON } from './common.ts';
import { baseOf, calleeName, calleeText, functionName, importOf, isGlobal, receiverText } from './names.ts';
import { bodyOf, isAsync, nodesIn, returnedBy } from './places.ts';

const MADE_BY = new Set(['Promise.all', 'Promise.allSettled', 'Promise.race', 'Promise.any', 'Promise.resolve', 'Promise.reject']); // prettier-ignore
/** Modules all of whose functions give promises. */
const PROMISED = /^(?:node:)?(?:fs|dns|timers|stream|readline)\/promises$/;

/** A call that gives a promise. */
export function givesPromise(file: Source, expression: number, project: Project): boolean {
  const { tree } = file;
  const node = bareNode(tree, expression);
  if (node === NONE) return false;
  if (tree.kind[node] === Kind.ImportExpression) return true;
  if (tree.kind[node] === Kind.NewExpression)
    return (
      calleeText(tree, node) === 'Promise' &&
      isGlobal(file, bareNode(tree, childAt(tree, node, Field.callee)))
    );
  if (tree.kind[node] !== Kind.CallExpression) return false;
  const text = calleeText(tree, node);
  if (MADE_BY.has(text)) return true;
  const base = baseOf(tree, node);
  if (text === 'fetch' && isGlobal(file, base)) return true;
  const from = importOf(file, base);
  if (from !== null && (PROMISED.test(from.specifier) || (/^(?:node:)?fs$/.test(from.specifier) && /(^|\.)promises\./.test(text)))) return true; // prettier-ignore
  const callee = project.calledFunction(file, node);
  if (callee !== null) return isPromising(callee, project);
  return isAsyncByName(calleeName(tree, node), receiverText(tree, node), project);
}

/** A function whose calls give promises. */
export function isPromising(ref: Ref, project: Project): boolean {
  const { file, node } = ref;
  if (isAsync(file.tree, node)) return (file.tree.flags[node] & 8) === 0;
  return project.once('promising', ref, false, () => {
    const values = returnedBy(file.tree, node);
    return values.some((value) => isPromise(file, value, project));
  });
}

/** A promise, or `p.then(…)`. */
function isPromise(file: Source, value: number, project: Project): boolean {
  const name = file.tree.kind[value] === Kind.CallExpression ? calleeName(file.tree, value) : '';
  return name === 'then' || name === 'finally' || givesPromise(file, value, project);
}

/** All methods of the project by that name are async, and the language has none of it. */
function isAsyncByName(name: string, receiver: string, project: Project): boolean {
  if (receiver === '' || name === '' || COMMON.has(name)) return false;
  // One word is what many things are called: `res.send()` is not `mailer.send()`.
  return /[a-z][A-Z]/.test(name) && asyncNames(project).has(name);
}

const NAMES = new WeakMap<Project, ReadonlySet<string>>();

function asyncNames(project: Project): ReadonlySet<string> {
  const known = NAMES.get(project);
  if (known !== undefined) return known;
  const some = new Set<string>();
  const others = new Set<string>();
  for (const { tree } of project.files)
    for (let node = 0; node < tree.size; node++)
      if (isFunction(tree, node)) {
        const name = functionName(tree, node);
        // A plain function by that name may hang on an object, too.
        if (name !== '') (isAsync(tree, node) && isMember(tree, node) ? some : others).add(name);
      }
  const names = new Set([...some].filter((name) => !others.has(name)));
  NAMES.set(project, names);
  return names;
}

const isMember = (tree: Tree, fn: number): boolean =>
  [Kind.MethodDefinition, Kind.Property, Kind.PropertyDefinition].includes(tree.kind[tree.parent[fn]]);

/** An async function that lets no failure out: all it does stands in a `try` that catches, or nothing in it can be waited for. */
export function neverFails({ file, node }: Ref): boolean {
  const { tree } = file;
  const isRisky = (statement: number): boolean =>
    tree.kind[statement] !== Kind.TryStatement &&
    [
      Kind.CallExpression,
      Kind.NewExpression,
      Kind.AwaitExpression,
      Kind.ThrowStatement,
      Kind.ForOfStatement,
    ].some((kind) => nodesIn(tree, statement, kind).length > 0);
  const statements = bodyOf(tree, node);
  return (
    statements.length > 0 &&
    statements.every((statement) => {
      if (tree.kind[statement] !== Kind.TryStatement) return !isRisky(statement);
      const handler = childAt(tree, statement, Field.handler);
      return handler !== NONE && nodesIn(tree, handler, Kind.ThrowStatement).length === 0;
    })
  );
}
