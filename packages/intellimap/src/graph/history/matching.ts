/** What the steps of carry-over share: who is whom so far. Pure. */
import type { PastFile, PastFunction } from './functions.ts';
import { bagOf, dice, mostAlike, type TokenBag } from './likeness.ts';

/** Why two functions are taken for one, surest first. */
export type Reason =
  /** Body and place are the same; the id, too, unless what is around it got another name. */
  | 'unchanged'
  /** The place is the same, the body is not. */
  | 'same place'
  /** The body is the same, somewhere else or by another name. */
  | 'same body'
  /** The bodies have much in common, within the same function, class or file. */
  | 'alike, same parent'
  /** They have something in common, and stand between the same neighbours. */
  | 'alike, same spot'
  /** The bodies have nearly all in common. */
  | 'alike';

export interface Alias {
  old: string;
  new: string;
  reason: Reason;
  /** 0 … 1: what the texts have in common (Dice's coefficient of tokens). */
  score: number;
}

export interface Pair extends Alias {
  from: PastFunction;
  to: PastFunction;
  /** Within the same function, class or file, by whatever name that goes now. */
  isInPlace: boolean;
}

/** Characters in front of a function that tell it from one with the same text. */
const FRONT = 200;

/** One side: the functions of a snapshot. */
class Side {
  readonly functions: PastFunction[];
  readonly byId: Map<string, PastFunction>;
  /** Place among all, in order of appearance. */
  readonly order: Map<PastFunction, number>;
  /** Ids of all that functions are in. */
  readonly scopes: Set<string>;
  readonly taken = new Set<PastFunction>();
  private readonly texts: Map<string, string>;
  private readonly bags = new Map<PastFunction, TokenBag>();

  constructor(files: readonly PastFile[]) {
    const sorted = files.toSorted((a, b) => (a.path < b.path ? -1 : 1));
    this.texts = new Map(sorted.map(({ path, text }) => [path, text]));
    this.functions = sorted.flatMap(({ functions }) => functions);
    this.byId = new Map(this.functions.map((one) => [one.id, one]));
    this.order = new Map(this.functions.map((one, index) => [one, index]));
    this.scopes = new Set(this.functions.flatMap(({ id, scope }) => [id, scope]));
  }

  /** Those that nobody is known to be. */
  free(): PastFunction[] {
    return this.functions.filter((one) => !this.taken.has(one));
  }

  textOf({ path, start, end }: PastFunction): string {
    return this.texts.get(path)!.slice(start, end);
  }

  /** What stands in front of it, without white space. */
  frontOf({ path, start }: PastFunction): string {
    return this.texts
      .get(path)!
      .slice(Math.max(0, start - FRONT), start)
      .replaceAll(/\s+/g, '');
  }

  bagOf(one: PastFunction): TokenBag {
    let bag = this.bags.get(one);
    if (bag === undefined) this.bags.set(one, (bag = bagOf(this.textOf(one))));
    return bag;
  }
}

export class Matching {
  readonly old: Side;
  readonly new: Side;
  readonly pairs = new Map<PastFunction, Pair>();
  /** Where what was within a function, class or file is now, if that is known. */
  private readonly scopes = new Map<string, string>();

  constructor(
    old: readonly PastFile[],
    now: readonly PastFile[],
    /** Old path → new path. */
    renames: ReadonlyMap<string, string>,
  ) {
    this.old = new Side(old);
    this.new = new Side(now);
    for (const [from, to] of renames) this.scopes.set(`ts:${from}#`, `ts:${to}#`);
  }

  pair(from: PastFunction, to: PastFunction, reason: Reason, score = this.alike(from, to)): void {
    const isInPlace = from.scope === '' || this.scopeNow(from.scope) === to.scope;
    this.old.taken.add(from);
    this.new.taken.add(to);
    this.scopes.set(from.id, to.id);
    this.pairs.set(from, { old: from.id, new: to.id, reason, score, from, to, isInPlace });
  }

  /** @param least below it, the answer may be 0: counting takes longest */
  alike(from: PastFunction, to: PastFunction, least = 0): number {
    const [a, b] = [this.old.bagOf(from), this.new.bagOf(to)];
    return mostAlike(a.length, b.length) < least ? 0 : dice(a, b);
  }

  /** 0 … 1: how far the same stands in front of both. */
  alikeInFront(from: PastFunction, to: PastFunction): number {
    const [a, b] = [this.old.frontOf(from), this.new.frontOf(to)];
    let same = 0;
    while (same < a.length && a.at(-1 - same) === b.at(-1 - same)) same++;
    return same / FRONT;
  }

  /** What an old scope is called now; undefined: it is not known to be there any more. */
  scopeNow(scope: string): string | undefined {
    const known = this.scopes.get(scope);
    if (known !== undefined) return known;
    if (scope.endsWith('#')) return this.new.scopes.has(scope) ? scope : undefined;
    const outer = this.scopeNow(outerOf(scope));
    // Functions tell by themselves where they are: only classes and namespaces are found by their name.
    if (outer === undefined || this.old.byId.has(scope)) return undefined;
    const moved = `${outer}${outer.endsWith('#') ? '' : '/'}${lastOf(scope)}`;
    return this.new.scopes.has(moved) && !this.new.byId.has(moved) ? moved : undefined;
  }

  mapScope(from: string, to: string): void {
    this.scopes.set(from, to);
  }
}

/** Id of a scope without its last anchor. */
export function outerOf(scope: string): string {
  const inside = scope.indexOf('#') + 1;
  return scope.slice(0, Math.max(inside, scope.lastIndexOf('/')));
}

const lastOf = (scope: string): string =>
  scope.slice(Math.max(scope.indexOf('#'), scope.lastIndexOf('/')) + 1);
