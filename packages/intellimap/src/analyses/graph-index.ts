/** Rows of the `source_…` tables, ready to be followed. */
import { groupedBy } from '../base/groups.ts';
import type { SourceGraph } from '../query/index.ts';

export type Reference = SourceGraph['references'][number];
type Export = SourceGraph['exports'][number];

export class Index {
  readonly graph: SourceGraph;
  readonly paths: ReadonlySet<string>;
  readonly references: ReadonlyMap<string, Reference[]>;
  readonly members: ReadonlyMap<string, { unit: string; name: string | null }[]>;
  private readonly modules: ReadonlyMap<string, string>;
  private readonly exports: ReadonlyMap<string, Export[]>;
  private readonly targets: ReadonlyMap<string, string | null>;
  private readonly holders: ReadonlyMap<string, SourceGraph['holders'][number]>;
  private readonly byFile: ReadonlyMap<string, Reference[]>;

  constructor(graph: SourceGraph) {
    this.graph = graph;
    this.paths = new Set(graph.files.map(({ path }) => path));
    this.references = groupedBy(graph.references, ({ src }) => src);
    const units = [
      ...graph.functions.map((row) => ({ unit: row.ast_node_id, of: row.member_of, name: row.member_name })),
      ...graph.holders.map((row) => ({ unit: row.id, of: row.member_of, name: row.member_name })),
    ];
    this.members = groupedBy(
      units.filter(({ of }) => of !== null),
      ({ of }) => of!,
    );
    this.modules = new Map(
      graph.functions
        .filter(({ kind }) => kind === 'module')
        .map(({ path, ast_node_id }) => [path, ast_node_id]),
    );
    this.exports = groupedBy(graph.exports, ({ path }) => path);
    this.targets = new Map(graph.imports.map((row) => [`${row.path}\0${row.specifier}`, row.target]));
    this.holders = new Map(graph.holders.map((row) => [row.id, row]));
    this.byFile = groupedBy(
      graph.references.filter(({ kind }) => kind === 'import' || kind === 'names file'),
      ({ path }) => path,
    );
  }

  moduleOf(path: string): string | undefined {
    return this.modules.get(path);
  }

  exportsOf(path: string): readonly Export[] {
    return this.exports.get(path) ?? [];
  }

  target(path: string, specifier: string): string | null {
    return this.targets.get(`${path}\0${specifier}`) ?? null;
  }

  isHolder(unit: string): boolean {
    return this.holders.has(unit);
  }

  isOpen(unit: string): boolean {
    return this.holders.get(unit)?.is_open ?? false;
  }

  holdersOf(path: string): string[] {
    return this.graph.holders.filter((row) => row.path === path).map(({ id }) => id);
  }

  importsIn(path: string): Reference[] {
    return (this.byFile.get(path) ?? []).filter(({ kind }) => kind === 'import');
  }

  /** It loads modules whose names are only known when it runs. */
  loadsAnything(path: string): boolean {
    return (this.byFile.get(path) ?? []).some(({ kind, name }) => kind === 'names file' && name === '*');
  }
}
