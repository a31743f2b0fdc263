/** How functions are handed what they are called with, and what they write by a name that they are handed. */
import type { FunctionOf, Program } from './program.ts';
import type { SiteOf } from './sites.ts';

/** How a function is handed what it is called with. */
export interface Handing {
  /** Arguments in front that are none of its: `f.call(self, a)`. */
  shift?: number;
  /** Node of a list that holds them: `f.apply(self, list)`. */
  list?: number;
  /** Node, or token, of what is `this`. */
  self?: number;
  selfToken?: number;
  /** It is called later, or by others, once it was handed over. */
  later?: boolean;
  kind?: string;
  /** Nodes of what it is given where that is not what the site says, by number of the parameter. */
  given?: (number | undefined)[];
  /** Node that what it returns goes to; that of the site unless said otherwise; -1: nowhere. */
  result?: number;
}

/** A function that writes a member whose name is one of its parameters, where it is looked at once for all calls: here it is told which. */
export function writeKeyed(program: Program, site: SiteOf, { facts, context }: FunctionOf, shift: number): void {
  for (const store of program.files[context.file].stores.slice(...facts.extent!.stores)) {
    const key = facts.parameters.indexOf(store.key);
    const name = store.key < 0 || key < 0 ? undefined : site.site.literals[key + shift];
    if (typeof name !== 'string') continue;
    const index = facts.parameters.indexOf(store.from);
    const value = index < 0 ? context.node(store.from) : (site.args[index + shift] ?? -1);
    if (value >= 0) program.solver.watch(context.node(store.object), (token) => program.put(token, name, value, true));
  }
} // prettier-ignore
