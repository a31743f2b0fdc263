/**
 * Control flow → SSA. Each read asks for the version before it, up the flow as far as needed (Braun et al., "Simple and Efficient Construction of Static Single Assignment
 * Form", CC 2013): phis are made only where a read comes upon a join, so there is no pass over variables and blocks that nobody asks about; of long bodies only where versions do meet
 * (`joins.ts`). As all blocks are known, none has to be sealed; phis whose operands are open wait in a list, so that no depth of joins is too deep. Trivial ones go at the end, a variable at a
 * time.
 */
import { type Flow, Op } from '../flow/flow.ts';
import type { Graph } from '../flow/graph.ts';
import { BindingKind, type Scopes } from '../scopes/scopes.ts';
import { NONE, type Tree } from '../tree/tree.ts';
import { clobbersOf } from './clobbers.ts';
import { arrivalsOf, reachedIn } from './edges.ts';
import { Joins } from './joins.ts';
import { type Draft, packed } from './pack.ts';
import { Def, type Ssa } from './ssa.ts';
import { Held, isWritable, type Storage, storageOf } from './storage.ts';
import { withoutTrivial } from './trivial.ts';

/** Of all bodies of a file. */
export function ssasOf(tree: Tree, flows: readonly Flow[], scopes: Scopes): Ssa[] {
  const storage = storageOf(tree, scopes);
  return flows.map((flow) => ssaOf(tree, flow, scopes, storage));
}

export function ssaOf(tree: Tree, flow: Flow, scopes: Scopes, storage = storageOf(tree, scopes)): Ssa {
  const builder = new SsaBuilder(tree, flow, scopes, storage);
  for (const [variable, steps] of stepsByVariable(flow, scopes)) builder.add(variable, steps);
  return packed(flow, builder.draft);
}

/** What each variable's steps are, in order. */
function stepsByVariable({ op, node }: Flow, scopes: Scopes): Map<number, number[]> {
  const byVariable = new Map<number, number[]>();
  for (let step = 0; step < op.length; step++) {
    if (op[step] !== Op.READ && op[step] !== Op.WRITE) continue;
    const variable = scopes.bindingOf[node[step]];
    if (variable < 0) continue;
    const steps = byVariable.get(variable);
    if (steps) steps.push(step);
    else byVariable.set(variable, [step]);
  }
  return byVariable;
}

/** With fewer blocks it is quicker to make a phi at each join, most of which are gone again at the end. */
const MANY_BLOCKS = 100;

class SsaBuilder {
  readonly draft: Draft;
  readonly #flow: Flow;
  readonly #scopes: Scopes;
  readonly #storage: Storage;
  readonly #arrivals: Graph;
  readonly #isReached: Uint8Array;
  readonly #blockOf: Uint32Array;
  readonly #clobbers: Int32Array;
  /** undefined: versions are taken to meet at each join. */
  readonly #joins: Joins | undefined;
  // Of the variable in hand; each block's entries count if `#stamp` says that they are its.
  #variable = NONE;
  #isShared = false;
  #initial: number = NONE;
  #memory: number = NONE;
  readonly #writer: Int32Array;
  readonly #lastWrite: Int32Array;
  readonly #atStart: Int32Array;
  /** Phis without operands yet, by version. */
  #open: number[] = [];

  constructor(tree: Tree, flow: Flow, scopes: Scopes, storage: Storage) {
    this.#flow = flow;
    this.#scopes = scopes;
    this.#storage = storage;
    this.#arrivals = arrivalsOf(flow);
    this.#isReached = reachedIn(flow);
    this.#clobbers = clobbersOf(tree, flow);
    if (flow.blocks > MANY_BLOCKS) this.#joins = new Joins(flow, this.#arrivals);
    this.#blockOf = blocksOf(flow);
    this.#writer = new Int32Array(flow.blocks).fill(NONE);
    this.#lastWrite = new Int32Array(flow.blocks);
    this.#atStart = new Int32Array(flow.blocks);
    this.draft = {
      variable: [],
      definition: [],
      at: [],
      operands: new Map(),
      use: new Int32Array(flow.op.length).fill(NONE),
      def: new Int32Array(flow.op.length).fill(NONE),
    };
  }

