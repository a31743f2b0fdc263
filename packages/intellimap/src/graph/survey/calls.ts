/** Calls: what is handed to packages may be called by any name; members called by computed names are not known. */
import { bare, literalText, type Node } from '../../transform/index.ts';
import type { Facts, Place } from './facts.ts';
import { loaded } from './modules.ts';
import { type Binding, isFunctionNode } from './scopes.ts';

/** A module whose name is only known when it is loaded. */
const ANY = '*';

export function call(node: Node, place: Place, facts: Facts): void {
  const plain: Place = { ...place, hold: place.owner };
  const callee = bare(node['callee']);
  facts.flags.mentions.push({ node, place, how: 'call' });
  if (callee !== null) facts.flags.noReads.add(callee);
  const specifier = node.type === 'CallExpression' ? loaded(node) : undefined;
  if (specifier !== undefined) loads(specifier, node, plain, facts);
  else if (callee?.type === 'MemberExpression' && callee['computed']) computedCall(callee, plain, facts);
  else if (callee?.type === 'Identifier' && callee['name'] === 'require')
    facts.refer(place.owner, 'names file', { name: ANY });
  facts.visit(node['callee'], plain);
  if (callee?.type === 'Identifier') facts.later.push(() => markCalled(place.scope.find(callee['name'])));
  for (const argument of node['arguments'] as Node[]) {
    facts.visit(argument, plain);
    handedOver(argument, callee, plain, facts);
  }
}

export function importExpression(node: Node, place: Place, facts: Facts): void {
  const specifier = literalText(node['source']);
  if (specifier === undefined) {
    facts.refer(place.owner, 'names file', { name: ANY });
    facts.visit(node['source'], { ...place, hold: place.owner });
  } else loads(specifier, node, place, facts);
}

function loads(specifier: string, node: Node, place: Place, facts: Facts): void {
  const { owner } = place;
  facts.flags.mentions.push({ node: { ...node, specifier }, place, how: 'load' });
  facts.refer(owner, 'load', { specifier });
  facts.refer(owner, 'import', { specifier, name: '*' });
}

function markCalled(binding: Binding | undefined): void {
  if (binding !== undefined) binding.called = true;
}

/** `x[name](…)`: any member of `x`, if that is known, else of anything that this file knows. */
function computedCall(callee: Node, place: Place, facts: Facts): void {
  if (callee['property'].type === 'Literal') return;
  const root = bare(callee['object']);
  facts.later.push(() => {
    const known = root?.type === 'Identifier' ? place.scope.find(root['name']) : undefined;
    if (
      root?.type === 'ThisExpression'
        ? place.cls === undefined
        : known?.unit === undefined && known?.imported === undefined
    )
      facts.refer(place.owner, 'computed');
  });
}

/** Globals that look at nothing, or only at what data has. */
const HARMLESS = new Set([
  'console', 'JSON', 'Math', 'Number', 'String', 'Boolean', 'Array', 'Promise', 'Symbol', 'Date', 'RegExp', 'Error', 'TypeError', 'RangeError', 'BigInt',
  'setTimeout', 'setInterval', 'setImmediate', 'clearTimeout', 'clearInterval', 'clearImmediate', 'queueMicrotask', 'structuredClone', 'parseInt', 'parseFloat', 'process', 'Buffer', 'require', 'Set', 'Map', 'WeakMap', 'WeakSet',
]); // prettier-ignore

const OF_LISTS = new Set(['map', 'flatMap', 'filter', 'forEach', 'reduce', 'reduceRight', 'find', 'findLast', 'findIndex', 'some', 'every', 'sort', 'toSorted', 'from', 'then', 'catch', 'finally', 'replace', 'replaceAll']); // prettier-ignore

/** An object or class that a package gets hold of: it may call members by names that it alone knows. */
function handedOver(argument: Node, callee: Node | null, place: Place, facts: Facts): void {
  const value = heldBy(argument);
  if (value === null) return;
  // What these give back goes to who called them.
  if (isFunctionNode(value) && OF_LISTS.has(callee?.['property']?.name)) return;
  facts.later.push(() => {
    const via = foreign(callee, place);
    if (via === undefined) return;
    const binding = value.type === 'Identifier' ? place.scope.find(value['name']) : undefined;
    if (binding?.unit !== undefined) facts.refer(place.owner, 'open', { dst: binding.unit, via });
    else if (binding?.imported !== undefined)
      facts.refer(place.owner, 'open import', { ...binding.imported, via });
    else if (binding === undefined) openAsItIs(value, via, place, facts);
  });
}

function openAsItIs(value: Node, via: string | null, { owner }: Place, facts: Facts): void {
  const dst = isFunctionNode(value) ? facts.functionId(value) : facts.objects.get(value);
  if (dst !== undefined) facts.refer(owner, 'open', { dst, via });
}

/** `x` of `x`, `new x()`, `...x`; an object or function as it is. */
export function heldBy(argument: Node): Node | null {
  const value = bare(argument);
  if (value?.type === 'Identifier' || value?.type === 'ObjectExpression' || isFunctionNode(value))
    return value;
  if (value?.type === 'NewExpression') return heldBy(value['callee']);
  return value?.type === 'SpreadElement' ? heldBy(value['argument']) : null;
}

/** The module that is called, which may turn out to be one of the workspace; null: something else that is not known; undefined: a function of the file. */
function foreign(callee: Node | null, { scope }: Place): string | null | undefined {
  let root = callee;
  while (root?.type === 'MemberExpression' || root?.type === 'CallExpression')
    root = bare(root.type === 'MemberExpression' ? root['object'] : root['callee']);
  if (root?.type !== 'Identifier') return undefined;
  const binding = scope.find(root['name']);
  if (binding === undefined) return HARMLESS.has(root['name']) ? undefined : null;
  if (binding.imported !== undefined)
    return binding.imported.specifier.startsWith('.') ? undefined : binding.imported.specifier;
  // A function or class of this file; what a variable holds may come from anywhere.
  return binding.unit === undefined || binding.isUnknown ? null : undefined;
}
