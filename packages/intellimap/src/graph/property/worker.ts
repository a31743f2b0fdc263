/** A thread that reads program texts, one after the other, for `pool.ts`. I/O: those files. */
import { parentPort } from 'node:worker_threads';
import type { Done } from '../file/of-tree.ts';
import { graphOfFile, type Job } from './read-file.ts';

/** Memory that goes over to whoever asked. */
function columnsOf(done: Done): ArrayBuffer[] {
  if (!('graph' in done)) return [];
  const { tree, edges } = done.graph;
  return [...Object.values(tree), ...Object.values(edges)].flatMap((column: unknown) =>
    ArrayBuffer.isView(column) ? [column.buffer as ArrayBuffer] : [],
  );
}

parentPort?.on('message', (job: Job) => {
  const done = graphOfFile(job);
  parentPort!.postMessage(done, columnsOf(done));
});
