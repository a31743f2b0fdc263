/** How each variable of a file can be followed: that is a question about all bodies that write it, not about one. */
import { BindingKind, type Scopes, Use } from '../scopes/scopes.ts';
import { bodyOwner, childAt, Field, isFunction, Kind, NONE, type Tree } from '../tree/tree.ts';

export const Held = {
  /** Only the body that declares it writes it: there each use has its definitions, whoever else reads it. */
  LOCAL: 0,
  /** Written once, before anybody can read it. */
  CONSTANT: 1,
  /** Several bodies write it: whatever runs other code may change it. */
  SHARED: 2,
  /** It has values that no identifier of the file gives it: `Bindings.unseen`. */
  DYNAMIC: 3,
} as const;

export interface Storage {
  /** By binding: `Held`. */
  readonly held: Uint8Array;
  /** By binding: the node that owns the body which declares it. */
  readonly owner: Int32Array;
  /** By node: the node that owns the body in which it runs. */
  readonly ownerOf: Int32Array;
}

export function storageOf(tree: Tree, scopes: Scopes): Storage {
  const { bindings } = scopes;
  const ownerOf = ownersOf(tree);
  const owner = Int32Array.from({ length: bindings.size }, (_, b) => scopes.owner[bindings.scope[b]]);
  const held = new Uint8Array(bindings.size);
  const isShared = writtenElsewhere(tree, scopes, owner, ownerOf);
  for (let b = 0; b < bindings.size; b++) {
    if (bindings.unseen[b]) held[b] = Held.DYNAMIC;
    else if (isConstant(tree, scopes, b)) held[b] = Held.CONSTANT;
    else if (isShared[b]) held[b] = Held.SHARED;
  }
  return { held, owner, ownerOf };
}

/** `bodyOwner` of all nodes at once. */
function ownersOf(tree: Tree): Int32Array {
  const owners = new Int32Array(tree.size);
  for (let node = 1; node < tree.size; node++) {
    const parent = tree.parent[node];
    owners[node] = BOUNDARIES.has(tree.kind[parent]) ? bodyOwner(tree, node) : owners[parent];
  }
  return owners;
}

/** Where some part of a node may belong to another body than the node. */
const BOUNDARIES: ReadonlySet<number> = new Set([
  Kind.FunctionDeclaration,
  Kind.FunctionExpression,
  Kind.ArrowFunctionExpression,
  Kind.StaticBlock,
  Kind.PropertyDefinition,
  Kind.AccessorProperty,
  Kind.TSModuleDeclaration,
  Kind.TSModuleBlock,
]);

function writtenElsewhere(tree: Tree, scopes: Scopes, owner: Int32Array, ownerOf: Int32Array): Uint8Array {
  const isShared = new Uint8Array(owner.length);
  for (let node = 0; node < tree.size; node++) {
    const binding = scopes.bindingOf[node];
    if (binding < 0 || !(scopes.use[node] & Use.WRITE)) continue;
    if (ownerOf[node] !== owner[binding] && isWritable(scopes, node)) isShared[binding] = 1;
  }
  return isShared;
}

/** Writing a constant fails, or does nothing. */
export function isWritable(scopes: Scopes, node: number): boolean {
  if (scopes.use[node] & Use.DECLARE) return true;
  const kind = scopes.bindings.kind[scopes.bindingOf[node]];
  return kind !== BindingKind.CONST && kind !== BindingKind.IMPORT && kind !== BindingKind.SELF;
}

/** Whether its only write comes before any read: what is read too early fails, or is made before all else in its block. */
function isConstant(tree: Tree, scopes: Scopes, binding: number): boolean {
  const { bindings } = scopes;
  const kind = bindings.kind[binding];
  if (kind === BindingKind.CONST || kind === BindingKind.SELF) return true;
  if (bindings.writes[binding] !== 1) return false;
  const node = bindings.node[binding];
  switch (kind) {
    case BindingKind.LET:
      return isInitialised(tree, node);
    case BindingKind.FUNCTION:
      return isMadeFirst(tree, node, scopes.node[bindings.scope[binding]]);
    case BindingKind.CLASS:
    case BindingKind.PARAMETER:
    case BindingKind.CATCH:
      return true;
    default:
      return false;
  }
}

/** In sloppy code, functions of blocks are variables of the whole function, and there only once the block runs. */
function isMadeFirst(tree: Tree, id: number, scope: number): boolean {
  let around = tree.parent[tree.parent[id]];
  while (AROUND.has(tree.kind[around])) around = tree.parent[around];
  return around === scope || (tree.parent[around] === scope && isFunction(tree, scope));
}

const AROUND: ReadonlySet<number> = new Set([
  Kind.ExportDefaultDeclaration,
  Kind.ExportNamedDeclaration,
  Kind.LabeledStatement,
  Kind.SwitchCase,
]);

/** `let a = 1`, `let { a } = b`, `for (let a of b)`; not `let a`. */
function isInitialised(tree: Tree, node: number): boolean {
  let at = node;
  while (tree.kind[at] !== Kind.VariableDeclarator) {
    if (at <= 0) return false;
    at = tree.parent[at];
  }
  if (childAt(tree, at, Field.init) !== NONE) return true;
  const loop = tree.kind[tree.parent[tree.parent[at]]];
  return loop === Kind.ForOfStatement || loop === Kind.ForInStatement;
}
