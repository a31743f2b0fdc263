/** What functions give back: who gets hold of a function gets hold of that, too. */
import type { Node } from '../../transform/index.ts';
import { heldBy } from './calls.ts';
import type { Facts, Place } from './facts.ts';

/** @param value what `owner` returns */
export function returned(value: Node | null, { owner, scope }: Place, facts: Facts): void {
  const held = value === null ? null : heldBy(value);
  if (held === null) return;
  facts.later.push(() => {
    const binding = held.type === 'Identifier' ? scope.find(held['name']) : undefined;
    const dst = binding?.unit ?? facts.objects.get(held);
    if (dst !== undefined) facts.refer(owner, 'return', { dst });
    if (binding?.imported !== undefined) facts.refer(owner, 'return', binding.imported);
  });
}
