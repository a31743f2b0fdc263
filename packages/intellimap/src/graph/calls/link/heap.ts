/** What values there are, and their members: functions, classes, their instances and prototypes, objects, modules, and what comes from outside. */
import { ANY, ELEMENT } from '../facts.ts';
import type { Solver } from './solver.ts';

export type TokenKind =
  | 'function'
  | 'class'
  | 'object'
  | 'instance'
  | 'prototype'
  | 'outside'
  | 'exports'
  | 'namespace'
  | 'module'
  /** What settles a promise. */
  | 'resolver';

/** Something from outside of which no more is known. */
export const UNKNOWN = '?';

export class Heap {
  readonly kind: TokenKind[] = [];
  /** Of instances and prototypes: of what; of functions and classes: number in the program. */
  readonly of: number[] = [];
  /** Objects that calls of something outside gave back. */
  readonly madeOutside = new Set<number>();
  /** Names of what comes from outside. */
  readonly words: string[] = [];
  private readonly solver: Solver;
  private readonly known = new Map<string, number>();
  private readonly members = new Map<number, Map<string, number>>();
  private readonly byName = new Map<string, number[]>();
  private readonly parents = new Map<number, number>();
  private readonly lookups = new Map<number, Map<string, number>>();
  private readonly declared = new Map<number, Set<string>>();
  private readonly accessors = new Set<string>();
  /** What has members that were written by a computed name. */
  private readonly tables = new Set<number>();
  private newAccessor: ((name: string) => void) | undefined;
  private readonly listeners = new Map<number, ((name: string, node: number) => void)[]>();

  constructor(solver: Solver) {
    this.solver = solver;
  }

  token(kind: TokenKind, of: number, word = ''): number {
    const key = `${kind}\0${of}\0${word}`;
    const known = this.known.get(key);
    if (known !== undefined) return known;
    const token = this.kind.push(kind) - 1;
    this.of.push(of);
    this.words.push(word);
    this.known.set(key, token);
    this.made(token, kind, of);
    return token;
  }

  outside(words: string): number {
    return this.token('outside', -1, words);
  }

  /** Node of a member, as it is written on this very thing. */
  member(token: number, name: string): number {
    let all = this.members.get(token);
    if (all === undefined) this.members.set(token, (all = new Map()));
    const known = all.get(name);
    if (known !== undefined) return known;
    const node = this.solver.node();
    all.set(name, node);
    const named = this.byName.get(name);
    if (named === undefined) this.byName.set(name, [node]);
    else named.push(node);
    if (ACCESSOR.test(name) && !this.accessors.has(name)) {
      this.accessors.add(name);
      this.newAccessor?.(name);
    }
    for (const listener of this.listeners.get(token) ?? []) listener(name, node);
    return node;
  }

  /** `on` is told each member that is there, or comes to be. */
  eachMember(token: number, on: (name: string, node: number) => void): void {
    const all = this.listeners.get(token);
    if (all === undefined) this.listeners.set(token, [on]);
    else all.push(on);
    for (const [name, node] of Array.from(this.members.get(token) ?? [])) on(name, node);
  }

  /** `on` is told each name of an accessor (`get a`) that something has. */
  onAccessor(on: (name: string) => void): void {
    this.newAccessor = on;
    for (const name of Array.from(this.accessors)) on(name);
  }

  /** All nodes of members of a name, of whatever has one. */
  membersNamed(name: string): readonly number[] {
    return this.byName.get(name) ?? [];
  }

  /** A class, or an object where it is written, has a member: those of its parents of this name are not seen. */
  declare(token: number, name: string): void {
    const all = this.declared.get(token);
    if (all === undefined) this.declared.set(token, new Set([name]));
    else all.add(name);
  }

  /** Node of what a thing has members of beside its own. */
  parentsOf(token: number): number {
    const known = this.parents.get(token);
    if (known !== undefined) return known;
    const node = this.solver.node();
    this.parents.set(token, node);
    this.solver.watch(node, (parent) => {
      const declared = this.declared.get(token);
      for (const [name, to] of Array.from(this.lookups.get(token) ?? []))
        if (declared?.has(name) !== true) this.solver.edge(this.lookUp(parent, name), to);
    });
    return node;
  }

