import { type Draft, given } from '../draft.ts';
import { filesNamed } from '../files.ts';
import type { ThingKind } from '../kind.ts';
import type { Site } from '../site.ts';
import { keyOf } from '../values/made.ts';

/** Made with `new` or a call; what hands work over; whether the file is a property of its first argument. */
const POOLS =
  /^(?:piscina(?:\.Piscina)?|tinypool(?:\.Tinypool)?|workerpool\.pool|jest-worker\.Worker|node-worker-threads-pool\.(?:Static|Dynamic)Pool|poolifier\.(?:Fixed|Dynamic)(?:Thread|Cluster)Pool)$/;
const WORK =
  /^(?:piscina(?:\.Piscina)?|tinypool(?:\.Tinypool)?|workerpool\.pool|jest-worker\.Worker|node-worker-threads-pool\.\w+|poolifier\.\w+)\(\)\.(?:run|runTask|exec|proxy|execute)$/;

export const pools: ThingKind = {
  name: 'pools',
  what: 'Pools of workers that packages keep: piscina, tinypool, workerpool, jest-worker, poolifier',
  targets: new RegExp(`${POOLS.source}|${WORK.source}`),
  found(site, draft) {
    if (POOLS.test(site.target)) made(site, draft);
    else worked(site, draft);
  },
};

function made(site: Site, draft: Draft): void {
  const { file, node, target } = site;
  const named = given(site).flatMap((each) => [
    ...filesNamed(draft, file, each),
    ...draft.values.of(file, each).flatMap((object) => ['filename', 'task'].flatMap((name) => draft.values.property(object, name).flatMap((value) => filesNamed(draft, value.file, value.node)))), // prettier-ignore
  ]);
  const reason = named.length > 0 ? null : 'its file is computed';
  const id = draft.node('pool', named[0]?.path ?? target, { file, node, madeWith: target.split('.')[0], reason });
  draft.made.set(keyOf(site), id);
  draft.edge(draft.around(site), id, 'spawns', { file, node, reason });
  for (const entry of new Set(named)) {
    const worker = draft.node('worker', entry.path, { file, node, madeWith: target.split('.')[0], matches: entry.path }); // prettier-ignore
    draft.edge(id, worker, 'has', { file, node });
    draft.start(entry, worker, site);
    // What a thread of a pool runs is what its file gives away.
    for (const each of draft.values.exported(entry, 'default')) draft.handlers(id, 'handles', each.file, [each.node], { file, node }); // prettier-ignore
  }
} // prettier-ignore

function worked(site: Site, draft: Draft): void {
  draft.later.push(() => {
    const pool = site.receiver === null ? undefined : draft.made.get(keyOf(site.receiver));
    if (pool !== undefined) draft.edge(draft.around(site), pool, 'sends', { file: site.file, node: site.node, label: site.method }); // prettier-ignore
  });
}
