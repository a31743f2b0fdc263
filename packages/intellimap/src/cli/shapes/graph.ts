/** What `graph --json` tells; with `--watch` once, and a line after each change. */
import { count, list, number, object, record, type Shape, text, yesNo } from '../../base/shape.ts';
import type { GraphAnswer } from '../commands/graph.ts';
import type { WatchAnswer } from '../graph-watch.ts';

export const graphAnswer: Shape<GraphAnswer> = object<GraphAnswer>({
  files: count('Files that have a graph.'),
  nodes: count('Rows of ast_nodes.'),
  functions: count('Nodes that recordings know.'),
  edges: record(count(), 'Label → rows of graph_edges.'),
  problems: list(
    object<GraphAnswer['problems'][number]>({ path: text(), problem: text() }),
    'Files without a graph, and why.',
  ),
  made: count('Files whose graph was made this time.'),
  removed: count('Files whose graph was removed this time.'),
  ms: count('All of it took so long.'),
});

export const graphUpdate: Shape<WatchAnswer> = object<WatchAnswer>({
  whole: yesNo('All of the workspace was looked at, not only what was written to.'),
  made: list(text(), 'Files whose graph was made.'),
  removed: list(text(), 'Files that are gone.'),
  nodes: count('Of graphs that were made.'),
  ms: number('From the first that was heard of it until all tables were right.'),
});
