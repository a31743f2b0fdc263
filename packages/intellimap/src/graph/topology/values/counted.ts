/** What is counted, `i++`, `page += 1`, `wait *= 2`, holds one number after the other: none that the text has says which. */
import { childAt, Field, Flag, has, Kind, NONE, textOf, type Tree } from '../../tree/tree.ts';

/** `a ||= b` gives what it is given. */
const GIVES = /^(?:\|\||&&|\?\?)?=$/;

/** An assignment that makes a value of the one before: `url += '/b'`. */
export const isComputing = (tree: Tree, node: number): boolean =>
  tree.kind[node] === Kind.AssignmentExpression && !GIVES.test(textOf(tree, node));

/** @param places where a variable or field stands: its name, `this.a` */
export function isCounted(tree: Tree, places: readonly number[]): boolean {
  let isSum = false;
  for (const place of places) {
    const above = tree.parent[place];
    if (tree.kind[above] === Kind.UpdateExpression) return true;
    if (tree.field[place] !== Field.left || !isComputing(tree, above)) continue;
    if (textOf(tree, above) !== '+=') return true;
    isSum = true;
  }
  // Texts are joined by the same sign.
  return isSum && places.some((place) => isNumber(tree, givenTo(tree, place)));
}

/** What is written where it stands; `NONE`: nothing. */
function givenTo(tree: Tree, place: number): number {
  const above = tree.parent[place];
  switch (tree.kind[above]) {
    case Kind.VariableDeclarator:
      return tree.field[place] === Field.id ? childAt(tree, above, Field.init) : NONE;
    case Kind.PropertyDefinition:
      return tree.field[place] === Field.key ? childAt(tree, above, Field.value) : NONE;
    case Kind.AssignmentExpression:
    case Kind.AssignmentPattern:
      return tree.field[place] === Field.left ? childAt(tree, above, Field.right) : NONE;
    default:
      return NONE;
  }
}

const isNumber = (tree: Tree, node: number): boolean =>
  node !== NONE && tree.kind[node] === Kind.Literal && !has(tree, node, Flag.STRING) && /^[\d.]/.test(textOf(tree, node)); // prettier-ignore
