/** Servers, applications and routers: what is mounted where, until it is known which paths lead to which route. Pure data. */

/** Ways from a server to a router that are followed, and prefixes that a router has. */
const DEEP = 8;
const MOST = 8;

export interface Mount {
  /** Key of what it is mounted on. */
  on: string;
  /** `/api`, may have holes; empty: at its root. */
  at: string;
}

export class Routers {
  readonly #mounts = new Map<string, Mount[]>();

  mount(router: string, on: string, at: string): void {
    const all = this.#mounts.get(router) ?? [];
    if (router !== on && !all.some((each) => each.on === on && each.at === at)) all.push({ on, at });
    this.#mounts.set(router, all);
  }

  isMounted(router: string): boolean {
    return this.#mounts.has(router);
  }

  /** Where it can be reached: the outermost thing, and the path there. */
  ways(router: string, deep = DEEP): { root: string; at: string }[] {
    const mounts = this.#mounts.get(router);
    if (mounts === undefined || deep === 0) return [{ root: router, at: '' }];
    const all = mounts.flatMap(({ on, at }) =>
      this.ways(on, deep - 1).map((way) => ({ root: way.root, at: joined(way.at, at) })),
    );
    const seen = new Map(all.map((way) => [`${way.root} ${way.at}`, way]));
    return [...seen.values()].slice(0, MOST);
  }
}

/** `/api` and `/users/` → `/api/users` */
export function joined(head: string, path: string): string {
  const inner = path.replace(/^\/+|\/+$/g, '');
  if (inner === '') return head.replace(/\/+$/, '');
  return `${head.replace(/\/+$/, '')}/${inner}`;
}
