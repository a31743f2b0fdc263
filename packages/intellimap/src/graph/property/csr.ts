/** Edges between numbered nodes, packed: those that leave a node stand side by side. 5 bytes an edge and 4 a node. Pure. */

export interface Csr {
  /** Edges that leave node n are `[offset[n], offset[n + 1])`. */
  readonly offset: Uint32Array;
  readonly target: Uint32Array;
  readonly label: Uint8Array;
}

/** Edges as they come, before they are packed. */
export class EdgeList {
  readonly from: number[] = [];
  readonly to: number[] = [];
  readonly label: number[] = [];

  add(from: number, to: number, label: number): void {
    this.from.push(from);
    this.to.push(to);
    this.label.push(label);
  }
}

/** @param size nodes; edges of a node stay in the order in which they came */
export function packed({ from, to, label }: EdgeList, size: number): Csr {
  const offset = new Uint32Array(size + 1);
  for (const node of from) offset[node + 1]++;
  for (let node = 0; node < size; node++) offset[node + 1] += offset[node];
  const next = offset.slice(0, size);
  const csr = { offset, target: new Uint32Array(from.length), label: new Uint8Array(from.length) };
  for (let edge = 0; edge < from.length; edge++) {
    const at = next[from[edge]]++;
    csr.target[at] = to[edge];
    csr.label[at] = label[edge];
  }
  return csr;
}

/** The same edges, by where they lead. */
export function reversed({ offset, target, label }: Csr): Csr {
  const size = offset.length - 1;
  const back = new EdgeList();
  for (let node = 0; node < size; node++)
    for (let edge = offset[node]; edge < offset[node + 1]; edge++) back.add(target[edge], node, label[edge]);
  return packed(back, size);
}

/** Where edges of this label lead from a node. */
export function* targetsOf({ offset, target, label }: Csr, node: number, wanted: number): Generator<number> {
  for (let edge = offset[node]; edge < offset[node + 1]; edge++)
    if (label[edge] === wanted) yield target[edge];
}
