/** Reads of flags, as the text has them: who they are, also where another file made the constant, and what each side leads to. Pure. */
import { composed, type Condition } from '../../base/flag-conditions.ts';
import { isFlagVariable } from '../../base/flag-names.ts';
import { groupedBy } from '../../base/groups.ts';
import type { FlagReader, FlagReadRow, FlagSideRow, SourceGraph } from '../../query/index.ts';
import type { FlagTarget } from '../../schema/index.ts';
import { Index } from '../graph-index.ts';

export interface FlagSource {
  source: 'environment' | 'config' | 'call';
  name: string;
}

/** A place where a flag decides, or is read otherwise. */
export interface FlagPlace extends FlagSource {
  id: string;
  reader: FlagReader;
  line: number;
  use: 'test' | 'value' | 'set';
  test: FlagReadRow['test'];
  /** What holds the value here: a constant, a function that gives it back; null: it is read itself. */
  via: string | null;
  condition: Condition;
  sides: FlagLeads[];
}

export interface FlagLeads {
  taken: FlagSideRow['taken'];
  cases: string[] | null;
  line: number;
  /** From 0. */
  column: number;
  endLine: number;
  leadsTo: FlagLead[];
}

export interface FlagLead {
  /** null: some method of this name; runs tell whose. */
  id: string | null;
  name: string;
  how: FlagTarget['how'];
  /** Nothing else in the same function leads there. */
  only: boolean;
}

/** Constants made of constants, files that hand on what others export. */
const MAX_STEPS = 6;

/** @returns tests, and variables called like flags that are read otherwise; of properties and answers only tests */
export function flagPlaces(rows: readonly FlagReadRow[], graph: SourceGraph): FlagPlace[] {
  const texts = new Texts(rows, graph);
  return rows.flatMap((row) => {
    if (row.use === 'keep') return [];
    const { use } = row;
    const reader = texts.readerOf(row);
    if (reader === undefined) return [];
    const sides = row.sides.map((side) => texts.leads(side));
    return texts.sources(row).flatMap(({ source, name, via, condition }): FlagPlace[] => {
      if (use === 'value' && (source !== 'environment' || !isFlagVariable(name))) return [];
      if (use === 'set' && source !== 'environment') return [];
      return [{ id: row.id, source, name, reader, line: row.line, use, test: row.test, via, condition, sides }];
    });
  }); // prettier-ignore
}

type Source = FlagSource & { via: string | null; condition: Condition };

class Texts {
  private readonly index: Index;
  private readonly functions: Map<string, SourceGraph['functions'][number]>;
  private readonly constructors: Map<string, string>;
  private readonly keeps: ReadonlyMap<string, FlagReadRow[]>;

  constructor(rows: readonly FlagReadRow[], graph: SourceGraph) {
    this.index = new Index(graph);
    this.functions = new Map(graph.functions.map((row) => [row.ast_node_id, row]));
    this.constructors = new Map(
      graph.functions.flatMap(({ member_of: of, member_name: name, ast_node_id: id }) =>
        of !== null && name === 'constructor' ? [[of, id]] : [],
      ),
    );
    this.keeps = groupedBy(
      rows.filter(({ use }) => use === 'keep'),
      (row) => `${row.path}\0${row.kept_as}`,
    );
  }

  /** Of a field of a class: the module body around it, which is where it is known to run. */
  readerOf({ reader, path }: FlagReadRow): FlagReader | undefined {
    const id = this.functions.has(reader) ? reader : this.index.moduleOf(path);
    return id === undefined ? undefined : placeOf(this.functions.get(id)!);
  }

  /** What is read: what the row says, or what a constant of another file was made of. */
  sources(row: FlagReadRow, steps = 0): Source[] {
    const condition = conditionOf(row);
    const made = row.specifier === null || steps > MAX_STEPS ? [] : this.madeIn(row.path, row.specifier, row.imported!);
    if (made.length > 0)
      return made.flatMap((keep) =>
        this.sources(keep, steps + 1).map((source) => ({ ...source, via: row.name, condition: composed(condition, source.condition) })),
      );
    return row.source === 'import' ? [] : [{ source: row.source, name: row.name, via: row.via, condition }];
  } // prettier-ignore

  private madeIn(path: string, specifier: string, name: string, steps = 0): FlagReadRow[] {
    const target = this.index.target(path, specifier);
    if (target === null || steps > MAX_STEPS) return [];
    const own = this.keeps.get(`${target}\0${name}`);
    if (own !== undefined) return own;
    const [, first, rest] = /^([\w$]*)(.*)$/.exec(name)!;
    return this.index.exportsOf(target).flatMap((row) => {
      if (row.specifier === null || (row.name !== first && row.name !== '*')) return [];
      const there = row.imported === '*' ? (row.name === '*' ? name : rest.replace(/^\./, '')) : row.imported + rest;
      return this.madeIn(target, row.specifier, there, steps + 1);
    });
  } // prettier-ignore

  leads({ taken, cases, line, column, end_line: endLine, path, targets }: FlagSideRow): FlagLeads {
    return {
      taken,
      cases,
      line,
      column,
      endLine,
      leadsTo: targets.flatMap((each) => this.lead(each, path) ?? []),
    };
  }

  private lead({ how, dst, specifier, name, only }: FlagTarget, path: string): FlagLead | null {
    const id = specifier === null ? dst : this.exported(path, specifier, name!);
    if (id !== null) {
      const row = this.functions.get(id);
      return row === undefined ? null : { id, name: nameOf(row), how, only };
    }
    return specifier === null && name !== null ? { id: null, name, how, only } : null;
  }

  /** Function that a name of a module is; of all of it, its body. */
  private exported(path: string, specifier: string, name: string, steps = 0): string | null {
    const target = this.index.target(path, specifier);
    if (target === null || steps > MAX_STEPS) return null;
    if (name === '*') return this.index.moduleOf(target) ?? null;
    for (const row of this.index.exportsOf(target)) {
      if (row.name !== name && row.name !== '*') continue;
      if (row.dst !== null) return this.functions.has(row.dst) ? row.dst : (this.constructors.get(row.dst) ?? null);
      if (row.specifier === null) continue;
      const found = this.exported(target, row.specifier, row.imported === '*' ? name : row.imported!, steps + 1);
      if (found !== null) return found;
    }
    return null;
  } // prettier-ignore
}

const conditionOf = ({ holds_for: values, negated, fallback, exact, alone }: FlagReadRow): Condition => ({
  values,
  negated,
  fallback,
  exact,
  alone,
});

const nameOf = ({ kind, name, path }: SourceGraph['functions'][number]): string =>
  kind === 'module' ? path : name;
const placeOf = (row: SourceGraph['functions'][number]): FlagReader => ({
  id: row.ast_node_id,
  name: nameOf(row),
  path: row.path,
  line: row.line,
});
