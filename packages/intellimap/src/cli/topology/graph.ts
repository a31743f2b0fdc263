/** The answer, ready for asking who leads where. Pure. */
import type { SeenEdge, SeenNode, TopologyAnswer } from './joined.ts';

export interface Way {
  edge: SeenEdge;
  to: SeenNode;
}

export class Graph {
  readonly nodes: readonly SeenNode[];
  readonly #byId: ReadonlyMap<string, SeenNode>;
  readonly #out = new Map<string, Way[]>();
  readonly #in = new Map<string, Way[]>();

  constructor({ nodes, edges }: TopologyAnswer) {
    this.nodes = nodes;
    this.#byId = new Map(nodes.map((node) => [node.id, node]));
    for (const edge of edges) {
      const [src, dst] = [this.#byId.get(edge.src), this.#byId.get(edge.dst)];
      if (src === undefined || dst === undefined) continue;
      add(this.#out, src.id, { edge, to: dst });
      add(this.#in, dst.id, { edge, to: src });
    }
  }

  at(id: string): SeenNode | undefined {
    return this.#byId.get(id);
  }

  of(...kinds: SeenNode['kind'][]): SeenNode[] {
    return this.nodes.filter(({ kind }) => kinds.includes(kind)).toSorted((a, b) => (a.path === b.path ? a.line - b.line : a.path < b.path ? -1 : 1)); // prettier-ignore
  }

  /** Edges from a node. */
  from({ id }: SeenNode, ...kinds: SeenEdge['kind'][]): Way[] {
    return (this.#out.get(id) ?? []).filter(({ edge }) => kinds.includes(edge.kind));
  }

  /** Edges to a node; `to` is where they begin. */
  into({ id }: SeenNode, ...kinds: SeenEdge['kind'][]): Way[] {
    return (this.#in.get(id) ?? []).filter(({ edge }) => kinds.includes(edge.kind));
  }
}

function add(all: Map<string, Way[]>, id: string, way: Way): void {
  const known = all.get(id);
  if (known === undefined) all.set(id, [way]);
  else known.push(way);
}
