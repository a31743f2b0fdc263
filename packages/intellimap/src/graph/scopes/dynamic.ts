/** Where `with` and direct `eval` may give names another meaning. */
import type { Scopes } from './scopes.ts';

export class Dynamic {
  readonly #scopes: Scopes;
  /** By scope, 1: names there and further in may mean something else. */
  readonly #within: Uint8Array;

  constructor(scopes: Scopes) {
    this.#scopes = scopes;
    this.#within = new Uint8Array(scopes.size);
  }

  /** In this scope alone. */
  at(scope: number): void {
    this.#scopes.isDynamic[scope] = 1;
  }

  /** In this scope and in all within it. */
  within(scope: number): void {
    this.#within[scope] = 1;
  }

  /** Once all are told: what is visible from a dynamic scope escapes. */
  settle(): void {
    const { size, outer, isDynamic, bindings } = this.#scopes;
    // Outer scopes have lower numbers.
    for (let scope = 0; scope < size; scope++) {
      this.#within[scope] |= this.#within[outer[scope]] ?? 0;
      isDynamic[scope] |= this.#within[scope];
    }
    const isSeen = isDynamic.slice();
    for (let scope = size - 1; scope > 0; scope--) isSeen[outer[scope]] |= isSeen[scope];
    for (let binding = 0; binding < bindings.size; binding++)
      if (isSeen[bindings.scope[binding]]) bindings.escapes[binding] = bindings.unseen[binding] = 1;
  }
}
