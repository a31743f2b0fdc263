/** Object and array literals: their functions are known by the literal's name and their key. */
import type { Node } from '../../1-parse.ts';
import { keyOf } from '../../2-analyze/names.ts';
import type { Walk } from '../walk.ts';
import { defineFunction } from './functions.ts';

export function object(node: Node, walk: Walk): void {
  const owner = walk.hints.get(node);
  for (const property of node['properties'] as Node[]) {
    if (property.type !== 'Property') {
      walk.visit(property);
      continue;
    }
    if (property['computed']) walk.visit(property['key']);
    const key = keyOf(property['key'], property['computed']);
    const path = keyOf(property['key'], property['computed'], '.');
    const anchor = owner ? owner.anchor + path : key;
    const name = owner ? owner.name + path : key;
    const value: Node = property['value'];
    const accessor = property['kind'] !== 'init';
    if (accessor || property['method']) {
      const prefix = accessor ? `${property['kind']} ` : '';
      const kind = property['kind'] === 'get' ? 'getter' : property['kind'] === 'set' ? 'setter' : 'method';
      defineFunction(value, walk, { kind, span: property, anchor: prefix + anchor, name: prefix + name });
      continue;
    }
    walk.hint(value, anchor, name);
    if (walk.ignored.starts.has(property.start)) walk.ignored.starts.add(value.start);
    walk.visit(value);
  }
}

export function array(node: Node, walk: Walk): void {
  const owner = walk.hints.get(node);
  for (const element of node['elements'] as (Node | null)[]) {
    walk.hint(element, owner ? `${owner.anchor}[]` : '[]', owner ? `${owner.name}[]` : '[]');
    walk.visit(element);
  }
}
