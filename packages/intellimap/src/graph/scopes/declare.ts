/** Tree → scopes, and who declares what in them. Names are looked up afterwards: declarations are hoisted. Pure. */
import { childAt, Field, Flag, has, Kind, NONE, type Tree } from '../tree/tree.ts';
import { type BlockFunction, liftFunctions } from './block-functions.ts';
import { Draft, type DraftBinding, type DraftScope, Trait } from './draft.ts';
import { beginOf, isBody, isStrictBody } from './extents.ts';
import { isExported, kindOf, type Role, roleOf, useOf } from './roles.ts';
import { BindingKind, Use } from './scopes.ts';

export interface Declared {
  draft: Draft;
  /** By node: `Role` */
  roles: Uint8Array;
}

export function declared(tree: Tree, isModule: boolean): Declared {
  const walk = new Walk(tree, isModule);
  walk.all();
  liftFunctions(tree, walk.draft, walk.blockFunctions);
  return { draft: walk.draft, roles: walk.roles };
}

class Walk {
  readonly draft: Draft;
  readonly roles: Uint8Array;
  readonly blockFunctions: BlockFunction[] = [];
  readonly #tree: Tree;
  readonly #arguments: number;
  /** Nodes whose scopes begin later; the last one's first. */
  readonly #waiting: { node: number; begin: number }[] = [];
  #scope = 0;

  constructor(tree: Tree, isModule: boolean) {
    this.#tree = tree;
    this.draft = new Draft(tree);
    this.roles = new Uint8Array(tree.size);
    this.#arguments = tree.strings.indexOf('arguments');
    const traits = isModule || isStrictBody(tree, 0) ? Trait.STRICT | Trait.VARIABLES : Trait.VARIABLES;
    this.draft.scopes.push({ node: 0, outer: NONE, owner: 0, begin: 0, end: tree.size, traits });
  }

  all(): void {
    const { size, kind, after } = this.#tree;
    const { scopes } = this.draft;
    for (let node = 1; node < size; node++) {
      while (node >= scopes[this.#scope].end) this.#scope = scopes[this.#scope].outer;
      if (this.#waiting.at(-1)?.begin === node) this.#open(this.#waiting.pop()!.node, node);
      if (kind[node] === Kind.Identifier || kind[node] === Kind.JSXIdentifier) this.#name(node);
      else {
        const begin = beginOf(this.#tree, node);
        // `static {}` has nothing in it.
        if (begin !== NONE && begin < after[node]) this.#waiting.push({ node, begin });
      }
    }
  }

  #open(node: number, begin: number): void {
    const outer = this.draft.scopes[this.#scope];
    const scope: DraftScope = {
      node,
      outer: this.#scope,
      owner: ownsBody(this.#tree, node) ? node : outer.owner,
      begin,
      end: this.#tree.after[node],
      traits: (outer.traits & Trait.STRICT) | traitsOf(this.#tree, node),
    };
    this.#scope = this.draft.scopes.push(scope) - 1;
    const isClass = this.#tree.kind[node] === Kind.ClassDeclaration;
    const name = isClass ? childAt(this.#tree, node, Field.id) : NONE;
    if (name !== NONE) this.draft.declare(this.#scope, this.#tree.text[name], BindingKind.SELF, name);
  }

  #name(node: number): void {
    const role = roleOf(this.#tree, node);
    this.roles[node] = role;
    const use = useOf(role);
    if ((use & Use.DECLARE) !== 0) this.#declare(node, role);
    else if (use !== 0 && this.#tree.text[node] === this.#arguments) this.#declareArguments();
  }

  #declare(node: number, role: Role): void {
    const kind = kindOf(role);
    const name = this.#tree.text[node];
    if (kind === BindingKind.VAR && name === this.#arguments) this.#declareArguments();
    const scope = kind === BindingKind.VAR ? this.#outermost(name) : this.#scope;
    const binding = this.draft.declare(scope, name, kind, node);
    this.draft.declaredAt.set(node, binding);
    // Another module may change what is imported of it at any time.
    if (isExported(role) || kind === BindingKind.IMPORT) binding.isExported = true;
    if (kind === BindingKind.FUNCTION) this.#functionOfBlock(node, binding);
  }

  /** Where `var` goes. */
  #outermost(name: number): number {
    let scope = this.#scope;
    while ((this.draft.scopes[scope].traits & Trait.VARIABLES) === 0) scope = this.draft.scopes[scope].outer;
    const isOfBody = name === this.#arguments && isBody(this.#tree, this.draft.scopes[scope].node);
    return isOfBody ? this.draft.scopes[scope].outer : scope;
  }

  /** What a function brings along is there when it is named. */
  #declareArguments(): void {
    const { scopes } = this.draft;
    let scope = this.#scope;
    while (scope !== NONE && (scopes[scope].traits & Trait.ARGUMENTS) === 0) scope = scopes[scope].outer;
    if (scope === NONE || this.draft.find(scope, this.#arguments) !== undefined) return;
    this.draft.declare(scope, this.#arguments, BindingKind.ARGUMENTS, scopes[scope].node);
  }

  #functionOfBlock(node: number, binding: DraftBinding): void {
    const tree = this.#tree;
    const isOfBlock = (this.draft.scopes[this.#scope].traits & (Trait.STRICT | Trait.VARIABLES)) === 0;
    if (isOfBlock && !has(tree, tree.parent[node], Flag.ASYNC | Flag.GENERATOR))
      this.blockFunctions.push({ binding, scope: this.#scope });
  }
}

/** What runs in it runs by itself: `bodyOwner`. */
function ownsBody(tree: Tree, node: number): boolean {
  switch (tree.kind[node]) {
    case Kind.FunctionDeclaration:
    case Kind.FunctionExpression:
    case Kind.ArrowFunctionExpression:
    case Kind.StaticBlock:
    case Kind.PropertyDefinition:
    case Kind.AccessorProperty:
      return true;
    default:
      return false;
  }
}

function traitsOf(tree: Tree, node: number): number {
  switch (tree.kind[node]) {
    case Kind.FunctionDeclaration:
    case Kind.FunctionExpression:
      return Trait.VARIABLES | Trait.ARGUMENTS | strictness(tree, node);
    case Kind.ArrowFunctionExpression:
      return Trait.VARIABLES | strictness(tree, node);
    case Kind.StaticBlock:
    case Kind.TSModuleDeclaration:
      return Trait.VARIABLES;
    case Kind.ClassDeclaration:
    case Kind.ClassExpression:
      return Trait.STRICT;
    case Kind.BlockStatement:
      return isBody(tree, node) ? Trait.VARIABLES : 0;
    default:
      return 0;
  }
}

function strictness(tree: Tree, node: number): number {
  const body = childAt(tree, node, Field.body);
  return tree.kind[body] === Kind.BlockStatement && isStrictBody(tree, body) ? Trait.STRICT : 0;
}
