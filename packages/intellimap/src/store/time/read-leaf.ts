/**
 * A leaf of the time index, read again: its words are replayed as they were when the run was loaded, and every span that begins and ends in it is told. Some ms, whatever
 * the length of the recording.
 */
import { closeSync, openSync, readSync } from 'node:fs';
import { join } from 'node:path';
import { decodeEvents, type EventsFrame, readSegment } from '@intellimap/probe/wire';
import type { RowOf } from '../../schema/index.ts';
import { buildProgram, ProcessMaps } from '../program-sites.ts';
import { CallKeeper } from '../replay/calls.ts';
import { LinkKeeper } from '../replay/causes.ts';
import { PauseKeeper } from '../replay/pauses.ts';
import { Aggregates } from '../replay/program.ts';
import { type CallStack, ENTRY } from '../replay/stack.ts';
import { ResourceKeeper } from '../replay/resources.ts';
import { TaskKeeper } from '../replay/tasks.ts';
import { ThreadReplay } from '../replay/thread.ts';
import type { LeafStart } from '../replay/time/leaf.ts';
import { DUE, ROWS, SPAN, TOLD } from '../replay/time/span-flag.ts';
import { rowsOf, SpanList, type SpanRows } from '../replay/time/span-list.ts';
import type { SpanSink } from '../replay/time/span-sink.ts';
import { TimeIndex } from '../replay/time/time-index.ts';
import { ValueKeeper } from '../replay/values.ts';
import { readRunFolder, type RunFolder } from '../run-folder.ts';

/** Where words are: columns of `frames`. */
export type WordsPlace = Pick<RowOf<'frames'>, 'segment' | 'at_byte' | 'bytes'>;

/** Reads leaves of one run. Site tables are read once. */
export class LeafReader {
  readonly #folder: RunFolder;
  readonly #maps: ProcessMaps;
  /** Nobody reads these sums; to make them anew takes longer than to replay a leaf. */
  readonly #aggregates: Aggregates;
  readonly #list = new SpanList(1 << 15);

  /** @throws Fault when the recording is no longer there */
  constructor(root: string, run: string) {
    this.#folder = readRunFolder(join(root, '.intellimap', 'runs', run));
    const program = buildProgram(this.#folder.tables);
    this.#maps = new ProcessMaps(program, this.#folder);
    this.#aggregates = new Aggregates(program.functions.length, false);
  }

  /** @throws Error when the recording is no longer there, or is damaged */
  spans(pid: number, start: LeafStart, frames: readonly WordsPlace[]): SpanRows {
    const { startedMicros } = this.#folder.run;
    this.#list.size = 0;
    const sink = new SpanReader(startedMicros, this.#list);
    const replay = new ThreadReplay(1, this.#maps.of(pid), sinksOf(startedMicros, this.#aggregates), sink);
    const read = reading(this.#folder.folder);
    let isBegun = false;
    try {
      for (const place of frames) {
        const frame = read.frame(place);
        if (!isBegun) replay.startAt(start, frame.stack);
        isBegun = true;
        decodeEvents(frame, (words, count) =>
          replay.feed(words.subarray(0, count), { position: frame.sampleAt, time: frame.sampleMicros }),
        );
      }
    } finally {
      read.close();
      // Takes its calls off the stack, in the sums as well.
      replay.finish();
    }
    return rowsOf([this.#list.columns()]);
  }
}

/** Frames of one thread; a segment stays open until the next one. */
function reading(folder: string) {
  let open = { segment: '', file: -1 };
  const close = () => {
    if (open.file >= 0) closeSync(open.file);
    open = { segment: '', file: -1 };
  };
  const frame = ({ segment, at_byte, bytes }: WordsPlace): EventsFrame => {
    if (open.segment !== segment) {
      close();
      open = { segment, file: openSync(join(folder, segment), 'r') };
    }
    const buffer = new Uint8Array(bytes);
    readSync(open.file, buffer, 0, bytes, at_byte);
    const [part] = readSegment(buffer);
    if (part?.type !== 'events') throw new Error(`${segment}: no events at byte ${at_byte}`);
    return part.frame;
  };
  return { frame, close };
}

const sinksOf = (startedMicros: number, aggregates: Aggregates) => ({
  aggregates,
  calls: new NoCalls(0, 0),
  tasks: new TaskKeeper(),
  values: new ValueKeeper(),
  links: new LinkKeeper(),
  pauses: new PauseKeeper(),
  resources: new ResourceKeeper(),
  time: new TimeIndex(startedMicros),
});

/** Rows of calls are not wanted. */
class NoCalls extends CallKeeper {
  override min = Infinity;
  override add(): void {}
}

/** Keeps spans of all depths; those that began before the leaf, or do not end in it, are told elsewhere. */
class SpanReader implements SpanSink {
  readonly origin: number;
  readonly depths = TOLD;
  readonly quick = new Float64Array(DUE + 1).fill(-Infinity);
  readonly counts = new Uint32Array(ROWS);
  isDeep = false;
  readonly leaf = 0;
  readonly words = 0;
  readonly #list: SpanList;

  constructor(origin: number, list: SpanList) {
    this.origin = origin;
    this.#list = list;
    this.quick[DUE] = Infinity;
  }

  add(depth: number, start: number, end: number, fn: number, call: number, flags: number): void {
    if ((flags & SPAN.CROSSES) !== 0 || depth >= TOLD) return;
    this.#list.add(depth, start - this.origin, end - this.origin, fn, call, flags);
  }

  ended({ ints, nums }: CallStack, at: number, depth: number, now: number, flags: number): void {
    if ((flags & SPAN.CROSSES) !== 0 || depth >= TOLD) return;
    const { origin } = this;
    const { FN, ON, CALL } = ENTRY;
    this.#list.add(depth, nums[at + ON] - origin, now - origin, ints[at + FN], nums[at + CALL], flags);
  }

  isFull = () => false;
  busy(): void {}
  fail(): void {}
  error(): void {}
  tick(): void {}
  begun(): void {}
  begin(): void {}
  expect(): void {}
  goesOn(): void {}
  cut(): void {}
}
