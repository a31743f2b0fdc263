/**
 * What can be reached from where, by what the text says. Pure, over rows of the `source_…` tables.
 *
 * A function is reached when somebody who is reached refers to it. A member also needs to be named by somebody who is reached: whoever has
 * `cart` and says `.total` may mean `Cart.total`. With `weak`, members of what is accessed by computed names, members
 * called like a text, and files that a text names count as well.
 */
import { addTo } from '../../base/groups.ts';
import { filesNamed } from './file-names.ts';
import type { Index, Reference } from '../graph-index.ts';

export interface Roots {
  /** Functions and holders. */
  units: Iterable<string>;
  /** Files that are loaded. */
  files: Iterable<string>;
  /** Files whose exports are all used. */
  exported?: Iterable<string>;
  weak?: boolean;
}

/** Called by the language itself, or by whoever prints or stores a value. */
const IMPLICIT = new Set(['toString', 'toJSON', 'valueOf', 'then', 'inspect', 'next', 'return', 'throw', 'constructor', 'handleEvent', 'default', 'module.exports']); // prettier-ignore

/** Files of data, which may name members. */
const DATA = '*';

export function reach(index: Index, { units, files, exported = [], weak = false }: Roots): Set<string> {
  const walk = new Reach(index, weak);
  for (const file of files) walk.load(file);
  for (const unit of units) walk.unit(unit);
  for (const file of exported) walk.exportsOf(file);
  if (weak) walk.unit(DATA);
  walk.run();
  return walk.reached;
}

class Reach {
  readonly reached = new Set<string>();
  private readonly index: Index;
  private readonly weak: boolean;
  private readonly queue: string[] = [];
  private readonly mentioned = new Set<string>();
  /** Members whose holder is reached, by the name that is waited for. */
  private readonly waiting = new Map<string, string[]>();
  private readonly opened = new Set<string>();
  private readonly namespaces = new Set<string>();
  private readonly computing = new Set<string>();

  constructor(index: Index, weak: boolean) {
    this.index = index;
    this.weak = weak;
  }

  unit(unit: string | null | undefined): void {
    if (unit === null || unit === undefined || this.reached.has(unit)) return;
    this.reached.add(unit);
    this.queue.push(unit);
  }

  load(file: string): void {
    this.unit(this.index.moduleOf(file));
  }

  run(): void {
    for (let unit = this.queue.pop(); unit !== undefined; unit = this.queue.pop()) this.look(unit);
  }

  private look(unit: string): void {
    for (const member of this.index.members.get(unit) ?? []) this.await(member.name, member.unit, unit);
    if (this.weak && this.index.isOpen(unit)) this.open(unit);
    for (const reference of this.index.references.get(unit) ?? []) {
      const { kind, path, dst, specifier, name } = reference;
      if (kind === 'use') this.unit(dst);
      else if (kind === 'mention') {
        // A member of what a package exports is not one of ours.
        if (reference.via === null || this.index.target(path, reference.via) !== null) this.mention(name!);
      } else if (kind === 'import') this.import(path, specifier!, name!);
      else if (kind === 'load') {
        const target = this.index.target(path, specifier!);
        if (target !== null) this.load(target);
      } else if (this.weak) this.lookWeakly(reference);
    }
  }

  private lookWeakly({ kind, path, dst, specifier, name, via }: Reference): void {
    // Who gets hold of it is one of the workspace, whose references are known.
    if (via !== null && this.index.target(path, via) !== null) return;
    if (kind === 'string') this.mention(name!);
    else if (kind === 'open') this.open(dst!);
    else if (kind === 'open import') this.import(path, specifier!, name!, true);
    else if (kind === 'computed') this.compute(path);
    else if (kind === 'names file')
      for (const file of filesNamed(name!, path, this.index)) {
        this.load(file);
        this.exportsOf(file);
      }
  }

  private await(name: string | null, unit: string, of: string): void {
    if (name === null || IMPLICIT.has(name) || this.mentioned.has(name) || this.opened.has(of)) {
      this.unit(unit);
      return;
    }
    addTo(this.waiting, name, unit);
  }

  private mention(name: string): void {
    if (this.mentioned.has(name)) return;
    this.mentioned.add(name);
    for (const unit of this.waiting.get(name) ?? []) this.unit(unit);
    this.waiting.delete(name);
  }

  /** Any member may be called; those of what it holds, too. */
  private open(unit: string): void {
    if (this.opened.has(unit)) return;
    this.opened.add(unit);
    const members = this.index.members.get(unit) ?? [];
    if (this.reached.has(unit)) for (const member of members) this.unit(member.unit);
    // Who may call a function gets what it gives back.
    for (const member of members) if (!this.index.isHolder(member.unit)) this.open(member.unit);
    const isHolder = this.index.isHolder(unit);
    for (const { kind, dst, path, specifier, name } of this.index.references.get(unit) ?? []) {
      const isPassedOn = kind === 'return' || (isHolder && kind === 'use' && this.index.isHolder(dst!));
      if (isPassedOn && dst !== null) this.open(dst);
      if (specifier !== null && (kind === 'return' || (isHolder && kind === 'import')))
        this.import(path, specifier, name!, true);
    }
  }

  /** A member of something unknown is called by a computed name: of anything that the file knows. */
  private compute(path: string): void {
    if (this.computing.has(path)) return;
    this.computing.add(path);
    for (const holder of this.index.holdersOf(path)) this.open(holder);
    for (const { specifier, name } of this.index.importsIn(path)) this.import(path, specifier!, name!, true);
  }

  private import(path: string, specifier: string, name: string, open = false): void {
    const target = this.index.target(path, specifier);
    if (target !== null) this.exported(target, name, open);
  }

  private exported(file: string, name: string, open: boolean, seen = new Set<string>()): boolean {
    if (seen.has(file)) return false;
    seen.add(file);
    if (name === '*') {
      this.namespace(file, open);
      return true;
    }
    const rows = this.index.exportsOf(file);
    const found = rows.filter((row) => row.name === name);
    for (const row of found) this.follow(file, row, open);
    if (found.length > 0) return true;
    const further = rows.filter((row) => row.name === '*');
    for (const row of further) {
      const target = this.index.target(file, row.specifier!);
      if (target !== null && this.exported(target, name, open, seen)) return true;
    }
    const whole = rows.find((row) => row.name === 'module.exports');
    if (whole !== undefined) {
      this.follow(file, whole, open);
      if (name !== 'default') this.mention(name);
    } else if (name === 'default' && further.length === 0) this.namespace(file, open);
    return whole !== undefined;
  }

  private follow(
    file: string,
    row: { dst: string | null; specifier: string | null; imported: string | null },
    open: boolean,
  ): void {
    this.unit(row.dst);
    if (open && row.dst !== null) this.open(row.dst);
    if (row.specifier !== null) this.import(file, row.specifier, row.imported ?? '*', open);
  }

  /** A module as a whole: its exports are members of it. */
  private namespace(file: string, open: boolean): void {
    const key = `${file}\0${open}`;
    if (this.namespaces.has(key)) return;
    this.namespaces.add(key);
    for (const row of this.index.exportsOf(file)) {
      if (row.name === '*' || row.specifier !== null) this.follow(file, row, open);
      else if (row.dst !== null && open) this.follow(file, row, open);
      else if (row.dst !== null) this.await(row.name, row.dst, file);
    }
  }

  exportsOf(file: string): void {
    this.namespace(file, true);
  }
}
