/** The property graph of the workspace's text, file by file as the text changes. Made only when somebody asks for it: it has some thirty rows a line. */
import type { RowOf } from '../schema/index.ts';
import { appendRows, openAppender, type TableAppender } from './append.ts';
import { forget } from './sources.ts';
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
  /** In the order of nodes. */
  functions: readonly (readonly [node: number, id: string])[];
}

/** A graph, or why there is none. */
export type MadeFile = { path: string } & ({ graph: MadeGraph } | { problem: string });

export interface GraphMaker {
  /** Another one makes all of them anew. */
  version: number;
  names: { kinds: readonly string[]; fields: readonly string[]; labels: readonly string[] };
  /** In any order; files that are gone meanwhile have a problem. */
  make: (paths: readonly string[]) => AsyncIterable<MadeFile>;
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

/**
 * Brings the graph up to date with `source_files`, each file wholly or not at all. No more of them is held than what `make` hands out at a time.
 * @param told how many of how many files are done
 */
export async function refreshGraphs(
  store: Store,
  maker: GraphMaker,
  told: (done: number, all: number) => void = () => {},
): Promise<GraphRefresh> {
  const stale = await store.all<StaleFile>(
    `SELECT s.path, s.content_hash, g.path IS NOT NULL AS known FROM source_files s LEFT JOIN graph_files g USING (path)
     WHERE g.content_hash IS DISTINCT FROM s.content_hash OR g.made_by <> $version ORDER BY s.path`,
    { version: maker.version },
  );
  const gone = await store.all<{ path: string }>(
    'SELECT path FROM graph_files WHERE path NOT IN (SELECT path FROM source_files)',
  );
  const old = [...gone, ...stale.filter(({ known }) => known)].map(({ path }) => path);
  const answer = { made: 0, removed: gone.length, nodes: 0 };
  const made = maker.make(stale.map(({ path }) => path))[Symbol.asyncIterator]();
  const writer = { store, maker, hashes: new Map(stale.map((each) => [each.path, each.content_hash])) };
  const write = async (replaced: readonly string[]): Promise<number> => {
    let files: RowOf<'graph_files'>[] = [];
    await inTransaction(store, async () => {
      await forget(store.connection, OF_GRAPHS, replaced);
      files = await writeSome(writer, made);
    });
    answer.made += files.length;
    answer.nodes += files.reduce((sum, { nodes }) => sum + nodes, 0);
    told(answer.made, stale.length);
    return files.length;
  };
  try {
    let written = old.length + stale.length > 0 ? await write(old) : 0;
    while (written > 0 && answer.made < stale.length) written = await write([]);
  } finally {
    await made.return?.();
  }
  return answer;
}

export const OF_GRAPHS = ['graph_files', 'ast_nodes', 'graph_edges'] as const;

interface StaleFile {
  path: string;
  content_hash: string;
  /** There is a graph of it as it was. */
  known: boolean;
}

interface Writer {
  store: Store;
  maker: GraphMaker;
  hashes: ReadonlyMap<string, string>;
}

/** Writes as many files as belong into a transaction. Returns their rows. */
async function writeSome(
  { store: { connection }, maker, hashes }: Writer,
  made: AsyncIterator<MadeFile>,
): Promise<RowOf<'graph_files'>[]> {
  const writing = await openGraphs(connection, maker, hashes);
  while (writing.nodes < NODES_AT_ONCE) {
    const { value: file, done } = await made.next();
    if (done === true) break;
    writing.add(file);
  }
  return await writing.close();
}

interface GraphWriting {
  /** So far. */
  readonly nodes: number;
  add: (file: MadeFile) => void;
  /** Rows are there from then on. Returns those of `graph_files`. */
  close: () => Promise<RowOf<'graph_files'>[]>;
}

/** @param hashes of the texts that graphs are made of */
export async function openGraphs(
  connection: Store['connection'],
  { names, version }: Pick<GraphMaker, 'names' | 'version'>,
  hashes: ReadonlyMap<string, string>,
): Promise<GraphWriting> {
  const files: RowOf<'graph_files'>[] = [];
  const tables = {
    nodes: await openAppender(connection, 'ast_nodes'),
    edges: await openAppender(connection, 'graph_edges'),
  };
  let nodes = 0;
  return {
    get nodes() {
      return nodes;
    },
    add(file) {
      const size = 'graph' in file ? file.graph.tree.size : 0;
      if ('graph' in file) append(tables, file.path, file.graph, names);
      files.push({
        path: file.path,
        content_hash: hashes.get(file.path)!,
        nodes: size,
        made_by: version,
        problem: 'graph' in file ? null : file.problem,
      });
      nodes += size;
    },
    async close() {
      tables.nodes.close();
      tables.edges.close();
      await appendRows(connection, 'graph_files', files);
      return files;
    },
  };
}

interface Tables {
  nodes: TableAppender<'ast_nodes'>;
  edges: TableAppender<'graph_edges'>;
}

function append(
  tables: Tables,
  path: string,
  { tree, edges, functions }: MadeGraph,
  names: GraphMaker['names'],
): void {
  tables.nodes.append(tree.size, {
    path: { constant: path },
    node: { at: (row) => row },
    kind: { among: names.kinds, index: tree.kind },
    field: { among: names.fields, index: tree.field },
    // The program has none.
    parent: { at: (row) => (row === 0 ? null : tree.parent[row]) },
    after: { integers: tree.after },
    start: { integers: tree.start },
    end: { integers: tree.end },
    text: {
      among: tree.strings.map((text) => (text === '' ? null : text.slice(0, MAX_TEXT))),
      index: tree.text,
    },
    flags: { integers: tree.flags },
    ast_node_id: { few: functions },
  });
  tables.edges.append(edges.target.length, {
    path: { constant: path },
    src: { integers: sourcesOf(edges.offset) },
    dst: { integers: edges.target },
    label: { among: names.labels, index: edges.label },
  });
}

/** By edge: the node where it begins. */
function sourcesOf(offset: Uint32Array): Uint32Array {
  const sources = new Uint32Array(offset[offset.length - 1] ?? 0);
  for (let node = 0; node + 1 < offset.length; node++) sources.fill(node, offset[node], offset[node + 1]);
  return sources;
}
