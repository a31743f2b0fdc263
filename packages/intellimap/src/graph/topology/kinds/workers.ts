import { isFunction, Kind, NONE } from '../../tree/tree.ts';
import { calleeText, propertyName } from '../../patterns/facts/names.ts';
import { loopAround } from '../../patterns/facts/places.ts';
import { holderAround } from '../../patterns/project.ts';
import { childAt, Field, textOf } from '../../tree/tree.ts';
import { type Draft, given } from '../draft.ts';
import { filesNamed } from '../files.ts';
import type { ThingKind } from '../kind.ts';
import { shown } from '../paths.ts';
import type { Site } from '../site.ts';
import { keyOf } from '../values/made.ts';

export const workers: ThingKind = {
  name: 'workers',
  what: 'Threads: worker_threads, Web Workers, shared and service workers; several of one place are a pool',
  targets: /^(?:worker_threads\.Worker|Worker|SharedWorker|navigator\.serviceWorker\.register)$/,
  found(site, draft) {
    const { file, node, target } = site;
    const [script] = given(site);
    const entries = filesNamed(draft, file, script);
    const texts = entries.length > 0 ? [] : draft.texts(file, script).map(shown);
    const names = entries.length > 0 ? entries.map(({ path }) => path) : texts.map((text) => text === '*' ? '(computed)' : /[\s;]/.test(text) ? '(its text)' : text); // prettier-ignore
    for (const name of new Set(names)) {
      const reason = entries.length > 0 ? null : name === '(computed)' ? 'its file is computed' : 'no file of the workspace'; // prettier-ignore
      const id = draft.node('worker', name, { file, node, madeWith: target, reason, matches: entries.length > 0 ? name : null }); // prettier-ignore
      draft.made.set(keyOf({ file, node }), id);
      const pool = poolAround(site, draft);
      if (pool !== null) draft.edge(pool, id, 'has', { file, node });
      draft.edge(draft.around(site), id, 'spawns', { file, node, reason });
      for (const entry of entries) draft.start(entry, id, { file, node });
    }
  },
};

/** In a loop, in a callback for each of a list, or in a function that is called so. */
function poolAround(site: Site, draft: Draft): string | null {
  const { file, node } = site;
  const { tree, owner } = file;
  const isMany = (at: number, of = file): boolean => loopAround(of, at) !== NONE || isEach(of.tree, of.owner[at]);
  const fn = owner[node];
  const callers = fn !== 0 && isFunction(tree, fn) ? draft.values.callers.of({ file, node: fn }) : [];
  if (!isMany(node) && !callers.some((caller) => isMany(caller.call, caller.file))) return null;
  const holder = holderAround(file, node);
  const id = holder === null ? NONE : childAt(tree, holder.node, Field.id);
  const name = id === NONE ? (file.functionOf(fn)?.name ?? file.path) : textOf(tree, id);
  return draft.node('pool', name, { file, node: holder?.node ?? node, madeWith: 'workers of its own', certainty: 'likely', reason: 'workers are started in a loop' }); // prettier-ignore
} // prettier-ignore

function isEach(tree: Site['file']['tree'], fn: number): boolean {
  const call = tree.parent[fn];
  if (fn === 0 || call <= 0 || tree.kind[call] !== Kind.CallExpression) return false;
  const callee = childAt(tree, call, Field.callee);
  const name = tree.kind[callee] === Kind.MemberExpression ? propertyName(tree, callee) : null;
  return calleeText(tree, call) === 'Array.from' || name === 'map' || name === 'forEach';
}
