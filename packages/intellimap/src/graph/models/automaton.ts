/**
 * The order in which a body may call, wait, yield, throw, catch and return, as a finite automaton: deterministic, and with no state more than it needs. It accepts the
 * ways through the flow, told by what happens on them, and nothing else. Pure.
 */
import { type Net, SILENT } from './net.ts';
import { minimised } from './minimise.ts';

/** How a way ends. */
export const End = { RETURNS: 1, FAILS: 2 } as const;

export interface Automaton {
  /** The first one is where it begins. */
  readonly states: number;
  /** By state: bits of `End`: the body may be over here, and how. */
  readonly ends: Uint8Array;
  /** Transitions, by where they begin. */
  readonly from: Uint32Array;
  readonly to: Uint32Array;
  /** What happens: a step of the flow. Steps that do the same with the same node are told as the first of them. */
  readonly label: Int32Array;
}

/** @param labelOf step → the one that it is told as @returns undefined: it would have more transitions than are wanted */
export function automatonOf(net: Net, labelOf: (step: number) => number, most = Infinity): Automaton | undefined {
  const made = determined(net, labelOf, most);
  return made && minimised(made);
} // prettier-ignore

/** Each state is a set of places: those in which the way may stand that nothing more was told of. */
function determined(net: Net, labelOf: (step: number) => number, most: number): Automaton | undefined {
  const closure = new Closure(net);
  const numbers = new Map<string, number>();
  const sets: Int32Array[] = [];
  const ends: number[] = [];
  const numberOf = (places: Iterable<number>): number => {
    const { kept, end } = closure.of(places);
    const key = `${end}:${kept.join()}`;
    const known = numbers.get(key);
    if (known !== undefined) return known;
    numbers.set(key, sets.length);
    ends.push(end);
    return sets.push(kept) - 1;
  };
  const [from, to, label]: [number[], number[], number[]] = [[], [], []];
  numberOf([net.start]);
  for (let state = 0; state < sets.length; state++) {
    for (const [told, places] of reachedFrom(net, sets[state], labelOf)) {
      from.push(state);
      to.push(numberOf(places));
      label.push(told);
    }
    if (from.length > most) return undefined;
  }
  return {
    states: sets.length,
    ends: Uint8Array.from(ends),
    from: Uint32Array.from(from),
    to: Uint32Array.from(to),
    label: Int32Array.from(label),
  };
}

function reachedFrom(net: Net, places: Int32Array, labelOf: (step: number) => number): Map<number, number[]> {
  const reached = new Map<number, number[]>();
  for (const place of places)
    for (let move = net.first[place]; move < net.first[place + 1]; move++) {
      if (net.step[move] === SILENT) continue;
      const told = labelOf(net.step[move]);
      const list = reached.get(told);
      if (list === undefined) reached.set(told, [net.to[move]]);
      else list.push(net.to[move]);
    }
  return reached;
}

/** What is reached in silence. */
class Closure {
  readonly #net: Net;
  readonly #seen: Uint32Array;
  readonly #tells: Uint8Array;
  #round = 0;

  constructor(net: Net) {
    this.#net = net;
    this.#seen = new Uint32Array(net.places);
    this.#tells = new Uint8Array(net.places);
    for (let place = 0; place < net.places; place++)
      for (let move = net.first[place]; move < net.first[place + 1]; move++)
        if (net.step[move] !== SILENT) this.#tells[place] = 1;
  }

  /** @returns places where something happens, in order, and whether it may be over */
  of(from: Iterable<number>): { kept: Int32Array; end: number } {
    const { first, to, step, exit, failed } = this.#net;
    const round = ++this.#round;
    const queue: number[] = [];
    const kept: number[] = [];
    const visit = (place: number): void => {
      if (this.#seen[place] === round) return;
      this.#seen[place] = round;
      queue.push(place);
      if (this.#tells[place] === 1) kept.push(place);
    };
    for (const place of from) visit(place);
    for (let place = queue.pop(); place !== undefined; place = queue.pop())
      for (let move = first[place]; move < first[place + 1]; move++) if (step[move] === SILENT) visit(to[move]);
    const end = (this.#seen[exit] === round ? End.RETURNS : 0) | (this.#seen[failed] === round ? End.FAILS : 0);
    return { kept: Int32Array.from(kept).toSorted(), end };
  } // prettier-ignore
}
