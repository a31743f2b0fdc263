/** Imports and what became of them → rows of `imports`. "Never used" is said only where it is known; see the column's text. */
import { groupedBy } from '../base/groups.ts';
import type { ModuleLine, SiteTable, StaticImport } from '../base/recording.ts';
import type { RowOf } from '../schema/index.ts';
import type { Program, ProgramFunction } from './program-sites.ts';
import { EDGE } from './replay/edges.ts';
import { type Aggregates, NODE } from './replay/program.ts';

type ImportRow = RowOf<'imports'>;

interface Evidence {
  program: Program;
  aggregates: Aggregates;
  /** A minimal run records no edges: calls are unknown. */
  edgesKnown: boolean;
  /** A flight recorder let go part of it, sampling left out tasks, or processes ran unrecorded: what is not seen may have happened. */
  isPartial: boolean;
  /** `from\0specifier` → file or builtin */
  targets: Map<string, string>;
  /** `path\0ordinal` of a dynamic import → times reached */
  reached: Map<string, number>;
}

export function importRows(run: string, evidence: Evidence): ImportRow[] {
  const graph = new ModuleCalls(evidence.program, evidence.aggregates);
  const resolved = [...evidence.program.files.values()].flatMap((table) =>
    table.imports.map((item) => ({
      table,
      item,
      dst: evidence.targets.get(`${table.path}\0${item.specifier}`) ?? null,
    })),
  );
  return resolved.map(({ table, item, dst }) => {
    const instrumented = dst !== null && evidence.program.files.has(dst);
    const calls =
      instrumented && evidence.edgesKnown && !item.typeOnly ? graph.between(table.path, dst) : null;
    const reached =
      item.site === undefined ? null : (evidence.reached.get(`${table.path}\0${item.site}`) ?? 0);
    const isUsed = used(item, table, dst, reached, calls, graph);
    return {
      run_id: run,
      src: table.path,
      line: item.line,
      specifier: item.specifier,
      dst,
      kind: item.kind,
      names: JSON.stringify(item.names),
      type_only: item.typeOnly,
      reached: evidence.isPartial && reached === 0 ? null : reached,
      calls,
      used: evidence.isPartial && !isUsed ? null : isUsed,
    };
  });
}

function used(
  item: StaticImport,
  table: SiteTable,
  dst: string | null,
  reached: number | null,
  calls: number | null,
  graph: ModuleCalls,
): boolean | null {
  if (item.typeOnly) return null;
  if (item.kind === 'import()' || item.kind === 'require') return reached === null ? null : reached > 0;
  if (dst === null || dst === table.path) return null;
  const named = graph.functionsNamed(dst, item.names);
  if (named.length === 0) return calls !== null && calls > 0 ? true : null;
  if (named.some((fn) => graph.isCalledFrom(fn, table.path))) return true;
  // The module that runs the import has to have run itself, or the import says nothing.
  if (item.kind === 'export-from' || !graph.ran(table.path)) return null;
  // Functions that others called may have been handed to them here: a middleware, a listener.
  return named.some((fn) => graph.mayHaveRun(fn)) ? null : false;
}

/** Calls between files. */
class ModuleCalls {
  readonly #between = new Map<string, number>();
  readonly #callers = new Map<number, Set<string>>();
  readonly #byPath: ReadonlyMap<string, ProgramFunction[]>;
  readonly #aggregates: Aggregates;

  constructor(program: Program, aggregates: Aggregates) {
    this.#aggregates = aggregates;
    this.#byPath = groupedBy(program.functions, ({ path }) => path);
    const { edges } = aggregates;
    for (let edge = 0; edge < edges.size; edge++) {
      const at = edge * EDGE.STRIDE;
      const src = program.functions[edges.records[at + EDGE.SRC] - 1];
      const dst = program.functions[edges.records[at + EDGE.DST] - 1];
      if (src === undefined || dst === undefined || dst.site.kind === 'module') continue;
      const key = `${src.path}\0${dst.path}`;
      this.#between.set(key, (this.#between.get(key) ?? 0) + edges.records[at + EDGE.COUNT]);
      this.#callers.set(dst.no, (this.#callers.get(dst.no) ?? new Set()).add(src.path));
    }
  }

  between(src: string, dst: string): number {
    return this.#between.get(`${src}\0${dst}`) ?? 0;
  }

  ran(path: string): boolean {
    return (this.#byPath.get(path) ?? []).some((fn) => this.hasRun(fn));
  }

  hasRun(fn: ProgramFunction): boolean {
    return this.#aggregates.of(fn.no, NODE.HITS) > 0;
  }

  /** Nothing is kept of some. */
  mayHaveRun(fn: ProgramFunction): boolean {
    return fn.site.planned?.keep === 'nothing' || this.hasRun(fn);
  }

  isCalledFrom(fn: ProgramFunction, path: string): boolean {
    return this.#callers.get(fn.no)?.has(path) ?? false;
  }

  /** Functions, and methods of classes, that go by one of these names; all of them for `*`. */
  functionsNamed(path: string, names: readonly string[]): ProgramFunction[] {
    const own = (this.#byPath.get(path) ?? []).filter(
      ({ site }) => site.kind !== 'module' && site.off === undefined,
    );
    if (names.includes('*')) return own;
    return own.filter(({ site }) =>
      names.some((name) => site.name === name || site.name.startsWith(`${name}.`)),
    );
  }
}

/** Where specifiers led, as the loader saw it. */
export function resolveTargets(modules: ReadonlyMap<number, ModuleLine[]>): Map<string, string> {
  const targets = new Map<string, string>();
  for (const lines of modules.values())
    for (const line of lines)
      if (line.t === 'resolve') targets.set(`${line.from}\0${line.specifier}`, line.to);
  return targets;
}
