/** Which texts an expression may be, with holes where a part of it is not known. */
import { childAt, childrenOf, Field, Flag, has, Kind, NONE, textOf } from '../../tree/tree.ts';
import { argumentsOf, calleeText } from '../../patterns/facts/names.ts';
import type { Source } from '../../patterns/source.ts';
import { isComputing } from './counted.ts';
import type { Frame, Made } from './made.ts';
import type { Values } from './values.ts';

/** Stands for what is not known. */
export const HOLE = '\0';
const MOST = 16;

/** Each once; `HOLE` alone: nothing is known. */
export function textsOf(values: Values, file: Source, expression: number, frame: Frame | null = null, steps = 6): string[] {
  if (expression === NONE || steps === 0) return [HOLE];
  const made = values.of(file, expression, frame);
  const all = new Set(made.length === 0 ? [HOLE] : made.flatMap((each) => madeTexts(values, each, steps - 1)));
  // What is not known, beside what is: a default, most likely. It says more.
  if (all.size > 1) all.delete(HOLE);
  return [...all].slice(0, MOST);
} // prettier-ignore

function madeTexts(values: Values, { file, node, frame }: Made, steps: number): string[] {
  const { tree } = file;
  const part = (at: number): string[] => textsOf(values, file, at, frame, steps);
  switch (tree.kind[node]) {
    case Kind.Literal:
      return [
        has(tree, node, Flag.STRING)
          ? textOf(tree, node)
          : /^[\d_]+$/.test(textOf(tree, node))
            ? textOf(tree, node).replaceAll('_', '')
            : HOLE,
      ];
    case Kind.TemplateLiteral:
      return childrenOf(tree, node).reduce<string[]>(
        (all, at) => joined(all, tree.field[at] === Field.quasis ? [textOf(tree, at)] : part(at)),
        [''],
      );
    case Kind.BinaryExpression: {
      const [left, right] = [part(childAt(tree, node, Field.left)), part(childAt(tree, node, Field.right))];
      return textOf(tree, node) === '+'
        ? joined(left, right)
        : textOf(tree, node) === '*'
          ? product(left, right)
          : [HOLE];
    }
    case Kind.AssignmentExpression: {
      // `url += …`: once, to what it holds without.
      const left = values.of(file, childAt(tree, node, Field.left), frame).filter((each) => !isComputing(each.file.tree, each.node)); // prettier-ignore
      const before = left.length === 0 ? [HOLE] : left.flatMap((each) => madeTexts(values, each, steps - 1));
      return textOf(tree, node) === '+=' ? joined(before, part(childAt(tree, node, Field.right))) : [HOLE];
    }
    case Kind.NewExpression: {
      const [first, base] = argumentsOf(tree, node);
      if (calleeText(tree, node) !== 'URL' || first === undefined) return [HOLE];
      const texts = part(first);
      const isWhole = base === undefined || texts.some((text) => /^\w+:\/\//.test(text));
      return isWhole ? texts : joined(part(base), texts);
    }
    default:
      return [HOLE];
  }
}

/** `60 * 1000` */
const product = ([left]: readonly string[], [right]: readonly string[]): string[] =>
  /^\d+$/.test(left) && /^\d+$/.test(right) ? [String(Number(left) * Number(right))] : [HOLE];

function joined(heads: readonly string[], tails: readonly string[]): string[] {
  const all = heads.flatMap((head) => tails.map((tail) => head + tail)).slice(0, MOST);
  return [...new Set(all.map((text) => text.replaceAll(/\0+/g, HOLE)))];
}

/** What a property of an object that is handed over says: `{ method: 'POST' }`. */
export function propertyTexts(values: Values, file: Source, object: number, name: string, frame: Frame | null = null): string[] {
  if (object === NONE) return [];
  const found = values.of(file, object, frame).flatMap((each) => values.property(each, name));
  return [...new Set(found.flatMap((each) => madeTexts(values, each, 4)))].slice(0, MOST);
} // prettier-ignore
