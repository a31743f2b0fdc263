/** What a leaf that is read again tells is what the replay has of it, whatever the words are and wherever it begins. */
import { expect, test } from 'vitest';
import { EMPTY_STACK, type KnownStack } from '../replay/after-gap.ts';
import { Clock } from '../replay/clock.ts';
import { anything, LETTERS } from '../replay/fixtures/anything.ts';
import { newReplay, type Picture, wordsOf } from '../replay/fixtures/picture.ts';
import { randomFrom, Simulation } from '../replay/fixtures/simulation.ts';
import type { ProcessSites } from '../replay/program.ts';
import { type CallStack, ENTRY } from '../replay/stack.ts';
import { ThreadReplay } from '../replay/thread.ts';
import { decodeLeaf, type LeafStart } from '../replay/time/leaf.ts';
import { DUE, ROWS, TOLD } from '../replay/time/span-flag.ts';
import type { SpanSink } from '../replay/time/span-sink.ts';
import { TimeIndex } from '../replay/time/time-index.ts';
import { LeafLines } from './leaf-lines.ts';
import { LeafStack } from './leaf-stack.ts';

const ORIGIN = 1000;

/** What the replay tells of spans goes into lines of any width, one by one. */
const sinkOf = (lines: LeafLines): SpanSink => ({
  depths: TOLD,
  // Nothing is only counted.
  quick: new Float64Array(DUE + 1).fill(-Infinity),
  counts: new Uint32Array(ROWS),
  isDeep: false,
  leaf: 0,
  words: 0,
  add: (depth, start, end, fn, call, flags) => lines.add(depth, start, end, fn, call, flags),
  ended: ({ ints, nums }, at, depth, now, flags) =>
    lines.add(depth, nums[at + ENTRY.ON], now, ints[at + ENTRY.FN], nums[at + ENTRY.CALL], flags),
  isFull: () => false,
  busy() {},
  fail() {},
  error() {},
  tick() {},
  begun() {},
  begin() {},
  expect() {},
  goesOn() {},
  fullStack() {},
  cut() {},
});

/** What the replay is made of inside. */
interface Inside {
  stack: Pick<CallStack, 'frames' | 'nextCall'> & { sites: ProcessSites };
  threadTime: { missingSince: number };
}
const inside = (replay: ThreadReplay): Inside => replay as unknown as Inside;

/** The replay goes on where a leaf begins. @param told the stack as its first frame has it */
function startAt(replay: ThreadReplay, start: LeafStart, told: KnownStack): void {
  const { frames, hosts, stack: known } = start.known;
  const { stack, threadTime } = inside(replay);
  replay.clock.last = start.clock;
  replay.gap(known ?? told, start.nextCall, true);
  threadTime.missingSince = NaN;
  stack.nextCall = start.nextCall;
  replay.knownFrames(
    new Map(frames.map(({ id, site, call }) => [id, { site, call, parent: -1, suspended: true }])),
  );
  const { slots, call: calls, host } = stack.frames;
  // Numbers of calls whose beginning was lost would be given anew.
  for (const { id, call } of frames) calls[slots.get(id)!] = call;
  for (const [id, other] of hosts) host[slots.get(id)!] = slots.get(other) ?? -1;
}

interface Piece {
  firstWord: number;
  words: Int32Array;
  samples: { position: number[]; time: number[] };
}

function* piecesOf({ words, position, time }: Picture, random: (below: number) => number): Generator<Piece> {
  for (let at = 0; at < position.length - 1;) {
    const to = Math.min(position.length - 1, at + 1 + random(12));
    const [from, end] = [position[at], position[to]];
    const samples = {
      position: position.slice(at, to + 1).map((p) => p - from),
      time: time.slice(at, to + 1),
    };
    yield { firstWord: from, words: words.slice(from, end), samples };
    at = to;
  }
}

function compare(picture: Picture, seed: number, shown: string): number {
  const random = randomFrom(seed);
  const { replay: other, sinks } = newReplay(undefined, LETTERS);
  const { sites } = inside(other).stack;
  const time = new TimeIndex(ORIGIN, { words: 1 + random(60), lines: 17, wordsALine: 1000 });
  const replay = new ThreadReplay(1, sites, { ...sinks, time });
  for (const text of LETTERS.fullStacks) replay.addFullStack(text);
  const pieces = [...piecesOf(picture, random)];
  const [expected, found] = [new LeafLines(ORIGIN), new LeafLines(ORIGIN)];
  const spare = newReplay(undefined, LETTERS).sinks;
  for (const { firstWord, words, samples } of pieces) {
    // Beginnings of async calls that were not recorded.
    if (random(12) === 0) replay.gap({ sites: [28, 5], calls: [-1, -1], frames: [1 + random(6), 0] });
    replay.frame(firstWord, words.length, EMPTY_STACK);
    replay.feed(words, samples);
  }
  replay.finish();
  for (const { bytes, firstWord, words } of time.leaves) {
    const { start } = decodeLeaf(bytes.slice().buffer);
    const own = pieces.filter((each) => each.firstWord >= firstWord && each.firstWord < firstWord + words);
    const shift = random(9);
    for (const each of [expected, found]) each.begin(shift);
    const again = new ThreadReplay(1, sites, spare, sinkOf(expected));
    for (const text of LETTERS.fullStacks) again.addFullStack(text);
    startAt(again, start, EMPTY_STACK);
    const stack = new LeafStack(sites, found, start.known.fullStacks);
    stack.startAt(start, EMPTY_STACK);
    const clock = new Clock();
    clock.last = start.clock;
    for (const piece of own) {
      again.feed(piece.words, piece.samples);
      stack.follow(piece.words, clock.windows(piece.words, piece.samples));
    }
    again.finish();
    expect(found.lines(0), `seed ${seed}, leaf at ${firstWord}: ${shown}`).toEqual(expected.lines(0));
  }
  return time.leaves.length;
}

test('of programs that do what programs do', () => {
  let leaves = 0;
  for (let seed = 1; seed <= 40; seed++) {
    const shown = new Simulation(seed, 4 + 6 * seed).tokens.join(' ');
    leaves += compare(wordsOf(shown), seed, shown);
  }
  expect(leaves).toBeGreaterThan(100);
});

test('of words in any order, with gaps and losses', () => {
  for (let seed = 1; seed <= 150; seed++) {
    const shown = anything(seed, 4 + seed).join(' ');
    compare(wordsOf(shown), seed, shown);
  }
});

test('of stacks deeper than there is room at first', () => {
  const letters = Array.from({ length: 600 }, (_, at) => 'abcde'[at % 5]);
  const shown = [
    ...letters.map((letter) => `${letter}{`),
    '%',
    ...letters.toReversed().map((letter) => `!${letter}`),
  ];
  compare(wordsOf(shown.join(' ')), 3, 'deep');
});
