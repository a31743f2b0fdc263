/** Which functions were found to be called where, and how. */
import type { CallSite } from '../facts.ts';
import type { Handing } from './handing.ts';
import type { FunctionOf, Program } from './program.ts';
import type { SiteOf } from './sites.ts';

export interface Found {
  to: FunctionOf;
  kind: string;
  /** It rests on a name alone, or on what was found by that. */
  isGuess: boolean;
  later: boolean;
}

export class Findings {
  readonly bySite = new Map<SiteOf, Map<number, Found>>();
  /** Sites that so many functions might be called at, by their name, that it says nothing. */
  readonly tooMany = new Map<SiteOf, number>();
  /** What is found from now on rests on names alone. */
  isGuessing = false;
  private readonly program: Program;

  constructor(program: Program) {
    this.program = program;
  }

  found(site: SiteOf, to: FunctionOf, { kind, later = false }: Handing): void {
    let all = this.bySite.get(site.origin);
    if (all === undefined) this.bySite.set(site.origin, (all = new Map()));
    if (!all.has(to.origin))
      all.set(to.origin, { to, kind: kind ?? kindOf(site.site), isGuess: this.isGuessing, later });
  }

  /** Whether a function is called here that is not only handed over. */
  hasTargets(site: SiteOf): boolean {
    for (const { kind } of this.bySite.get(site.origin)?.values() ?? [])
      if (!kind.startsWith('callback of')) return true;
    return false;
  }

  /** Whether what is called comes from outside, as far as that is known. */
  isOutside({ origin }: SiteOf): boolean {
    const { heap, solver } = this.program;
    const isOutside = (node: number): boolean =>
      node >= 0 &&
      [...solver.tokens(node)].some((token) => heap.kind[token] === 'outside' || heap.madeOutside.has(token));
    return origin.copies.some(({ callee, object }) => isOutside(callee) || isOutside(object));
  }
}

function kindOf({ form, via }: CallSite): string {
  if (form === 'new') return 'class';
  if (form === 'super' || via === 'super') return 'super';
  if (form === 'jsx') return 'jsx';
  if (via === 'this') return 'this method';
  if (via === 'direct' || via === 'import') return via;
  return via === 'result' ? 'returned function' : 'points to';
}
