/** Packages and builtins that what is called at a site comes from, however it came there. */
import { isBuiltin } from 'node:module';
import type { Linker } from './linker.ts';
import { outsideName } from './outside.ts';
import type { SiteOf } from './sites.ts';

/** `fs` → `node:fs`; others as they are written. */
const fullName = (specifier: string): string =>
  !specifier.includes(':') && isBuiltin(specifier) ? `node:${specifier}` : specifier;

/** What promises and lists have by themselves is no part of the package that made them. */
const OF_ANY: ReadonlySet<string> = new Set([
  'then', 'catch', 'finally', 'forEach', 'map', 'flatMap', 'filter', 'some', 'every', 'reduce', 'reduceRight', 'sort', 'toSorted',
]); // prettier-ignore

/** Site → specifier of the module whose function is called, or that made the object whose method is called; undefined: none is known. */
export function modulesOf(linker: Linker): (site: SiteOf) => string | undefined {
  const { files, heap, solver } = linker.program;
  const specifiers = new Map<string, string>();
  for (const { imports, exports } of files)
    for (const { specifier } of [...imports, ...exports])
      if (specifier !== null && !/^[./]/.test(specifier))
        specifiers.set(outsideName(specifier), fullName(specifier));
  const makers = new Map(linker.makers());
  const known = new Map<SiteOf, string | undefined>();
  /** Of the values in a node: the first of which a module is known. */
  const ofValues = (node: number, name: string): string | undefined => {
    if (node < 0) return undefined;
    for (const token of solver.tokens(node)) {
      const maker = OF_ANY.has(name) ? undefined : makers.get(token);
      const found = maker !== undefined ? ofSite(maker) : heap.kind[token] === 'outside' ? ofWords(heap.words[token]) : undefined;
      if (found !== undefined) return found;
    }
    return undefined;
  }; // prettier-ignore
  const ofWords = (words: string): string | undefined => specifiers.get(words) ?? specifiers.get(words.split('.', 1)[0]);
  const ofSite = (site: SiteOf): string | undefined => {
    if (known.has(site)) return known.get(site);
    // What makes itself, over others, is found nowhere.
    known.set(site, undefined);
    const found = ofValues(site.object, site.site.name) ?? ofValues(site.callee, site.site.name);
    known.set(site, found);
    return found;
  };
  return ({ origin }) => {
    for (const each of origin.copies) {
      const found = ofSite(each);
      if (found !== undefined) return found;
    }
    return undefined;
  };
} // prettier-ignore
