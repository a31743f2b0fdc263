/** Random programs → words → replay gives back the program. */
import { expect, test } from 'vitest';
import { newReplay, tree, wordsOf } from './fixtures/picture.ts';

/** mulberry32: the same numbers in every run of the test. */
function randomFrom(seed: number) {
  let state = seed;
  return (below: number): number => {
    state = (state + 0x6d2b79f5) | 0;
    let mixed = Math.imul(state ^ (state >>> 15), 1 | state);
    mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed)) ^ mixed;
    return ((mixed ^ (mixed >>> 14)) >>> 0) % below;
  };
}

interface SimCall {
  letter: string;
  frame: number;
  depth: number;
  start: number;
  end: number;
  self: number;
  wait: number;
  outcome: string;
}

/** An event loop that runs random sync and async functions, and keeps its own books: time goes to whoever is on top. */
class Simulation {
  readonly tokens: string[] = [];
  readonly calls: SimCall[] = [];
  readonly #random: (below: number) => number;
  readonly #stack: SimCall[] = [];
  readonly #suspended: SimCall[] = [];
  #frames = 0;

  constructor(seed: number, events: number) {
    this.#random = randomFrom(seed);
    while (this.tokens.length < events) this.#step();
    while (this.#stack.length > 0) this.#end(true);
    while (this.#suspended.length > 0) {
      this.#resume(this.#random(this.#suspended.length));
      this.#end(true);
    }
  }

  expected(): string[] {
    return this.calls.map(
      ({ letter, depth, start, end, self, wait, outcome }) =>
        `${'  '.repeat(depth)}${letter} ${start}-${end} self ${self}${wait > 0 ? ` wait ${wait}` : ''}${outcome}`,
    );
  }

  #emit(token: string): void {
    this.tokens.push(token);
  }

  /** Time passes after each event: it belongs to the top, and is waiting for all that is suspended. */
  #tick(): void {
    const top = this.#stack.at(-1);
    if (top !== undefined) top.self++;
    for (const call of this.#suspended) call.wait++;
  }

  #step(): void {
    const top = this.#stack.at(-1);
    const dice = this.#random(10);
    if (dice < 2 && this.#suspended.length > 0) this.#resume(this.#random(this.#suspended.length));
    else if (top === undefined || (dice < 6 && this.#stack.length < 8)) this.#begin(this.#random(3) === 0);
    else if (top.frame > 0 && dice < 8) this.#suspend(top);
    else this.#end(false);
  }

  #begin(isAsync: boolean): void {
    const letter = (isAsync ? 'ABCDE' : 'abcde')[this.#random(5)];
    const frame = isAsync ? ++this.#frames : 0;
    const parent = this.#stack.at(-1);
    const call = {
      letter,
      frame,
      depth: parent === undefined ? 0 : parent.depth + 1,
      start: this.tokens.length,
      end: -1,
      self: 0,
      wait: 0,
      outcome: '',
    };
    this.calls.push(call);
    this.#stack.push(call);
    this.#emit(isAsync ? `${letter}${frame}{` : `${letter}{`);
    this.#tick();
  }

  #end(quietly: boolean): void {
    const call = this.#stack.pop()!;
    const threw = !quietly && this.#random(5) === 0;
    call.end = this.tokens.length;
    call.outcome = threw ? ' threw' : '';
    this.#emit(`${threw ? '!' : '}'}${call.frame > 0 ? call.frame : call.letter}`);
    this.#tick();
  }

  #suspend(call: SimCall): void {
    this.#stack.pop();
    this.#suspended.push(call);
    this.#emit(`~${call.frame}`);
    this.#tick();
  }

  #resume(index: number): void {
    const [call] = this.#suspended.splice(index, 1);
    this.#stack.push(call);
    this.#emit(`>${call.frame}`);
    this.#tick();
  }
}

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
