/**
 * Collapsed stacks, as flame graphs are drawn of: `outer;inner 123`, a line for each stack, with the µs that were spent there and not below.
 * Of calls these are exact (`self_us`), and what an async call does after an `await` stands below whoever called it.
 */
import { type CallRow, cpuNodes, eachCpuSample } from '../../query/index.ts';
import { frameOfNode, FrameTable, stacksOf } from './frames.ts';
import { NodeTree } from './node-tree.ts';
import { nameOf, placeText } from './places.ts';
import { byThread, type Source } from './source.ts';

/** Stacks as a tree: node → caller, frame, µs. Node 0 is the root. */
class Stacks {
  readonly #parents = [-1];
  readonly #frames = [-1];
  readonly #micros = [0];
  readonly #children = new Map<string, number>();

  child(parent: number, frame: number): number {
    const key = `${parent} ${frame}`;
    let node = this.#children.get(key);
    if (node === undefined) {
      this.#children.set(key, (node = this.#parents.length));
      this.#parents.push(parent);
      this.#frames.push(frame);
      this.#micros.push(0);
    }
    return node;
  }

  add(node: number, micros: number): void {
    this.#micros[node] += micros;
  }

  /** Lines in the order of their text. @param nameOf name of a frame */
  lines(nameOf: (frame: number) => string): string[] {
    const paths = [''];
    const lines: string[] = [];
    for (let node = 1; node < this.#parents.length; node++) {
      const above = paths[this.#parents[node]];
      const name = nameOf(this.#frames[node]);
      paths[node] = above === '' ? name : `${above};${name}`;
      const micros = Math.round(this.#micros[node]);
      if (micros > 0) lines.push(`${paths[node]} ${micros}`);
    }
    return lines.toSorted();
  }
}

/** What separates stacks, frames and counts is no part of a name. */
const plain = (name: string): string => name.replace(/[;\s]+/g, ' ').trim();
const label = (name: string, place: string): string => plain(place === '' ? name : `${name} (${place})`);

export async function* collapsed(source: Source): AsyncGenerator<string> {
  const lines = stacksOf(source) === 'calls' ? await ofCalls(source) : await ofSamples(source);
  for (let from = 0; from < lines.length; from += 1000)
    yield `${lines.slice(from, from + 1000).join('\n')}\n`;
}

async function ofCalls(source: Source): Promise<string[]> {
  const stacks = new Stacks();
  let nodes = new Map<number, number>();
  let thread = -1;
  for await (const { rows, ...at } of byThread(source.calls())) {
    if (at.thread !== thread) nodes = new Map();
    thread = at.thread;
    for (const row of rows) nodes.set(row.call, addCall(stacks, nodes, row));
  }
  return stacks.lines((fn) => label(nameOf(source.functions[fn]), placeText(source.functions[fn])));
}

function addCall(stacks: Stacks, nodes: Map<number, number>, { parent, fn, self }: CallRow): number {
  const node = stacks.child(parent === null ? 0 : (nodes.get(parent) ?? 0), fn);
  stacks.add(node, self);
  return node;
}

async function ofSamples(source: Source): Promise<string[]> {
  const table = new FrameTable();
  const all = new Stacks();
  for (const { thread } of source.threads) {
    if (source.filter.thread !== null && source.filter.thread !== thread) continue;
    const tree = new NodeTree(await cpuNodes(source.session, thread));
    const nodes: number[] = [];
    for (const [index, node] of tree.nodes.entries())
      nodes.push(index === 0 ? 0 : all.child(nodes[tree.parents[index]], table.numberOf(frameOfNode(node))));
    for await (const samples of eachCpuSample(source.session, thread, source.filter))
      for (const { node_id: node, weight_us: weight } of samples) all.add(nodes[tree.indexOf(node)], weight);
  }
  return all.lines((frame) => label(table.frames[frame].name, placeText(table.frames[frame])));
}
