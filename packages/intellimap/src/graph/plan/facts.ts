/**
 * What the text says of how a function will cost: how much there is of it, what it repeats, whom it calls. Pure; one pass over the columns of a tree. What is done in
 * initialisers of fields belongs to the function around, or to the module.
 */
import { childAt, Field, Flag, has, isFunction, Kind, NONE, textOf, type Tree } from '../tree/tree.ts';

export interface FunctionFacts {
  /** Node of the function; 0: the module. */
  node: number;
  /** Nodes that are its own, without those of functions inside. */
  size: number;
  /** Nodes that one call passes, if each loop turns `LOOP_TURNS` times. */
  work: number;
  loops: number;
  /** Loops around loops. */
  loopDepth: number;
  /** Calls, `new`, tagged templates. None: it is a leaf. */
  callSites: number;
  awaits: number;
  yields: number;
  /** Writes to properties. */
  writes: number;
  isAsync: boolean;
  isGenerator: boolean;
  /** Whom it calls, or hands over to be called, by name: last part of what is called. */
  calls: readonly NamedCall[];
  /** A function that is written where a method goes over elements: how deep in loops of the function around. */
  repeated: number | null;
}

export interface NamedCall {
  name: string;
  /** Loops around it, in its function. */
  depth: number;
}

/** Nobody knows how often a loop turns; so often. */
export const LOOP_TURNS = 8;
/** Deeper loops count as this one. */
const DEEPEST = 4;

/** Of all functions in the order of the text, the module first. */
export function planFacts(tree: Tree): FunctionFacts[] {
  const { size } = tree;
  const owner = new Int32Array(size);
  const depth = new Uint8Array(size);
  const facts = new Map([[0, factsOf(tree, 0, null)]]);
  for (let node = 1; node < size; node++) {
    const above = tree.parent[node];
    const isInside = isFunction(tree, above) && tree.field[node] !== Field.id;
    owner[node] = isInside ? above : owner[above];
    depth[node] = isInside ? 0 : depth[above] + (isRepeated(tree, node) ? 1 : 0);
    if (isFunction(tree, node)) facts.set(node, factsOf(tree, node, repeatedBy(tree, node, depth)));
    note(tree, node, Math.min(depth[node], DEEPEST), facts.get(owner[node])!);
  }
  return [...facts.values()];
}

const factsOf = (tree: Tree, node: number, repeated: number | null): FunctionFacts => ({
  node,
  size: 0,
  work: 0,
  loops: 0,
  loopDepth: 0,
  callSites: 0,
  awaits: 0,
  yields: 0,
  writes: 0,
  isAsync: has(tree, node, Flag.ASYNC) && node > 0,
  isGenerator: has(tree, node, Flag.GENERATOR) && node > 0,
  calls: [],
  repeated,
});

/** Adds a node to what is known of its function. */
function note(tree: Tree, node: number, depth: number, facts: FunctionFacts): void {
  facts.size++;
  facts.work += LOOP_TURNS ** depth;
  switch (tree.kind[node]) {
    case Kind.ForStatement:
    case Kind.ForInStatement:
    case Kind.ForOfStatement:
    case Kind.WhileStatement:
    case Kind.DoWhileStatement:
      facts.loops++;
      facts.loopDepth = Math.max(facts.loopDepth, depth + 1);
      if (has(tree, node, Flag.SPECIAL)) facts.awaits++;
      break;
    case Kind.CallExpression:
    case Kind.NewExpression:
    case Kind.TaggedTemplateExpression:
      facts.callSites++;
      noteCall(tree, node, depth, facts);
      break;
    case Kind.AwaitExpression:
      facts.awaits++;
      break;
    case Kind.YieldExpression:
      facts.yields++;
      break;
    case Kind.AssignmentExpression:
    case Kind.UpdateExpression:
      if (tree.kind[node + 1] === Kind.MemberExpression) facts.writes++;
      break;
    default:
  }
}

function noteCall(tree: Tree, node: number, depth: number, facts: FunctionFacts): void {
  const field = tree.kind[node] === Kind.TaggedTemplateExpression ? Field.tag : Field.callee;
  const name = calledName(tree, childAt(tree, node, field));
  const calls = facts.calls as NamedCall[];
  if (name !== '') calls.push({ name, depth });
  // `items.map(toRow)`: whoever is named there is called for each.
  if (!ITERATING.has(name)) return;
  const { after } = tree;
  for (let child = node + 1; child < after[node]; child = after[child]!)
    if (tree.field[child] === Field.arguments && tree.kind[child] !== Kind.Literal) {
      const handed = calledName(tree, child);
      if (handed !== '') calls.push({ name: handed, depth: depth + 1 });
    }
}

/** Last part of what is called: `c` of `a.b.c`; '': it has no name. */
function calledName(tree: Tree, callee: number): string {
  if (callee === NONE) return '';
  const kind = tree.kind[callee];
  if (kind === Kind.Identifier) return textOf(tree, callee);
  if (kind !== Kind.MemberExpression || has(tree, callee, Flag.COMPUTED)) return '';
  return textOf(tree, childAt(tree, callee, Field.property));
}

/** Methods of the language that call what they are given for each element. */
const ITERATING: ReadonlySet<string> = new Set('map forEach filter reduce reduceRight some every find findIndex findLast findLastIndex flatMap sort toSorted replace replaceAll from'.split(' ')); // prettier-ignore

/** A part of a loop that runs in each turn. */
function isRepeated(tree: Tree, node: number): boolean {
  const field = tree.field[node];
  switch (tree.kind[tree.parent[node]]) {
    case Kind.ForStatement:
      return field !== Field.init;
    case Kind.ForInStatement:
    case Kind.ForOfStatement:
      return field !== Field.right;
    case Kind.WhileStatement:
    case Kind.DoWhileStatement:
      return true;
    default:
      return false;
  }
}

/** How deep in loops the function runs that is handed over here; null: it is not. */
function repeatedBy(tree: Tree, node: number, depth: Uint8Array): number | null {
  const call = tree.parent[node];
  if (tree.field[node] !== Field.arguments || tree.kind[call] !== Kind.CallExpression) return null;
  return ITERATING.has(calledName(tree, childAt(tree, call, Field.callee))) ? depth[call] + 1 : null;
}
