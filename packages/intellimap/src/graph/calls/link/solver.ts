/**
 * Which values may lie where: nodes hold tokens, an edge says that what is in one node is in the other, too. Andersen's analysis, with a work list; it ends, as nothing is
 * ever taken back. It is bounded: a node that holds too much to say anything takes no more.
 */

/** Tokens that a node takes. With 100, what is found is no better, and Terser and Express take three to four times as long. */
const MOST_TOKENS = 30;
/** Looks at tokens until what is not known yet is looked at, and then again: some seconds of work in all. */
const MOST_STEPS = 20_000_000;

export type Watcher = (token: number) => void;

export class Solver {
  private readonly held: Set<number>[] = [];
  private readonly to: Set<number>[] = [];
  private readonly watchers: Watcher[][] = [];
  /** Node and token in turn. */
  private readonly queue: number[] = [];
  private steps = 0;

  node(): number {
    return this.held.push(NO_TOKENS) - 1;
  }

  nodes(count: number): number {
    const first = this.held.length;
    for (let each = 0; each < count; each++) this.node();
    return first;
  }

  add(node: number, token: number): void {
    this.steps++;
    let held = this.held[node];
    if (held === NO_TOKENS) this.held[node] = held = new Set();
    if (held.size >= MOST_TOKENS || held.has(token)) return;
    held.add(token);
    this.queue.push(node, token);
  }

  edge(from: number, to: number): void {
    if (from === to) return;
    const all = (this.to[from] ??= new Set());
    if (all.has(to)) return;
    all.add(to);
    for (const token of this.held[from]) this.add(to, token);
  }

  /** `on` is told each token that is, or comes to be, in a node. */
  watch(node: number, on: Watcher): void {
    (this.watchers[node] ??= []).push(on);
    // A copy: `on` may add to it.
    for (const token of Array.from(this.held[node])) on(token);
  }

  tokens(node: number): ReadonlySet<number> {
    return this.held[node];
  }

  isEmpty(node: number): boolean {
    return this.held[node].size === 0;
  }

  /** @returns whether it came to an end */
  solve(): boolean {
    this.steps = 0;
    for (let at = 0; at < this.queue.length; at += 2) {
      if (this.steps > MOST_STEPS) {
        this.queue.splice(0, at);
        return false;
      }
      const node = this.queue[at];
      const token = this.queue[at + 1];
      const next = this.to[node];
      if (next !== undefined) for (const each of next) this.add(each, token);
      const watchers = this.watchers[node];
      // What is added meanwhile is told by itself.
      if (watchers !== undefined)
        for (let index = 0, count = watchers.length; index < count; index++) watchers[index](token);
    }
    this.queue.length = 0;
    return true;
  }
}

const NO_TOKENS: Set<number> = new Set();
