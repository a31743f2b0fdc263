/**
 * The sites of an original, each to be claimed once by a compiled one.
 *
 * A compiled function is the original function whose head (from its first token to the opening of its body) its start or its body
 * maps into, the innermost one if heads nest; failing that, the innermost one of the same name around that place. Other sites are
 * found by their start, then by their module specifier, then by their order among their like in the same function.
 */
import { addTo } from '../base/groups.ts';
import type { Site } from '../base/recording.ts';
import type { Position } from './2-analyze/lines.ts';

/** From where to where the head of a function goes. */
export type Head = readonly [start: Position, body: Position];

const FUNCTIONS = new Set<Site['kind']>([
  'function', 'arrow', 'method', 'getter', 'setter', 'constructor', 'static-block',
]); // prettier-ignore

export class Claims {
  private readonly taken = new Set<number>([0]);
  private readonly sites: Site[];
  private readonly heads: (Head | undefined)[];
  /** Ordinals by the lines their heads (functions) or starts (others) are on. */
  private readonly byLine = new Map<number, number[]>();

  constructor(sites: Site[], heads: (Head | undefined)[]) {
    this.sites = sites;
    this.heads = heads;
    for (const [ordinal, site] of sites.entries()) {
      if (ordinal === 0) continue;
      const [from, to] = heads[ordinal] ?? [site, site];
      for (let { line } = from; line <= to.line; line++) addTo(this.byLine, line, ordinal);
    }
  }

  claim(site: Site, places: Position[], parent: number): number {
    const fits = (ordinal: number): boolean => !this.taken.has(ordinal) && alike(site, this.sites[ordinal]);
    const found = FUNCTIONS.has(site.kind)
      ? (this.byHead(places, fits) ?? this.around(site, places, fits) ?? -1)
      : (this.byStart(places, fits) ?? this.bySpecifier(site, fits) ?? this.byOrder(parent, fits) ?? -1);
    if (found >= 0) this.taken.add(found);
    return found;
  }

  private byHead(places: Position[], fits: (ordinal: number) => boolean): number | undefined {
    for (const place of places) {
      const inHead = (this.byLine.get(place.line) ?? []).filter((o) => fits(o) && this.headHolds(o, place));
      if (inHead.length > 0) return inHead.at(-1);
    }
    return undefined;
  }

  private headHolds(ordinal: number, place: Position): boolean {
    const head = this.heads[ordinal];
    return head !== undefined && !before(place, head[0]) && !before(head[1], place);
  }

  private byStart(places: Position[], fits: (ordinal: number) => boolean): number | undefined {
    const [place] = places;
    return (
      place && this.byLine.get(place.line)?.find((o) => this.sites[o].column === place.column && fits(o))
    );
  }

  private bySpecifier({ specifier }: Site, fits: (ordinal: number) => boolean): number | undefined {
    if (specifier === undefined) return undefined;
    const found = this.sites.findIndex((s, ordinal) => s.specifier === specifier && fits(ordinal));
    return found < 0 ? undefined : found;
  }

  private byOrder(parent: number, fits: (ordinal: number) => boolean): number | undefined {
    const found = this.sites.findIndex((s, ordinal) => s.parent === parent && fits(ordinal));
    return found < 0 ? undefined : found;
  }

  private around(site: Site, places: Position[], fits: (ordinal: number) => boolean): number | undefined {
    const [place] = places;
    if (!place) return undefined;
    for (let ordinal = this.sites.length - 1; ordinal > 0; ordinal--) {
      const original = this.sites[ordinal];
      if (holds(original, place) && lastWord(site.name) === lastWord(original.name) && fits(ordinal))
        return ordinal;
    }
    return undefined;
  }
}

/** Compilers turn arrows, methods and accessors into functions, and `import()` into `require`. */
function alike(compiled: Site, original: Site): boolean {
  if (compiled.kind === original.kind) return true;
  if (compiled.kind === 'require') return original.kind === 'import()';
  return (
    FUNCTIONS.has(original.kind) &&
    (compiled.kind === 'function' || compiled.kind === 'arrow' || compiled.kind === 'method')
  );
}

const lastWord = (name: string): string => name.slice(name.lastIndexOf('.') + 1);

const before = (a: Position, b: Position): boolean =>
  a.line < b.line || (a.line === b.line && a.column < b.column);

const holds = (site: Site, place: Position): boolean =>
  !before(place, site) && before(place, { line: site.endLine, column: site.endColumn });
