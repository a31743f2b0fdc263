/** Whether something may happen several times while its function runs once: in loops as control goes round in them, and in callbacks of lists. Pure. */
import { Op } from '../flow/flow.ts';
import { flowOf } from '../flow/build.ts';
import { loopsOf } from '../flow/loops-of.ts';
import { bareNode, bodyOwner, childAt, childrenOf, Field, Flag, has, isFunction, Kind, NONE, type Tree } from '../tree/tree.ts'; // prettier-ignore
import { propertyName } from './names.ts';

/** How loops are written, and which of their parts are not repeated. */
const LOOPS: ReadonlyMap<number, { word: string; once: number }> = new Map([
  [Kind.ForStatement, { word: 'for', once: Field.init }],
  [Kind.ForInStatement, { word: 'for … in', once: Field.right }],
  [Kind.ForOfStatement, { word: 'for … of', once: Field.right }],
  [Kind.WhileStatement, { word: 'while', once: NONE }],
  [Kind.DoWhileStatement, { word: 'do', once: NONE }],
]);

/** Methods that call what they are given once for each element. */
const OF_LISTS: ReadonlySet<string> = new Set([
  'forEach', 'map', 'flatMap', 'filter', 'find', 'findIndex', 'findLast', 'findLastIndex', 'some', 'every', 'reduce', 'reduceRight', 'sort', 'toSorted',
]); // prettier-ignore

export class Repeats {
  private readonly tree: Tree;
  /** By body: nodes of the steps that are part of a loop. */
  private readonly repeated = new Map<number, ReadonlySet<number>>();

  constructor(tree: Tree) {
    this.tree = tree;
  }

  /** Why a call may be made again and again by one call of its function: `for … of`, `callback of map`; empty: it may not. */
  of(node: number): string {
    const { tree } = this;
    const owner = bodyOwner(tree, node);
    const word = loopAround(tree, node, owner);
    if (word !== '' && this.goesRound(node, owner)) return word;
    return isFunction(tree, owner) ? callbackOf(tree, owner) : '';
  }

  /** A loop that always ends with `break` or `return` is none. */
  private goesRound(node: number, owner: number): boolean {
    let steps = this.repeated.get(owner);
    if (steps === undefined) this.repeated.set(owner, (steps = repeatedIn(this.tree, owner)));
    for (let at = node; at > owner; at = this.tree.parent[at]) {
      if (steps.has(at)) return true;
      if (LOOPS.has(this.tree.kind[at])) return false;
    }
    return false;
  }
}

function loopAround(tree: Tree, node: number, owner: number): string {
  for (let at = node; at > owner; at = tree.parent[at]) {
    const loop = LOOPS.get(tree.kind[tree.parent[at]]);
    if (loop === undefined || tree.field[at] === loop.once) continue;
    return has(tree, tree.parent[at], Flag.SPECIAL) ? `for await${loop.word.slice(3)}` : loop.word;
  }
  return '';
}

/** Steps of loops, by their nodes. */
function repeatedIn(tree: Tree, owner: number): ReadonlySet<number> {
  const flow = flowOf(tree, owner);
  const { blocks, firstStep, op, node } = flow;
  const { of } = loopsOf(flow);
  const found = new Set<number>();
  for (let block = 0; block < blocks; block++)
    if (of[block] !== NONE)
      for (let step = firstStep[block]; step < firstStep[block + 1]; step++)
        // A decision may be part of a loop where what it leads to is not.
        if (op[step] !== Op.BRANCH) found.add(node[step]);
  return found;
}

/** `list.map(function)`: what hands the function on; empty: nothing of the kind does. */
function callbackOf(tree: Tree, owner: number): string {
  let given = owner;
  while (given > 0 && bareNode(tree, tree.parent[given]) === owner) given = tree.parent[given];
  const call = tree.parent[given];
  if (call === NONE || tree.kind[call] !== Kind.CallExpression || tree.field[given] !== Field.arguments)
    return '';
  const callee = bareNode(tree, childAt(tree, call, Field.callee));
  if (callee === NONE || tree.kind[callee] !== Kind.MemberExpression) return '';
  const name = propertyName(tree, callee);
  const at = childrenOf(tree, call, Field.arguments).indexOf(given);
  if (at === 0 && OF_LISTS.has(name)) return `callback of ${name}`;
  const isFrom = at === 1 && name === 'from' && isArray(tree, childAt(tree, callee, Field.object));
  return isFrom ? 'callback of Array.from' : '';
}

const isArray = (tree: Tree, node: number): boolean =>
  tree.kind[node] === Kind.Identifier && tree.strings[tree.text[node]] === 'Array';

/** Whether what a call gives back is awaited where it is made. @param node what is called, or the name of the method */
export function isAwaited(tree: Tree, node: number): boolean {
  let callee = node;
  while (tree.field[callee] !== Field.callee && tree.field[callee] !== Field.tag) {
    callee = tree.parent[callee];
    if (callee === NONE || !PARTS.has(tree.kind[callee])) return false;
  }
  const call = tree.parent[callee];
  let at = call;
  while (at > 0 && bareNode(tree, tree.parent[at]) === call) at = tree.parent[at];
  return at > 0 && tree.kind[tree.parent[at]] === Kind.AwaitExpression;
}

/** What stands around the name of what is called. */
const PARTS: ReadonlySet<number> = new Set([
  Kind.MemberExpression,
  Kind.ParenthesizedExpression,
  Kind.ChainExpression,
  Kind.TSNonNullExpression,
  Kind.TSAsExpression,
  Kind.TSInstantiationExpression,
]);
