/** Which flags an expression asks for, and what they must be for it to hold. To be asked when all declarations are known. */
import type { Condition } from '../../../base/flag-conditions.ts';
import { DEFAULTS } from '../../../base/settings/index.ts';
import { isFlagObject } from '../../../base/flag-names.ts';
import { bare, literalText, type Node } from '../../../transform/index.ts';
import { type Binding, type Scope } from '../scopes.ts';

/** A value as it is read, before anything is asked of it. */
export interface Flag {
  source: 'environment' | 'config' | 'call' | 'import' | 'kept';
  name: string;
  /** Where a constant that may hold it is to be found: in this file, or in another one. */
  binding?: Binding | undefined;
  rest?: string;
  specifier?: string;
  imported?: string;
  fallback?: string | null;
}

export interface Asked extends Condition {
  node: Node;
  flag: Flag;
}

export const PLAIN: Condition = { values: null, negated: false, fallback: null, exact: true, alone: true };

/** Names of functions that are asked for flags; a setting may name others, which are seen where they run. */
const ASKED: ReadonlySet<string> = new Set(DEFAULTS.flags.functions);
/** Functions whose answer tells of the value that they are given. */
const TELLING = /^(?:Number|String|parseInt|parseFloat|parse|includes|has|test|startsWith|endsWith|match|toLowerCase|toUpperCase|trim|toString)$|^(?:is|to|as|parse|get|env)?_?(?:bool|boolean|true|truthy|enabled|yes|on|flag)$/i; // prettier-ignore

/** @param told nodes that were looked at, so that nobody takes them for something of their own */
export function* asked(
  node: Node | null | undefined,
  scope: Scope,
  condition: Condition,
  told: Set<Node>,
): Generator<Asked> {
  const it = bare(node);
  if (it === null) return;
  const inner = (next: Node | null, change: Partial<Condition> = {}): Generator<Asked> =>
    asked(next, scope, { ...condition, ...change }, told);
  switch (it.type) {
    case 'UnaryExpression':
      if (it['operator'] === '!') yield* inner(it['argument'], not(condition));
      break;
    case 'AwaitExpression':
      yield* inner(it['argument']);
      break;
    case 'LogicalExpression':
      told.add(it);
      yield* logical(it, inner);
      break;
    case 'ConditionalExpression':
      yield* inner(it['test'], { exact: false, alone: false });
      break;
    case 'BinaryExpression':
      yield* compared(it, condition, scope, inner);
      break;
    case 'CallExpression':
    case 'MemberExpression':
    case 'Identifier': {
      const flag = flagOf(it, scope);
      if (flag !== undefined) {
        told.add(it);
        yield { ...condition, fallback: condition.fallback ?? flag.fallback ?? null, node: it, flag };
      } else if (it.type === 'CallExpression') yield* inAnswer(it, condition, inner);
      break;
    }
    default:
  }
}

type Inner = (node: Node | null, change?: Partial<Condition>) => Generator<Asked>;

/** What is compared already is compared with true or false. */
const not = ({ values, negated }: Condition): Partial<Condition> =>
  values === null ? { negated: !negated } : { exact: false };

function* logical(it: Node, inner: Inner): Generator<Asked> {
  const fallback = it['operator'] === '&&' ? undefined : literalValue(it['right']);
  if (fallback !== undefined) yield* inner(it['left'], { fallback });
  else
    for (const side of [it['left'], it['right']] as Node[])
      yield* inner(side, { alone: false, exact: false });
}

function* compared(it: Node, condition: Condition, scope: Scope, inner: Inner): Generator<Asked> {
  const sides = [it['left'], it['right']] as Node[];
  const equality = /^([!=])==?$/.exec(it['operator'])?.[1];
  const at = equality === undefined ? -1 : sides.findIndex((side) => valueOf(side, scope) !== undefined);
  if (at < 0) {
    if (!/^(?:[<>]=?|[!=]==?)$/.test(it['operator'])) return;
    for (const side of sides) yield* inner(side, { exact: false });
    return;
  }
  const value = valueOf(sides[at], scope)!;
  const isFirst = condition.values === null;
  yield* inner(sides[1 - at], {
    values: isFirst ? [value] : condition.values,
    negated: (equality === '!') !== condition.negated,
    exact: condition.exact && isFirst,
  });
}

/** `Boolean(x)`, `x.toLowerCase()`, `['1', 'true'].includes(x)`, `isTruthy(x)` */
function* inAnswer(it: Node, condition: Condition, inner: Inner): Generator<Asked> {
  const callee = bare(it['callee'])!;
  const args = it['arguments'] as Node[];
  if (callee.type === 'Identifier' && callee['name'] === 'Boolean') {
    yield* inner(args[0] ?? null, condition.values === null ? {} : { exact: false });
    return;
  }
  const name = lastName(callee);
  if (name === undefined || !TELLING.test(name)) return;
  const object = callee.type === 'MemberExpression' ? bare(callee['object']) : null;
  const list = name === 'includes' && condition.values === null ? literals(object) : undefined;
  if (list !== undefined) yield* inner(args[0] ?? null, { values: list });
  else for (const each of [object, ...args]) yield* inner(each, { exact: false });
}

function literals(node: Node | null): string[] | undefined {
  if (node?.type !== 'ArrayExpression') return undefined;
  const values = (node['elements'] as (Node | null)[]).map((each) => literalValue(each));
  return values.every((value) => value !== undefined) ? values : undefined;
}

