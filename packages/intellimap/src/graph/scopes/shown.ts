/** Which binding a name means right now, while a tree is gone through: entering a scope shows its bindings, leaving it shows again what they hid. */
import { NONE } from '../tree/tree.ts';
import type { Merged } from './merged.ts';
import { type Bindings, GLOBAL } from './scopes.ts';

export class Shown {
  readonly #name: Int32Array;
  /** By name. */
  readonly #shown: Int32Array;
  /** By binding: what it hides. */
  readonly #hidden: Int32Array;
  /** By scope, and by binding: a list of the bindings of each scope. */
  readonly #first: Int32Array;
  readonly #next: Int32Array;
  readonly #scope: Int32Array;
  readonly #merged: Merged;

  /** @param merged what else is known in a scope, unless it has something of that name itself */
  constructor(bindings: Bindings, scopes: number, names: number, merged: Merged) {
    this.#scope = bindings.scope;
    this.#merged = merged;
    this.#name = bindings.name;
    this.#merged = merged;
    this.#shown = new Int32Array(names).fill(GLOBAL);
    this.#hidden = new Int32Array(bindings.size);
    this.#first = new Int32Array(scopes).fill(NONE);
    this.#next = new Int32Array(bindings.size);
    for (let binding = bindings.size - 1; binding >= 0; binding--) {
      const scope = bindings.scope[binding];
      this.#next[binding] = this.#first[scope];
      this.#first[scope] = binding;
    }
  }

  /** A binding, or `GLOBAL`. */
  of(name: number): number {
    return this.#shown[name];
  }

  enter(scope: number): void {
    for (const others of this.#merged.get(scope) ?? [])
      for (const binding of others) if (this.#scope[binding] !== scope) this.#show(binding);
    for (let binding = this.#first[scope]; binding !== NONE; binding = this.#next[binding])
      this.#show(binding);
  }

  leave(scope: number): void {
    for (let binding = this.#first[scope]; binding !== NONE; binding = this.#next[binding])
      this.#hide(binding);
    for (const others of this.#merged.get(scope)?.toReversed() ?? [])
      for (let at = others.length - 1; at >= 0; at--)
        if (this.#scope[others[at]] !== scope) this.#hide(others[at]);
  }

  #show(binding: number): void {
    const name = this.#name[binding];
    this.#hidden[binding] = this.#shown[name];
    this.#shown[name] = binding;
  }

  #hide(binding: number): void {
    this.#shown[this.#name[binding]] = this.#hidden[binding];
  }

  *in(scope: number): Generator<number> {
    for (let binding = this.#first[scope]; binding !== NONE; binding = this.#next[binding]) yield binding;
  }
}
