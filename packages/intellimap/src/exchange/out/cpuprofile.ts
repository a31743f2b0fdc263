/**
 * V8's `.cpuprofile`, of one thread: of its CPU samples if there are any, else of its calls. Then every change of the stack is a sample, and stands for the
 * time until the next one.
 */
import { type CpuNodeRow, cpuNodes, eachCpuSample, type ThreadFacts } from '../../query/index.ts';
import { eachThread, type Frame, FrameTable, type StackSink } from './frames.ts';
import { NodeTree } from './node-tree.ts';
import { urlOf } from './places.ts';
import type { Source } from './source.ts';

/** Times of samples, whole µs since the run began, and nodes by index; 1 is the root in the file. */
class Samples {
  readonly nodes: number[] = [];
  readonly at: number[] = [];
  end = 0;

  add(node: number, at: number): void {
    this.nodes.push(node);
    this.at.push(Math.round(at));
  }
}

/** Threads with CPU samples; of a run without any, those with calls. */
export async function* cpuProfiles(
  source: Source,
): AsyncGenerator<{ thread: ThreadFacts; text: () => AsyncGenerator<string> }> {
  let sampled = false;
  for (const thread of source.threads) {
    if (source.filter.thread !== null && source.filter.thread !== thread.thread) continue;
    const nodes = await cpuNodes(source.session, thread.thread);
    if (nodes.length === 0) continue;
    sampled = true;
    yield { thread, text: () => ofSamples(source, thread, nodes) };
  }
  if (sampled || source.run.calls_kept === 0) return;
  const table = new FrameTable();
  for await (const { thread, read } of eachThread(source, table)) {
    let isRead = false;
    const stacks = new CallStacks(table);
    yield {
      thread,
      text: async function* () {
        isRead = true;
        for await (const _ of read(stacks));
        yield* profile(source, stacks.places, stacks.parents, stacks.samples);
      },
    };
    if (!isRead) for await (const _ of read(stacks));
  }
}

async function* ofSamples(
  source: Source,
  { thread }: ThreadFacts,
  rows: CpuNodeRow[],
): AsyncGenerator<string> {
  const tree = new NodeTree(rows);
  const samples = new Samples();
  for await (const list of eachCpuSample(source.session, thread, source.filter))
    for (const { at_us: at, weight_us: weight, node_id: node } of list) {
      samples.add(tree.indexOf(node), at);
      samples.end = at + weight;
    }
  yield* profile(source, tree.nodes, tree.parents, samples);
}

const ROOT: Frame = { name: '(root)', path: null, line: null, column: null };
const IDLE: Frame = { ...ROOT, name: '(idle)' };

/** Openings and closings → a tree of calls, and a sample at each of them. */
class CallStacks implements StackSink {
  readonly places: Frame[] = [ROOT, IDLE];
  readonly parents = [-1, 0];
  readonly samples = new Samples();
  readonly #table: FrameTable;
  readonly #children = new Map<string, number>();
  #top = 0;

  constructor(table: FrameTable) {
    this.#table = table;
  }

  open(frame: number, at: number): void {
    const key = `${this.#top} ${frame}`;
    let node = this.#children.get(key);
    if (node === undefined) {
      this.#children.set(key, (node = this.places.length));
      this.places.push(this.#table.frames[frame]);
      this.parents.push(this.#top);
    }
    this.#go(node, at);
  }

  close(_frame: number, at: number): void {
    this.#go(this.parents[this.#top], at);
  }

  #go(node: number, at: number): void {
    this.#top = node;
    this.samples.add(node === 0 ? 1 : node, at);
    this.samples.end = at;
  }
}

function* profile(
  { run, missing }: Source,
  places: readonly Frame[],
  parents: readonly number[],
  { nodes, at, end }: Samples,
): Generator<string> {
  const children: number[][] = places.map(() => []);
  for (const [node, parent] of parents.entries()) if (parent >= 0) children[parent].push(node);
  const hits = places.map(() => 0);
  for (const node of nodes) hits[node]++;
  yield '{"nodes":[';
  for (const [node, place] of places.entries()) {
    const { name, path, line, column } = place;
    const callFrame = {
      functionName: name,
      scriptId: '0',
      url: urlOf(run.root, path),
      lineNumber: line === null ? -1 : line - 1,
      columnNumber: column ?? -1,
    };
    const below = children[node].map((child) => child + 1);
    const text = JSON.stringify({
      id: node + 1,
      callFrame,
      hitCount: hits[node],
      ...(below.length > 0 && { children: below }),
    });
    yield `${node === 0 ? '' : ','}\n${text}`;
  }
  yield `\n],"startTime":0,"endTime":${Math.max(Math.round(end), at.at(-1) ?? 0)},\n"samples":[`;
  yield* list(nodes.length, (index) => nodes[index] + 1);
  yield '],\n"timeDeltas":[';
  yield* list(at.length, (index) => at[index] - (index === 0 ? 0 : at[index - 1]));
  yield `],\n"intellimap":${JSON.stringify({ run: run.id, missing })}}\n`;
}

function* list(count: number, at: (index: number) => number): Generator<string> {
  for (let from = 0; from < count; from += 4096) {
    const numbers = Array.from({ length: Math.min(4096, count - from) }, (_, index) => at(from + index));
    yield `${from === 0 ? '' : ','}${numbers.join(',')}`;
  }
}