  /** A member is read, its own or that of a parent: by its name, or any of them. */
  read(token: number, name: string, to: number): void {
    this.solver.edge(this.lookUp(token, name), to);
  }

  /** Node of what is found when a member is read: one for all who read it. */
  lookUp(token: number, name: string): number {
    let names = this.lookups.get(token);
    if (names === undefined) this.lookups.set(token, (names = new Map()));
    const known = names.get(name);
    if (known !== undefined) return known;
    const { solver } = this;
    const to = solver.node();
    names.set(name, to);
    if (name === ELEMENT) {
      solver.edge(this.member(token, ANY), to);
      return to;
    }
    solver.edge(this.member(token, name), to);
    if (name === ANY) {
      // Tables are read by computed names; of what has methods, hardly any is meant.
      if (this.kind[token] !== 'object' && this.kind[token] !== 'namespace') return to;
      this.eachMember(token, (each, node) => void (isPlain(each) && solver.edge(node, to)));
      return to;
    }
    if (this.kind[token] === 'outside' && !ACCESSOR.test(name)) solver.add(to, this.outsideMember(token, name));
    if (this.declared.get(token)?.has(name) !== true)
      for (const parent of Array.from(solver.tokens(this.parentsOf(token)))) solver.edge(this.lookUp(parent, name), to);
    return to;
  } // prettier-ignore

  /** `a[b] = c`: of lists, which just hold something, nothing is a member of some name. */
  writtenByName(token: number): void {
    this.tables.add(token);
  }

  /**
   * What was written by a computed name may be read by any. Where a thing has only few such members, and nothing of the name is found, these are taken for it.
   * @returns whether anything new was found
   */
  readComputed(most: number): boolean {
    const found: [from: number, to: number][] = [];
    for (const [token, names] of this.lookups) {
      if (!this.tables.has(token)) continue;
      const any = this.members.get(token)?.get(ANY);
      const held = any === undefined ? 0 : this.solver.tokens(any).size;
      if (held === 0 || held > most) continue;
      for (const [name, to] of names) if (isPlain(name) && this.solver.isEmpty(to)) found.push([any!, to]);
    }
    for (const [from, to] of found) this.solver.edge(from, to);
    return found.length > 0;
  }

  /** A member of something outside, which is outside, too. Only what may be known by its name has one: `Object.assign`, `prototype.slice`. */
  outsideMember(token: number, name: string): number {
    const words = MODULE_OF.get(this.words[token]) ?? this.words[token];
    if (name === 'prototype') return this.outside('prototype');
    return name === ANY || name === ELEMENT || words === UNKNOWN || words.includes('.') ? this.outside(UNKNOWN) : this.outside(`${words}.${name}`);
  } // prettier-ignore

  /** `Array.prototype.slice.call` */
  isBorrowed(token: number, name: string): boolean {
    return (name === 'call' || name === 'apply') && this.words[token].startsWith('prototype.');
  }

  /** Many things that nothing tells apart: what is written to one of them is not followed. */
  isAnybodys(token: number): boolean {
    return this.kind[token] === 'outside' && /^(?:\?$|prototype\b)/.test(this.words[token]);
  }

  private made(token: number, kind: TokenKind, of: number): void {
    if (kind === 'function' || kind === 'class')
      this.solver.add(this.member(token, 'prototype'), this.token('prototype', token));
    else if (kind === 'instance') this.solver.edge(this.member(of, 'prototype'), this.parentsOf(token));
    else if (kind === 'prototype') this.solver.add(this.member(token, 'constructor'), of);
  }
}

/** Members of modules that are modules as well. */
const MODULE_OF: ReadonlyMap<string, string> = new Map([
  ['assert.strict', 'assert/strict'],
  ['util.types', 'util/types'],
]);
const ACCESSOR = /^[gs]et ./;

/** Whether a member of this name may be meant by a computed one. */
const isPlain = (name: string): boolean =>
  name !== ANY &&
  name !== ELEMENT &&
  name !== 'prototype' &&
  name !== 'constructor' &&
  !name.startsWith('[') &&
  !ACCESSOR.test(name);
