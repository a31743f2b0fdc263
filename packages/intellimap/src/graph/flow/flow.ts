/**
 * Control flow of one body: a function, a field's initialiser, a static block, the module with its namespaces. Basic blocks and steps are numbers, in columns. The steps of a block
 * run one after the other, in the order of the language; whichever of them may fail, the block has one edge to who hears of it.
 *
 * What to build on:
 * - Entry, exit and failed have no steps, and entry has one way out, so no loop leads back to it.
 * - Where somebody in the body hears of failures, a WRITE is the first step of its block, and does not fail there: the handler finds at the end of a block that fails what held when it failed.
 *   A write that is refused fails at the end of the block before.
 * - Each variable that gets a value has a WRITE: parameters (first of all steps), functions (at the start of their block), classes, `catch`, `let a` without a value. Not so `var a`, imports, the name
 *   of a function expression within it, `arguments`.
 * - Ways into a block that can be reached come from blocks that can be reached. Dead code has blocks, and edges among them only.
 * - One `finally` serves all ways that lead through it: edges from its end lead to all that it was entered for, and no step chooses.
 * - An edge stands there once, but two blocks may have two of different kinds: `return a()` fails to the same `finally` that it jumps to.
 */

/** What a step does with its node. */
export const Op = {
  /** An identifier is read. */
  READ: 0,
  /** An identifier is written: the steps of what it is given come before. */
  WRITE: 1,
  /** `a.b` is read; a getter may run. */
  LOAD: 2,
  /** `a.b = …`, `delete a.b`; a setter may run. */
  STORE: 3,
  /** A call, `new`, a tagged template, `super()`, `import()`; a decorator, static block or static field whose time has come; at the end of a block, what `using` disposes of. */
  CALL: 4,
  AWAIT: 5,
  /** Of a function's node: a generator waits for somebody to ask for its first value. */
  YIELD: 6,
  /** A function or class is made. */
  CLOSURE: 7,
  /**
   * Decides which way to go on: the last step of its block. Its node is what asks: `if`, a loop, a `case`, `?:`, `a && b` of its left side, `a ??= b`, an optional member or call, the default
   * of a pattern. TRUE: what is tested is true, or there is a value (`??`, `??=`, `?.`, a default that is not needed).
   */
  BRANCH: 8,
  /** Of an arrow without braces, the node of its value. */
  RETURN: 9,
  THROW: 10,
  /** The iterator of a loop, spread or pattern is asked for, asked, or closed. */
  ITERATE: 11,
  /** What needs no word of its own but may run code or fail: `a + b`, `a in b`, a template. */
  COMPUTE: 12,
  /** What is caught is bound; in front of the steps of its pattern. */
  CATCH: 13,
} as const;

export const EdgeKind = {
  /** Goes on in the order of the text. */
  NEXT: 0,
  TRUE: 1,
  FALSE: 2,
  /** Back to the head of a loop. */
  BACK: 3,
  THROW: 4,
  /** `return`, `break` and `continue`, also through `finally`, and through the block in which a loop that is left closes its iterator. */
  JUMP: 5,
  /** A generator that is told to return where it yields. */
  CLOSE: 6,
} as const;

/** Where control comes in, and where it leaves. */
export const ENTRY = 0;
export const EXIT = 1;
/** It fails. */
export const FAILED = 2;

export interface Flow {
  /** Node of the body: `bodyOwner`. */
  readonly owner: number;
  /** Blocks: 0 entry, 1 exit, 2 failed, and all others in the order of the text. */
  readonly blocks: number;
  /** Edges, by where they begin. */
  readonly from: Uint32Array;
  readonly to: Uint32Array;
  /** `EdgeKind` */
  readonly edge: Uint8Array;
  /** Steps of a block are `[firstStep[block], firstStep[block + 1])`. */
  readonly firstStep: Uint32Array;
  /** `Op` */
  readonly op: Uint8Array;
  /** Node of the tree. */
  readonly node: Int32Array;
  /** By block: where the `finally` begins that ends here, whose way in decides the way on; -1: none does. */
  readonly finallyAt: Int32Array;
}
