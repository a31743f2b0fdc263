/** A heap snapshot as V8 writes it → a graph in numbers: nodes and edges by index. See heap-file.ts for the reading of it. */
import { lastUpTo } from '../../base/search.ts';

/** The parts of a `.heapsnapshot` that are made use of. */
export interface HeapParts {
  nodeFields: string[];
  nodeTypes: string[];
  edgeTypes: string[];
  /** `nodeFields.length` numbers a node, three an edge: type, name or index, node (× fields). */
  nodes: Uint32Array;
  edges: Uint32Array;
  /** Four numbers each: node (× fields), script, line, column. */
  locations: Uint32Array;
  strings: string[];
}

/** Where the class of an object is: what V8 calls its file; line and column from 0, in the text that ran. */
export interface ClassPlace {
  script: string;
  line: number;
  column: number;
}

const CLASS_OF_TYPE: Record<string, string> = {
  hidden: '(system)',
  array: '(array)',
  string: '(string)',
  'concatenated string': '(string)',
  'sliced string': '(string)',
  code: '(compiled code)',
  closure: 'Function',
  regexp: 'RegExp',
  number: '(number)',
  symbol: '(symbol)',
  bigint: '(bigint)',
  'object shape': '(object shape)',
};

export class HeapGraph {
  readonly count: number;
  readonly selfSize: Float64Array;
  /** Edges of node n: from `firstEdge[n]` to `firstEdge[n + 1]`. */
  readonly firstEdge: Int32Array;
  /** Edge → the node that it leads to. */
  readonly target: Int32Array;
  readonly #parts: Omit<HeapParts, 'nodes'>;
  readonly #type: Uint8Array;
  readonly #name: Int32Array;
  readonly #weak: number;
  readonly #placeAt = new Map<number, number>();
  #classes: Map<string, ClassPlace> | undefined;

  constructor(parts: HeapParts) {
    const { nodes, ...others } = parts;
    const { nodeFields, edges, locations, edgeTypes } = others;
    const fields = nodeFields.length;
    const [type, name, size, edgeCount] = ['type', 'name', 'self_size', 'edge_count'].map((field) =>
      nodeFields.indexOf(field),
    );
    this.#parts = others;
    this.count = nodes.length / fields;
    this.selfSize = new Float64Array(this.count);
    this.firstEdge = new Int32Array(this.count + 1);
    this.#type = new Uint8Array(this.count);
    this.#name = new Int32Array(this.count);
    for (let node = 0, at = 0; node < this.count; node++, at += fields) {
      this.#type[node] = nodes[at + type];
      this.#name[node] = nodes[at + name];
      this.selfSize[node] = nodes[at + size];
      this.firstEdge[node + 1] = this.firstEdge[node] + nodes[at + edgeCount];
    }
    this.target = new Int32Array(edges.length / 3);
    for (let edge = 0; edge < this.target.length; edge++) this.target[edge] = edges[3 * edge + 2] / fields;
    this.#weak = edgeTypes.indexOf('weak');
    for (let at = 0; at < locations.length; at += 4) this.#placeAt.set(locations[at] / fields, at);
  }

  /** Does it keep alive what it leads to? */
  readonly isStrong = (edge: number): boolean => this.#parts.edges[3 * edge] !== this.#weak;

  /** The node that an edge starts from. */
  from(edge: number): number {
    return lastUpTo(this.firstEdge, edge);
  }

  /** What a person knows such objects by: the constructor, or a kind in parentheses. */
  className(node: number): string {
    const type = this.#parts.nodeTypes[this.#type[node]];
    return CLASS_OF_TYPE[type] ?? this.#nameOf(node);
  }

  /** The same for objects of one class: there may be several of a name. */
  classKey(node: number): string {
    const place = this.placeOf(node);
    return place === undefined
      ? this.className(node)
      : `${this.className(node)} ${place.script}:${place.line}:${place.column}`;
  }

  /** `.table`, `[3]` */
  edgeName(edge: number): string {
    const { edges, edgeTypes, strings } = this.#parts;
    const type = edgeTypes[edges[3 * edge]];
    const name = edges[3 * edge + 1];
    return type === 'element' || type === 'hidden' ? `[${name}]` : `.${strings[name]}`;
  }

  /** Of objects that a class or function of a file made: V8 says the same place of them and of what is called like them. */
  placeOf(node: number): ClassPlace | undefined {
    const at = this.#parts.nodeTypes[this.#type[node]] === 'object' ? this.#placeAt.get(node) : undefined;
    if (at === undefined) return undefined;
    this.#classes ??= this.#classPlaces();
    return this.#classes.get(this.#keyAt(at, this.#nameOf(node)));
  }

  #keyAt(at: number, name: string): string {
    return `${name} ${this.#parts.locations.subarray(at + 1, at + 4).join()}`;
  }

  /** Only functions know both number and name of their script: they have a place, and hold what holds the script. */
  #classPlaces(): Map<string, ClassPlace> {
    const places = new Map<string, ClassPlace>();
    const names = new Map<number, string | undefined>();
    for (const [node, at] of this.#placeAt) {
      if (this.#parts.nodeTypes[this.#type[node]] !== 'closure') continue;
      const [number, line, column] = this.#parts.locations.subarray(at + 1, at + 4);
      if (names.get(number) === undefined) names.set(number, this.#scriptOf(node));
      const script = names.get(number);
      if (script !== undefined) places.set(this.#keyAt(at, this.#nameOf(node)), { script, line, column });
    }
    return places;
  }

  #scriptOf(closure: number): string | undefined {
    const shared = this.#held(closure, 'shared');
    const found = shared === undefined ? undefined : this.#held(shared, 'script_or_debug_info', 'script');
    if (found === undefined) return undefined;
    // Where coverage is counted, there is something in between.
    const script = this.#nameOf(found) === 'system / DebugInfo' ? this.#held(found, 'script') : found;
    // Newer ones say what it is, too.
    return script === undefined ? undefined : this.#nameOf(script).replace(/^system \/ Script \/ /, '');
  }

  #held(node: number, ...names: string[]): number | undefined {
    for (let edge = this.firstEdge[node]; edge < this.firstEdge[node + 1]; edge++)
      if (names.some((name) => this.edgeName(edge) === `.${name}`)) return this.target[edge];
    return undefined;
  }

  #nameOf(node: number): string {
    return this.#parts.strings[this.#name[node]] ?? '';
  }
}
