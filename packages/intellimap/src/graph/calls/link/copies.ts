/** Which functions are looked at for each of their calls, and what each copy is told by the call. */
import { lastWord } from '../extents.ts';
import type { Slot } from '../facts.ts';
import type { Handing } from './handing.ts';
import type { FunctionOf, Program } from './program.ts';
import type { SiteOf } from './sites.ts';

/** Copies of one function, for so many calls. */
const MOST_COPIES = 24;
/** Members and calls in all copies. */
const MOST_COPIED = 20_000;
/** Calls that are told apart by those around them. */
const MOST_DEEP = 2;

export class Copies {
  private readonly program: Program;
  /** By site and function: its copy for the calls from there. */
  private readonly known = new Map<string, FunctionOf>();
  /** By function: how many there are. */
  private readonly counts = new Map<number, number>();
  private readonly places = new Map<string, number>();
  private said = 0;

  constructor(program: Program) {
    this.program = program;
  }

  has({ token }: FunctionOf): boolean {
    return this.counts.has(token);
  }

  /**
   * @param from number of the site
   * @returns undefined: all calls from there are looked at together with others; `isNew`: what is said within it has to be looked at
   */
  of(site: SiteOf, from: number, to: FunctionOf, how: Handing): { copy: FunctionOf; isNew: boolean } | undefined {
    const around = site.owner.context.copyOf(to.facts);
    if (around !== undefined) return { copy: around, isNew: false };
    const key = `${from}\0${to.token}`;
    const known = this.known.get(key);
    if (known !== undefined) return { copy: known, isNew: false };
    if (!this.isWorthIt(site, to)) return undefined;
    const copy = this.program.copy(to, textsOf(site, to, how));
    this.known.set(key, copy);
    this.counts.set(to.token, (this.counts.get(to.token) ?? 0) + 1);
    const { sites, stores, loads } = to.facts.extent!;
    for (const [first, end] of [sites, stores, loads]) this.said += end - first;
    // Whose member it is where it is written, where the call does not say.
    if (how.selfToken === undefined && (how.self ?? -1) < 0) this.program.solver.edge(to.self, copy.self);
    return { copy, isNew: true };
  } // prettier-ignore

  private isWorthIt(site: SiteOf, { token }: FunctionOf): boolean {
    const { form } = site.site;
    // Instances are told apart by what they are of.
    if (form === 'new' || form === 'super') return false;
    if (this.said > MOST_COPIED || site.owner.context.depth >= MOST_DEEP) return false;
    return this.placesOf(site) <= MOST_COPIES && (this.counts.get(token) ?? 0) < MOST_COPIES;
  }

  /** How often something is called so in all files: what has too many places is not begun with, as nothing would tell the first ones from the rest. */
  private placesOf({ site: { text } }: SiteOf): number {
    if (this.places.size === 0)
      for (const { sites } of this.program.files)
        for (const each of sites) {
          const word = lastWord(each.text);
          this.places.set(word, (this.places.get(word) ?? 0) + 1);
        }
    return this.places.get(lastWord(text)) ?? 0;
  }
}

/** Texts that a function is handed, by parameter. */
function textsOf({ site }: SiteOf, { facts }: FunctionOf, { given, shift = 0, list = -1 }: Handing): Map<Slot, string> {
  const texts = new Map<Slot, string>();
  if (given !== undefined || list >= 0) return texts;
  for (const [index, text] of site.literals.entries())
    if (typeof text === 'string' && index >= shift && facts.parameters[index - shift] !== undefined) texts.set(facts.parameters[index - shift], text);
  return texts;
} // prettier-ignore
