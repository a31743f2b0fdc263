/** Phis that say nothing: all that flows into one is itself and a single other version. */
import { NONE } from '../tree/tree.ts';
import type { Draft } from './pack.ts';
import { Def } from './ssa.ts';

/**
 * Replaces trivial phis of one variable by what flows into them, till none is left.
 * @param first version of the variable
 * @param reads steps that use versions of it
 * @param never a version that no read ever sees; `NONE`
 */
export function withoutTrivial(draft: Draft, first: number, reads: readonly number[], never: number): void {
  const { definition, operands, use } = draft;
  const end = definition.length;
  const replaced = new Int32Array(end - first).fill(NONE);
  const find = (version: number): number => {
    let found = version;
    while (replaced[found - first] !== NONE) found = replaced[found - first];
    // The way is short next time.
    for (let at = version; at !== found;) {
      const next = replaced[at - first];
      replaced[at - first] = found;
      at = next;
    }
    return found;
  };
  const users = usersOf(draft, first);
  const open: number[] = [];
  for (let version = end - 1; version >= first; version--)
    if (definition[version] === Def.PHI) open.push(version);
  for (let phi = open.pop(); phi !== undefined; phi = open.pop()) {
    if (replaced[phi - first] !== NONE) continue;
    const only = onlyOperand(operands.get(phi)!, phi, never, find);
    if (only === NONE) continue;
    replaced[phi - first] = only;
    operands.delete(phi);
    const own = users.get(phi) ?? [];
    open.push(...own);
    const of = users.get(only);
    if (of) of.push(...own);
    else users.set(only, own);
  }
  for (const step of reads) use[step] = find(use[step]);
  for (let version = first; version < end; version++) {
    const flowing = operands.get(version) ?? [];
    for (let at = 0; at < flowing.length; at += 2) flowing[at] = find(flowing[at]);
  }
}

/** The one version that flows into a phi; `NONE`: there are several. */
function onlyOperand(
  flowing: number[],
  phi: number,
  never: number,
  find: (version: number) => number,
): number {
  let only = NONE;
  for (let at = 0; at < flowing.length; at += 2) {
    const version = find(flowing[at]);
    if (version === phi || version === never || version === only) continue;
    if (only !== NONE) return NONE;
    only = version;
  }
  return only === NONE ? never : only;
}

/** Version → the phis that it flows into. */
function usersOf({ definition, operands }: Draft, first: number): Map<number, number[]> {
  const users = new Map<number, number[]>();
  for (let phi = first; phi < definition.length; phi++) {
    const flowing = operands.get(phi) ?? [];
    for (let at = 0; at < flowing.length; at += 2) {
      const of = users.get(flowing[at]);
      if (of) of.push(phi);
      else users.set(flowing[at], [phi]);
    }
  }
  return users;
}
