/** A value as the text has it: the expression that makes it, or that names something which no file of the workspace makes. */
import { Kind } from '../../tree/tree.ts';
import type { Source } from '../../patterns/source.ts';

export interface Made {
  readonly file: Source;
  /** Literal, function, class, object, list, `new`, `this`, `a += b`, a call of something outside, a name of the host or a package; 0: what the module exports. */
  readonly node: number;
  /** What parameters around it hold; null: whatever any caller hands over. */
  readonly frame: Frame | null;
}

/** A call that is looked into: parameters of `fn` are the arguments of `call`. */
export interface Frame {
  readonly fn: number;
  readonly of: Source;
  readonly call: number;
  readonly file: Source;
  /** That of the call. */
  readonly outer: Frame | null;
  readonly depth: number;
}

/** Parameters hold nothing that is known: for who asks what a function says by itself. */
export const UNKNOWN: Frame = { fn: -2, of: null!, call: -2, file: null!, outer: null, depth: 0 };

export const keyOf = ({ file, node }: Pick<Made, 'file' | 'node'>): string => `${file.path}:${node}`;

/** Of the host, or of a package. */
export function isOutside({ file, node }: Made): boolean {
  const { tree } = file;
  switch (tree.kind[node]) {
    case Kind.Identifier:
    case Kind.MemberExpression:
    case Kind.CallExpression:
    case Kind.NewExpression:
    case Kind.ThisExpression:
    case Kind.ImportExpression:
    case Kind.MetaProperty:
      return true;
    default:
      return false;
  }
}
