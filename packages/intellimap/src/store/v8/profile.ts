/** Parts of a thread's CPU profile → one tree of calls, and samples. Pure. */

/** As Chrome writes it; the parts that are read. */
export interface CpuProfile {
  nodes: ProfileNode[];
  /** µs of the machine's clock. */
  startTime: number;
  endTime: number;
  /** `nodes[].id` of what was on top of the stack. */
  samples?: number[];
  /** µs since the sample before; of the first since the start. */
  timeDeltas?: number[];
}

export interface ProfileNode {
  id: number;
  callFrame: Frame;
  children?: number[];
  /** Where the function is from, where whoever wrote the profile knew: of pages, whose texts are not ours to lead back. */
  source?: FrameSource;
}

export interface FrameSource {
  path: string;
  line: number | null;
  /** `ast_node_id` and name of the function. */
  id: string | null;
  name: string | null;
}

export interface Frame {
  functionName: string;
  scriptId: string;
  url: string;
  /** From 0; −1: not known. Where the parameters begin. */
  lineNumber: number;
  columnNumber: number;
}

export interface CallNode {
  /** Index of the caller; −1: the root. */
  parent: number;
  frame: Frame;
  source?: FrameSource | undefined;
}

/** IntelliMap's own functions are one: what they do is no part of the program, and their names are short ones. */
const OWN_FRAME = { functionName: '(intellimap)', scriptId: '', lineNumber: -1, columnNumber: -1 };

export class CallTree {
  readonly nodes: CallNode[] = [];
  /** µs of the machine's clock. */
  readonly at: number[] = [];
  /** µs until the next sample of the part. */
  readonly weight: number[] = [];
  /** Index of the node. */
  readonly node: number[] = [];
  readonly #known = new Map<string, number>();
  readonly #isOwn: (url: string) => boolean;

  constructor(isOwn: (url: string) => boolean) {
    this.#isOwn = isOwn;
  }

  /** Adds a part, up to `most` samples in all. Returns whether there was room for all of it. */
  add(profile: CpuProfile, most: number): boolean {
    const indexOf = this.#indices(profile.nodes);
    const { samples = [], timeDeltas = [], startTime, endTime } = profile;
    let time = startTime;
    const times = timeDeltas.map((delta) => (time += delta));
    const order = times.map((_, n) => n).toSorted((a, b) => times[a] - times[b]);
    for (const [place, n] of order.entries()) {
      if (this.at.length >= most) return false;
      const node = indexOf.get(samples[n]);
      if (node === undefined) continue;
      const next = place + 1 < order.length ? times[order[place + 1]] : endTime;
      this.at.push(times[n]);
      this.weight.push(Math.max(0, next - times[n]));
      this.node.push(node);
    }
    return true;
  }

  #indices(nodes: readonly ProfileNode[]): Map<number, number> {
    const byId = new Map(nodes.map((node) => [node.id, node]));
    const indexOf = new Map<number, number>();
    const [root] = nodes;
    if (root === undefined) return indexOf;
    const open: { id: number; parent: number }[] = [{ id: root.id, parent: -1 }];
    for (let one = open.pop(); one !== undefined; one = open.pop()) {
      const node = byId.get(one.id);
      if (node === undefined || indexOf.has(one.id)) continue;
      const index = this.#nodeOf(one.parent, node.callFrame, node.source);
      indexOf.set(one.id, index);
      for (const id of node.children ?? []) open.push({ id, parent: index });
    }
    return indexOf;
  }

  #nodeOf(parent: number, given: Frame, source: FrameSource | undefined): number {
    const isOwn = this.#isOwn(given.url);
    // What ours call, their own functions and Node's, counts as theirs, up to where they call the program.
    const isBelow = parent >= 0 && this.nodes[parent].frame.functionName === OWN_FRAME.functionName;
    if (isBelow && (isOwn || given.url === '' || given.url.startsWith('node:'))) return parent;
    const frame = isOwn ? { ...OWN_FRAME, url: 'node:internal/intellimap' } : given;
    const { functionName, scriptId, url, lineNumber, columnNumber } = frame;
    const name = isOwn ? '' : `${scriptId} ${url} ${lineNumber} ${columnNumber}`;
    const key = `${parent} ${functionName} ${name}`;
    const known = this.#known.get(key);
    if (known !== undefined) return known;
    this.#known.set(key, this.nodes.length);
    return this.nodes.push({ parent, frame, ...(source && { source }) }) - 1;
  }
}
