/** What depends on what in a file: values, effects, and whether blocks run, as one graph in columns that slices follow. */
import type { Flow } from '../flow/flow.ts';
import type { Scopes } from '../scopes/scopes.ts';
import type { Tree } from '../tree/tree.ts';
import { ssaOf } from './build.ts';
import { type Calls, lexicalCalls } from './calls.ts';
import { withAll, withoutUnheard } from './heard.ts';
import { Items } from './items.ts';
import { Links } from './links.ts';
import { linkControl } from './of-control.ts';
import { linkSteps, linkVersions } from './of-effects.ts';
import { linkValues } from './of-values.ts';
import { grouped } from './pack.ts';
import { storageOf } from './storage.ts';

export interface Dependence {
  readonly items: Items;
  readonly tree: Tree;
  readonly flows: readonly Flow[];
  /** Item i depends on `[first[i], first[i + 1])` of `on`. */
  readonly first: Uint32Array;
  readonly on: Uint32Array;
  /** `Why` */
  readonly why: Uint8Array;
}

export interface DependenceOptions {
  /** A call graph; names alone, by default. */
  readonly calls?: Calls;
  /** Also that any step may fail without a `throw`, so that what follows it never runs. */
  readonly withFailures?: boolean;
}

/** @param flows of all bodies of the file */
export function dependenceOf(
  tree: Tree,
  flows: readonly Flow[],
  scopes: Scopes,
  options: DependenceOptions = {},
): Dependence {
  const storage = storageOf(tree, scopes);
  const calls = options.calls ?? lexicalCalls(tree, scopes, storage);
  const ssas = flows.map((flow) => ssaOf(tree, flow, scopes, storage));
  const items = new Items(tree, flows, ssas, scopes.bindings.size);
  const heard = options.withFailures ? withAll(flows) : withoutUnheard(flows, calls);
  const links = new Links({ tree, flows: heard, ssas, scopes, calls, items });
  linkValues(links);
  flows.forEach((_, flow) => {
    linkVersions(flow, links);
    linkSteps(flow, links);
    linkControl(flow, links);
  });
  const [first, at] = grouped(items.size, links.from);
  const on = at.map((link) => links.on[link]);
  return { items, tree, flows, first, on, why: Uint8Array.from(at, (link) => links.why[link]) };
}
