/** Where things happen in a file: which step is whose, who calls whom. */
import { type Flow, Op } from '../flow/flow.ts';
import { bareNode, childAt, childrenOf, Field, isFunction, Kind, NONE, type Tree } from '../tree/tree.ts';
import type { Calls } from './calls.ts';

export interface Place {
  readonly flow: number;
  readonly block: number;
  readonly step: number;
}

export class Sites {
  readonly #tree: Tree;
  /** Node → where its last step is. */
  readonly #places = new Map<number, Place>();
  readonly #flowOf = new Map<number, number>();
  /** Function → calls that may run it. */
  readonly #calls = new Map<number, number[]>();
  /** Function → calls that it is an argument of. */
  readonly #handed = new Map<number, number[]>();

  constructor(tree: Tree, flows: readonly Flow[], calls: Calls) {
    this.#tree = tree;
    flows.forEach((flow, at) => this.#note(flow, at, calls));
  }

  #note({ owner, blocks, firstStep, op, node }: Flow, flow: number, calls: Calls): void {
    this.#flowOf.set(owner, flow);
    for (let block = 0; block < blocks; block++)
      for (let step = firstStep[block]; step < firstStep[block + 1]; step++) {
        this.#places.set(node[step], { flow, block, step });
        if (op[step] === Op.CALL) this.#noteCall(node[step], calls);
      }
  }

  #noteCall(call: number, calls: Calls): void {
    const kind = this.#tree.kind[call];
    if (kind !== Kind.CallExpression && kind !== Kind.NewExpression) return;
    for (const target of calls.targets(call)) noted(this.#calls, target, call);
    if (calls.isComplete(call)) return;
    for (const argument of childrenOf(this.#tree, call, Field.arguments))
      if (isFunction(this.#tree, argument)) noted(this.#handed, argument, call);
  }

  placeOf(node: number): Place | undefined {
    return this.#places.get(node);
  }

  flowOf(owner: number): number | undefined {
    return this.#flowOf.get(owner);
  }

  /** Calls that run a function. */
  callsOf(owner: number): readonly number[] {
    return this.#calls.get(owner) ?? [];
  }

  /** Calls that it is handed to: they may run it. */
  handedTo(owner: number): readonly number[] {
    return this.#handed.get(owner) ?? [];
  }

  /** Where the function, or the class that a body belongs to, is made. */
  madeAt(owner: number): Place | undefined {
    for (let at = owner; at > 0; at = this.#tree.parent[at]) {
      const place = this.#places.get(at);
      if (place && place.flow !== this.#flowOf.get(owner)) return place;
    }
    return undefined;
  }

  /** What a call of a function gives a parameter. */
  argumentsFor(call: number, at: number, isRest: boolean): number[] {
    const given = childrenOf(this.#tree, call, Field.arguments);
    const spread = given.findIndex((each) => this.#tree.kind[each] === Kind.SpreadElement);
    // From a spread on, nobody knows which is which.
    if (spread >= 0 && spread <= at) return given.slice(spread);
    return isRest ? given.slice(at) : given.slice(at, at + 1);
  }

  /** All that those get who are handed a function: what they call it with comes out of that. */
  handedWith(owner: number): number[] {
    return this.handedTo(owner).flatMap((call) => {
      const callee = bareNode(this.#tree, childAt(this.#tree, call, Field.callee));
      const object = childAt(this.#tree, callee, Field.object);
      const given = childrenOf(this.#tree, call, Field.arguments).filter((each) => each !== owner);
      return object === NONE ? given : [object, ...given];
    });
  }
}

function noted(map: Map<number, number[]>, key: number, value: number): void {
  const list = map.get(key);
  if (list) list.push(value);
  else map.set(key, [value]);
}
