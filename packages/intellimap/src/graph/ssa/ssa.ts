/**
 * Data flow of one body in SSA form, in columns: a variable has a version for each definition that reaches a use, and each use names its version. Steps, blocks and edges
 * are those of the `Flow`.
 */

/** What gives a version its value. */
export const Def = {
  /** Nothing has been written since the body began: `undefined`, or not there yet (`let`, `const`, `class`). */
  UNSET: 0,
  /** What the caller hands over, or `arguments`; `at` is the step that writes it, if one does: none writes a `var` that begins with what a parameter has. */
  PARAMETER: 1,
  /** `at` is the step that writes it. */
  WRITE: 2,
  /** `at` is the block where several versions meet. */
  PHI: 3,
  /** Made once and never changed, elsewhere: an outer `const`, function, class. */
  CONSTANT: 4,
  /** Whatever was written last by anybody: another body may have written in between. */
  MEMORY: 5,
} as const;

export interface Ssa {
  /** Node of the body. */
  readonly owner: number;
  /** Versions; those of a variable stand side by side. */
  readonly size: number;
  /** By version: the binding. */
  readonly variable: Int32Array;
  /** By version: `Def`. */
  readonly definition: Uint8Array;
  /** By version: step or block, as `Def` says; `NONE`. */
  readonly at: Int32Array;
  /** By version, 1: it may be another value than any write here gave it, as it is `MEMORY` or a phi that `MEMORY` flows into. */
  readonly may: Uint8Array;
  /** Operands of version v are `[firstOperand[v], firstOperand[v + 1])`; only phis have some. */
  readonly firstOperand: Uint32Array;
  readonly operand: Uint32Array;
  /** By operand: the edge of the flow over which it comes. */
  readonly operandEdge: Uint32Array;
  /** By step: the version that a `READ` sees; `NONE`: it reads no variable of this file, or never runs. */
  readonly use: Int32Array;
  /** By step: the version that a `WRITE` makes; `NONE`: it changes nothing (a constant), or nothing of this file. */
  readonly def: Int32Array;
  /** Steps that read version v are `[firstUse[v], firstUse[v + 1])` of `useStep`. */
  readonly firstUse: Uint32Array;
  readonly useStep: Uint32Array;
  /** Phis that version v flows into are `[firstPhi[v], firstPhi[v + 1])` of `phi`. */
  readonly firstPhi: Uint32Array;
  readonly phi: Uint32Array;
}
