/** Graphs of numbered blocks: ways by where they begin. Pure. */

/** Blocks and ways between them: those out of block `b` are `edges[first[b]]` up to `first[b + 1]`. */
export interface Graph {
  readonly size: number;
  readonly first: Uint32Array;
  readonly edges: Uint32Array;
  /** By edge. */
  readonly to: Uint32Array;
}

export function graphOf(size: number, from: ArrayLike<number>, to: ArrayLike<number>): Graph {
  const first = new Uint32Array(size + 1);
  for (let edge = 0; edge < from.length; edge++) first[from[edge] + 1]++;
  for (let block = 0; block < size; block++) first[block + 1] += first[block];
  const edges = new Uint32Array(from.length);
  const at = first.slice();
  for (let edge = 0; edge < from.length; edge++) edges[at[from[edge]]++] = edge;
  return { size, first, edges, to: Uint32Array.from(to) };
}
