/** Pairs of items, of which the first depends on the second; and what all that find some go by. */
import type { Scopes } from '../scopes/scopes.ts';
import { bareNode, Kind, NONE, type Tree } from '../tree/tree.ts';
import type { Calls } from './calls.ts';
import type { Giver } from './given.ts';
import type { HeardFlow } from './heard.ts';
import type { Items } from './items.ts';
import { Sites } from './sites.ts';
import type { Ssa } from './ssa.ts';
import { Why } from './why.ts';

export interface FileFlow {
  readonly tree: Tree;
  readonly flows: readonly HeardFlow[];
  readonly ssas: readonly Ssa[];
  readonly scopes: Scopes;
  readonly calls: Calls;
  readonly items: Items;
}

export class Links {
  readonly file: FileFlow;
  readonly sites: Sites;
  readonly from: number[] = [];
  readonly on: number[] = [];
  readonly why: number[] = [];

  constructor(file: FileFlow) {
    this.file = file;
    this.sites = new Sites(file.tree, file.flows, file.calls);
  }

  add(item: number, on: number, why: number = Why.DATA): void {
    this.from.push(item);
    this.on.push(on);
    this.why.push(why);
  }

  /** The variable that a node reads; `NONE`. */
  variableOf(node: number): number {
    const { tree, scopes } = this.file;
    const bare = node === NONE ? NONE : bareNode(tree, node);
    if (bare === NONE || tree.kind[bare] !== Kind.Identifier) return NONE;
    return Math.max(scopes.bindingOf[bare], NONE);
  }

  /** What is found in a property, whoever's. @param name of `Tree.strings`; undefined: any */
  found(item: number, name: number | undefined): void {
    const { items } = this.file;
    if (name === undefined) return this.add(item, items.anyProperty(), Why.MEMORY);
    this.add(item, items.property(name), Why.MEMORY);
    this.add(item, items.computedProperty(), Why.MEMORY);
  }

  /** What flows into a target flows into an item. */
  giver(item: number): Giver {
    const { items } = this.file;
    const { sites } = this;
    return {
      value: (node) => this.add(item, node),
      property: (name) => this.found(item, name),
      parameter: (owner, at, isRest) => {
        for (const call of sites.callsOf(owner))
          for (const argument of sites.argumentsFor(call, at, isRest)) this.add(item, argument, Why.CALL);
        const among = sites.handedWith(owner);
        for (const node of among) this.add(item, node, Why.CALL);
        if (among.length > 0) this.found(item, undefined);
      },
      caught: (clause) => {
        const place = sites.placeOf(clause);
        if (place) this.add(item, items.thrown(place.flow, place.block));
      },
    };
  }
}