/** Text of a literal; of numbers, true and false what they are written as. */
export function literalValue(node: Node | null | undefined): string | undefined {
  const it = bare(node);
  const text = literalText(it ?? undefined);
  if (text !== undefined) return text;
  const value: unknown = it?.type === 'Literal' ? it['value'] : undefined;
  return typeof value === 'number' || typeof value === 'boolean' ? String(value) : undefined;
}

/** The same; null: `undefined` or `null`. */
function valueOf(node: Node, scope: Scope): string | null | undefined {
  const it = bare(node);
  if (it?.type === 'Identifier' && it['name'] === 'undefined' && scope.find('undefined') === undefined)
    return null;
  if (it?.type === 'Literal' && it['value'] === null && it['raw'] === 'null') return null;
  return literalValue(it);
}

/** Name of a property, where it is written down. */
export function propertyName(node: Node): string | undefined {
  const property: Node = node['property'];
  if (node['computed']) return literalText(bare(property) ?? undefined);
  return property.type === 'Identifier' ? (property['name'] as string) : undefined;
}

export const lastName = (node: Node | null): string | undefined =>
  node?.type === 'Identifier'
    ? (node['name'] as string)
    : node?.type === 'MemberExpression'
      ? propertyName(node)
      : undefined;

/** `process.env`, `import.meta.env`, and constants that are it. */
export function isEnvironment(node: Node | null | undefined, scope: Scope): boolean {
  const it = bare(node);
  if (it?.type === 'Identifier') {
    const binding = scope.find(it['name']);
    return binding?.isEnvironment === true || isOfProcess(binding, 'env');
  }
  if (it?.type !== 'MemberExpression' || propertyName(it) !== 'env') return false;
  const object = bare(it['object']);
  if (object?.type === 'MetaProperty') return object['meta'].name === 'import';
  if (object?.type === 'MemberExpression')
    return propertyName(object) === 'process' && bare(object['object'])?.['name'] === 'globalThis';
  if (object?.type !== 'Identifier') return false;
  const binding = scope.find(object['name']);
  return binding === undefined
    ? object['name'] === 'process' || object['name'] === 'Bun'
    : isOfProcess(binding, 'default') || isOfProcess(binding, '*');
}

const isOfProcess = (binding: Binding | undefined, name: string): boolean =>
  binding?.imported !== undefined &&
  /^(?:node:)?process$/.test(binding.imported.specifier) &&
  binding.imported.name === name;

/** Names of `a.b.c`, the first one's variable first; undefined: something of it is computed, or called. */
export function chainOf(node: Node): { root: Node; names: string[] } | undefined {
  const names: string[] = [];
  let at: Node | null = bare(node);
  while (at?.type === 'MemberExpression') {
    const name = propertyName(at);
    if (name === undefined) return undefined;
    names.unshift(name);
    at = bare(at['object']);
  }
  if (at?.type === 'ThisExpression') return { root: at, names: ['this', ...names] };
  return at?.type === 'Identifier' ? { root: at, names: [at['name'] as string, ...names] } : undefined;
}

/** What is read: a variable, a property, an answer, or what may hold one. */
export function flagOf(node: Node, scope: Scope): Flag | undefined {
  if (node.type === 'CallExpression') return answer(node, scope);
  if (node.type === 'Identifier') return named(node, scope);
  const name = propertyName(node);
  if (name === undefined) return undefined;
  if (isEnvironment(node['object'], scope)) return { source: 'environment', name };
  const chain = chainOf(node);
  if (chain === undefined) return undefined;
  const held = heldBy(chain.root, `.${chain.names.slice(1).join('.')}`, scope);
  if (isConfig(chain.names)) return { ...held, source: 'config', name: chain.names.join('.') };
  return held && { ...held, name: chain.names.join('.') };
}

/** Sizes and the like of lists that happen to be called `flags`. */
const OF_LISTS = new Set(['length', 'size', 'prototype', 'constructor', 'name', 'default']);

/** A property, or one of its own, of an object that is called like flags are. */
export const isConfig = (names: readonly string[]): boolean =>
  names[0] !== 'process' && names.slice(0, -1).some(isFlagObject) && !OF_LISTS.has(names.at(-1)!);

function answer(node: Node, scope: Scope): Flag | undefined {
  const callee = bare(node['callee']);
  const args = node['arguments'] as Node[];
  const name = lastName(callee);
  const first = literalText(bare(args[0]) ?? undefined);
  if (name !== undefined && first !== undefined && ASKED.has(name)) return { source: 'call', name: first };
  if (callee?.type !== 'Identifier' || args.length > 0) return undefined;
  const held = heldBy(callee, '()', scope);
  return held && { ...held, name: `${callee['name']}()` };
}

function named(node: Node, scope: Scope): Flag | undefined {
  const flag = scope.find(node['name'])?.flag;
  if (flag !== undefined) return flag;
  const held = heldBy(node, '', scope);
  return held && { ...held, name: node['name'] };
}

/** A constant that may hold a flag, once all of this file, or of another one, is known. */
function heldBy(root: Node, rest: string, scope: Scope): Omit<Flag, 'name'> | undefined {
  const binding = root.type === 'Identifier' ? scope.find(root['name']) : undefined;
  if (binding === undefined) return undefined;
  const { imported } = binding;
  if (imported === undefined) return { source: 'kept', binding, rest };
  const name = imported.name === '*' ? rest.replace(/^\./, '') : imported.name + rest;
  return name === '' ? undefined : { source: 'import', specifier: imported.specifier, imported: name };
}
