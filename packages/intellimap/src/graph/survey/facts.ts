/** What is found out about one file, collected while its tree is walked. */
import type { RowOf } from '../../schema/index.ts';
import type { Lines, Node, ReadFile } from '../../transform/index.ts';
import { FlagFacts } from './flags/collect.ts';
import type { Binding, Scope } from './scopes.ts';

type ReferenceKind = RowOf<'source_references'>['kind'];

/** Where a node stands: who evaluates it, who holds its value, which names it sees. */
export interface Place {
  owner: string;
  /** The function, holder or module body through which its value can be reached. */
  hold: string;
  scope: Scope;
  /** Innermost class. */
  cls?: string | undefined;
}

export interface Member {
  of: string;
  /** null: computed */
  name: string | null;
}

export type Visitor = (node: Node, place: Place, facts: Facts) => void;

export class Facts {
  readonly path: string;
  readonly module: string;
  readonly functions: RowOf<'source_functions'>[] = [];
  readonly holders: RowOf<'source_holders'>[] = [];
  readonly exports: RowOf<'source_exports'>[] = [];
  /** Local names that imports declare, by line of the import. */
  readonly importLocalsByLine = new Map<number, Binding[]>();
  /** To be asked when all declarations are known; before `later`. */
  readonly first: (() => void)[] = [];
  /** To be asked when all declarations are known. */
  readonly later: (() => void)[] = [];
  readonly flags = new FlagFacts();
  /** Values of arrow functions, and where they stand. */
  readonly arrows: [Node, Place][] = [];
  /** Holders of object literals. */
  readonly objects = new Map<Node, string>();
  /** Holders of those that other objects are spread into. */
  readonly spread = new Set<string>();
  /** What is declared at the moment is a `const`. */
  isConstant = false;
  readonly lineOf: (offset: number) => number;
  /** In UTF-16 units, from 0. */
  readonly columnOf: (offset: number) => number;
  /** Visits a node; given by visit.ts, which knows all kinds. */
  private readonly visitor: Visitor;
  private readonly file: ReadFile;
  private readonly seen = new Map<string, RowOf<'source_references'>>();
  private readonly members = new Map<string, Member>();
  /** Made of `members` when they are first asked for. */
  private named: Map<string, string[]> | undefined;

  constructor(file: ReadFile, lines: Lines, visitor: Visitor) {
    this.file = file;
    this.visitor = visitor;
    this.path = file.table.path;
    this.module = file.table.sites[0].id;
    this.lineOf = (offset) => lines.at(offset).line;
    this.columnOf = (offset) => lines.at(offset).column;
  }

  /** Erased before the program runs. */
  isTypeOnly(node: Node, specifier: string): boolean {
    const line = this.lineOf(node.start);
    return this.file.table.imports.some(
      (item) => item.typeOnly && item.line === line && item.specifier === specifier,
    );
  }

  visit(node: Node | null | undefined, place: Place): void {
    if (node) this.visitor(node, place, this);
  }

  visitAll(nodes: readonly (Node | null)[], place: Place): void {
    for (const node of nodes) this.visit(node, place);
  }

  /** Id of a function node (of a method: of its definition); undefined where it has no body. */
  functionId(node: Node): string | undefined {
    const ordinal = this.file.functionAt(node);
    return ordinal === undefined ? undefined : this.file.table.sites[ordinal].id;
  }

  member(unit: string, of: string, name: string | null): void {
    this.members.set(unit, { of, name });
  }

  /**
   * Members that a known object is written with, and those hung on it, which take their place; none where those of others may have taken it.
   * To be asked when the whole file was visited.
   */
  membersOf({ object, unit }: Binding, name: string): string[] {
    if (object === undefined || this.spread.has(object)) return [];
    const holders = unit === undefined ? [object] : [object, unit];
    return holders.flatMap((of) => this.membersNamed(of, name));
  }

  /** Members that are written as those of a holder. To be asked when the whole file was visited. */
  membersNamed(of: string, name: string): readonly string[] {
    this.named ??= unitsByName(this.members);
    return this.named.get(`${of}\0${name}`) ?? [];
  }

  memberOf(unit: string): Member | undefined {
    return this.members.get(unit);
  }

  holder(kind: 'class' | 'object' | 'variable', name: string, node: Node, isOpen = false): string {
    const id = `${this.path}#@${this.holders.length}`;
    this.holders.push({
      id,
      path: this.path,
      name,
      kind,
      line: this.lineOf(node.start),
      member_of: null,
      member_name: null,
      is_open: isOpen,
    });
    return id;
  }

  isHolder(unit: string): boolean {
    return unit.startsWith(`${this.path}#@`);
  }

  open(holder: string): void {
    const found = this.holders.find(({ id }) => id === holder);
    if (found) found.is_open = true;
  }

  refer(
    src: string,
    kind: ReferenceKind,
    to: { dst?: string; specifier?: string; name?: string; via?: string | null } = {},
  ): void {
    const { dst = null, specifier = null, name = null, via = null } = to;
    if (src === dst) return;
    const key = [src, kind, dst, specifier, name, via].join('\0');
    if (!this.seen.has(key)) this.seen.set(key, { path: this.path, src, kind, dst, specifier, name, via });
  }

  references(): RowOf<'source_references'>[] {
    return [...this.seen.values()];
  }
}

/** Key: `<holder>\0<name>`. */
function unitsByName(members: ReadonlyMap<string, Member>): Map<string, string[]> {
  const units = new Map<string, string[]>();
  for (const [unit, { of, name }] of members) {
    const key = `${of}\0${name}`;
    const known = units.get(key);
    if (known === undefined) units.set(key, [unit]);
    else known.push(unit);
  }
  return units;
}
