/** What a variable or parameter may hold. */
import { BindingKind, Use } from '../../scopes/scopes.ts';
import { bareNode, childAt, childrenOf, Field, isFunction, Kind, NONE } from '../../tree/tree.ts';
import { placesOf } from '../../patterns/facts/bindings.ts';
import { argumentsOf, calleeName, propertyName } from '../../patterns/facts/names.ts';
import type { Source } from '../../patterns/source.ts';
import { isCounted } from './counted.ts';
import { elementsOf, nthElement } from './elements.ts';
import { type Frame, isOutside, type Made, UNKNOWN } from './made.ts';
import { valuesOfProperty } from './properties.ts';
import type { Values } from './values.ts';

/** Callers that are asked what they hand over. */
const MOST_CALLERS = 40;
/** Methods that call their argument with each element, and at which parameter. */
const EACH: Readonly<Record<string, number>> = { forEach: 0, map: 0, filter: 0, some: 0, every: 0, find: 0, flatMap: 0, reduce: 1 }; // prettier-ignore

export function sourcesOfName(values: Values, file: Source, binding: number, frame: Frame | null): Made[] {
  const { scopes } = file;
  const isParameter = scopes.bindings.kind[binding] === BindingKind.PARAMETER;
  const first = scopes.bindings.node[binding];
  const places = placesOf(file, binding);
  if (isCounted(file.tree, places)) return [];
  const found: Made[] = isParameter ? declared(values, file, first, frame) : [];
  for (const place of places) {
    const use = scopes.use[place];
    if ((use & (Use.WRITE | Use.DECLARE)) === 0 || (isParameter && place === first)) continue;
    found.push(...declared(values, file, place, frame));
  }
  return found;
}

/** What is written where the name stands, by way of the patterns around it. */
function declared(values: Values, file: Source, place: number, frame: Frame | null): Made[] {
  const { tree } = file;
  const above = tree.parent[place];
  const field = tree.field[place];
  const given = (field_: number): Made[] => values.from(file, childAt(tree, above, field_), frame);
  // Of one call it is known whether it hands something over.
  const orElse = (found: Made[]): Made[] =>
    found.length > 0 && frame !== null ? found : [...found, ...given(Field.right)];
  switch (tree.kind[above]) {
    case Kind.VariableDeclarator:
      return field === Field.id ? ofDeclarator(values, file, above, frame) : [];
    case Kind.AssignmentExpression:
      return field === Field.left ? values.from(file, above, frame) : [];
    case Kind.AssignmentPattern:
      return field === Field.left ? orElse(declared(values, file, above, frame)) : [];
    case Kind.Property: {
      const name = propertyName(tree, above);
      const pattern = tree.parent[above];
      if (tree.kind[pattern] !== Kind.ObjectPattern || name === null) return [];
      const objects = declared(values, file, pattern, frame);
      const found = objects.flatMap((each) => valuesOfProperty(values, each, name));
      // Of what something outside made, the name is what is known.
      return found.length > 0 || !objects.some(isOutside) ? found : [{ file, node: place, frame }];
    }
    case Kind.ArrayPattern: {
      const nth = childrenOf(tree, above).indexOf(place);
      return declared(values, file, above, frame).flatMap((each) => nthElement(values, each, nth));
    }
    case Kind.TSParameterProperty:
      return declared(values, file, above, frame);
    case Kind.ForOfStatement:
      return elementsOf(values, file, childAt(tree, above, Field.right), frame);
    default:
      return isFunction(tree, above) && field === Field.params
        ? ofParameter(values, file, above, place, frame)
        : [];
  }
}

function ofDeclarator(values: Values, file: Source, declarator: number, frame: Frame | null): Made[] {
  const { tree } = file;
  const init = childAt(tree, declarator, Field.init);
  if (init !== NONE) return values.from(file, init, frame);
  const statement = tree.parent[tree.parent[declarator]];
  return tree.kind[statement] === Kind.ForOfStatement
    ? elementsOf(values, file, childAt(tree, statement, Field.right), frame)
    : [];
}

function ofParameter(values: Values, file: Source, fn: number, param: number, frame: Frame | null): Made[] {
  if (frame === UNKNOWN) return [];
  const index = childrenOf(file.tree, fn, Field.params).indexOf(param);
  for (let at = frame; at !== null; at = at.outer)
    if (at.fn === fn && at.of === file) {
      const given = values.callers.of({ file, node: fn }).find(({ call, file: in_ }) => call === at.call && in_ === at.file)?.given; // prettier-ignore
      const expression = (given ?? argumentsOf(at.file.tree, at.call))[index];
      return expression === undefined ? [] : values.from(at.file, expression, at.outer);
    }
  const callers = values.callers.of({ file, node: fn }).slice(0, MOST_CALLERS);
  const found = callers.flatMap(({ file: in_, given }) => given[index] === undefined ? [] : values.from(in_, given[index], null)); // prettier-ignore
  return found.length > 0 ? found : ofCallback(values, file, fn, index, frame);
}

/** `list.forEach((each) => …)`, `promise.then((value) => …)`. */
function ofCallback(values: Values, file: Source, fn: number, index: number, frame: Frame | null): Made[] {
  const { tree } = file;
  const call = tree.parent[fn];
  if (tree.kind[call] !== Kind.CallExpression || tree.field[fn] !== Field.arguments) return [];
  const callee = bareNode(tree, childAt(tree, call, Field.callee));
  if (tree.kind[callee] !== Kind.MemberExpression) return [];
  const object = childAt(tree, callee, Field.object);
  const name = calleeName(tree, call);
  if (name === 'then') return index === 0 ? values.from(file, object, frame) : [];
  return EACH[name] === index ? elementsOf(values, file, object, frame) : [];
}
