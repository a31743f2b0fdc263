/** What kinds of things write down as they are found: nodes and edges, each once, with the place and how certain it is. */
import { childAt, Field, isFunction, Kind, NONE } from '../tree/tree.ts';
import { argumentsOf } from '../patterns/facts/names.ts';
import type { Project, Ref } from '../patterns/project.ts';
import type { Source } from '../patterns/source.ts';
import type { Certainty, EdgeKind, NodeKind, Topology, TopologyEdge, TopologyNode } from './model.ts';
import { shown } from './paths.ts';
import { Programs } from './programs.ts';
import { Routers } from './routers.ts';
import type { Site } from './site.ts';
import { apiOf } from './values/apis.ts';
import { isClass } from './values/callers.ts';
import { type Frame, keyOf, type Made } from './values/made.ts';
import { classOf } from './values/properties.ts';
import { textsOf } from './values/texts.ts';
import type { Values } from './values/values.ts';

interface Place {
  file: Source;
  node: number;
}

interface NodeFacts extends Place {
  madeWith?: string;
  matches?: string | null;
  /** Why it is not certain. */
  reason?: string | null;
  certainty?: Certainty;
  /** In its id in place of the file, for what many files share. */
  at?: string;
}

interface EdgeFacts extends Place {
  label?: string | null;
  reason?: string | null;
  certainty?: Certainty;
}

export interface Start {
  entry: Source;
  /** Node of the worker or process. */
  by: string;
  place: Place;
}

export class Draft {
  readonly values: Values;
  readonly programs: Programs;
  readonly routers = new Routers();
  /** By id of a route: its method and all paths that lead to it. */
  readonly paths = new Map<string, { method: string; paths: readonly string[] }>();
  /** By function: where it is registered as a plugin, and below which path. */
  readonly plugins = new Map<string, { at: string; file: Source; node: number }[]>();
  /** What was found at a place where something is made: id of its node. */
  readonly made = new Map<string, string>();
  /** What is done when all places were looked at. */
  readonly later: (() => void)[] = [];
  /** By where a consumer is made: topics that it subscribed to. */
  readonly subscribed = new Map<string, string[]>();
  /** Files that workers and processes begin with. */
  readonly starts: Start[] = [];
  readonly #nodes = new Map<string, TopologyNode>();
  readonly #edges = new Map<string, TopologyEdge>();

  constructor(values: Values, programs: Programs) {
    this.values = values;
    this.programs = programs;
  }

  get project(): Project {
    return this.values.project;
  }

  get nodes(): Iterable<TopologyNode> {
    return this.#nodes.values();
  }

  /** @returns its id; the one that is there, if it was found before */
  node(kind: NodeKind, text: string, facts: NodeFacts): string {
    const name = shown(text);
    const { file, node, madeWith, matches = null, reason = null, at = file.path } = facts;
    const id = `${kind}:${name}${at === '' ? '' : `@${at}`}`;
    if (!this.#nodes.has(id))
      this.#nodes.set(id, {
        id,
        kind,
        name,
        made_with: madeWith ?? null,
        path: file.path,
        line: file.lineOf(node),
        ast_node_id: this.#idAround(file, node),
        matches,
        certainty: facts.certainty ?? (reason === null ? 'certain' : 'likely'),
        reason,
      });
    return id;
  }

  edge(src: string, dst: string, kind: EdgeKind, facts: EdgeFacts): void {
    const { file, node, label = null, reason = null } = facts;
    const key = `${src}\0${dst}\0${kind}\0${label}`;
    if (this.#edges.has(key)) return;
    this.#edges.set(key, {
      src,
      dst,
      kind,
      label,
      path: file.path,
      line: file.lineOf(node),
      ast_node_id: this.#idAround(file, node),
      certainty: facts.certainty ?? (reason === null ? 'certain' : 'likely'),
      reason,
    });
  }

  /** Node of a function, or of the module body. */
  fn(file: Source, owner: number): string {
    const known = file.functionOf(owner) ?? file.functionOf(0);
    const id = known?.id ?? file.path;
    if (!this.#nodes.has(id))
      this.#nodes.set(id, {
        id,
        kind: 'function',
        name: known?.name ?? file.path,
        made_with: null,
        path: file.path,
        line: file.lineOf(owner),
        ast_node_id: known?.id ?? null,
        matches: null,
        certainty: 'certain',
        reason: null,
      });
    return id;
  }

  /** Node of the function that a place lies in. */
  around({ file, node }: Place): string {
    return this.fn(file, file.owner[node]);
  }

  #idAround(file: Source, node: number): string | null {
    return (file.functionOf(isFunction(file.tree, node) ? node : file.owner[node]) ?? file.functionOf(0))?.id ?? null; // prettier-ignore
  }

  /** Functions of the workspace that an expression may be. */
  functions(file: Source, expression: number, frame: Frame | null = null): Made[] {
    if (expression === NONE || expression === undefined) return [];
    return this.values.of(file, expression, frame).filter((each) => isFunction(each.file.tree, each.node));
  }

  /** Edges from something to the functions that it calls. @returns how many there are */
  handlers(src: string, kind: EdgeKind, file: Source, expressions: readonly number[], facts: EdgeFacts): number {
    let found = 0;
    for (const expression of expressions)
      for (const each of this.functions(file, expression)) {
        this.edge(src, this.fn(each.file, each.node), kind, facts);
        found++;
      }
    return found;
  } // prettier-ignore

  /** A worker or process begins with a file. */
  start(entry: Source, by: string, place: Place): void {
    if (!this.starts.some((each) => each.entry === entry && each.by === by))
      this.starts.push({ entry, by, place });
  }

  texts(file: Source, expression: number | undefined, frame: Frame | null = null): string[] {
    return textsOf(this.values, file, expression ?? NONE, frame);
  }

  /** Instances of one class are not told apart. */
  identity(made: Made): string {
    const holder = classOf(this.values, made);
    return keyOf(holder !== null && isClass(holder) ? holder : made);
  }

  classOf(made: Made): Ref | null {
    const holder = classOf(this.values, made);
    return holder !== null && isClass(holder) ? holder : null;
  }

  api(made: Made): string {
    return apiOf(this.values, made);
  }

  result(): Topology {
    for (let at = 0; at < this.later.length; at++) this.later[at]();
    return { nodes: [...this.#nodes.values()], edges: [...this.#edges.values()] };
  }
}

/** Of a call its arguments; of `a.onmessage = f` what is assigned. */
export const given = ({ file: { tree }, node }: Site): number[] =>
  tree.kind[node] === Kind.AssignmentExpression
    ? [childAt(tree, node, Field.right)]
    : argumentsOf(tree, node);
