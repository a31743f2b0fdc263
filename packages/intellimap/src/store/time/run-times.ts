/** The time index of one run, as it lies in the database, with the tree of each thread; leaves are read again where they are asked for. */
import { addTo } from '../../base/groups.ts';
import { lowest } from '../../base/search.ts';
import type { ThreadKind } from '../../schema/index.ts';
import type { Database } from '../database.ts';
import type { WordsPlace } from '../read-frame.ts';
import type { Lines } from '../replay/time/buckets.ts';
import { decodeLeaf, type Leaf } from '../replay/time/leaf.ts';
import { rowsOf, type SpanRows } from '../replay/time/span-list.ts';
import { callsAsSpans } from './calls-as-spans.ts';
import { LeafReader } from './read-leaf.ts';
import { type TimeNode, treeOf } from './tree.ts';

export interface ThreadTimes {
  thread: number;
  pid: number;
  tid: number;
  kind: ThreadKind;
  /** null: it has none */
  name: string | null;
  /** What Node was asked to run, as it was recorded: mostly a whole path; null: not known. */
  script: string | null;
  /** null: there were no calls */
  root: TimeNode | null;
  /** Spans that lie in no leaf: they were on the stack where one ends. */
  crossing: SpanRows;
}

/** Of leaves that were read: more are let go, those first that were not asked for longest. Some 30 bytes each. */
const LINES_HELD = 1_000_000;

type Frame = WordsPlace & { first_word: number };

export class RunTimes {
  readonly threads: readonly ThreadTimes[];
  /** False: the recording is gone, and no leaf can be read again. */
  isReadable = true;
  readonly #db: Database;
  readonly #root: string;
  readonly #run: string;
  #reader: LeafReader | undefined;
  /** By thread, in order. */
  readonly #frames = new Map<number, Frame[]>();
  readonly #held = new Map<TimeNode, Lines>();
  #linesHeld = 0;

  private constructor(db: Database, root: string, run: string, threads: readonly ThreadTimes[]) {
    this.#db = db;
    this.#root = root;
    this.#run = run;
    this.threads = threads;
  }

  /** @param root of the workspace */
  static async open(db: Database, root: string, run: string): Promise<RunTimes> {
    const threads = await db.all<Pick<ThreadTimes, 'thread' | 'pid' | 'tid' | 'kind' | 'name' | 'script'>>(
      "SELECT thread_id AS thread, pid, tid, kind, name, nullif(facts ->> '$.argv[1]', '') AS script FROM all_runs.threads WHERE run_id = $run ORDER BY thread_id",
      { run },
    );
    const leaves = await leavesOf(db, run);
    const imported = leaves.size > 0 ? new Map<number, SpanRows>() : await callsAsSpans(db, run);
    const times = threads.map((each): ThreadTimes => {
      const own = leaves.get(each.thread) ?? [];
      return {
        ...each,
        root: treeOf(own.filter(({ leaf }) => leaf.start.words > 0).map(nodeOf)),
        crossing: imported.get(each.thread) ?? rowsOf(own.map(({ leaf }) => leaf.crossing)),
      };
    });
    return new RunTimes(db, root, run, times);
  }

  /**
   * What begins and ends in a leaf, read again: at all depths (`DEEP_OF_LEAF`), in buckets of up to `2 ** shift` µs. Undefined: its words are no longer there, or
   * cannot be read.
   */
  async linesOf({ thread, pid }: ThreadTimes, node: TimeNode, shift: number): Promise<Lines | undefined> {
    const held = this.#held.get(node);
    if (held !== undefined && held.shift <= shift) {
      this.#held.delete(node);
      this.#held.set(node, held);
      return held;
    }
    if (!this.isReadable || node.leaf === null) return undefined;
    // If the database is closed meanwhile, that says nothing of the recording.
    const frames = await this.#framesOf(thread);
    const { firstWord, words } = node.leaf;
    try {
      this.#reader ??= new LeafReader(this.#root, this.#run);
      const from = lowest(frames.length, (at) => frames[at].first_word >= firstWord);
      const to = lowest(frames.length, (at) => frames[at].first_word >= firstWord + words);
      const lines = this.#reader.lines(pid, node.leaf, frames.slice(from, to), shift);
      this.#hold(node, lines);
      return lines;
    } catch {
      this.isReadable = false;
      return undefined;
    }
  }

  /** Reads what reading leaves needs, and the first one. */
  async prepare(): Promise<void> {
    const first = this.threads.find(({ root }) => root !== null);
    let node = first?.root ?? null;
    while (node !== null && node.leaf === null) [node] = node.children;
    if (first !== undefined && node !== null) await this.linesOf(first, node, 0);
  }

  #hold(node: TimeNode, lines: Lines): void {
    this.#letGo(node);
    this.#held.set(node, lines);
    this.#linesHeld += lines.bucket.length;
    for (const oldest of this.#held.keys()) {
      if (this.#linesHeld <= LINES_HELD || oldest === node) return;
      this.#letGo(oldest);
    }
  }

  #letGo(node: TimeNode): void {
    this.#linesHeld -= this.#held.get(node)?.bucket.length ?? 0;
    this.#held.delete(node);
  }

  async #framesOf(thread: number): Promise<Frame[]> {
    let frames = this.#frames.get(thread);
    if (frames === undefined) {
      frames = await this.#db.all<Frame>(FRAMES, { run: this.#run, thread });
      this.#frames.set(thread, frames);
    }
    return frames;
  }
}

const FRAMES = `
  SELECT segment, at_byte, bytes, first_word FROM all_runs.frames WHERE run_id = $run AND thread_id = $thread ORDER BY first_word`;

interface StoredLeaf {
  from: number | null;
  to: number | null;
  leaf: Leaf;
}

async function leavesOf(db: Database, run: string): Promise<Map<number, StoredLeaf[]>> {
  const rows = await db.all<{ thread: number; from: number | null; to: number | null; data: string }>(
    `SELECT thread_id AS thread, from_us AS "from", to_us AS "to", base64(data) AS data
     FROM all_runs.time_index WHERE run_id = $run ORDER BY thread_id, nth`,
    { run },
  );
  const threads = new Map<number, StoredLeaf[]>();
  for (const { thread, from, to, data } of rows)
    // Columns want an array of their own, which begins where numbers may.
    addTo(threads, thread, {
      from,
      to,
      leaf: decodeLeaf(new Uint8Array(Buffer.from(data, 'base64')).buffer),
    });
  return threads;
}

const nodeOf = ({ from, to, leaf: { start, lines } }: StoredLeaf): TimeNode => ({
  from: from ?? -Infinity,
  to: to ?? -Infinity,
  lines,
  isDeep: start.isDeep,
  children: [],
  leaf: start,
});
