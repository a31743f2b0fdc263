/** Variables that flags are put into. */
import { bare, type Node } from '../../../transform/index.ts';
import { isFlagObject } from '../../../base/flag-names.ts';
import type { Facts, Place } from '../facts.ts';
import { keyName } from '../functions.ts';
import { type Binding } from '../scopes.ts';
import { chainOf, isEnvironment, literalValue } from './expressions.ts';

/** `const isNew = process.env.NEW === '1'`, `const env = process.env`, `const flags = Object.freeze({…})` */
export function flagConstant(binding: Binding, init: Node | null, place: Place, facts: Facts, isConstant: boolean): void {
  if (isConstant && isEnvironment(init, place.scope)) binding.isEnvironment = true;
  else facts.flags.constant(binding, isFrozen(init) ? bare(init['arguments'][0]) : init, place, isConstant);
} // prettier-ignore

function isFrozen(init: Node | null): init is Node {
  const callee = init?.type === 'CallExpression' ? bare(init['callee']) : null;
  return callee?.type === 'MemberExpression' && callee['property'].name === 'freeze' && init!['arguments'].length > 0;
} // prettier-ignore

/** `const { X, Y: y = '0' } = process.env`, `const { isNew } = config.features` */
export function declaredFlags(pattern: Node, init: Node | null, { scope, owner }: Place, facts: Facts): void {
  if (pattern.type !== 'ObjectPattern' || init === null) return;
  const prefix = prefixOf(init, { scope, owner });
  if (prefix === undefined) return;
  for (const property of pattern['properties'] as Node[]) {
    const key = property.type === 'Property' ? keyName(property) : null;
    if (key === null) continue;
    const value: Node = property['value'];
    const local = value.type === 'AssignmentPattern' ? value['left'] : value;
    const fallback = value.type === 'AssignmentPattern' ? (literalValue(value['right']) ?? null) : null;
    const binding = local.type === 'Identifier' ? scope.find(local['name']) : undefined;
    if (binding === undefined) continue;
    binding.flag = { source: prefix === '' ? 'environment' : 'config', name: prefix + key, fallback };
    if (facts.isConstant) facts.flags.constant(binding, local, { scope, owner, hold: owner }, true);
  }
}

/** Empty: of the environment. */
function prefixOf(init: Node, { scope }: Pick<Place, 'scope' | 'owner'>): string | undefined {
  if (isEnvironment(init, scope)) return '';
  const names = chainOf(init)?.names;
  return names !== undefined && isFlagObject(names.at(-1)!) ? `${names.join('.')}.` : undefined;
}
