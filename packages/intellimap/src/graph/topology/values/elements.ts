/** What a list may hold: as it is written, and what is put into it wherever its file does so by the same name. */
import { bareNode, childAt, childrenOf, Field, isFunction, Kind, NONE, type Tree } from '../../tree/tree.ts';
import { argumentsOf, calleeName, calleeText, dotted, receiverText } from '../../patterns/facts/names.ts';
import { returnedBy } from '../../patterns/facts/places.ts';
import type { Source } from '../../patterns/source.ts';
import { type Frame, isOutside, type Made } from './made.ts';
import type { Values } from './values.ts';

const GIVES_ONE = /^(?:pop|shift|at|find|findLast|get)$/;
const GIVES_SOME = /^(?:filter|slice|concat|splice|values|toSorted|toReversed|reverse|sort|flat)$/;
const GIVES_LIST =
  /^(?:filter|slice|concat|splice|values|keys|entries|map|flatMap|from|split|toSorted|toReversed|reverse|sort|flat)$/;
const ADDS = /^(?:push|unshift|add|set)$/;

/** A call that gives an element of what it is a method of. */
export const isElementOf = (tree: Tree, call: number): boolean =>
  tree.kind[call] === Kind.CallExpression && GIVES_ONE.test(calleeName(tree, call)) && receiverText(tree, call) !== ''; // prettier-ignore

/** `new Map()`, `new Set()`: made by the host, and filled here. */
const isCollection = ({ file: { tree }, node }: Made): boolean =>
  tree.kind[node] === Kind.NewExpression && /^new (?:Set|Map)$/.test(dotted(tree, node));

/** What is made here, or a list of the language: no router, which has `get`, too. */
export const mayBeList = (made: Made): boolean =>
  !isOutside(made) || isCollection(made) || (made.file.tree.kind[made.node] === Kind.CallExpression && GIVES_LIST.test(calleeName(made.file.tree, made.node))); // prettier-ignore

/** Elements of what an expression is. */
export function elementsOf(values: Values, file: Source, expression: number, frame: Frame | null): Made[] {
  const { tree } = file;
  const node = bareNode(tree, expression);
  if (node === NONE) return [];
  if (tree.kind[node] === Kind.CallExpression && GIVES_SOME.test(calleeName(tree, node))) {
    const object = childAt(tree, bareNode(tree, childAt(tree, node, Field.callee)), Field.object);
    if (object !== NONE) return elementsOf(values, file, object, frame);
  }
  const lists = values.from(file, node, frame).flatMap((each) => listElements(values, each));
  return [...lists, ...added(file, dotted(tree, node)).flatMap((each) => values.from(file, each, frame))];
}

/** Elements of a list that is known by where it is made. */
export function listElements(values: Values, list: Made): Made[] {
  return values.once('[]', list, () => ofList(values, list));
}

function ofList(values: Values, { file, node, frame }: Made): Made[] {
  const { tree } = file;
  switch (tree.kind[node]) {
    case Kind.ArrayExpression:
      return childrenOf(tree, node).flatMap((each) =>
        tree.kind[each] === Kind.SpreadElement
          ? elementsOf(values, file, childAt(tree, each, Field.argument), frame)
          : values.from(file, each, frame),
      );
    case Kind.NewExpression: {
      const [first] = argumentsOf(tree, node);
      return isCollection({ file, node, frame }) && first !== undefined
        ? elementsOf(values, file, first, frame)
        : [];
    }
    case Kind.CallExpression:
      return ofCall(values, { file, node, frame });
    case Kind.ObjectExpression:
      return childrenOf(tree, node, Field.properties).flatMap((each) =>
        values.from(file, childAt(tree, each, Field.value), frame),
      );
    default:
      return [];
  }
}

/** The nth element, where nothing of unknown length stands before it; otherwise any. */
export function nthElement(values: Values, made: Made, nth: number): Made[] {
  const { file, node, frame } = made;
  const { tree } = file;
  const all = tree.kind[node] === Kind.ArrayExpression ? childrenOf(tree, node) : [];
  const isKnown =
    all.length > 0 && !all.slice(0, nth + 1).some((each) => tree.kind[each] === Kind.SpreadElement);
  if (!isKnown) return listElements(values, made);
  return all[nth] === undefined ? [] : values.from(file, all[nth], frame);
}

/** `Array.from({ length }, make)`, `list.map(make)`, `Object.values(object)`, `Promise.all(list)`. */
function ofCall(values: Values, { file, node, frame }: Made): Made[] {
  const { tree } = file;
  const [first, second] = argumentsOf(tree, node);
  if (first === undefined) return [];
  const text = calleeText(tree, node);
  if (/^(?:Object\.(?:values|freeze)|Promise\.all(?:Settled)?)$/.test(text))
    return elementsOf(values, file, first, frame);
  const make = text === 'Array.from' ? second : calleeName(tree, node) === 'map' ? first : undefined;
  if (make === undefined) return text === 'Array.from' ? elementsOf(values, file, first, frame) : [];
  return values
    .from(file, make, frame)
    .filter((each) => isFunction(each.file.tree, each.node))
    .flatMap((each) => values.all(each.file, returnedBy(each.file.tree, each.node), each.frame));
}

const ADDED = new WeakMap<Source, Map<string, number[]>>();

/** What is put into a list of this name, anywhere in its file. */
function added(file: Source, name: string): readonly number[] {
  let all = ADDED.get(file);
  if (all === undefined) {
    ADDED.set(file, (all = new Map()));
    const { tree } = file;
    for (let call = 1; call < tree.size; call++) {
      if (tree.kind[call] !== Kind.CallExpression || !ADDS.test(calleeName(tree, call))) continue;
      const last = argumentsOf(tree, call).at(-1);
      const list = receiverText(tree, call);
      if (last !== undefined && list !== '' && !list.includes('…'))
        all.set(list, [...(all.get(list) ?? []), last]);
    }
  }
  return name.includes('…') || name.endsWith(')') ? [] : (all.get(name) ?? []);
}
