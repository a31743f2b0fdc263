/** Source maps of what a Vite dev server serves now. A page that runs what was there before an edit is led to the place of today. */
import type { MapOf, MapOfFile } from '../collect/index.ts';

interface ServedModule {
  file: string | null;
  transformResult?: { map: unknown } | null;
}
interface Graph {
  urlToModuleMap?: ReadonlyMap<string, ServedModule>;
}

/** What of Vite is used: its graph of modules, for pages, of which older ones have only one. */
export interface MappedServer {
  environments?: { client?: { moduleGraph?: Graph } };
  moduleGraph?: Graph;
  config?: { base?: string };
}

export function mapsOfServer(server: object): MapOf {
  const { environments, moduleGraph, config } = server as MappedServer;
  const graph = environments?.client?.moduleGraph ?? moduleGraph;
  const base = config?.base ?? '/';
  return (url) => {
    if (!URL.canParse(url)) return undefined;
    const { pathname } = new URL(url);
    const path = decodeURI(pathname.startsWith(base) ? `/${pathname.slice(base.length)}` : pathname);
    const known = graph?.urlToModuleMap?.get(path);
    const map = known?.transformResult?.map;
    if (typeof map !== 'object' || map === null || !('mappings' in map) || map.mappings === '')
      return undefined;
    return { map: map as MapOfFile['map'], file: known?.file ?? undefined };
  };
}
