/**
 * The stacks of a run, thread by thread, as openings and closings of numbered frames: of its recorded calls, or where there are none, of its CPU samples.
 * For formats that know nothing but stacks.
 */
import {
  type CallRow,
  type CpuNodeRow,
  cpuNodes,
  eachCpuSample,
  type FunctionPlace,
  type ThreadFacts,
} from '../../query/index.ts';
import { Timeline } from '../timeline.ts';
import { NodeTree } from './node-tree.ts';
import { nameOf } from './places.ts';
import { byThread, type Source, threadOf } from './source.ts';

export interface Frame {
  name: string;
  /** null: not known */
  path: string | null;
  line: number | null;
  /** From 0. */
  column: number | null;
}

export interface StackSink {
  open(frame: number, at: number): void;
  close(frame: number, at: number): void;
}

/** Frames by number; a number stands for the same frame in all threads. */
export class FrameTable {
  readonly frames: Frame[] = [];
  readonly #numbers = new Map<string, number>();

  numberOf(frame: Frame): number {
    const key = `${frame.name}\0${frame.path ?? ''}\0${frame.line ?? ''}\0${frame.column ?? ''}`;
    let number = this.#numbers.get(key);
    if (number === undefined) {
      this.#numbers.set(key, (number = this.frames.length));
      this.frames.push(frame);
    }
    return number;
  }
}

/** A thread that has stacks. `read` tells them to a sink and gives control back now and then, so that what was made can be written. */
export interface ThreadStacks {
  thread: ThreadFacts;
  read: (sink: StackSink) => AsyncGenerator<void>;
}

/** What stacks are made of: `calls`, or `samples` where no call has a row. */
export const stacksOf = (source: Source): 'calls' | 'samples' =>
  source.run.calls_kept > 0 ? 'calls' : 'samples';

/** Threads are to be read in order, each wholly. */
export async function* eachThread(source: Source, table: FrameTable): AsyncGenerator<ThreadStacks> {
  if (stacksOf(source) === 'calls') yield* callThreads(source, table);
  else yield* sampleThreads(source, table);
}

async function* callThreads(source: Source, table: FrameTable): AsyncGenerator<ThreadStacks> {
  const lists = byThread(source.calls());
  const numbers = new Map<number, number>();
  const frameOf = (fn: number): number => {
    let number = numbers.get(fn);
    if (number === undefined) {
      const place = source.functions[fn];
      number = table.numberOf(frameOfPlace(place));
      numbers.set(fn, number);
    }
    return number;
  };
  let next = await lists.next();
  while (!next.done) {
    const { thread } = next.value;
    const facts = threadOf(source, thread);
    yield {
      thread: facts,
      async *read(sink) {
        const timeline = new Timeline(
          {
            open: (row: CallRow, at) => sink.open(frameOf(row.fn), at),
            close: (row: CallRow, at) => sink.close(frameOf(row.fn), at),
          },
          (fn) => source.functions[fn],
        );
        for (; !next.done && next.value.thread === thread; next = await lists.next()) {
          for (const row of next.value.rows) timeline.add(row);
          yield;
        }
        timeline.finish(facts.endUs ?? 0);
      },
    };
  }
}

/** Samples say what was on the stack; what stays on it from one to the next is not closed. */
async function* sampleThreads(source: Source, table: FrameTable): AsyncGenerator<ThreadStacks> {
  const { session, filter } = source;
  for (const thread of source.threads) {
    if (filter.thread !== null && filter.thread !== thread.thread) continue;
    const nodes = await cpuNodes(session, thread.thread);
    if (nodes.length === 0) continue;
    const tree = new NodeTree(nodes);
    const frameOf = tree.nodes.map((node) => table.numberOf(frameOfNode(node)));
    yield {
      thread,
      async *read(sink) {
        let top = 0;
        let end = 0;
        for await (const samples of eachCpuSample(session, thread.thread, filter)) {
          for (const { at_us: at, weight_us: weight, node_id: node } of samples) {
            const next = tree.indexOf(node);
            const { left, entered } = tree.between(top, next);
            for (const each of left) sink.close(frameOf[each], at);
            for (const each of entered) sink.open(frameOf[each], at);
            top = next;
            end = at + weight;
          }
          yield;
        }
        for (const each of tree.between(top, 0).left) sink.close(frameOf[each], end);
      },
    };
  }
}

const frameOfPlace = (place: FunctionPlace | undefined): Frame => ({
  name: nameOf(place),
  path: place?.path ?? null,
  line: place?.line ?? null,
  column: place?.column ?? null,
});

export const frameOfNode = ({ name, path, line, column }: CpuNodeRow): Frame => ({
  name: name || '(anonymous)',
  path,
  line,
  column,
});
