/** Makes property graphs of files of a workspace, for the database. */
import { statSync } from 'node:fs';
import { join } from 'node:path';
import type { GraphMaker } from '../store/index.ts';

/** The parser is loaded only when it is needed. */
export async function grapher(root: string): Promise<GraphMaker> {
  const { GRAPH_NAMES, GRAPH_VERSION, graphsOf } = await import('../graph/index.ts');
  return {
    version: GRAPH_VERSION,
    names: GRAPH_NAMES,
    make: (paths) =>
      graphsOf(
        paths.map((path) => {
          const absolute = join(root, path);
          return { path, absolute, bytes: statSync(absolute, { throwIfNoEntry: false })?.size ?? 0 };
        }),
      ),
  };
}
