/** How many variables of functions around it a body uses. Pure. */
import { NONE, type Tree } from '../tree/tree.ts';
import { type Scopes, Use } from '../scopes/scopes.ts';
import type { Bodies } from './bodies.ts';

/** By body: those that functions within it use count, too, as it has to keep them; those of the module do not, as they are there anyhow. */
export function capturedBy(tree: Tree, scopes: Scopes, bodies: Bodies): Uint32Array {
  const { bindings, bindingOf, owner, use } = scopes;
  const captured = new Uint32Array(bodies.size);
  const seen = Array.from({ length: bodies.size }, () => new Set<number>());
  for (let node = 1; node < tree.size; node++) {
    const binding = bindingOf[node];
    // The name of a function expression stands outside of the function that has it.
    if (binding < 0 || (use[node] & Use.DECLARE) !== 0) continue;
    const home = owner[bindings.scope[binding]];
    if (home === 0) continue;
    for (
      let body = bodies.of[node];
      bodies.owner[body] !== home && body !== NONE;
      body = bodies.outer[body]
    ) {
      // Who is around has it, too.
      if (seen[body].has(binding)) break;
      seen[body].add(binding);
      captured[body]++;
    }
  }
  return captured;
}
