/** Texts that may be names of members, or of files. */
import type { Node } from '../../transform/index.ts';
import type { Visitor } from './facts.ts';

export const literal: Visitor = (node, { owner }, facts) => {
  const value: unknown = node['value'];
  if (typeof value !== 'string' || value.length > 200) return;
  if (/^[\w$]+$/.test(value) && !/^\d/.test(value)) facts.refer(owner, 'string', { name: value });
  if (/^[\w@.-]*[./][\w@/.-]*$|^[\w-]+$/.test(value)) facts.refer(owner, 'names file', { name: value });
};

export const template: Visitor = (node, place, facts) => {
  const parts = (node['quasis'] as Node[]).map((q) => String(q['value'].cooked ?? ''));
  if (parts.length > 1 && parts[0].includes('/'))
    facts.refer(place.owner, 'names file', { name: parts.join('*') });
  else if (parts.length === 1) literal({ ...node, value: parts[0] }, place, facts);
  facts.visitAll(node['expressions'], { ...place, hold: place.owner });
};