  /** @param steps that read or write it, in order */
  add(variable: number, steps: readonly number[]): void {
    const { op, owner } = this.#flow;
    const { draft } = this;
    const first = draft.variable.length;
    this.#begin(variable);
    for (const step of steps) if (op[step] === Op.WRITE) this.#write(step);
    const held = this.#storage.held[variable];
    const isOwn = this.#storage.owner[variable] === owner;
    if (held === Held.CONSTANT && this.#constant(steps, isOwn)) return;
    const isAsked = (step: number): boolean =>
      op[step] === Op.READ && this.#isReached[this.#blockOf[step]] === 1;
    const reads = steps.filter(isAsked);
    this.#isShared = held === Held.SHARED;
    if (held === Held.DYNAMIC || (!isOwn && held !== Held.SHARED)) {
      for (const step of reads) draft.use[step] = this.#memoryVersion();
      return;
    }
    const writers = steps.filter((step) => draft.def[step] !== NONE);
    this.#joins?.begin(variable, writers.map((step) => this.#blockOf[step])); // prettier-ignore
    let writer: number = NONE;
    for (const step of steps) {
      if (draft.def[step] !== NONE) writer = step;
      else if (isAsked(step)) draft.use[step] = this.#before(step, writer);
    }
    this.#fill();
    withoutTrivial(draft, first, reads, this.#isGone(variable) ? this.#initial : NONE);
  }

  #begin(variable: number): void {
    this.#variable = variable;
    this.#initial = NONE;
    this.#memory = NONE;
    this.#isShared = false;
  }

  #version(definition: number, at: number): number {
    const { draft } = this;
    draft.variable.push(this.#variable);
    draft.definition.push(definition);
    draft.at.push(at);
    return draft.variable.length - 1;
  }

  #write(step: number): void {
    const node = this.#flow.node[step];
    if (!isWritable(this.#scopes, node)) return;
    const isParameter = this.#isParameter() && this.#scopes.bindings.node[this.#variable] === node;
    this.draft.def[step] = this.#version(isParameter ? Def.PARAMETER : Def.WRITE, step);
    this.#own(this.#blockOf[step]);
    this.#lastWrite[this.#blockOf[step]] = step;
  }

  #isParameter(): boolean {
    const kind = this.#scopes.bindings.kind[this.#variable];
    return kind === BindingKind.PARAMETER || kind === BindingKind.ARGUMENTS;
  }

  /** What is there of a block in the columns is from now on that of the variable in hand. */
  #own(block: number): void {
    if (this.#writer[block] === this.#variable) return;
    this.#writer[block] = this.#variable;
    this.#lastWrite[block] = NONE;
    this.#atStart[block] = NONE;
  }

  /** All reads see the one version; false: there is more to ask. */
  #constant(steps: readonly number[], isOwn: boolean): boolean {
    const { draft } = this;
    const writers = steps.filter((step) => draft.def[step] !== NONE);
    if (writers.length > 1) return false;
    const [writer] = writers;
    // A parameter has its value from the start.
    if (writer === undefined && isOwn && this.#isParameter()) return false;
    const version = writer === undefined ? this.#version(Def.CONSTANT, NONE) : draft.def[writer];
    for (const step of steps)
      if (this.#flow.op[step] === Op.READ && this.#isReached[this.#blockOf[step]]) draft.use[step] = version;
    return true;
  }

  #initialVersion(): number {
    if (this.#storage.owner[this.#variable] !== this.#flow.owner) return this.#memoryVersion();
    if (this.#initial === NONE)
      this.#initial = this.#version(this.#isGiven() ? Def.PARAMETER : Def.UNSET, NONE);
    return this.#initial;
  }

  /** The caller gives it its first value. */
  #isGiven(): boolean {
    return this.#isParameter() || this.#scopes.bindings.begins[this.#variable] !== NONE;
  }

  #memoryVersion(): number {
    if (this.#memory === NONE) this.#memory = this.#version(Def.MEMORY, NONE);
    return this.#memory;
  }

  /** `let a` read too early fails: what a read sees never comes from the start. */
  #isGone(variable: number): boolean {
    const kind = this.#scopes.bindings.kind[variable];
    return kind === BindingKind.LET || kind === BindingKind.CONST || kind === BindingKind.CLASS;
  }

  /**
   * What a step sees.
   * @param writer the write before it in the order of steps, be it of another block; `NONE`
   */
  #before(step: number, writer: number): number {
    const block = this.#blockOf[step];
    const start = this.#flow.firstStep[block];
    const clobber = step === start ? NONE : this.#clobbers[step - 1];
    return this.#later(writer < start ? NONE : writer, clobber) ?? this.#atStartOf(block);
  }

  /** What is left at the end of a block. */
  #atEndOf(block: number): number | undefined {
    this.#own(block);
    const { firstStep } = this.#flow;
    const end = firstStep[block + 1];
    const clobber = end === firstStep[block] ? NONE : this.#clobbers[end - 1];
    return this.#later(this.#lastWrite[block], clobber);
  }

  /** Of the last write and the last step that may run other code: what the later of them leaves; undefined: neither is there. */
  #later(writer: number, clobber: number): number | undefined {
    if (this.#isShared && clobber > writer) return this.#memoryVersion();
    return writer === NONE ? undefined : this.draft.def[writer];
  }

  #atStartOf(block: number): number {
    const passed: number[] = [];
    const { first, edges, to } = this.#arrivals;
    let at = block;
    let version: number = NONE;
    while (version === NONE) {
      this.#own(at);
      version = this.#atStart[at];
      if (version !== NONE) break;
      passed.push(at);
      const arrivals = first[at + 1] - first[at];
      if (arrivals === 0) version = this.#initialVersion();
      else if (arrivals > 1 && this.#mayMeet(at)) version = this.#phi(at);
      else {
        at = arrivals > 1 ? this.#joins!.above[at] : to[edges[first[at]]];
        version = this.#atEndOf(at) ?? NONE;
      }
    }
    for (const each of passed) this.#atStart[each] = version;
    return version;
  }

  /** Whatever runs other code writes what is shared. */
  #mayMeet(join: number): boolean {
    return this.#isShared || !this.#joins || this.#joins.isOne(this.#variable, join);
  }

  #phi(block: number): number {
    const version = this.#version(Def.PHI, block);
    this.#open.push(version);
    return version;
  }

  /** Asking for operands may make more phis. */
  #fill(): void {
    const { first, edges, to } = this.#arrivals;
    for (let version = this.#open.pop(); version !== undefined; version = this.#open.pop()) {
      const block = this.draft.at[version];
      const operands: number[] = [];
      for (let at = first[block]; at < first[block + 1]; at++) {
        const from = to[edges[at]];
        operands.push(this.#atEndOf(from) ?? this.#atStartOf(from), edges[at]);
      }
      this.draft.operands.set(version, operands);
    }
  }
}

function blocksOf({ blocks, firstStep, op }: Flow): Uint32Array {
  const blockOf = new Uint32Array(op.length);
  for (let block = 0; block < blocks; block++) blockOf.fill(block, firstStep[block], firstStep[block + 1]);
  return blockOf;
}
