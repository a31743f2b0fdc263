/** What belongs to what was chosen: the edges and cards that stay when all else is dimmed. Pure. */
import type { MapModel } from './model.ts';

export interface Related {
  modules: ReadonlySet<number>;
  /** Places of edges. */
  out: readonly number[];
  into: readonly number[];
}

export function relatedTo(model: MapModel, modules: readonly number[]): Related {
  const own = new Set(modules);
  const { src, dst } = model.facts.edges;
  // Edges within a group are no news about it.
  const out = modules.flatMap((m) => model.out[m].filter((e) => modules.length === 1 || !own.has(dst[e])));
  const into = modules.flatMap((m) => model.into[m].filter((e) => modules.length === 1 || !own.has(src[e])));
  return {
    modules: new Set([...own, ...out.map((e) => dst[e]), ...into.map((e) => src[e])]),
    out,
    into,
  };
}

/** Files whose path, or one of whose functions, has the text in it; null: nothing is looked for. */
export function matching({ facts }: MapModel, text: string | undefined): Found | null {
  const wanted = text?.trim().toLowerCase() ?? '';
  if (wanted === '') return null;
  const functions = facts.functions.name.flatMap((name, f) =>
    name.toLowerCase().includes(wanted) ? [f] : [],
  );
  const modules = new Set(functions.map((f) => facts.functions.module[f]));
  facts.modules.path.forEach((path, m) => {
    if (path.toLowerCase().includes(wanted)) modules.add(m);
  });
  return { modules, functions };
}

export interface Found {
  modules: ReadonlySet<number>;
  functions: readonly number[];
}

/** Cards that are drawn: all; without hidden ones; or those related to one alone. */
export function shownModules(
  model: MapModel,
  { only, hidden }: { only: string | undefined; hidden: string | undefined },
): ReadonlySet<number> | null {
  const around = only === undefined ? undefined : model.moduleAt.get(only);
  const without = new Set((hidden ?? '').split('\n').flatMap((path) => model.moduleAt.get(path) ?? []));
  if (around === undefined && without.size === 0) return null;
  const all = around === undefined ? model.facts.modules.path.keys() : relatedTo(model, [around]).modules;
  return new Set([...all].filter((m) => !without.has(m)));
}
