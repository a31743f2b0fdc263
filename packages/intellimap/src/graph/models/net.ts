/**
 * A flow as places and moves between them: a place in front of each step, one at the end of each block. What the models of this folder are made of, and what recorded
 * calls are laid on. Pure.
 */
import { EdgeKind, ENTRY, EXIT, FAILED, type Flow, Op } from '../flow/flow.ts';

/** Nothing happens on the way. */
export const SILENT = -1;

export interface Net {
  readonly places: number;
  readonly start: number;
  /** It returns; it fails. */
  readonly exit: number;
  readonly failed: number;
  /** Moves that leave place p are `[first[p], first[p + 1])`. */
  readonly first: Uint32Array;
  readonly to: Uint32Array;
  /** By move: the step of the flow that happens, or `SILENT`. */
  readonly step: Int32Array;
}

/** Steps that may fail where they stand; of the others nobody hears. */
const FAILS: ReadonlySet<number> = new Set([
  Op.READ, Op.LOAD, Op.STORE, Op.CALL, Op.AWAIT, Op.YIELD, Op.CLOSURE, Op.ITERATE, Op.COMPUTE, Op.RETURN, Op.THROW,
]); // prettier-ignore

/** @param happens steps that are told as moves of their own; all others are silent */
export function netOf(flow: Flow, happens: (step: number) => boolean): Net {
  const moves = new Moves(flow);
  for (let block = 0; block < flow.blocks; block++) blockOf(block, flow, happens, moves);
  return moves.net();
}

function blockOf(block: number, flow: Flow, happens: (step: number) => boolean, moves: Moves): void {
  const { firstStep, op } = flow;
  const end = firstStep[block + 1];
  for (let step = firstStep[block]; step < end; step++) {
    const at = placeOf(block, step);
    const told = happens(step) ? step : SILENT;
    const is = op[step];
    if (FAILS.has(is)) moves.along(block, at, told, (kind) => kind === EdgeKind.THROW);
    // A write that is refused, where nobody within hears of it.
    if (is === Op.WRITE) moves.along(block, at, SILENT, (kind, to) => kind === EdgeKind.THROW && to === FAILED);
    if (is === Op.YIELD) moves.along(block, at, told, (kind) => kind === EdgeKind.CLOSE);
    if (is === Op.BRANCH) moves.along(block, at, told, (kind) => kind === EdgeKind.TRUE || kind === EdgeKind.FALSE);
    else moves.add(at, at + 1, told);
  }
  const isDecided = end > firstStep[block] && op[end - 1] === Op.BRANCH;
  if (!isDecided) moves.along(block, placeOf(block, end), SILENT, (kind) => kind !== EdgeKind.CLOSE);
} // prettier-ignore

/** Each block has a place more than it has steps. */
const placeOf = (block: number, step: number): number => step + block;

class Moves {
  readonly #flow: Flow;
  readonly #out: number[][];
  readonly #from: number[] = [];
  readonly #to: number[] = [];
  readonly #step: number[] = [];

  constructor(flow: Flow) {
    this.#flow = flow;
    this.#out = Array.from({ length: flow.blocks }, () => []);
    for (let edge = 0; edge < flow.from.length; edge++) this.#out[flow.from[edge]].push(edge);
  }

  add(from: number, to: number, step: number): void {
    this.#from.push(from);
    this.#to.push(to);
    this.#step.push(step);
  }

  /** To where edges of a block lead. */
  along(block: number, from: number, step: number, fits: (kind: number, to: number) => boolean): void {
    const { edge, to, firstStep } = this.#flow;
    for (const each of this.#out[block])
      if (fits(edge[each], to[each])) this.add(from, placeOf(to[each], firstStep[to[each]]), step);
  }

  net(): Net {
    const { firstStep, blocks } = this.#flow;
    const places = firstStep[blocks] + blocks;
    const first = new Uint32Array(places + 1);
    for (const from of this.#from) first[from + 1]++;
    for (let place = 0; place < places; place++) first[place + 1] += first[place];
    const at = first.slice();
    const to = new Uint32Array(this.#to.length);
    const step = new Int32Array(this.#to.length);
    for (const [move, from] of this.#from.entries()) {
      const slot = at[from]++;
      to[slot] = this.#to[move];
      step[slot] = this.#step[move];
    }
    const placeAt = (block: number): number => placeOf(block, firstStep[block]);
    return { places, start: placeAt(ENTRY), exit: placeAt(EXIT), failed: placeAt(FAILED), first, to, step };
  }
}
