/** Which name is which variable, in columns: scopes and bindings are numbers, in the order of the text. */

/** What makes a binding. */
export const BindingKind = {
  VAR: 0,
  LET: 1,
  CONST: 2,
  FUNCTION: 3,
  CLASS: 4,
  PARAMETER: 5,
  CATCH: 6,
  IMPORT: 7,
  /** The name of a function expression, or of any class, within it. */
  SELF: 8,
  /** `enum`, `namespace`. */
  TYPESCRIPT: 9,
  /** `arguments` of a function that uses it. */
  ARGUMENTS: 10,
} as const;

/**
 * What an identifier does, as bits: `a += 1` reads and writes, `let a = 1` declares and writes, `let a` declares. Parameters, functions, classes, imports and what is caught get
 * their values where they are declared.
 */
export const Use = { READ: 1, WRITE: 2, DECLARE: 4 } as const;

/** Nobody in the file declares it. */
export const GLOBAL = -2;

export interface Scopes {
  /** Scopes; the program's is 0. */
  readonly size: number;
  /** By scope: the node that makes it; a body makes one of its own if the function's parameters are computed. */
  readonly node: Int32Array;
  /** By scope: the one around it; -1: none. */
  readonly outer: Int32Array;
  /** By scope: the node that owns the body it lies in (`bodyOwner`): what runs in another one is a closure. */
  readonly owner: Int32Array;
  readonly bindings: Bindings;
  /** By node: the binding that an identifier means; `NONE`: it means none, or is no identifier; `GLOBAL`. */
  readonly bindingOf: Int32Array;
  /** By node: `Use` bits of an identifier. */
  readonly use: Uint8Array;
  /** By scope, 1: names may mean something else at run time, as there is `with` or a direct `eval` in it. */
  readonly isDynamic: Uint8Array;
}

export interface Bindings {
  readonly size: number;
  /** `Tree.strings` */
  readonly name: Int32Array;
  /** `BindingKind` */
  readonly kind: Uint8Array;
  readonly scope: Int32Array;
  /** The identifier that declares it first; of `arguments` the function. */
  readonly node: Int32Array;
  /** 1: read or written by a closure, exported, imported, visible in a dynamic scope, or shared with `arguments`: it may change between any two steps of its function. */
  readonly escapes: Uint8Array;
  /**
   * 1: it may have values that no identifier of this file gives it: it is imported, exported by a namespace, visible in a dynamic scope, written through `arguments`, or one of two variables of
   * that name which a function in a block of sloppy code makes.
   */
  readonly unseen: Uint8Array;
  /** The parameter whose value it begins with: `var a` of a body that has a scope of its own, beside a parameter `a`; `NONE`: it begins without one. */
  readonly begins: Int32Array;
  /** How often it is read, and written: its initial value counts. */
  readonly reads: Uint32Array;
  readonly writes: Uint32Array;
}
