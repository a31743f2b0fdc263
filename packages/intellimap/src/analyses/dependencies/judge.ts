/** What is wrong with the dependencies of a workspace. Pure, over rows. */
import { groupedBy } from '../../base/groups.ts';
import type { ImportUses, SourceGraph, SourceImport } from '../../query/index.ts';
import type { Confidence } from '../analysis.ts';
import type { Dead } from '../dead-code/classify.ts';

/**
 * `unused`: listed, nothing imports it and no tool is known to use it · `unreferenced`: imported, but nothing refers to the names ·
 * `never loaded`: imported, but no run ever came by · `unlisted`: imported, but not listed · `only for development`: in devDependencies, but what is no test imports it.
 */
export type DependencyProblem =
  | 'unused'
  | 'unreferenced'
  | 'never loaded'
  | 'unlisted'
  | 'only for development';

export interface DependencyFacts {
  problem: DependencyProblem;
  name: string;
  folder: string;
  section: string | null;
  line: number | null;
  confidence: Confidence;
  imports: SourceImport[];
}

export interface Known {
  graph: SourceGraph;
  uses: readonly ImportUses[];
  dead: Dead;
}

type Dependency = SourceGraph['dependencies'][number];

export function problems(known: Known): DependencyFacts[] {
  const facts = factsOf(known);
  const { graph } = known;
  const listed = graph.dependencies.filter(({ section }) => section !== 'peerDependencies');
  return [...listed.flatMap((row) => judged(row, facts)), ...unlisted(graph, facts)];
}

interface Facts {
  graph: SourceGraph;
  /** Imports of packages, by name of the package. */
  imports: Map<string, SourceImport[]>;
  fileOf: Map<string, SourceGraph['files'][number]>;
  /** Texts in program texts, which may name packages. */
  texts: Map<string, Set<string>>;
  /** `path\0specifier` of imports that loaded something in some run. */
  loaded: Set<string>;
  /** Files that no run loaded and that nothing is likely to need. */
  deadFiles: Set<string>;
}

function factsOf({ graph, uses, dead }: Known): Facts {
  const texts = new Map<string, Set<string>>();
  for (const { kind, name, path } of graph.references)
    if (kind === 'names file' && name !== null) texts.set(name, (texts.get(name) ?? new Set()).add(path));
  return {
    graph,
    imports: groupedBy(
      graph.imports.filter(({ package_name }) => package_name !== null),
      ({ package_name }) => package_name!,
    ),
    fileOf: new Map(graph.files.map((row) => [row.path, row])),
    texts,
    loaded: new Set(uses.filter(({ loaded }) => loaded > 0).map((use) => `${use.src}\0${use.specifier}`)),
    deadFiles: new Set(
      dead.files
        .filter(({ reason }) => reason === 'unreferenced' || reason === 'tests')
        .map(({ row }) => row.path),
    ),
  };
}

/** Whose imports count for a package.json: the workspace's own serves all members. */
const serves = (folder: string, file: { package: string } | undefined): boolean =>
  folder === '' || file?.package === folder;

function judged(row: Dependency, facts: Facts): DependencyFacts[] {
  const { name, package: folder, section, line } = row;
  const common = { name, folder, section, line };
  const all = (facts.imports.get(name) ?? []).filter(({ path }) => serves(folder, facts.fileOf.get(path)));
  if (all.length === 0) {
    if (row.used_by !== null || isTypesOfImported(name, facts)) return [];
    const named = [...(facts.texts.get(name) ?? [])].some((path) => serves(folder, facts.fileOf.get(path)));
    const confidence = named || section === 'optionalDependencies' ? 'possible' : 'certain';
    return [{ ...common, problem: 'unused', confidence, imports: [] }];
  }
  const real = all.filter(({ type_only }) => !type_only);
  if (real.length === 0) return [];
  return wronglyUsed(row, real, facts).map((found) => ({ ...common, ...found }));
}

function wronglyUsed(
  { section, used_by }: Dependency,
  imports: SourceImport[],
  facts: Facts,
): Pick<DependencyFacts, 'problem' | 'confidence' | 'imports'>[] {
  if (used_by === null && imports.every(isUnreferenced))
    return [{ problem: 'unreferenced', confidence: 'likely', imports }];
  const roles = imports.map((each) => facts.fileOf.get(each.path)?.role);
  const inSource = imports.filter((_, index) => roles[index] === 'source');
  if (section !== 'devDependencies') {
    const isLoaded = imports.some((each) => facts.loaded.has(`${each.path}\0${each.specifier}`));
    // Tests and tools may be run without being recorded.
    if (isLoaded || used_by !== null || inSource.length < imports.length) return [];
    const dead = imports.every(({ path }) => facts.deadFiles.has(path));
    return [{ problem: 'never loaded', confidence: dead ? 'likely' : 'possible', imports }];
  }
  const needed = inSource.filter(
    (each) => facts.loaded.has(`${each.path}\0${each.specifier}`) && isShipped(each, facts),
  );
  return needed.length > 0
    ? [{ problem: 'only for development', confidence: 'likely', imports: needed }]
    : [];
}

/** All names of it are referred to by nobody; an import for its side effects names none. */
const isUnreferenced = ({ names, unreferenced }: SourceImport): boolean =>
  names.length > 0 && unreferenced.length === names.length;

/** Scripts and tools' own folders are no part of what is installed. */
const isShipped = ({ path }: SourceImport, facts: Facts): boolean =>
  facts.fileOf.get(path)?.role === 'source' &&
  !/(^|\/)(scripts?|tools?|bench(marks?)?|examples?|docs?)\//.test(path);

function isTypesOfImported(name: string, { imports }: Facts): boolean {
  const inner = /^@types\/(.*)$/.exec(name)?.[1]?.replace(/^(.*)__/, '@$1/');
  return inner !== undefined && imports.has(inner);
}

function unlisted(graph: SourceGraph, facts: Facts): DependencyFacts[] {
  const listed = new Set(graph.dependencies.map(({ package: folder, name }) => `${folder}\0${name}`));
  const own = new Map(graph.packages.map(({ folder, name }) => [folder, name]));
  const members = new Set(graph.packages.map(({ name }) => name));
  const found = new Map<string, DependencyFacts>();
  for (const item of graph.imports) {
    const { package_name: name, path, target } = item;
    const folder = facts.fileOf.get(path)?.package ?? '';
    if (name === null || item.type_only || own.get(folder) === name) continue;
    // An alias of the compiler's for a file of the workspace.
    if (target !== null && !members.has(name)) continue;
    if (listed.has(`${folder}\0${name}`) || (listed.has(`\0${name}`) && !members.has(name))) continue;
    const key = `${folder}\0${name}`;
    const known = found.get(key);
    if (known !== undefined) known.imports.push(item);
    else
      found.set(key, {
        problem: 'unlisted',
        name,
        folder,
        section: null,
        line: null,
        confidence: 'certain',
        imports: [item],
      });
  }
  return [...found.values()];
}
