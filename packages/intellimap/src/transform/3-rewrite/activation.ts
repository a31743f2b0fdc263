import type { Node } from '../1-parse.ts';

/** What the walk knows about the function, module or static block whose code it is in. */
import type { StatementYield } from './yields.ts';

/** Slots of one `return`: before the statement, after the keyword, after the operand, after the statement. */
export interface Return {
  statement: number;
  keyword: number;
  operand: number;
  end: number;
  /** none: `return;` · safe: the operand can neither throw nor run code · value: anything else. */
  what: 'none' | 'safe' | 'value';
  /** Text around a `value` operand that keeps it one nameless expression. */
  open: string;
  close: string;
}

/** Arguments, results, what is thrown and written; or only the last. */
export type Wanted = 'full' | 'state';

/** A function whose values are looked at. */
export interface Looked {
  wanted: Wanted;
  /** Arguments of the probe behind the word: names, `this`, parameters; '' where there are none to look at. */
  given: string;
  /** What results go by. */
  name: string;
  /** Writes to be told, and what they are to. */
  writes: ReadonlyMap<Node, Written>;
}

export interface Written {
  isVariable: boolean;
  target: Node;
}

export interface Activation {
  site: number;
  isAsync: boolean;
  isGenerator: boolean;
  /** It can outlive the stack: `$imf` holds its frame. */
  frame: boolean;
  /** First slot of its edits, so that they can be dropped when the function turns out to be untouchable. */
  firstEdit: number;
  /** A derived constructor: returning nothing looks at `this`, in Node 20 and 22 at once, later at the very end. */
  derived: boolean;
  /** A derived constructor that may end without `super`: one whose first statements do not call it, or that returns values. */
  mayLackThis: boolean;
  /** No `try` may be put around its body. */
  open: boolean;
  returns: Return[];
  /** Slots at both ends of each finally block that holds a `return`. */
  finals: { start: number; end: number }[];
  /** Slots inside each `yield`: after the operand, after the resumption. */
  yields: { before: number; after: number }[];
  /** Those that are statements outside of any try: see `yields.ts`. */
  statementYields: StatementYield[];
  /** Suspension points met so far; a clause is only reached by a rejected await when its try block added to them. */
  suspensions: number;
  /** Depth of constructs that run code between a `return` and the end of the function, and may replace or fail it. */
  closing: number;
  /** Depth of any `try`. */
  tries: number;
  /** A `return` inside such a construct, or a `using` declaration: a leave can only be told after them. */
  leavesLate: boolean;
  /** Generators: a `yield` that more than a `for of` consumer may answer (its value is used, it delegates, it sits in a try). */
  answered: boolean;
  hasWith: boolean;
  /** What is kept of its calls. */
  keep: 'calls' | 'count' | 'nothing';
  looked: Looked | undefined;
}

export function activation(
  site: number,
  isAsync: boolean,
  isGenerator: boolean,
  firstEdit: number,
): Activation {
  return {
    site, isAsync, isGenerator, frame: isAsync || isGenerator, firstEdit, derived: false, mayLackThis: false, open: false, returns: [], finals: [], yields: [], statementYields: [],
    suspensions: 0, closing: 0, tries: 0, leavesLate: false, answered: false, hasWith: false, keep: 'calls', looked: undefined,
  }; // prettier-ignore
}
