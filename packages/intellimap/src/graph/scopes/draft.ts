/** Scopes and bindings while they are found: rows are added, and some bindings turn out to be another one. */
import type { Tree } from '../tree/tree.ts';
import { BindingKind } from './scopes.ts';

/** What a scope is beside the node that makes it, as bits. */
export const Trait = {
  /** Strict code. */
  STRICT: 1,
  /** `var` goes there. */
  VARIABLES: 2,
  /** Of a function that has `arguments`. */
  ARGUMENTS: 4,
} as const;

export interface DraftScope {
  node: number;
  outer: number;
  owner: number;
  /** Its nodes are `[begin, end)`. */
  begin: number;
  end: number;
  traits: number;
}

export interface DraftBinding {
  name: number;
  kind: number;
  scope: number;
  node: number;
  isExported: boolean;
  /** It may have values that no name in the text gives it. */
  isUnseen: boolean;
  /** A function of a block that is known in the whole function, too. */
  isLifted: boolean;
  /** Control may leave its block before that is so. */
  isLate: boolean;
  /** It turned out to be this one. */
  same: DraftBinding | undefined;
}

export class Draft {
  readonly scopes: DraftScope[] = [];
  readonly bindings: DraftBinding[] = [];
  /** By node: of an identifier that declares. */
  readonly declaredAt = new Map<number, DraftBinding>();
  readonly #known = new Map<number, DraftBinding>();
  readonly #names: number;

  constructor(tree: Tree) {
    this.#names = tree.strings.length;
  }

  find(scope: number, name: number): DraftBinding | undefined {
    return this.#known.get(scope * this.#names + name);
  }

  /** @param node that declares it, unless it is known already */
  declare(scope: number, name: number, kind: number, node: number): DraftBinding {
    const known = this.find(scope, name);
    if (known !== undefined) return this.#again(known, kind, node);
    const flags = { isExported: false, isUnseen: false, isLifted: false, isLate: false };
    const binding = { name, kind, scope, node, ...flags, same: undefined };
    this.bindings.push(binding);
    this.#known.set(scope * this.#names + name, binding);
    return binding;
  }

  /** What a function brings along is hidden by what its text declares; of other declarations the first one counts. */
  #again(known: DraftBinding, kind: number, node: number): DraftBinding {
    const isHidden =
      known.kind === BindingKind.SELF || (known.kind === BindingKind.ARGUMENTS && kind !== BindingKind.VAR);
    if (!isHidden) return known;
    this.declaredAt.delete(known.node);
    known.kind = kind;
    known.node = node;
    return known;
  }

  /** Moved to a scope further out, where it may be known already. */
  lift(binding: DraftBinding, scope: number, isLate: boolean): void {
    const known = this.find(scope, binding.name);
    const target = known ?? binding;
    target.isLifted = true;
    target.isLate ||= isLate;
    if (known !== undefined) binding.same = this.#again(known, binding.kind, binding.node);
    else {
      binding.scope = scope;
      this.#known.set(scope * this.#names + binding.name, binding);
    }
  }
}
