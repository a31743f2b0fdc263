/** What something outside is called, in one notation: `http.createServer`, `express()` (what calling, or `new`, gives), `express().get`, `process.on`, `fetch`. */
import { childAt, Field, isFunction, Kind, NONE, textOf } from '../../tree/tree.ts';
import { membersOf } from '../../patterns/facts/members.ts';
import { importOf, propertyName, requiredBy } from '../../patterns/facts/names.ts';
import type { Ref } from '../../patterns/project.ts';
import { isClass } from './callers.ts';
import type { Made } from './made.ts';
import { classOf } from './properties.ts';
import type { Values } from './values.ts';

/** Own classes that nothing outside is behind, yet have both. */
export const OWN_EMITTER = 'own emitter()';

/** Empty: it is something of the workspace, or nobody knows. */
export function apiOf(values: Values, made: Made, steps = 16): string {
  const { file, node, frame } = made;
  const { tree } = file;
  if (steps === 0 || node === 0) return '';
  switch (tree.kind[node]) {
    case Kind.Identifier:
      return nameOf(made) || ofPattern(values, made, steps);
    case Kind.MemberExpression:
      return dot(of(values, made, Field.object, steps), propertyName(tree, node));
    case Kind.CallExpression: {
      const specifier = requiredBy(tree, node);
      if (specifier !== null) return moduleName(specifier);
      return called(of(values, made, Field.callee, steps));
    }
    case Kind.ImportExpression: {
      const specifier = requiredBy(tree, node);
      return specifier === null ? '' : moduleName(specifier);
    }
    case Kind.NewExpression: {
      const holder = classOf(values, made);
      if (holder !== null) return ofClass(values, holder, steps);
      const callee = values.of(file, childAt(tree, node, Field.callee), frame).find((each) => !isFunction(each.file.tree, each.node)); // prettier-ignore
      return callee === undefined ? '' : called(apiOf(values, callee, steps - 1));
    }
    case Kind.ThisExpression: {
      const holder = classOf(values, made);
      return holder !== null && isClass(holder) ? ofClass(values, holder, steps) : '';
    }
    default:
      return '';
  }
}

/** `const { port1 } = new MessageChannel()` */
function ofPattern(values: Values, { file, node, frame }: Made, steps: number): string {
  const { tree } = file;
  const property = tree.parent[node];
  if (tree.kind[property] !== Kind.Property) return '';
  const declarator = tree.parent[tree.parent[property]];
  if (tree.kind[declarator] !== Kind.VariableDeclarator) return '';
  return dot(of(values, { file, node: declarator, frame }, Field.init, steps), propertyName(tree, property));
}

function of(values: Values, { file, node, frame }: Made, field: number, steps: number): string {
  const part = childAt(file.tree, node, field);
  for (const each of part === NONE ? [] : values.of(file, part, frame)) {
    const api = apiOf(values, each, steps - 1);
    if (api !== '') return api;
  }
  return '';
}

/** An instance is what its class extends; an own class of emitters is one, too. */
function ofClass(values: Values, { file, node }: Ref, steps: number): string {
  if (steps === 0) return '';
  const { tree } = file;
  const above = childAt(tree, node, Field.superClass);
  if (above !== NONE)
    for (const base of values.of(file, above)) {
      if (isClass(base)) return ofClass(values, base, steps - 1);
      const api = apiOf(values, base, steps - 1);
      if (api !== '') return called(api);
    }
  const names = new Set(membersOf(tree, node).map(({ name }) => name));
  const isEmitter = ['on', 'subscribe', 'addListener', 'listen'].some((name) => names.has(name)) && ['emit', 'publish', 'dispatch', 'notify'].some((name) => names.has(name)); // prettier-ignore
  return isEmitter ? OWN_EMITTER : '';
}

const called = (api: string): string => (api === '' ? '' : `${api}()`);
const dot = (api: string, name: string | null): string => api === '' || name === null ? '' : name === 'default' || GLOBALS.has(api) ? (GLOBALS.has(api) ? name : api) : `${api}.${name}`; // prettier-ignore
const GLOBALS: ReadonlySet<string> = new Set(['globalThis', 'window', 'global']);

function nameOf({ file, node }: Made): string {
  const from = importOf(file, node);
  if (from === null) return file.scopes.bindingOf[node] < 0 ? textOf(file.tree, node) : '';
  const module = moduleName(from.specifier);
  return from.name === '*' || from.name === 'default' ? module : `${module}.${from.name}`;
}

/** `node:http` and `http` are the same; of `fs/promises` the slash stays. */
const moduleName = (specifier: string): string => specifier.replace(/^node:/, '');
