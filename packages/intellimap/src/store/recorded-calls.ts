/**
 * Calls without a row, found again in the recording: `frames` says where the words are, each frame says what was on the stack when it began, and the
 * replay does the rest. Reading one frame takes some ms, whatever the length of the recording.
 */
import { join } from 'node:path';
import { decodeEvents } from '@intellimap/probe/wire';
import type { RowOf } from '../schema/index.ts';
import { buildProgram, type Program, type ProgramFunction, ProcessMaps } from './program-sites.ts';
import { FrameReader, type WordsPlace } from './read-frame.ts';
import { CallKeeper, Outcome } from './replay/calls.ts';
import { LinkKeeper } from './replay/causes.ts';
import { PauseKeeper } from './replay/pauses.ts';
import { Aggregates } from './replay/program.ts';
import { ResourceKeeper } from './replay/resources.ts';
import { TaskKeeper } from './replay/tasks.ts';
import { TimeIndex } from './replay/time/time-index.ts';
import { ThreadReplay } from './replay/thread.ts';
import { ValueKeeper } from './replay/values.ts';
import { readRunFolder, type RunFolder } from './run-folder.ts';

/** Where words are: a row of `frames`. */
export type FramePlace = WordsPlace & Pick<RowOf<'frames'>, 'from_us'>;

/** As in `calls`; times in µs since the run began. */
export interface RecordedCall {
  callId: number;
  /** null: a root */
  parentCallId: number | null;
  functionId: number;
  /** null: it was on the stack when the first of the frames began. */
  startUs: number | null;
  /** null: it did not end in these frames. */
  endUs: number | null;
  selfUs: number;
  outcome: 'returned' | 'threw' | 'open' | 'unknown';
  uncertaintyUs: number;
  stalledUs: number;
}

const OUTCOMES = ['returned', 'threw', 'open', 'unknown'] as const;

/** The recording of one run. Site tables are read once. */
export class Recording {
  readonly #folder: RunFolder;
  readonly #program: Program;
  readonly #maps: ProcessMaps;
  /** Nobody reads these sums; to make them anew takes longer than to replay a frame. */
  readonly #aggregates: Aggregates;

  constructor(root: string, run: string) {
    this.#folder = readRunFolder(join(root, '.intellimap', 'runs', run));
    this.#program = buildProgram(this.#folder);
    this.#maps = new ProcessMaps(this.#program, this.#folder);
    this.#aggregates = new Aggregates(this.#program.functions.length);
  }

  /** A function by its number (`functions.function_id`); undefined: its site is unknown. */
  functionOf(number: number): ProgramFunction | undefined {
    return this.#program.functions[number - 1];
  }

  /**
   * A call that begins in the first of these consecutive frames, and those that called it, innermost first; undefined: it does not. No more frames are read
   * than it takes to see its end.
   * @throws Error when the recording is no longer there, or is damaged.
   */
  call(
    thread: number,
    frames: readonly FramePlace[],
    id: number,
  ): [RecordedCall, ...RecordedCall[]] | undefined {
    const keeper = new CallAndCallers(id);
    const firstCall = this.#replay(thread, frames, keeper);
    const { startedMicros } = this.#folder.run;
    const ids = keeper.id.subarray(0, keeper.size);
    const row = ids.indexOf(id);
    if (row < 0) return undefined;
    const call = callOf(keeper, row, firstCall, startedMicros);
    const callers: RecordedCall[] = [];
    for (let parent = call.parentCallId; parent !== null;) {
      const at = ids.indexOf(parent);
      if (at < 0) break;
      const caller = callOf(keeper, at, firstCall, startedMicros);
      callers.push(caller);
      parent = caller.parentCallId;
    }
    return [call, ...callers];
  }

  /** Follows the frames until the call has ended. Returns the first call that begins in them. */
  #replay(thread: number, frames: readonly FramePlace[], keeper: CallAndCallers): number {
    const replay = new ThreadReplay(1, this.#maps.of(this.#folder.threads[thread - 1]?.pid ?? 0), {
      aggregates: this.#aggregates,
      calls: keeper,
      tasks: new TaskKeeper(),
      values: new ValueKeeper(),
      links: new LinkKeeper(),
      pauses: new PauseKeeper(),
      resources: new ResourceKeeper(),
      time: new TimeIndex(this.#folder.run.startedMicros),
    });
    const reader = new FrameReader(this.#folder.folder);
    let firstCall = Infinity;
    try {
      for (const place of frames) {
        const frame = reader.read(place);
        if (firstCall === Infinity) {
          if (place.from_us !== null) replay.clock.last = place.from_us + this.#folder.run.startedMicros;
          replay.gap(frame.stack, (firstCall = frame.firstCall), true);
        }
        decodeEvents(frame, (words, count) =>
          replay.feed(words.subarray(0, count), { position: frame.sampleAt, time: frame.sampleMicros }),
        );
        if (keeper.isFound) break;
      }
    } catch (reason) {
      if (reason !== ENOUGH) throw reason;
    } finally {
      reader.close();
      // Takes its calls off the stack, in the sums as well.
      replay.finish();
    }
    return firstCall;
  }
}

/** As deep as most stacks are. */
const FEW = 256;

/** What follows in the frame tells nothing of a call that returned. Thrown from where the replay has taken a later call off the stack, and only the rest is left to be done. */
const ENOUGH = new Error('the call has ended');

/** Keeps one call, and those that were on the stack when it ended: they began before it, and end after it, or not. */
class CallAndCallers extends CallKeeper {
  readonly #wanted: number;
  isFound = false;
  /** Of its callers nothing more is to be learned. */
  #isDone = false;

  constructor(wanted: number) {
    super(undefined, FEW);
    this.#wanted = wanted;
  }

  protected override wants(id: number, special: boolean, outcome: Outcome): boolean {
    const hasReturned = !special && outcome === Outcome.RETURNED;
    if (id === this.#wanted) {
      this.isFound = true;
      this.#isDone = hasReturned;
      return true;
    }
    // Special calls are async ones, too, which are not off the stack yet when they are told.
    if (this.#isDone && hasReturned && id > this.#wanted) throw ENOUGH;
    return this.isFound && id < this.#wanted;
  }
}

function callOf(keeper: CallKeeper, row: number, firstCall: number, startedMicros: number): RecordedCall {
  const id = keeper.id[row];
  const parent = keeper.parent[row];
  const end = keeper.end[row];
  const outcome = keeper.outcome(row);
  return {
    callId: id,
    parentCallId: Number.isNaN(parent) ? null : parent,
    functionId: keeper.fn[row],
    startUs: id < firstCall ? null : keeper.start[row] - startedMicros,
    endUs: outcome === Outcome.OPEN || Number.isNaN(end) ? null : end - startedMicros,
    selfUs: keeper.self[row],
    outcome: OUTCOMES[outcome],
    uncertaintyUs: keeper.uncertainty[row],
    stalledUs: keeper.stalled[row],
  };
}
