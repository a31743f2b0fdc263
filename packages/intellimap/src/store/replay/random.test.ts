/** Random programs → words → replay gives back the program. */
import { deserialize, serialize } from 'node:v8';
import { expect, test } from 'vitest';
import { newReplay, tree, wordsOf } from './fixtures/picture.ts';
import { randomFrom, Simulation } from './fixtures/simulation.ts';
import { restore, type State, stateOf } from './state.ts';

test('replay gives back random programs, fed whole or in pieces', () => {
  for (let seed = 1; seed <= 300; seed++) {
    // Small programs first: the first failure is then easy to read.
    const simulation = new Simulation(seed, 4 + seed);
    const { words, position, time } = wordsOf(simulation.tokens.join(' '));
    const random = randomFrom(seed);
    const { replay, sinks } = newReplay();
    let at = 0;
    while (at < position.length - 1) {
      const to = seed % 2 === 0 ? position.length - 1 : Math.min(position.length - 1, at + 1 + random(20));
      const piece = {
        position: position.slice(at, to + 1).map((p) => p - position[at]),
        time: time.slice(at, to + 1),
      };
      replay.feed(words.subarray(position[at], position[to]), piece);
      at = to;
    }
    replay.finish();
    expect(tree(sinks), simulation.tokens.join(' ')).toEqual(simulation.expected());
    expect([replay.orphans, replay.callsOpen, replay.gaps]).toEqual([0, 0, 0]);
    expect(sinks.tasks.rows().reduce((sum, task) => sum + task.calls, 0)).toBe(simulation.calls.length);
  }
});

test('a replay that is written down and made anew goes on as if nothing had been', () => {
  for (let seed = 1; seed <= 100; seed++) {
    const simulation = new Simulation(seed, 4 + seed);
    const { words, position, time } = wordsOf(simulation.tokens.join(' '));
    const random = randomFrom(seed);
    let made = newReplay();
    for (let at = 0; at < position.length - 1;) {
      const to = Math.min(position.length - 1, at + 1 + random(20));
      const piece = {
        position: position.slice(at, to + 1).map((p) => p - position[at]),
        time: time.slice(at, to + 1),
      };
      made.replay.feed(words.subarray(position[at], position[to]), piece);
      at = to;
      const state = deserialize(serialize(stateOf(made))) as State;
      made = newReplay();
      restore(made, state);
    }
    made.replay.finish();
    expect(tree(made.sinks), simulation.tokens.join(' ')).toEqual(simulation.expected());
    expect([made.replay.orphans, made.replay.callsOpen, made.replay.gaps]).toEqual([0, 0, 0]);
    expect(made.sinks.tasks.rows().reduce((sum, task) => sum + task.calls, 0)).toBe(simulation.calls.length);
  }
});

test('any words at all are survived', () => {
  const random = randomFrom(7);
  for (let round = 0; round < 200; round++) {
    const words = Int32Array.from({ length: 300 }, () => (random(60) << 4) | random(16));
    const { replay, sinks } = newReplay(50);
    for (let at = 0; at < 300; at += 100)
      replay.feed(words.subarray(at, at + 100), {
        position: [0, 50, 100],
        time: [1000 + at, 1050 + at, 1100 + at],
      });
    if (round % 3 === 0) replay.gap({ sites: [3, 30], calls: [5, -1], frames: [0, 9] }, 7);
    replay.finish();
    sinks.calls.finish();
    expect(sinks.calls.size).toBeLessThanOrEqual(50);
  }
});
