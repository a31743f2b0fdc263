/** The property graph of the workspace's text, file by file as the text changes. Made only when somebody asks for it: it has some thirty rows a line. */
import type { RowOf } from '../schema/index.ts';
import { appendColumns, appendRows } from './append.ts';
import { inTransaction, type Store } from './store.ts';

/** A graph in columns; see `graph/property`, which makes it. Numbers are those of `GraphMaker.names`. */
export interface MadeGraph {
  tree: {
    size: number;
    kind: Uint8Array;
    field: Uint8Array;
    flags: Uint8Array;
    parent: Int32Array;
    after: Int32Array;
    start: Int32Array;
    end: Int32Array;
    text: Int32Array;
    strings: readonly string[];
  };
  edges: { offset: Uint32Array; target: Uint32Array; label: Uint8Array };
  functions: readonly (readonly [node: number, id: string])[];
}

export interface GraphMaker {
  /** Another one makes all of them anew. */
  version: number;
  names: { kinds: readonly string[]; fields: readonly string[]; labels: readonly string[] };
  /** In any order. */
  make: (
    paths: readonly string[],
  ) => AsyncIterable<{ path: string } & ({ graph: MadeGraph } | { problem: string })>;
}

export interface GraphRefresh {
  made: number;
  removed: number;
  /** Nodes of those that were made. */
  nodes: number;
}

/** Nodes of a transaction, at least: each costs some ms, and holds in memory what it writes. */
const NODES_AT_ONCE = 200_000;
const MAX_TEXT = 100;

/** Brings the graph up to date with `source_files`, each file wholly or not at all. @param told how many of how many files are done */
export async function refreshGraphs(
  store: Store,
  maker: GraphMaker,
  told: (done: number, all: number) => void = () => {},
): Promise<GraphRefresh> {
  const stale = await store.all<{ path: string; content_hash: string }>(
    `SELECT s.path, s.content_hash FROM source_files s LEFT JOIN graph_files g USING (path)
     WHERE g.content_hash IS DISTINCT FROM s.content_hash OR g.made_by <> $version ORDER BY s.path`,
    { version: maker.version },
  );
  const gone = await store.all<{ path: string }>(
    'SELECT path FROM graph_files WHERE path NOT IN (SELECT path FROM source_files)',
  );
  const hashes = new Map(stale.map(({ path, content_hash }) => [path, content_hash]));
  if (gone.length > 0)
    await inTransaction(store, () =>
      forget(
        store,
        gone.map(({ path }) => path),
      ),
    );
  const answer = { made: 0, removed: gone.length, nodes: 0 };
  let batch: Batch = { files: [], graphs: [], nodes: 0 };
  const write = async (): Promise<void> => {
    const { files, graphs } = batch;
    await inTransaction(store, async () => {
      await forget(
        store,
        files.map(({ path }) => path),
      );
      for (const [path, graph] of graphs) await append(store, path, graph, maker);
      await appendRows(store.connection, 'graph_files', files);
    });
    answer.made += files.length;
    answer.nodes += batch.nodes;
    told(answer.made, stale.length);
    batch = { files: [], graphs: [], nodes: 0 };
  };
  if (stale.length > 0)
    for await (const done of maker.make([...hashes.keys()])) {
      const nodes = 'graph' in done ? done.graph.tree.size : 0;
      const problem = 'graph' in done ? null : done.problem;
      batch.files.push({
        path: done.path,
        content_hash: hashes.get(done.path)!,
        nodes,
        made_by: maker.version,
        problem,
      });
      if ('graph' in done) batch.graphs.push([done.path, done.graph]);
      batch.nodes += nodes;
      if (batch.nodes >= NODES_AT_ONCE) await write();
    }
  if (batch.files.length > 0) await write();
  return answer;
}

interface Batch {
  files: RowOf<'graph_files'>[];
  graphs: [path: string, graph: MadeGraph][];
  nodes: number;
}

async function forget({ connection }: Store, paths: readonly string[]): Promise<void> {
  for (const table of ['graph_files', 'ast_nodes', 'graph_edges'] as const)
    await connection.run(
      `DELETE FROM ${table} WHERE path IN (SELECT unnest(from_json($paths::JSON, '["VARCHAR"]')))`,
      {
        paths: JSON.stringify(paths),
      },
    );
}

async function append(
  { connection }: Store,
  path: string,
  { tree, edges, functions }: MadeGraph,
  { names }: GraphMaker,
): Promise<void> {
  const ids = new Map(functions);
  const texts = tree.strings.map((text) => (text === '' ? null : text.slice(0, MAX_TEXT)));
  await appendColumns(connection, 'ast_nodes', tree.size, {
    path: { constant: path },
    node: { at: (row) => row },
    kind: { at: (row) => names.kinds[tree.kind[row]] },
    field: { at: (row) => names.fields[tree.field[row]] },
    parent: { at: (row) => (row === 0 ? null : tree.parent[row]) },
    after: { at: (row) => tree.after[row] },
    start: { at: (row) => tree.start[row] },
    end: { at: (row) => tree.end[row] },
    text: { at: (row) => texts[tree.text[row]] },
    flags: { at: (row) => tree.flags[row] },
    ast_node_id: { at: (row) => ids.get(row) ?? null },
  });
  const sources = sourcesOf(edges.offset);
  await appendColumns(connection, 'graph_edges', edges.target.length, {
    path: { constant: path },
    src: { at: (row) => sources[row] },
    dst: { at: (row) => edges.target[row] },
    label: { at: (row) => names.labels[edges.label[row]] },
  });
}

/** By edge: the node where it begins. */
function sourcesOf(offset: Uint32Array): Uint32Array {
  const sources = new Uint32Array(offset[offset.length - 1] ?? 0);
  for (let node = 0; node + 1 < offset.length; node++) sources.fill(node, offset[node], offset[node + 1]);
  return sources;
}
