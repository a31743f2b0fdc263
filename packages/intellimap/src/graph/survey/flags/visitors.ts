/** What syntax tells of flags, while it is visited. */
import { bare, type Node } from '../../../transform/index.ts';
import type { Facts, Place, Visitor } from '../facts.ts';
import { isRead } from './collect.ts';

/** What runs after it may hang on a flag. */
export const decides =
  (visitor: Visitor): Visitor =>
  (node, place, facts) => {
    facts.flags.test(node, place);
    visitor(node, place, facts);
  };

/** Of a member: `config.features.x.y` is one read; `config.features.x` in it is none. */
export function readOfFlag(node: Node, place: Place, { flags }: Facts): void {
  if (flags.noReads.has(node) || !isRead(node, place.scope)) return;
  flags.read(node, place);
  for (let at = bare(node['object']); at?.type === 'MemberExpression'; at = bare(at['object']))
    flags.noReads.add(at);
}

/** Of a member that is assigned to. */
export function writtenFlag(left: Node, place: Place, { flags }: Facts): void {
  if (!isRead(left, place.scope)) return;
  flags.read(left, place, true);
  flags.noReads.add(left);
}
