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
    const path = pathIn(url, base);
    const known = path === undefined ? undefined : moduleAt(path, graph?.urlToModuleMap);
    const map = known?.transformResult?.map;
    if (typeof map !== 'object' || map === null || !('mappings' in map) || map.mappings === '')
      return undefined;
    return { map: map as MapOfFile['map'], file: known?.file ?? undefined };
  };
}

/** As the server has it. Undefined: it was never asked for that. */
function pathIn(url: string, base: string): string | undefined {
  if (!URL.canParse(url)) return undefined;
  const { pathname } = new URL(url);
  try {
    return decodeURI(pathname.startsWith(base) ? `/${pathname.slice(base.length)}` : pathname);
  } catch {
    return undefined;
  }
}

/** Pages tell addresses without queries; of some files there is only a module with one: of workers (`?worker_file`), for example. */
function moduleAt(path: string, modules: Graph['urlToModuleMap']): ServedModule | undefined {
  const plain = modules?.get(path);
  if (plain !== undefined || modules === undefined) return plain;
  const others = [...modules.keys()].filter((url) => url.startsWith(`${path}?`));
  return others.length === 1 ? modules.get(others[0]) : undefined;
}
