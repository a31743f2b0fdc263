/** What is on the stack, and who waits, is what the replay has, whatever the words are; and so it is of a stack that was made anew where a frame begins. */
import { expect, test } from 'vitest';
import { newReplay, type Picture, wordsOf } from '../replay/fixtures/picture.ts';
import { anything, LETTERS } from '../replay/fixtures/anything.ts';
import { randomFrom, Simulation } from '../replay/fixtures/simulation.ts';
import { ENTRY, type CallStack } from '../replay/stack.ts';
import type { ProcessSites } from '../replay/program.ts';
import type { ThreadReplay } from '../replay/thread.ts';
import { Clock } from '../replay/clock.ts';
import { Keyframes } from './keyframes.ts';
import { MomentStack } from './stack.ts';
import { FrameTimes } from './times.ts';

/** What the replay is made of inside. */
interface Inside {
  stack: Pick<CallStack, 'nums' | 'ints' | 'top' | 'frames' | 'nextCall'> & { sites: ProcessSites };
}
const inside = (replay: ThreadReplay): Inside => replay as unknown as Inside;

/** Calls on the stack, and those that wait with the time since when, as the replay has them. */
function expected(replay: ThreadReplay): unknown {
  const { nums, ints, top, frames, nextCall } = inside(replay).stack;
  const depths = Array.from({ length: top + 1 }, (_, depth) => depth * ENTRY.STRIDE);
  const slots = [...frames.slots].filter(([, slot]) => frames.depth[slot] < 0);
  return {
    nextCall,
    stack: depths.map((at) => {
      const slot = ints[at + ENTRY.FRAME];
      const began = slot < 0 ? nums[at + ENTRY.ON] : frames.start[slot];
      return [nums[at + ENTRY.CALL], ints[at + ENTRY.FN], began];
    }),
    waiting: slots
      .map(([id, slot]) => [
        id,
        frames.call[slot],
        frames.parent[slot],
        frames.start[slot],
        frames.suspendedAt[slot],
      ])
      .toSorted((a, b) => a[0] - b[0]),
  };
}

function found(stack: MomentStack): unknown {
  stack.settle();
  const depths = Array.from({ length: stack.top + 1 }, (_, depth) => depth);
  return {
    nextCall: stack.nextCall,
    stack: depths.map((at) => [stack.call[at], stack.fn[at], stack.began[at]]),
    waiting: [...stack.open.values()]
      .filter(({ depth }) => depth < 0)
      .map(({ id, call, parent, began, suspendedAt }) => [id, call, parent, began, suspendedAt])
      .toSorted((a, b) => a[0] - b[0]),
  };
}

/** Plays pieces of a picture with both, and each piece once more from what was written down before it. */
function compare({ words, position, time }: Picture, seed: number, shown: string): void {
  const random = randomFrom(seed);
  const { replay } = newReplay(undefined, LETTERS);
  const { sites } = inside(replay).stack;
  const stack = new MomentStack(sites, new Set(LETTERS.fullStacks));
  const clock = new Clock();
  const keyframes = new Keyframes(200, { stacks: 5, rows: 2 });
  const pieces: { words: Int32Array; samples: { position: number[]; time: number[] }; last: number }[] = [];
  const states: unknown[] = [];
  for (let at = 0; at < position.length - 1;) {
    const to = Math.min(position.length - 1, at + 1 + random(12));
    const samples = {
      position: position.slice(at, to + 1).map((p) => p - position[at]),
      time: time.slice(at, to + 1),
    };
    const piece = words.slice(position[at], position[to]);
    const isGap = random(15) === 0;
    if (isGap) {
      // Who is on the stack after it is known of some.
      const { call, site, frame, top } = stack;
      const depth = random(top + 2);
      const known = {
        sites: [...site.subarray(0, depth), 5],
        calls: [...call.subarray(0, depth), -1],
        frames: [...frame.subarray(0, depth), 0],
      };
      replay.gap(known, stack.nextCall + 2);
      stack.gap(known, stack.nextCall + 2, Number.isNaN(clock.last) ? 0 : clock.last);
    }
    pieces.push({ words: piece, samples, last: clock.last });
    keyframes.begin(stack, clock.last, isGap);
    replay.feed(piece, samples);
    stack.feed(piece, 0, piece.length, new FrameTimes(clock.windows(piece, samples)));
    states.push(expected(replay));
    expect(found(stack), `seed ${seed}: ${shown}`).toEqual(states.at(-1));
    stack.nextFrame(piece.length);
    at = to;
  }
  for (const [frame, piece] of pieces.entries()) {
    const anew = new MomentStack(sites, new Set(LETTERS.fullStacks));
    const from = new Clock();
    from.last = piece.last;
    keyframes.restore(anew, frame);
    anew.feed(piece.words, 0, piece.words.length, new FrameTimes(from.windows(piece.words, piece.samples)));
    expect(found(anew), `seed ${seed}, frame ${frame}: ${shown}`).toEqual(states[frame]);
  }
}

test('of programs that do what programs do', () => {
  for (let seed = 1; seed <= 60; seed++) {
    const shown = new Simulation(seed, 4 + 2 * seed).tokens.join(' ');
    compare(wordsOf(shown), seed, shown);
  }
});

test('of words in any order, with gaps and losses', () => {
  for (let seed = 1; seed <= 250; seed++) {
    const shown = anything(seed, 4 + seed).join(' ');
    compare(wordsOf(shown), seed, shown);
  }
});
