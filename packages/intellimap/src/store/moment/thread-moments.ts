/**
 * Any moment of one thread. Its recording is gone through once, frame by frame; of each frame is kept where it is and what was known before it (`Keyframes`). From then on a
 * moment costs the reading of one frame: some ms, whatever the length of the recording.
 */
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { setImmediate as turn } from 'node:timers/promises';
import {
  decodeEvents,
  type EventsFrame,
  type Keyframe,
  Kind,
  type Note,
  operandsOf,
  readSegment,
} from '@intellimap/probe/wire';
import { lowest } from '../../base/search.ts';
import { readCheckpoint, removeCheckpoint, writeCheckpoint } from '../checkpoint.ts';
import { readFrame } from '../read-frame.ts';
import { Clock } from '../replay/clock.ts';
import type { FunctionNo, ProcessSites } from '../replay/program.ts';
import { restore, type State, stateOf } from '../replay/state.ts';
import type { ThreadFolder } from '../run-folder.ts';
import { errorTextOf, isFullStack } from '../thread-notes.ts';
import { Doubles, Ints } from './growing.ts';
import { Keyframes } from './keyframes.ts';
import { Event } from './events.ts';
import { MomentStack } from './stack.ts';
import { FrameTimes } from './times.ts';

/** How long a recording is gone through before others have a turn. */
export const SLICE_MS = 30;
/** What takes less is not written down. */
const SAVED_MS = 400;

/** A frame that is played: its words, and when each happened. */
export interface PlayedFrame {
  stack: MomentStack;
  words: Int32Array;
  times: FrameTimes;
}

export class ThreadMoments {
  readonly keyframes: Keyframes;
  /** First and last known time, µs since the run began; NaN: none. */
  first = NaN;
  last = NaN;
  /** Errors of the whole thread. */
  errors = 0;
  calls = 0;
  /** Something is missing after the last frame. */
  endsInGap = false;
  readonly startedMicros: number;
  private readonly folder: string;
  private readonly sites: ProcessSites;
  /** Of each frame. */
  private readonly segment = new Ints();
  private readonly at = new Doubles();
  private readonly bytes = new Ints();
  private readonly segments: string[];
  /** Texts of errors that say that the stack is full. */
  private readonly fullStacks = new Set<number>();
  private kept: { frame: number; words: Int32Array; read: EventsFrame } | undefined;

  private constructor(
    folder: string,
    { segments }: ThreadFolder,
    sites: ProcessSites,
    startedMicros: number,
  ) {
    this.startedMicros = startedMicros;
    this.folder = folder;
    this.segments = segments;
    this.sites = sites;
    this.keyframes = new Keyframes(sites.isModule.length);
  }

  /**
   * Goes through the recording of a thread. What took long is written down, and is there the next time.
   * @param saved where, and what it belongs to
   */
  static async read(
    folder: string,
    thread: ThreadFolder,
    sites: ProcessSites,
    startedMicros: number,
    saved: { file: string; key: string; afterMs?: number },
  ): Promise<ThreadMoments> {
    const moments = new ThreadMoments(folder, thread, sites, startedMicros);
    const state = readCheckpoint(saved.file, saved.key) as State | undefined;
    if (state !== undefined) {
      restore(moments, state);
      return moments;
    }
    const begun = performance.now();
    let since = begun;
    for (const _ of moments.#scan()) {
      if (performance.now() - since < SLICE_MS) continue;
      await turn();
      since = performance.now();
    }
    moments.#finish();
    if (performance.now() - begun >= (saved.afterMs ?? SAVED_MS)) moments.#save(saved);
    return moments;
  }

