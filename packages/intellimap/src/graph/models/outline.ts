/** The expected order as the text has it: what happens one after the other, either one or the other, again and again, guarded. Pure. */
import type { Flow } from '../flow/flow.ts';
import {
  childAt,
  childrenOf,
  Field,
  Flag,
  has,
  isFunction,
  Kind,
  NONE,
  textOf,
  type Tree,
} from '../tree/tree.ts';

export type Outline =
  /** A step of the flow. */
  | { readonly type: 'step'; readonly step: number }
  /** One of several, or (a single one) this or nothing. `node`: what decides. */
  | { readonly type: 'choice'; readonly node: number; readonly options: readonly Option[] }
  | { readonly type: 'loop'; readonly node: number; readonly parts: readonly Outline[] }
  | {
      readonly type: 'try';
      readonly parts: readonly Outline[];
      readonly handler: readonly Outline[] | null;
      readonly last: readonly Outline[] | null;
    };

export interface Option {
  /** What stands in front of it; `NONE`: none of the others. */
  readonly node: number;
  readonly parts: readonly Outline[];
}

/** @param isWanted steps that are told @returns what is left of a structure in which nothing is told is nothing */
export function outlineOf(tree: Tree, flow: Flow, isWanted: (step: number) => boolean): Outline[] {
  return new Outliner(tree, flow, isWanted).body();
}

class Outliner {
  readonly #tree: Tree;
  readonly #owner: number;
  /** By node: its steps, in order, each with its `Op`. */
  readonly #steps = new Map<number, [step: number, op: number][]>();

  constructor(tree: Tree, flow: Flow, isWanted: (step: number) => boolean) {
    this.#tree = tree;
    this.#owner = flow.owner;
    for (const [step, node] of flow.node.entries()) {
      if (!isWanted(step)) continue;
      const known = this.#steps.get(node) ?? [];
      this.#steps.set(node, known);
      if (known.every(([, op]) => op !== flow.op[step])) known.push([step, flow.op[step]]);
    }
  }

