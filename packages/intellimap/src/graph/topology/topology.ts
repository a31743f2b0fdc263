/** All files of a workspace → what it starts, listens to, sends, asks and schedules, as a graph. Pure. */
import { requiredBy } from '../patterns/facts/names.ts';
import { nodesIn } from '../patterns/facts/places.ts';
import type { Project } from '../patterns/project.ts';
import type { Source } from '../patterns/source.ts';
import { childAt, childrenOf, Field, Kind, NONE, textOf } from '../tree/tree.ts';
import { Draft } from './draft.ts';
import type { ThingKind } from './kind.ts';
import { THING_KINDS } from './kinds/index.ts';
import type { NodeKind, Topology } from './model.ts';
import { Programs } from './programs.ts';
import { sitesIn } from './site.ts';
import { Values } from './values/values.ts';

/** A file that a program begins with, and why somebody may start it. */
export interface Entry {
  path: string;
  why: string;
}

/** What a program has by itself, and not through something else that it has. */
const OWN: ReadonlySet<NodeKind> = new Set(['process', 'worker', 'pool', 'server', 'emitter', 'queue', 'database', 'timer', 'signal', 'client']); // prettier-ignore

export function topologyOf(project: Project, entries: readonly Entry[], kinds: readonly ThingKind[] = THING_KINDS): Topology {
  const values = new Values(project);
  const draft = new Draft(values, new Programs(project));
  const isWanted = wantedMethods(project, kinds);
  const sites = project.files.filter(({ isTest }) => !isTest).flatMap((file) => sitesIn(values, file, isWanted));
  for (const kind of kinds) for (const site of sites) if (kind.targets.test(site.target)) kind.found(site, draft);
  draft.later.push(() => draft.later.push(() => draft.later.push(() => programs(draft, entries))));
  return draft.result();
} // prettier-ignore

/** Methods that any kind asks for. What others are called on need not be known, which is most of the work. */
function wantedMethods(project: Project, kinds: readonly ThingKind[]): (method: string) => boolean {
  const open = kinds.flatMap(({ anyMethodOf }) => anyMethodOf ?? []);
  const isAny = project.files.some((file) => importedBy(file).some((specifier) => open.some((each) => each.test(specifier)))); // prettier-ignore
  if (isAny) return () => true;
  const words = new Set(
    kinds.flatMap(({ targets }) => targets.source.replaceAll(/\\[a-z]/g, ' ').match(/\w+/g) ?? []),
  );
  // Parts of words stand between brackets: `Sync`, `Parallel`.
  const parts = [...words].filter((word) => /^[A-Z]/.test(word));
  return (method) => words.has(method) || parts.some((part) => method.endsWith(part));
}

function importedBy({ tree }: Source): string[] {
  return childrenOf(tree, 0)
    .map((statement) => childAt(tree, statement, Field.source))
    .filter((source) => source !== NONE)
    .map((source) => textOf(tree, source))
    .concat(requiredIn(tree));
}

const requiredIn = (tree: Source['tree']): string[] =>
  nodesIn(tree, 0, Kind.CallExpression, true).flatMap((call) => requiredBy(tree, call) ?? []);

/** Programs, and what of all that was found each of them may load. */
function programs(draft: Draft, entries: readonly Entry[]): void {
  const owned = [...draft.nodes].filter(({ kind }) => OWN.has(kind));
  const placesOf = groupedByPath(owned);
  const begins = new Map(entries.map(({ path, why }) => [path, why]));
  for (const { entry, by, place } of draft.starts) {
    const id = program(draft, entry, begins.get(entry.path) ?? null);
    draft.edge(by, id, 'runs', place);
  }
  for (const [path, why] of begins) {
    const file = draft.programs.at(path);
    if (file === null || file.isTest) continue;
    const has = [...draft.programs.closure(file)].some((each) => placesOf.has(each.path));
    if (has) program(draft, file, why);
  }
  for (const { kind, path, id } of draft.nodes) {
    if (kind !== 'program') continue;
    const file = draft.programs.at(path)!;
    for (const each of draft.programs.closure(file))
      for (const thing of placesOf.get(each.path) ?? []) draft.edge(id, thing.id, 'has', { file, node: 0 });
  }
}

function program(draft: Draft, file: Source, why: string | null): string {
  return draft.node('program', file.path, {
    file,
    node: 0,
    at: '',
    madeWith: why ?? undefined,
    matches: file.path,
  });
}

function groupedByPath<T extends { path: string }>(all: readonly T[]): Map<string, T[]> {
  const found = new Map<string, T[]>();
  for (const each of all) found.set(each.path, [...(found.get(each.path) ?? []), each]);
  return found;
}
