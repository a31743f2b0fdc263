/** From site tables and module lines to numbered functions, and for each process from dense sites to functions and places. Pure. */
import { FIRST_PAGE, type ModuleLine, type Site, type SiteTable } from '../base/recording.ts';
import type { FunctionNo, ProcessSites } from './replay/program.ts';

const FUNCTION_KINDS = new Set([
  'module',
  'function',
  'arrow',
  'method',
  'getter',
  'setter',
  'constructor',
  'static-block',
]);
export const isFunction = (site: Site): boolean => FUNCTION_KINDS.has(site.kind);

export interface ProgramFunction {
  no: FunctionNo;
  path: string;
  site: Site;
}

export interface Program {
  /** By number − 1. */
  functions: ProgramFunction[];
  byNodeId: Map<string, ProgramFunction>;
  /** Newest site table of each file that was seen. */
  files: Map<string, SiteTable>;
}

/** A file version belongs to the run when a site table of it exists, loaded or not; the same file in two versions is one, with the places of the newer one. */
export function buildProgram({ tables, modules }: LoadedCode): Program {
  const program: Program = { functions: [], byNodeId: new Map(), files: new Map() };
  const edited = new Set<string>();
  for (const table of tables.values()) {
    if (program.files.has(table.path)) edited.add(table.path);
    program.files.set(table.path, table);
    for (const site of table.sites) {
      if (!isFunction(site) || program.byNodeId.has(site.id)) continue;
      const fn = { no: program.functions.length + 1, path: table.path, site };
      program.functions.push(fn);
      program.byNodeId.set(site.id, fn);
    }
  }
  if (edited.size > 0)
    for (const table of inOrderOfLoading({ tables, modules }))
      if (edited.has(table.path)) renew(program, table);
  return program;
}

function renew({ files, byNodeId }: Program, table: SiteTable): void {
  files.set(table.path, table);
  for (const site of table.sites) {
    const known = byNodeId.get(site.id);
    if (known !== undefined) known.site = site;
  }
}

/** Processes one after the other; of pages, all numbers of sites are of one dev server. */
function inOrderOfLoading({ tables, modules }: LoadedCode): SiteTable[] {
  return [...modules]
    .flatMap(([pid, lines]) => lines.map((line) => ({ process: Math.min(pid, FIRST_PAGE), line })))
    .flatMap(({ process, line }) => {
      const table = line.t === 'load' ? tables.get(line.key) : undefined;
      return line.t === 'load' && table !== undefined ? [{ process, base: line.base, table }] : [];
    })
    .toSorted((a, b) => a.process - b.process || a.base - b.base)
    .map(({ table }) => table);
}

interface LoadedRange {
  base: number;
  count: number;
  table: SiteTable;
}

/** Sites of one process, as the replay and the error stacks need them. */
export class ProcessMap implements ProcessSites {
  readonly functionOf: Int32Array;
  readonly isModule: Uint8Array;
  readonly endsUnseen: Uint8Array;
  readonly resumesAlone: Uint8Array;
  readonly isGenerator: Uint8Array;
  readonly #ranges: LoadedRange[];

  constructor(program: Program, tables: ReadonlyMap<string, SiteTable>, lines: readonly ModuleLine[]) {
    this.#ranges = lines
      .flatMap((line) => {
        const table = line.t === 'load' ? tables.get(line.key) : undefined;
        return line.t === 'load' && table !== undefined
          ? [{ base: line.base, count: Math.min(line.count, table.sites.length), table }]
          : [];
      })
      .toSorted((a, b) => a.base - b.base);
    const end = this.#ranges.reduce((most, { base, count }) => Math.max(most, base + count), 0);
    this.functionOf = new Int32Array(end);
    for (const { base, count, table } of this.#ranges)
      for (let k = 0; k < count; k++) this.functionOf[base + k] = functionAround(program, table, k);
    const byNumber = (holds: (site: Site) => boolean): Uint8Array =>
      Uint8Array.from([0, ...program.functions.map(({ site }) => (holds(site) ? 1 : 0))]);
    this.isModule = byNumber(({ kind }) => kind === 'module');
    this.endsUnseen = byNumber(({ flags }) => flags?.includes('o') ?? false);
    this.isGenerator = byNumber(({ flags }) => flags?.includes('g') ?? false);
    this.resumesAlone = byNumber(({ flags = '' }) => flags.includes('a') && !flags.includes('g'));
  }

  /** Texts that a file had in this process, newest first. */
  versions(path: string): SiteTable[] {
    return this.#ranges.flatMap(({ table }) => (table.path === path ? [table] : [])).toReversed();
  }

  /** The file and site of a dense id. */
  place(id: number): { table: SiteTable; ordinal: number; site: Site } | null {
    let low = 0;
    let high = this.#ranges.length - 1;
    while (low <= high) {
      const middle = (low + high) >> 1;
      const { base, count, table } = this.#ranges[middle];
      if (id < base) high = middle - 1;
      else if (id >= base + count) low = middle + 1;
      else return { table, ordinal: id - base, site: table.sites[id - base] };
    }
    return null;
  }
}

/** What the processes of a run loaded: lines by process, tables by key. */
interface LoadedCode {
  tables: ReadonlyMap<string, SiteTable>;
  modules: ReadonlyMap<number, readonly ModuleLine[]>;
}

/** Those of all processes of a run, each made when it is asked for first. */
export class ProcessMaps {
  readonly #program: Program;
  readonly #folder: LoadedCode;
  readonly #maps = new Map<number, ProcessMap>();

  constructor(program: Program, folder: LoadedCode) {
    this.#program = program;
    this.#folder = folder;
  }

  of(pid: number): ProcessMap {
    let map = this.#maps.get(pid);
    if (map === undefined) {
      const { tables, modules } = this.#folder;
      this.#maps.set(pid, (map = new ProcessMap(this.#program, tables, modules.get(pid) ?? [])));
    }
    return map;
  }

  /** Those that were made. */
  all(): ProcessMap[] {
    return [...this.#maps.values()];
  }
}

/** Number of the function a site belongs to; of a function's own site: itself. */
function functionAround(program: Program, table: SiteTable, ordinal: number): FunctionNo {
  let site = table.sites[ordinal];
  for (let climb = 0; site !== undefined && !isFunction(site) && climb < 100; climb++)
    site = table.sites[site.parent];
  return site === undefined ? 0 : (program.byNodeId.get(site.id)?.no ?? 0);
}
