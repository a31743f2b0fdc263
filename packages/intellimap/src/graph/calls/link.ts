/** What all files say of calls → edges from function to function, with the reason of each, and what is known of each call site. Pure. */
import { ANY, type CallFacts, type CallSite, type SiteForm, type Via } from './facts.ts';
import type { Found } from './link/findings.ts';
import { Linker } from './link/linker.ts';
import { modulesOf } from './link/module-of.ts';
import type { FunctionOf, Target } from './link/program.ts';
import type { SiteOf } from './link/sites.ts';

export type Confidence = 'certain' | 'likely' | 'maybe';

export interface CallEdge {
  /** Ids of functions. */
  src: string;
  dst: string;
  path: string;
  line: number;
  column: number;
  /** Words of what is called there. */
  text: string;
  /** The reason: `direct`, `import`, `callback of map`, … */
  kind: string;
  confidence: Confidence;
  /** It is handed over here, and called by others, or in another turn. */
  later: boolean;
}

export interface LinkedSite {
  /** The function it lies in. */
  src: string;
  path: string;
  line: number;
  column: number;
  form: SiteForm;
  via: Via;
  text: string;
  targets: number;
  /** What is called comes from the host or a package, as far as is known. */
  isOutside: boolean;
  /** Functions that might be meant by the name of the method, where these are too many; 0: they are not. */
  tooMany: number;
  /** Package or builtin that what is called comes from. */
  module: string | null;
  /** Why one call of `src` may make it again and again. */
  loop: string | null;
  isAwaited: boolean;
}

export interface CallGraph {
  edges: CallEdge[];
  sites: LinkedSite[];
  /** It was not cut short. */
  isWhole: boolean;
}

/** So many functions at a site say nothing. */
const MOST = 32;
/** Above so many functions at a site, each of them is only one that may be. */
const MOST_LIKELY = 4;

export function linkCalls(facts: readonly CallFacts[], target: Target): CallGraph {
  const linker = new Linker(facts, target);
  const callers = callersOfFields(linker);
  const edges: CallEdge[] = [];
  for (const [site, all] of linker.findings.bySite) {
    if (all.size > (isAnyAccessor(site.site.name) ? MOST_LIKELY : MOST)) {
      linker.findings.tooMany.set(site, all.size);
      continue;
    }
    for (const found of all.values())
      if (found.to.facts.id !== null)
        for (const src of sourcesOf(site.owner, callers)) edges.push(edgeOf(site, linker.program.files[site.file].path, found, all.size, src));
  }
  return { edges: distinct([...edges, ...requires(facts, target)]), sites: sitesOf(linker), isWhole: linker.isWhole };
} // prettier-ignore

/** `a[b]`, where something has getters. */
const isAnyAccessor = (name: string): boolean => name === `get ${ANY}` || name === `set ${ANY}`;

/** Code that initialises fields has no function of its own in a recording: it runs for who makes an instance. */
function callersOfFields({ findings }: Linker): Map<number, Set<FunctionOf>> {
  const callers = new Map<number, Set<FunctionOf>>();
  for (const [site, all] of findings.bySite)
    for (const { to } of all.values())
      if (to.facts.id === null) callers.set(to.origin, (callers.get(to.origin) ?? new Set()).add(site.owner));
  return callers;
}

function sourcesOf(owner: FunctionOf, callers: Map<number, Set<FunctionOf>>): string[] {
  const ids = new Set<string>();
  const seen = new Set<FunctionOf>();
  const visit = (each: FunctionOf): void => {
    if (seen.has(each)) return;
    seen.add(each);
    if (each.facts.id !== null) ids.add(each.facts.id);
    else for (const caller of callers.get(each.origin) ?? []) visit(caller);
  };
  visit(owner);
  return [...ids];
}

function edgeOf({ site, owner }: SiteOf, path: string, found: Found, targets: number, src: string): CallEdge {
  const { to } = found;
  const { kind, later } = isInDefault(site, owner) ? beforeCall(found) : found;
  return { src, dst: to.facts.id!, path, line: site.line, column: site.column, text: site.text, kind, confidence: confidenceOf(found, targets), later };
} // prettier-ignore

function isInDefault({ line, column }: CallSite, { facts: { body } }: FunctionOf): boolean {
  return body !== null && (line < body[0] || (line === body[0] && column < body[1]));
}

/** What is called before a recording sees the call of the function that says so: a run has it as called by who calls that, as if it were handed over. */
const beforeCall = ({ kind }: Found): Pick<CallEdge, 'kind' | 'later'> =>
  HANDED.test(kind) ? { kind, later: true } : { kind: 'parameter default', later: false };

/** Reasons of which the words are asked for. */
const HANDED = /^(?:callback of .*|event name|accessor|conversion|call\/apply\/bind|jsx)$/;

const CERTAIN = new Set(['direct', 'import', 'class', 'this method', 'super', 'call/apply/bind']);

function confidenceOf({ kind, isGuess }: Found, targets: number): Confidence {
  if (isGuess || targets > MOST_LIKELY) return 'maybe';
  if (kind === 'direct') return 'certain';
  return CERTAIN.has(kind) && targets === 1 ? 'certain' : 'likely';
}

function sitesOf(linker: Linker): LinkedSite[] {
  const moduleOf = modulesOf(linker);
  return linker.written.flat().map((site) => siteOf(site, linker, moduleOf(site) ?? null));
}

function siteOf(it: SiteOf, { findings, program }: Linker, module: string | null): LinkedSite {
  const { line, column, form, via, text, loop, isAwaited } = it.site;
  const owner = it.owner.facts.id ?? program.functionOf(it.file, 0).facts.id!;
  const path = program.files[it.file].path;
  const targets = findings.bySite.get(it)?.size ?? 0;
  const tooMany = findings.tooMany.get(it) ?? 0;
  return {
    src: owner,
    path,
    line,
    column,
    form,
    via,
    text,
    targets,
    isOutside: findings.isOutside(it),
    tooMany,
    module,
    loop: loop === '' ? null : loop,
    isAwaited,
  };
}

/** Where the body of a module runs for who asks for it first. */
function requires(files: readonly CallFacts[], target: Target): CallEdge[] {
  const bodies = new Map(files.map(({ path, functions }) => [path, functions[0].id!]));
  return files.flatMap(({ path, imports, functions }) =>
    imports.flatMap(({ specifier, name, owner, line, column }): CallEdge[] => {
      const dst = name === 'require' || name === 'import()' ? bodies.get(target(path, specifier) ?? '') : undefined;
      const src = functions[owner].id;
      if (dst === undefined || src === null) return [];
      return [{ src, dst, path, line, column, text: name, kind: 'require', confidence: 'certain', later: name !== 'require' }];
    }),
  );
} // prettier-ignore

/** One edge for each reason at each place. */
function distinct(edges: readonly CallEdge[]): CallEdge[] {
  const seen = new Map<string, CallEdge>();
  for (const edge of edges) {
    const key = `${edge.src}\0${edge.dst}\0${edge.line}\0${edge.column}`;
    if (!seen.has(key)) seen.set(key, edge);
  }
  return [...seen.values()];
}
