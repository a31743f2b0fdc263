/**
 * What the map draws, as plain data: `MapFacts` (what happened; `query/map/` fills it) and `MapLayout` (where it stands; `layOut` makes it).
 * Of what there may be thousands there are columns: arrays of the same length, element n of each tells of the same thing. References are places in such columns.
 */

/** Place of a module in `MapFacts.modules`, and of its card in `MapLayout.cards`. */
export type ModuleIndex = number;
/** Place of a function in `MapFacts.functions`. */
export type FunctionIndex = number;
/** Place of a group in `MapLayout.groups`. */
export type GroupIndex = number;

/** What cells can be coloured by, in the order of the heat selector. */
export const METRICS = ['self', 'total', 'calls', 'errors', 'coverage', 'flags', 'cpu', 'heap'] as const;
/**
 * `self`, `total`: ms, of all calls · `calls`: how many began · `errors`: first seen in it · `coverage`: share of its code that was passed, 0 … 1 ·
 * `flags`: places in it that read a feature flag · `cpu`: ms that CPU samples stand for · `heap`: bytes that objects of its class retain.
 */
export type Metric = (typeof METRICS)[number];

/** NaN: not known of this one. No column: this run measured none. */
export type MetricColumns = Partial<Record<Metric, Float64Array>>;

export interface MapPicture {
  facts: MapFacts;
  layout: MapLayout;
}

export interface MapFacts {
  /** Id of the run. */
  run: string;
  /** Id of the run that it is compared with. null: none. */
  other: string | null;
  /** Runs that functions, modules and edges tell of together; 1: `run` alone. */
  runs: number;
  /** Processes that were recorded, in the order in which they began. */
  processes: { pid: number; name: string | null; kind: string; threads: number; calls: number }[];
  /** Folders of packages: '' is the workspace itself. */
  packages: { folder: string; name: string | null }[];
  modules: ModuleColumns;
  functions: FunctionColumns;
  edges: EdgeColumns;
  /** Heaviest chains of calls, the root first. Empty: no times are known. */
  hotPaths: { functions: FunctionIndex[]; totalMs: number; share: number }[];
  /** Lower bounds of the heat steps 1 … 5 by metric; below the first is step 0 (nothing). */
  heat: Partial<Record<Metric, number[]>>;
}

/** Bits of `ModuleColumns.state` and `FunctionColumns.state`. */
export const State = {
  /** It was called; of a module: a function of it was. */
  RAN: 1,
  /** Nobody looked whether it was called: no probe, or recording was off for it. */
  UNKNOWN: 2,
  ASYNC: 4,
  /** Its text was never loaded in this run. */
  NOT_LOADED: 8,
  /** Compare: only this run called it (of a module: loaded it). */
  ADDED: 16,
  /** Compare: only the other run did. */
  REMOVED: 32,
  /** Compare: its text differs. */
  CHANGED: 64,
} as const;

export interface ModuleColumns {
  /** `modules.path`, unique, sorted. */
  path: string[];
  /** Place in `MapFacts.packages`. */
  package: Uint32Array;
  /** Its functions are `functions` from here … */
  first: Uint32Array;
  /** … so many, in the order of the source. Its body is none of them. */
  count: Uint32Array;
  /** Of these, called at least once. */
  ran: Uint32Array;
  /** Bits of `State`. */
  state: Uint8Array;
  /** Lines of the file; 0: not known. */
  lines: Uint32Array;
  /** Different error signatures first seen in it. */
  signatures: Uint32Array;
  /** Of all its functions and its body; coverage: share of its functions that were called. */
  metrics: MetricColumns;
  /** Compare: the same of the other run. */
  before: MetricColumns;
}

/** One for each function (no module bodies), by module and then as they stand in the source. */
export interface FunctionColumns {
  /** `functions.ast_node_id` */
  id: string[];
  name: string[];
  module: Uint32Array;
  /** From 1. */
  line: Uint32Array;
  /** Bits of `State`. */
  state: Uint8Array;
  metrics: MetricColumns;
  /** Compare: the same of the other run. */
  before: MetricColumns;
}

/** `calls`: functions of `src` called some of `dst` · `import`: only imported, nothing is known of calls · `unused`: imported, and the run made no use of it. */
export const EDGE_KINDS = ['calls', 'import', 'unused'] as const;
/** Compare: in both runs · only in this one · only in the other one. */
export const EDGE_CHANGES = ['same', 'added', 'removed'] as const;

/** One for each pair of modules, the strongest first. */
export interface EdgeColumns {
  src: Uint32Array;
  dst: Uint32Array;
  /** Place in `EDGE_KINDS`. */
  kind: Uint8Array;
  /** Place in `EDGE_CHANGES`. */
  change: Uint8Array;
  /** Calls begun. */
  calls: Float64Array;
  /** Of the other run. */
  callsBefore: Float64Array;
  /** Sum of durations; NaN: no times are known. */
  totalMs: Float64Array;
  /** 0 … 1: how thick. Logarithmic in time, or in calls where no times are known. */
  strength: Float32Array;
  /** 1: the heaviest chain of calls goes along it. */
  hot: Uint8Array;
}

/** Rectangles: top left corner, width, height, in px of the map at scale 1. */
export interface Boxes {
  x: Float32Array;
  y: Float32Array;
  w: Float32Array;
  h: Float32Array;
}

export interface MapLayout {
  width: number;
  height: number;
  groups: GroupBoxes;
  cards: CardBoxes;
  /** Of the first edges of `MapFacts.edges`; the others are not drawn. */
  routes: Routes;
  /** Edges that are not drawn: "+N weaker". */
  weaker: number;
  /** Between groups, for the level of the system. */
  groupEdges: GroupEdges;
}

/** Groups of cards: packages or folders, in the direction of calls from left to right. The system level draws these alone. */
export interface GroupBoxes extends Boxes {
  /** Folder relative to the workspace; '' is the workspace itself. Two groups may have the same: files of it that nothing else calls stand alone. */
  folder: string[];
  /** What stands above it, in capitals. */
  name: string[];
}

export interface CardBoxes extends Boxes {
  group: Uint32Array;
  /** Path without what the name of the group tells. */
  title: string[];
  /** Cells in a row: cell n is at `cellAt(n, perRow)` of its card. */
  perRow: Uint16Array;
}

/** Cubic Bézier curves. An edge has one or more, which go on where the one before ends, from its `src` to its `dst`. */
export interface Routes {
  /** Place in `MapFacts.edges`; curves of an edge follow each other. */
  edge: Uint32Array;
  /** Eight numbers each: from x, y · first control point · second control point · to x, y. */
  curve: Float32Array;
}

export interface GroupEdges {
  src: Uint32Array;
  dst: Uint32Array;
  calls: Float64Array;
  /** 0 … 1 */
  strength: Float32Array;
  /** As `Routes.curve`. */
  curve: Float32Array;
}
