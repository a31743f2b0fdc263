/** `emitter.emit('name')` calls who listens with `on('name')`, where both are not functions of the files. */
import type { Linker } from './linker.ts';
import { LISTEN, TELL } from './outside.ts';
import type { SiteOf } from './sites.ts';

/** @returns whether anything new was connected */
export function connectEvents(linker: Linker): boolean {
  const { findings, hosts } = linker;
  const isFree = (site: SiteOf): boolean => !findings.hasTargets(site) || hosts.has(site);
  const byName = new Map<string, SiteOf[]>();
  for (const site of linker.sites) {
    const name = site.site.literals[0];
    if (typeof name === 'string' && LISTEN.has(site.site.name) && site.args.length > 1 && isFree(site))
      byName.set(name, [...(byName.get(name) ?? []), site]);
  }
  let found = false;
  for (const teller of linker.sites) {
    const name = teller.site.literals[0];
    if (typeof name !== 'string' || !TELL.has(teller.site.name) || hosts.has(teller) || !isFree(teller)) continue;
    hosts.add(teller);
    for (const listener of byName.get(name) ?? [])
      if (mayBeSame(linker, teller.object, listener.object)) {
        found = true;
        linker.handOver(teller, listener.args[1], '', { later: false, kind: 'event name', given: teller.args.slice(1) });
      }
  }
  return found;
} // prettier-ignore

/** Not where both are known, and have nothing in common. */
function mayBeSame({ program: { solver } }: Linker, a: number, b: number): boolean {
  if (a < 0 || b < 0) return true;
  const [of, others] = [solver.tokens(a), solver.tokens(b)];
  return of.size === 0 || others.size === 0 || [...of].some((token) => others.has(token));
}