  body(): Outline[] {
    const tree = this.#tree;
    if (!isFunction(tree, this.#owner)) return this.#children(this.#owner);
    const body = childAt(tree, this.#owner, Field.body);
    return body === NONE ? [] : this.#of(body);
  }

  #children(node: number): Outline[] {
    return childrenOf(this.#tree, node).flatMap((child) => this.#of(child));
  }

  #field(node: number, field: number): Outline[] {
    const child = childAt(this.#tree, node, field);
    return child === NONE ? [] : this.#of(child);
  }

  #own(node: number, fits: (op: number) => boolean = () => true): Outline[] {
    return (this.#steps.get(node) ?? [])
      .filter(([, op]) => fits(op))
      .map(([step]) => ({ type: 'step', step }));
  }

  #of(node: number): Outline[] {
    const tree = this.#tree;
    // What a function inside does is told of that.
    if (isFunction(tree, node)) return [];
    const kind = tree.kind[node];
    const visit = VISITS[kind];
    if (visit === undefined) return [...this.#children(node), ...this.#own(node)];
    return this[visit](node);
  }

  if(node: number): Outline[] {
    const test = this.#field(node, Field.test);
    const options = [childAt(this.#tree, node, Field.consequent), childAt(this.#tree, node, Field.alternate)];
    return [...test, ...this.#choice(node, options)];
  }

  /** `a && b`: the right side, or nothing. */
  logical(node: number): Outline[] {
    return [
      ...this.#field(node, Field.left),
      ...this.#choice(node, [childAt(this.#tree, node, Field.right)]),
    ];
  }

  /** `a ||= b` and its like; others are what they look like. */
  assignment(node: number): Outline[] {
    const isLogical = /^(?:&&|\|\||\?\?)=$/.test(textOf(this.#tree, node));
    if (!isLogical) return [...this.#children(node), ...this.#own(node)];
    return this.logical(node);
  }

  pattern(node: number): Outline[] {
    return [
      ...this.#choice(node, [childAt(this.#tree, node, Field.right)]),
      ...this.#field(node, Field.left),
    ];
  }

  call(node: number): Outline[] {
    const rest = [...this.#each(node, Field.arguments), ...this.#own(node)];
    const callee = this.#field(node, Field.callee);
    if (!has(this.#tree, node, Flag.OPTIONAL)) return [...callee, ...rest];
    return [...callee, ...(rest.length === 0 ? [] : [choiceOf(node, [{ node, parts: rest }])])];
  }

  #each(node: number, field: number): Outline[] {
    return childrenOf(this.#tree, node, field).flatMap((child) => this.#of(child));
  }

  declarator(node: number): Outline[] {
    return [...this.#field(node, Field.init), ...this.#field(node, Field.id)];
  }

  for(node: number): Outline[] {
    const turn = [Field.test, Field.body, Field.update].flatMap((field) => this.#field(node, field));
    return [...this.#field(node, Field.init), ...loopOf(node, turn)];
  }

  while(node: number): Outline[] {
    return loopOf(node, this.#children(node));
  }

  forEach(node: number): Outline[] {
    const turn = [...this.#own(node), ...this.#field(node, Field.left), ...this.#field(node, Field.body)];
    return [...this.#field(node, Field.right), ...loopOf(node, turn)];
  }

  switch(node: number): Outline[] {
    const tree = this.#tree;
    const cases = childrenOf(tree, node, Field.cases);
    const tests = cases.flatMap((each) => this.#field(each, Field.test));
    const options = cases.map((each) => ({ node: each, parts: this.#each(each, Field.consequent) }));
    const told = options.filter(({ parts }) => parts.length > 0);
    return [...this.#field(node, Field.discriminant), ...tests, ...(told.length === 0 ? [] : [choiceOf(node, told)])];
  } // prettier-ignore

  try(node: number): Outline[] {
    const parts = this.#field(node, Field.block);
    const handler = childAt(this.#tree, node, Field.handler);
    const finalizer = childAt(this.#tree, node, Field.finalizer);
    const caught = handler === NONE ? null : this.#of(handler);
    const last = finalizer === NONE ? null : this.#of(finalizer);
    const isEmpty = parts.length + (caught?.length ?? 0) + (last?.length ?? 0) === 0;
    return isEmpty ? [] : [{ type: 'try', parts, handler: caught, last }];
  }

  catch(node: number): Outline[] {
    return [...this.#own(node), ...this.#children(node)];
  }

  /** @param nodes `NONE`: nothing is done then */
  #choice(node: number, nodes: readonly number[]): Outline[] {
    const options = nodes.map((each) => ({ node: each, parts: each === NONE ? [] : this.#of(each) }));
    if (options.every(({ parts }) => parts.length === 0)) return [];
    return [choiceOf(node, options[1]?.node === NONE ? options.slice(0, 1) : options)];
  }
}

const choiceOf = (node: number, options: readonly Option[]): Outline => ({ type: 'choice', node, options });
const loopOf = (node: number, parts: readonly Outline[]): Outline[] =>
  parts.length === 0 ? [] : [{ type: 'loop', node, parts }];

type Visit =
  | 'if'
  | 'logical'
  | 'assignment'
  | 'pattern'
  | 'call'
  | 'declarator'
  | 'for'
  | 'while'
  | 'forEach'
  | 'switch'
  | 'try'
  | 'catch';

const VISITS: Partial<Record<number, Visit>> = {
  [Kind.IfStatement]: 'if',
  [Kind.ConditionalExpression]: 'if',
  [Kind.LogicalExpression]: 'logical',
  [Kind.AssignmentExpression]: 'assignment',
  [Kind.AssignmentPattern]: 'pattern',
  [Kind.CallExpression]: 'call',
  [Kind.VariableDeclarator]: 'declarator',
  [Kind.ForStatement]: 'for',
  [Kind.WhileStatement]: 'while',
  [Kind.DoWhileStatement]: 'while',
  [Kind.ForInStatement]: 'forEach',
  [Kind.ForOfStatement]: 'forEach',
  [Kind.SwitchStatement]: 'switch',
  [Kind.TryStatement]: 'try',
  [Kind.CatchClause]: 'catch',
};
