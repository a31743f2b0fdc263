/**
 * One pass over the tree: lists every site and inserts the probes.
 *
 * Visitors (one file per concern in visitors/) are looked up by node type; a type without one just has its children visited.
 * The walk holds what they share. Ordinals are given in order of appearance: a site's parent always has a smaller one.
 */
import type { Node } from '../1-parse.ts';
import type { Planned, PlannedLess, SiteKind, StaticImport, Tier } from '../../base/recording.ts';
import type { Ignored } from '../2-analyze/exclusions.ts';
import { hash8 } from '../2-analyze/hash.ts';
import { eachChild } from '../2-analyze/keys.ts';
import type { Hint } from '../2-analyze/names.ts';
import { anchorSafe, valuesOf } from '../2-analyze/names.ts';
import type { Span } from '../2-analyze/require-scopes.ts';
import { GATES, wordOf } from '../words.ts';
import type { ImportedProbes, ValueNames } from '../options.ts';
import type { Activation, Wanted } from './activation.ts';
import { Edits } from './edits.ts';
import { visitors } from './visitors/index.ts';
import type { ResumedLater } from './visitors/spelled.ts';

/** A site before positions are looked up. */
export interface Draft {
  id: string;
  kind: SiteKind;
  name: string;
  parent: number;
  start: number;
  end: number;
  flags?: string;
  /** Start of the `export` before it. */
  exported?: number;
  /** Span of a function's body. */
  body?: Span;
  specifier?: string;
  off?: string;
  planned?: PlannedLess;
}

export interface WalkInput {
  text: string;
  path: string;
  typescript: boolean;
  tier: Tier;
  plan?: Record<string, Planned> | undefined;
  base: number;
  ignored: Ignored;
  requireScopes: Span[];
  values?: ValueNames | undefined;
  imported?: ImportedProbes | undefined;
}

const expression = (source: string): RegExp => new RegExp(source);

export class Walk {
  readonly text: string;
  readonly typescript: boolean;
  readonly tier: Tier;
  readonly plan: ReadonlyMap<string, Planned>;
  readonly base: number;
  readonly ignored: Ignored;
  readonly requireScopes: Span[];
  readonly imported: ImportedProbes | undefined;
  private readonly values: { full: RegExp[]; state: RegExp[] } | undefined;
  readonly edits = new Edits();
  readonly sites: Draft[] = [];
  readonly imports: (Omit<StaticImport, 'line'> & { start: number })[] = [];
  /** Offsets at which stack traces point: callees, `new`, `throw`. */
  readonly marks: number[] = [];
  /** What expressions are called, set by whoever visits their parent. */
  readonly hints = new Map<Node, Hint>();
  /** Start of the `export` before a declaration. */
  readonly exported = new Map<Node, number>();
  /** Functions that a call takes elsewhere, and why they are left alone. */
  readonly leftAlone = new Map<Node, string>();
  /** Calls that V8 spells out in messages, and suspensions that it does, whose end is told by somebody else. */
  readonly spelled = new Set<Node>();
  readonly resumedLater: ResumedLater = new Map();
  /** Innermost function. */
  fn!: Activation;
  /** Id that the ids of functions met now start with, and the class they belong to. */
  scope: string;
  /** Why nothing is inserted here. */
  off: string | undefined;
  /** Start of the innermost expression statement: nothing that begins there may be given a leading parenthesis (ASI). */
  statementStart = -1;
  /** The expression of that statement: its value goes nowhere. */
  statementExpression: Node | null = null;
  /** Start of the labels right before the statement that is visited next. */
  labelledFrom: number | null = null;
  /** Name of the innermost class. */
  className = '';
  /** The catch clause visited next may be entered by a suspended frame. */
  landsSuspended = false;
  private readonly ids = new Map<string, number>();

  constructor(input: WalkInput) {
    this.text = input.text;
    this.typescript = input.typescript;
    this.tier = input.tier;
    this.plan = new Map(Object.entries(input.plan ?? {}));
    this.base = input.base;
    this.ignored = input.ignored;
    this.requireScopes = input.requireScopes;
    this.imported = input.imported;
    const { values } = input;
    this.values = values && { full: values.full.map(expression), state: values.state.map(expression) };
    this.scope = `ts:${input.path}#`;
  }

  readonly visit = (node: Node | null | undefined): void => {
    if (!node) return;
    const visitor = visitors[node.type];
    if (visitor) visitor(node, this);
    else eachChild(node, this.visit);
  };

  visitAll(nodes: (Node | null)[]): void {
    for (const node of nodes) this.visit(node);
  }

  /** Names what `value` evaluates to. */
  hint(value: Node | null, anchor: string, name: string): void {
    for (const node of valuesOf(value)) this.hints.set(node, { anchor, name });
  }

  /** @param place what V8 would say in place of an offset within the text, where that is not what follows. */
  insert(offset: number, text: string, place?: number): number {
    return this.off === undefined ? this.edits.add(offset, text, place) : -1;
  }

  fill(slot: number, text: string): void {
    if (slot >= 0) this.edits.fill(slot, text);
  }

  word(kind: number, site: number): number {
    return wordOf(kind, this.base + site);
  }

  /** Index of the site's gate. */
  gate(site: number): number {
    return (this.base + site) & (GATES - 1);
  }

  /** Whether calls of the innermost function are told, and with them where it gives up the stack and comes back. */
  get tells(): boolean {
    return this.tier !== 'minimal' && this.fn.keep === 'calls';
  }

  /** Which values of the innermost function are wanted, which goes by this name: as somebody said by name, or as the plan says. */
  valuesOf(name: string): Wanted | undefined {
    const { values } = this;
    if (this.off !== undefined) return undefined;
    if (values?.full.some((each) => each.test(name))) return 'full';
    if (values?.state.some((each) => each.test(name))) return 'state';
    const keep = this.plan.get(this.scope)?.keep;
    if (keep === 'values') return 'full';
    return keep === 'state' ? 'state' : undefined;
  }

  /** An id nobody else in the file has: the n-th claimant of a name gets `~n`. */
  claim(id: string): string {
    const n = this.ids.get(id) ?? 0;
    this.ids.set(id, n + 1);
    return n === 0 ? id : `${id}~${n}`;
  }

  /** Opens the id scope of a function or class. Returns what to set `scope` back to. */
  enterScope(anchor: string): string {
    const outer = this.scope;
    this.scope = this.claim(outer + (outer.endsWith('#') ? '' : '/') + anchorSafe(anchor, 2 * 40));
    return outer;
  }

  /** A site that is no function, named after its function and the words at its head. */
  site(kind: SiteKind, node: Node, head: string, label: string = kind): number {
    const owner = this.sites[this.fn.site];
    const key = `${owner.id}!${label}:${head.length > 40 || /[~\s]/.test(head) ? hash8(head) : head}`;
    const n = this.ids.get(key) ?? 0;
    this.ids.set(key, n + 1);
    return this.push({
      id: `${key}~${n}`,
      kind,
      name: owner.name,
      parent: this.fn.site,
      start: node.start,
      end: node.end,
    });
  }

  push(draft: Draft): number {
    if (this.off !== undefined) draft.off = this.off;
    return this.sites.push(draft) - 1;
  }
}
