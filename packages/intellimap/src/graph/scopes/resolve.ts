/** Tree → which name is which variable. Pure. */
import { Field, Kind, NONE, textOf, type Tree } from '../tree/tree.ts';
import { declared } from './declare.ts';
import { type Draft, type DraftBinding, Trait } from './draft.ts';
import { Dynamic } from './dynamic.ts';
import { hasPlainParameters } from './extents.ts';
import { asTarget, isCalled, isExported, kindOf, useOf } from './roles.ts';
import { mergedScopes } from './merged.ts';
import { BindingKind, GLOBAL, type Scopes, Use } from './scopes.ts';
import { Shown } from './shown.ts';
import { tablesOf } from './tables.ts';

/** @param isModule an ES module; of other files what stands outside of all functions is taken for the file's own, as in CommonJS */
export function resolveScopes(tree: Tree, isModule: boolean): Scopes {
  const { draft, roles } = declared(tree, isModule);
  return new Resolver(tree, draft, roles).all();
}

class Resolver {
  readonly #tree: Tree;
  readonly #draft: Draft;
  readonly #roles: Uint8Array;
  readonly #scopes: Scopes;
  readonly #shown: Shown;
  readonly #dynamic: Dynamic;
  /** By binding, of functions of blocks: what stands for two variables. */
  readonly #lifted = new Map<number, DraftBinding>();
  #scope = 0;

  constructor(tree: Tree, draft: Draft, roles: Uint8Array) {
    this.#tree = tree;
    this.#draft = draft;
    this.#roles = roles;
    this.#scopes = tablesOf(tree, draft);
    const { bindings, size } = this.#scopes;
    this.#shown = new Shown(bindings, size, tree.strings.length, mergedScopes(tree, this.#scopes));
    this.#dynamic = new Dynamic(this.#scopes);
    for (const binding of draft.bindings)
      if (binding.isLifted) this.#lifted.set(this.#scopes.bindingOf[binding.node], binding);
  }

  all(): Scopes {
    const { scopes } = this.#draft;
    const { size } = this.#tree;
    this.#shown.enter(0);
    let next = 1;
    for (let node = 1; node < size; node++) {
      while (node >= scopes[this.#scope].end) this.#leave();
      if (scopes[next]?.begin === node) this.#enter(next++);
      if (this.#roles[node] !== 0) this.#name(node, this.#roles[node]);
    }
    this.#dynamic.settle();
    return this.#scopes;
  }

  #enter(scope: number): void {
    this.#scope = scope;
    this.#shown.enter(scope);
    if (this.#tree.kind[this.#scopes.node[scope]] === Kind.WithStatement) this.#dynamic.within(scope);
  }

  #leave(): void {
    this.#shown.leave(this.#scope);
    this.#scope = this.#scopes.outer[this.#scope];
  }

  #name(node: number, role: number): void {
    const use = useOf(role);
    if ((use & Use.DECLARE) === 0) this.#refer(node, use, isExported(role));
    else if (kindOf(role) === BindingKind.VAR) this.#declareVariable(node, use);
    else if (this.#scopes.bindingOf[node] !== NONE) this.#count(node, this.#scopes.bindingOf[node], use);
  }

  /** `catch (a) { var a = 1 }` declares a variable of the function, and writes what was caught. */
  #declareVariable(node: number, use: number): void {
    const shown = this.#shown.of(this.#tree.text[node]);
    const isHidden = shown !== this.#scopes.bindingOf[node];
    if (isHidden && (use & Use.WRITE) !== 0) this.#count(node, shown, Use.WRITE);
    else this.#count(node, this.#scopes.bindingOf[node], use);
  }

  #refer(node: number, use: number, exported: boolean): void {
    const binding = this.#shown.of(this.#tree.text[node]);
    if (binding !== GLOBAL) {
      this.#count(node, binding, use);
      if (exported) this.#scopes.bindings.escapes[binding] = 1;
      if (this.#scopes.bindings.kind[binding] === BindingKind.ARGUMENTS) this.#share(node, binding);
      if (this.#lifted.has(binding)) this.#referToLifted(node, binding, use);
    } else if (!exported) {
      // What is exported and is no variable is a type.
      this.#scopes.bindingOf[node] = GLOBAL;
      this.#scopes.use[node] = use;
      if (textOf(this.#tree, node) === 'eval' && isCalled(this.#tree, node)) this.#evaluate();
    }
  }

  /** Within the block it is another variable than around it, which has its value as soon, and as long, as both are the same. */
  #referToLifted(node: number, binding: number, use: number): void {
    const { bindings } = this.#scopes;
    const { isLate, node: name } = this.#lifted.get(binding)!;
    const block = this.#tree.parent[this.#tree.parent[name]];
    const isAround = node < block || node >= this.#tree.after[block];
    if ((use & Use.WRITE) !== 0 || (isLate && isAround)) bindings.escapes[binding] = bindings.unseen[binding] = 1;
  } // prettier-ignore

  #count(node: number, binding: number, use: number): void {
    const { bindings, bindingOf, owner } = this.#scopes;
    bindingOf[node] = binding;
    this.#scopes.use[node] = use;
    if ((use & Use.READ) !== 0) bindings.reads[binding]++;
    if ((use & Use.WRITE) !== 0) bindings.writes[binding]++;
    const isOwn = owner[bindings.scope[binding]] === owner[this.#scope];
    if (!isOwn && (use & Use.DECLARE) === 0) bindings.escapes[binding] = 1;
  }

  /** Sloppy text may declare variables of the function that it is evaluated in. */
  #evaluate(): void {
    const { scopes } = this.#draft;
    let scope = this.#scope;
    this.#dynamic.at(scope);
    if ((scopes[scope].traits & Trait.STRICT) !== 0) return;
    while ((scopes[scope].traits & Trait.VARIABLES) === 0) scope = scopes[scope].outer;
    this.#dynamic.within(scope);
  }

  /** In sloppy code, `arguments[0] = 1` writes the first parameter: whoever has the object may do that. */
  #share(node: number, binding: number): void {
    const { bindings } = this.#scopes;
    const scope = bindings.scope[binding];
    const isShared =
      (this.#draft.scopes[scope].traits & Trait.STRICT) === 0 &&
      hasPlainParameters(this.#tree, bindings.node[binding]);
    if (!isShared || isOnlyLookedAt(this.#tree, node)) return;
    for (const other of this.#shown.in(scope))
      if (bindings.kind[other] === BindingKind.PARAMETER)
        bindings.escapes[other] = bindings.unseen[other] = 1;
  }
}

/** `arguments.length`, `arguments[0]` */
function isOnlyLookedAt(tree: Tree, node: number): boolean {
  const member = tree.parent[node];
  if (tree.kind[member] !== Kind.MemberExpression || tree.field[node] !== Field.object) return false;
  const above = tree.parent[member];
  const isDeleted = tree.kind[above] === Kind.UnaryExpression && textOf(tree, above) === 'delete';
  return asTarget(tree, member) === Use.READ && !isCalled(tree, member) && !isDeleted;
}
