/** Nodes of CPU samples as a tree with callers in front of what they called, whatever order they come in. */
import { groupedBy } from '../../base/groups.ts';
import type { CpuNodeRow } from '../../query/index.ts';

export class NodeTree {
  /** Index 0 is the root, above all that have no caller. */
  readonly nodes: CpuNodeRow[] = [ROOT];
  /** Index of the caller; -1 of the root. */
  readonly parents = [-1];
  readonly #depths = [0];
  readonly #indexes = new Map<number, number>();

  constructor(rows: readonly CpuNodeRow[]) {
    const children = groupedBy(rows, (row) => row.parent_id);
    // V8's own root is the root.
    for (const root of children.get(null) ?? []) this.#indexes.set(root.node_id, 0);
    const open = [...this.#indexes.keys()];
    for (let id = open.pop(); id !== undefined; id = open.pop())
      for (const child of children.get(id) ?? []) {
        this.#add(child, this.indexOf(id));
        open.push(child.node_id);
      }
  }

  #add(row: CpuNodeRow, parent: number): void {
    this.#indexes.set(row.node_id, this.nodes.length);
    this.nodes.push(row);
    this.parents.push(parent);
    this.#depths.push(this.#depths[parent] + 1);
  }

  /** Index of a node; 0 of one that is not there. */
  indexOf(id: number): number {
    return this.#indexes.get(id) ?? 0;
  }

  /** From one stack to the next: what leaves it, from the top down, and what enters it, upwards. */
  between(from: number, to: number): { left: number[]; entered: number[] } {
    const left: number[] = [];
    const entered: number[] = [];
    let a = from;
    let b = to;
    while (a !== b)
      if (this.#depths[a] >= this.#depths[b]) {
        left.push(a);
        a = this.parents[a];
      } else {
        entered.push(b);
        b = this.parents[b];
      }
    return { left, entered: entered.toReversed() };
  }
}

const ROOT: CpuNodeRow = {
  node_id: 0,
  parent_id: null,
  name: '(root)',
  path: null,
  line: null,
  column: null,
  ast_node_id: null,
};
