/** What the slots, functions, classes and objects of a file mean: in all calls of a function, or in one of them, of which it has copies. */
import {
  ANY,
  type CallFacts,
  type Extent,
  type FunctionFacts,
  NO_SLOT,
  type Range,
  type Slot,
} from '../facts.ts';
import type { FunctionOf } from './program.ts';

/** Where the copies begin. */
export interface Firsts {
  /** Node of the first slot, which is the first binding. */
  node: number;
  function: number;
  class: number;
  object: number;
}

/** Of one call: of which function, and what that call says. */
export interface Inner {
  outer: Context;
  of: FunctionOf;
  extent: Extent;
  /** Texts that are handed to it, by parameter. */
  texts: ReadonlyMap<Slot, string>;
}

export class Context {
  readonly file: number;
  readonly depth: number;
  readonly firsts: Firsts;
  readonly inner: Inner | null;
  /** Slots of names that are not the file's: these are shared. */
  private readonly globals: ReadonlySet<Slot>;

  constructor(file: number, firsts: Firsts, globals: ReadonlySet<Slot>, inner: Inner | null) {
    this.file = file;
    this.firsts = firsts;
    this.globals = globals;
    this.inner = inner;
    this.depth = inner === null ? 0 : inner.outer.depth + 1;
  }

  within(firsts: Firsts, inner: Inner): Context {
    return new Context(this.file, firsts, this.globals, inner);
  }

  /** Node of a slot. */
  node(slot: Slot): number {
    if (slot === NO_SLOT) return NO_SLOT;
    const { inner, firsts } = this;
    if (inner === null) return firsts.node + slot;
    const { bindings, slots } = inner.extent;
    if (has(bindings, slot)) return firsts.node + slot - bindings[0];
    if (has(slots, slot) && !this.globals.has(slot)) return firsts.node + bindings[1] - bindings[0] + slot - slots[0];
    return inner.outer.node(slot);
  } // prettier-ignore

  /** Number of a function in the program. */
  function(index: number): number {
    const { inner, firsts } = this;
    if (inner === null) return firsts.function + index;
    return has(inner.extent.functions, index) ? firsts.function + index - inner.extent.functions[0] : inner.outer.function(index);
  } // prettier-ignore

  class(index: number): number {
    const { inner, firsts } = this;
    if (inner === null) return firsts.class + index;
    return has(inner.extent.classes, index) ? firsts.class + index - inner.extent.classes[0] : inner.outer.class(index);
  } // prettier-ignore

  object(index: number): number {
    const { inner, firsts } = this;
    if (inner === null) return firsts.object + index;
    return has(inner.extent.objects, index) ? firsts.object + index - inner.extent.objects[0] : inner.outer.object(index);
  } // prettier-ignore

  /** The text that a parameter is in this call. */
  text(parameter: Slot): string | undefined {
    return this.inner === null ? undefined : (this.inner.texts.get(parameter) ?? this.inner.outer.text(parameter));
  } // prettier-ignore

  /** Name of a member: one that is computed from a parameter may be known here. */
  name(name: string, key: Slot): string {
    return name === ANY && key >= 0 ? (this.text(key) ?? name) : name;
  }

  /** The copy of a function whose call this is part of. */
  copyOf(facts: FunctionFacts): FunctionOf | undefined {
    if (this.inner === null) return undefined;
    return this.inner.of.facts === facts ? this.inner.of : this.inner.outer.copyOf(facts);
  } // prettier-ignore
}

const has = ([from, to]: Range, index: number): boolean => index >= from && index < to;

/** Lists of facts which are looked at part by part. */
export type Part = Omit<Extent, 'bindings' | 'slots' | 'objects'>;

/** What is said in a part of a file, but not within functions that are looked at for each call. */
export function* partsOf(part: Part, functions: readonly FunctionFacts[]): Generator<Part> {
  const left: Part = { ...part };
  for (let index = part.functions[0]; index < part.functions[1];) {
    const { extent } = functions[index];
    if (extent === null) {
      index++;
      continue;
    }
    const until: Part = { ...left };
    for (const name of LISTS) {
      until[name] = [left[name][0], extent[name][0]];
      left[name] = [extent[name][1], left[name][1]];
    }
    yield until;
    index = extent.functions[1];
  }
  yield left;
}

const LISTS = ['functions', 'classes', 'holds', 'flows', 'loads', 'stores', 'inherits', 'sites'] as const;

/** All of a file. */
export const wholeOf = ({ functions, classes, holds, flows, loads, stores, inherits, sites }: CallFacts): Part => ({
  functions: [0, functions.length], classes: [0, classes.length], holds: [0, holds.length], flows: [0, flows.length], loads: [0, loads.length], stores: [0, stores.length],
  inherits: [0, inherits.length], sites: [0, sites.length],
}); // prettier-ignore
