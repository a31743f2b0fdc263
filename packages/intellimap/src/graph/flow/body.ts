/** What is under way while the flow of one body is made: where steps go, who hears of failures, and where jumps lead. */
import { textOf, type Tree } from '../tree/tree.ts';
import { Draft } from './draft.ts';
import { Exits } from './exits.ts';
import { EdgeKind, Op } from './flow.ts';

/** Adds what a node does. */
export type Visit = (node: number, body: Body) => void;

/** By `Kind`: what nodes do. */
export interface Visits {
  readonly value: readonly Visit[];
  readonly statement: readonly Visit[];
}

export class Body {
  readonly tree: Tree;
  readonly draft = new Draft();
  readonly exits: Exits;
  readonly isAsync: boolean;
  readonly isGenerator: boolean;
  /** Where the optional chain ends that is under way. */
  chainEnd = -1;
  readonly #visits: Visits;

  constructor(tree: Tree, visits: Visits, isAsync: boolean, isGenerator: boolean) {
    this.tree = tree;
    this.#visits = visits;
    this.isAsync = isAsync;
    this.isGenerator = isGenerator;
    this.exits = new Exits(this.draft);
  }

  kind(node: number): number {
    return this.tree.kind[node];
  }

  text(node: number): string {
    return textOf(this.tree, node);
  }

  /** An expression is evaluated. */
  value(node: number): void {
    this.#visits.value[this.tree.kind[node]](node, this);
  }

  statement(node: number): void {
    this.#visits.statement[this.tree.kind[node]](node, this);
  }

  /** A step that cannot fail. */
  safe(op: number, node: number): void {
    this.draft.step(op, node);
  }

  /** A step that may fail. */
  step(op: number, node: number): void {
    this.draft.step(op, node);
    this.exits.fail();
  }

  /** A variable gets its first value: that does not fail. */
  declare(node: number): void {
    if (this.exits.isGuarded()) this.draft.fresh();
    this.draft.step(Op.WRITE, node);
  }

  /**
   * A variable is written, which constants and variables that are not there yet refuse: before the write, so that whoever hears of it finds the older value.
   */
  assign(node: number): void {
    this.exits.fail();
    this.declare(node);
  }

  /** Decides between two blocks. */
  branch(node: number, whenTrue: number, whenFalse: number): void {
    this.draft.step(Op.BRANCH, node);
    this.draft.edge(whenTrue, EdgeKind.TRUE);
    this.draft.edge(whenFalse, EdgeKind.FALSE);
  }

  /** Waits for a promise; goes on in a block of its own, as anything may have happened meanwhile. */
  wait(node: number): void {
    this.step(Op.AWAIT, node);
    this.draft.goTo(this.draft.block());
  }

  /** Hands out a value, and may be told to go on, to fail, or to return. */
  suspend(node: number): void {
    this.step(Op.YIELD, node);
    const next = this.draft.block();
    this.draft.edge(next);
    this.exits.close();
    this.draft.begin(next);
  }
}