  #finish(): void {
    this.keyframes.finish();
    for (const each of [this.segment, this.at, this.bytes]) each.trim();
  }

  #save({ file, key }: { file: string; key: string }): void {
    try {
      writeCheckpoint(file, key, stateOf(this, [this.sites]));
    } catch {
      // No room, or not allowed: it takes as long the next time.
      removeCheckpoint(file);
    }
  }

  /** As `ThreadReader` goes through it. */
  *#scan(): Generator<void> {
    const stack = new MomentStack(this.sites, this.fullStacks);
    const clock = new Clock();
    let nextWord = 0;
    let damage = false;
    let known: Keyframe | null = null;
    for (const [segment, name] of this.segments.entries()) {
      const isLast = segment + 1 === this.segments.length;
      const bytes = this.#whole(name);
      if (bytes === undefined) damage = true;
      for (const part of readSegment(bytes ?? new Uint8Array(0))) {
        if (part.type === 'keyframe') known = part.keyframe;
        else if (part.type === 'note') this.#note(part.note);
        else if (part.type === 'damaged' || (part.type === 'truncated' && !isLast)) damage = true;
        else if (part.type === 'events') {
          const { frame } = part;
          const isAfterGap = damage || frame.firstWord !== nextWord;
          if (isAfterGap) {
            const now = Number.isNaN(clock.last) ? 0 : clock.last;
            stack.gap(frame.stack, frame.firstCall, now);
            if (known !== null && known.words === frame.firstWord) stack.knownFrames(known.open, now);
            damage = false;
          }
          nextWord = frame.firstWord + frame.words;
          if (this.#follow(frame, stack, clock, isAfterGap)) {
            this.segment.push(segment);
            this.at.push(part.from);
            this.bytes.push(part.to - part.from);
          } else damage = true;
        }
        yield;
      }
    }
    this.endsInGap = damage;
    this.first = clock.first - this.startedMicros;
    this.last = clock.last - this.startedMicros;
    this.errors = stack.errors;
    this.calls = stack.nextCall;
  }

  /** Comes before the words that refer to it. */
  #note(note: Note): void {
    if (note.t === 'error' && isFullStack(errorTextOf(note)))
      this.fullStacks.add((note as unknown as { id: number }).id);
  }

  #whole(segment: string): Uint8Array | undefined {
    try {
      return readFileSync(join(this.folder, segment));
    } catch {
      return undefined;
    }
  }

  /** @returns false where the frame cannot be read. */
  #follow(frame: EventsFrame, stack: MomentStack, clock: Clock, isAfterGap: boolean): boolean {
    const { keyframes } = this;
    let words: Int32Array = new Int32Array(0);
    try {
      decodeEvents(frame, (all, count) => void (words = all.subarray(0, count)));
    } catch {
      return false;
    }
    keyframes.begin(stack, clock.last, isAfterGap);
    const samples = { position: frame.sampleAt, time: frame.sampleMicros };
    stack.feed(words, 0, words.length, new FrameTimes(clock.windows(words, samples)));
    stack.settle();
    stack.nextFrame(words.length);
    keyframes.end(stack.saw);
    stack.saw.length = 0;
    stack.seenAs++;
    return true;
  }

  get count(): number {
    return this.keyframes.count;
  }

  /** The frame in which a moment (µs since the run began) lies: the last one that begins at it or before; -1: none. */
  frameAt(t: number): number {
    const { from } = this.keyframes;
    return lowest(this.count, (k) => from.data[k] - this.startedMicros > t) - 1;
  }

  /** The last frame that begins before a moment; -1: none. */
  frameBefore(t: number): number {
    const { from } = this.keyframes;
    return lowest(this.count, (k) => from.data[k] - this.startedMicros >= t) - 1;
  }

  /** The frame in which a call begins; -1: none. */
  frameOf(call: number): number {
    const { nextCall } = this.keyframes;
    if (!(call >= 0 && call < this.calls)) return -1;
    return lowest(this.count, (k) => nextCall.data[k] > call) - 1;
  }

  /** A frame, ready to be played from its beginning. Valid until the next one is asked for. @param all put all that wait, not only those that the frame is about */
  open(frame: number, all = false): PlayedFrame {
    const { words, read } = this.#words(frame);
    const clock = new Clock();
    clock.last = this.keyframes.from.data[frame];
    const samples = { position: read.sampleAt, time: read.sampleMicros };
    const times = new FrameTimes(clock.windows(words, samples), this.startedMicros);
    const stack = new MomentStack(this.sites, this.fullStacks);
    this.keyframes.restore(stack, frame, all ? undefined : framesIn(words));
    return { stack, words, times };
  }

  functionOf(site: number): FunctionNo {
    const { functionOf } = this.sites;
    return site < functionOf.length ? functionOf[site] : 0;
  }

  /** The call on top of the stack at a moment; undefined: there is none. */
  topAt(t: number): { call: number; fn: FunctionNo } | undefined {
    const frame = this.frameAt(t);
    if (frame < 0) return undefined;
    const played = this.open(frame);
    const { stack } = played;
    stack.feed(played.words, 0, wordsUpTo(played, t), played.times);
    return stack.top < 0 ? undefined : { call: stack.call[stack.top], fn: stack.fn[stack.top] };
  }

  /** How a call began; undefined: that was not recorded. */
  beginOf(call: number): { call: number; fn: FunctionNo; t: number; parent: number } | undefined {
    const frame = this.frameOf(call);
    if (frame < 0) return undefined;
    const { stack, words, times } = this.open(frame);
    let found: { call: number; fn: FunctionNo; t: number; parent: number } | undefined;
    stack.listener = (event, each, fn, word, parent) => {
      if (event !== Event.BEGIN || each !== call) return false;
      found = { call, fn, t: times.sinceStart(word), parent };
      return true;
    };
    stack.feed(words, 0, words.length, times);
    return found;
  }

  #words(frame: number): { words: Int32Array; read: EventsFrame } {
    if (this.kept?.frame === frame) return this.kept;
    const read = readFrame(this.folder, {
      segment: this.segments[this.segment.data[frame]],
      at_byte: this.at.data[frame],
      bytes: this.bytes.data[frame],
    });
    let words: Int32Array = new Int32Array(0);
    decodeEvents(read, (all, count) => void (words = all.slice(0, count)));
    this.kept = { frame, words, read };
    return this.kept;
  }
}

/** Async calls that words tell of: of the others nothing changes. */
function framesIn(words: Int32Array): Set<number> {
  const frames = new Set<number>();
  for (let i = 0; i < words.length; i += 1 + operandsOf[words[i] & 15]) {
    const kind = words[i] & 15;
    if (kind >= Kind.FRAME_ENTER && kind <= Kind.RESUME) frames.add(words[i + 1]);
  }
  return frames;
}

/** How many of a frame's words happened up to a time (µs since the run began), that time included or not. */
export function wordsUpTo({ words, times }: PlayedFrame, t: number, isIncluded = true): number {
  return lowest(words.length, (n) => (isIncluded ? times.sinceStart(n) > t : times.sinceStart(n) >= t));
}
