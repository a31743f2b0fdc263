/** What was found of a body's variables → columns. */
import type { Flow } from '../flow/flow.ts';
import { NONE } from '../tree/tree.ts';
import { Def, type Ssa } from './ssa.ts';

export interface Draft {
  /** By version; some are used by nobody, and are left out. */
  readonly variable: number[];
  readonly definition: number[];
  readonly at: number[];
  /** Phi → version and edge, in turn. */
  readonly operands: Map<number, number[]>;
  /** By step; as in `Ssa`. */
  readonly use: Int32Array;
  readonly def: Int32Array;
}

export function packed(flow: Flow, draft: Draft): Ssa {
  const number = renumbered(draft);
  const kept: number[] = [];
  number.forEach((to, from) => {
    if (to !== NONE) kept.push(from);
  });
  const column = (of: readonly number[]): number[] => kept.map((version) => of[version]);
  const moved = (of: Int32Array): Int32Array =>
    of.map((version) => (version === NONE ? NONE : number[version]));
  const operands = operandsOf(draft, kept, number);
  const definition = Uint8Array.from(column(draft.definition));
  const use = moved(draft.use);
  const size = kept.length;
  const [firstUse, useStep] = grouped(size, use);
  const [firstPhi, at] = grouped(size, operands.operand);
  return {
    owner: flow.owner,
    size,
    variable: Int32Array.from(column(draft.variable)),
    definition,
    at: Int32Array.from(column(draft.at)),
    may: reachedByMemory(definition, firstPhi, at, operands.phiOf),
    firstOperand: operands.firstOperand,
    operand: operands.operand,
    operandEdge: operands.operandEdge,
    use,
    def: moved(draft.def),
    firstUse,
    useStep,
    firstPhi,
    phi: at.map((operand) => operands.phiOf[operand]),
  };
}

/** Version → its number; `NONE` of phis that were replaced, and of what only they used. Writes stay, used or not. */
function renumbered({ definition, operands, use, def }: Draft): Int32Array {
  const isKept = new Uint8Array(definition.length);
  for (const version of use) if (version !== NONE) isKept[version] = 1;
  for (const version of def) if (version !== NONE) isKept[version] = 1;
  for (const flowing of operands.values())
    for (let at = 0; at < flowing.length; at += 2) isKept[flowing[at]] = 1;
  let size = 0;
  return Int32Array.from(definition, (kind, version) => {
    const stays = kind === Def.PHI ? operands.has(version) : isKept[version] === 1;
    return stays ? size++ : NONE;
  });
}

interface Operands {
  firstOperand: Uint32Array;
  operand: Uint32Array;
  operandEdge: Uint32Array;
  /** By operand: the phi that has it. */
  phiOf: Uint32Array;
}

function operandsOf(draft: Draft, kept: readonly number[], number: Int32Array): Operands {
  const firstOperand = new Uint32Array(kept.length + 1);
  const operand: number[] = [];
  const operandEdge: number[] = [];
  const phiOf: number[] = [];
  kept.forEach((from, version) => {
    const flowing = draft.operands.get(from) ?? [];
    for (let at = 0; at < flowing.length; at += 2) {
      operand.push(number[flowing[at]]);
      operandEdge.push(flowing[at + 1]);
      phiOf.push(version);
    }
    firstOperand[version + 1] = operand.length;
  });
  return {
    firstOperand,
    operand: Uint32Array.from(operand),
    operandEdge: Uint32Array.from(operandEdge),
    phiOf: Uint32Array.from(phiOf),
  };
}

/** Where in `keys` each key below `size` stands: those of key k are `[first[k], first[k + 1])`. */
export function grouped(size: number, keys: ArrayLike<number>): [first: Uint32Array, at: Uint32Array] {
  const first = new Uint32Array(size + 1);
  for (let at = 0; at < keys.length; at++) if (keys[at] >= 0) first[keys[at] + 1]++;
  for (let key = 0; key < size; key++) first[key + 1] += first[key];
  const places = new Uint32Array(first[size]);
  const next = first.slice();
  for (let at = 0; at < keys.length; at++) if (keys[at] >= 0) places[next[keys[at]]++] = at;
  return [first, places];
}

function reachedByMemory(
  definition: Uint8Array,
  first: Uint32Array,
  operandAt: Uint32Array,
  phiOf: Uint32Array,
): Uint8Array {
  const may = new Uint8Array(definition.length);
  const open: number[] = [];
  const add = (version: number): void => {
    if (may[version]) return;
    may[version] = 1;
    open.push(version);
  };
  definition.forEach((kind, version) => {
    if (kind === Def.MEMORY) add(version);
  });
  for (let version = open.pop(); version !== undefined; version = open.pop())
    for (let at = first[version]; at < first[version + 1]; at++) add(phiOf[operandAt[at]]);
  return may;
}
