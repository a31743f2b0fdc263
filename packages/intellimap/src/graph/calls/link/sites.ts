/** Call sites with the nodes of what they are about. */
import type { CallSite } from '../facts.ts';
import type { Context } from './context.ts';
import type { FunctionOf, Program } from './program.ts';

/** A call site, and whose it is. */
export interface SiteOf {
  file: number;
  site: CallSite;
  /** Nodes. */
  args: number[];
  callee: number;
  object: number;
  result: number;
  owner: FunctionOf;
  /** That of which this is a copy, for one call of a function around; itself, if it is none. */
  origin: SiteOf;
  copies: SiteOf[];
}

/** @param origin of which it is a copy */
export function siteIn(program: Program, context: Context, site: CallSite, origin?: SiteOf): SiteOf {
  const isNamed = context.inner !== null && site.literals.some((each) => typeof each === 'number');
  const it: SiteOf = {
    file: context.file,
    site: isNamed ? { ...site, literals: site.literals.map((each) => typeof each === 'number' ? (context.text(each) ?? each) : each) } : site,
    args: site.args.map((slot) => context.node(slot)),
    callee: context.node(site.callee),
    object: context.node(site.object),
    result: context.node(site.result),
    owner: ownerIn(program, context, site.owner),
    origin: origin as SiteOf,
    copies: [],
  };
  it.origin ??= it;
  it.origin.copies.push(it);
  return it;
} // prettier-ignore

/** The function that something lies in: the copy itself, or one within it. */
function ownerIn(program: Program, context: Context, index: number): FunctionOf {
  const around = context.inner?.of;
  return around !== undefined && around.facts === program.files[context.file].functions[index] ? around : program.functions[context.function(index)];
} // prettier-ignore
