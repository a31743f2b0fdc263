/** What a slice is made of, as one row of numbers for a whole file. */
import type { Flow } from '../flow/flow.ts';
import { NONE, type Tree } from '../tree/tree.ts';
import type { Ssa } from './ssa.ts';

export class Items {
  readonly size: number;
  readonly #firstStep: number[] = [];
  readonly #firstReached: number[] = [];
  readonly #firstVersion: number[] = [];
  readonly #firstBlock: number[] = [];
  readonly #firstResult: number;
  readonly #firstBinding: number;
  readonly #firstName: number;
  readonly #flows: readonly Flow[];
  readonly #nodes: number;
  readonly #blocks: number;

  constructor(tree: Tree, flows: readonly Flow[], ssas: readonly Ssa[], bindings: number) {
    this.#flows = flows;
    this.#nodes = tree.size;
    let next = tree.size;
    for (const { op } of flows) next = after(this.#firstStep, next, op.length);
    for (const { op } of flows) next = after(this.#firstReached, next, op.length);
    for (const { size } of ssas) next = after(this.#firstVersion, next, size);
    for (const { blocks } of flows) next = after(this.#firstBlock, next, blocks);
    this.#blocks = next - this.#firstBlock[0];
    this.#firstResult = next + 2 * this.#blocks;
    this.#firstBinding = this.#firstResult + flows.length;
    this.#firstName = this.#firstBinding + 3 * bindings;
    this.size = this.#firstName + tree.strings.length + 2;
  }

  // The value of a node is the node's own number.

  /** A write, a store, what else a step does. */
  step(flow: number, step: number): number {
    return this.#firstStep[flow] + step;
  }

  /** Control gets to a step: its block runs, and nothing before it in there fails. */
  reached(flow: number, step: number): number {
    return this.#firstReached[flow] + step;
  }

  version(flow: number, version: number): number {
    return this.#firstVersion[flow] + version;
  }

  /** A block runs. */
  block(flow: number, block: number): number {
    return this.#firstBlock[flow] + block;
  }

  /** Which way a block is left. */
  outcome(flow: number, block: number): number {
    return this.#firstBlock[flow] + this.#blocks + block;
  }

  /** What is thrown on the way to a block. */
  thrown(flow: number, block: number): number {
    return this.outcome(flow, block) + this.#blocks;
  }

  /** What a body returns. */
  result(flow: number): number {
    return this.#firstResult + flow;
  }

  /** Any write of a variable. */
  writes(binding: number): number {
    return this.#firstBinding + 3 * binding;
  }

  /** What others may do to the object that a variable holds. */
  changes(binding: number): number {
    return this.#firstBinding + 3 * binding + 1;
  }

  /** All that is in the object that a variable holds. */
  content(binding: number): number {
    return this.#firstBinding + 3 * binding + 2;
  }

  /** Any store into a property of this name (`Tree.strings`), or into one whose name is a value. */
  property(name: number): number {
    return this.#firstName + 2 + name;
  }

  anyProperty(): number {
    return this.#firstName;
  }

  computedProperty(): number {
    return this.#firstName + 1;
  }

  /** It is what may be found in a property, or what may happen to an object, of whatever has that name. */
  isByName(item: number): boolean {
    if (item < this.#firstBinding) return false;
    return item >= this.#firstName || (item - this.#firstBinding) % 3 !== 0;
  }

  /** The node that an item stands for in the text; `NONE`: it stands for none. */
  nodeOf(item: number): number {
    if (item < this.#nodes) return item;
    if (item >= this.#firstReached[0]) return NONE;
    const flow = this.#firstStep.findLastIndex((first) => first <= item);
    return this.#flows[flow].node[item - this.#firstStep[flow]];
  }
}

/** Notes where a part begins. @returns where the next one does */
function after(firsts: number[], first: number, size: number): number {
  firsts.push(first);
  return first + size;
}
