/** What SSA says of programs that run: the write whose value a read got is among those that SSA has reach it. */
import fc from 'fast-check';
import { expect, test } from 'vitest';
import { readFile } from '../../transform/index.ts';
import { flowsOf } from '../flow/build.ts';
import { type Flow, Op } from '../flow/flow.ts';
import { resolveScopes } from '../scopes/resolve.ts';
import type { Scopes } from '../scopes/scopes.ts';
import { flatten } from '../tree/flatten.ts';
import { NONE, textOf, type Tree } from '../tree/tree.ts';
import { ssasOf } from './build.ts';
import { FuelSpent, interpret, UNSET } from './fixtures/interpreter.ts';
import { programs, straightPrograms } from './fixtures/programs.ts';
import { Def, type Ssa } from './ssa.ts';

const RUNS = Number(process.env['INTELLIMAP_RUNS'] ?? 150);

/** What may be the last writer of a variable. */
interface Reaching {
  /** Identifiers, and `UNSET`. */
  readonly writers: ReadonlySet<number>;
  /** Any write of the variable. */
  readonly isAny: boolean;
}

interface Read {
  readonly node: number;
  readonly writer: number;
}

class Witness {
  readonly tree: Tree;
  readonly scopes: Scopes;
  readonly #flows: readonly Flow[];
  readonly #ssas: readonly Ssa[];
  /** Identifier → step that reads it, and of which flow. */
  readonly #steps = new Map<number, { at: number; step: number }>();

  readonly #reaching = new Map<number, Reaching>();

  constructor(text: string) {
    this.tree = flatten(readFile(text, { path: 'a.js', lang: 'js', goal: 'module' }).program);
    this.scopes = resolveScopes(this.tree, true);
    this.#flows = flowsOf(this.tree);
    this.#ssas = ssasOf(this.tree, this.#flows, this.scopes);
    this.#flows.forEach(({ op, node }, at) =>
      op.forEach((each, step) => {
        if (each === Op.READ) this.#steps.set(node[step], { at, step });
      }),
    );
  }

  /** What the program read, till it ended or took too long. */
  reads(): Read[] {
    const reads: Read[] = [];
    const read = (node: number, writer: number): void => {
      if (this.scopes.bindingOf[node] >= 0) reads.push({ node, writer });
    };
    try {
      interpret(this.tree, { read }, { fuel: 1500 });
    } catch (error) {
      if (!(error instanceof FuelSpent)) throw error;
    }
    return reads;
  }

  reaching(node: number): Reaching {
    const known = this.#reaching.get(node) ?? this.#found(node);
    this.#reaching.set(node, known);
    return known;
  }

  #found(node: number): Reaching {
    const { at, step } = this.#steps.get(node)!;
    const ssa = this.#ssas[at];
    const writers = new Set<number>();
    let isAny = false;
    const open = [ssa.use[step]];
    const seen = new Set(open);
    for (let version = open.pop(); version !== undefined; version = open.pop()) {
      if (version === NONE) continue;
      const from = ssa.at[version];
      if (ssa.definition[version] === Def.MEMORY) isAny = true;
      else if (ssa.definition[version] === Def.CONSTANT) writers.add(this.#onlyWrite(ssa.variable[version]));
      else if (ssa.definition[version] !== Def.PHI)
        writers.add(from === NONE ? UNSET : this.#flows[at].node[from]);
      for (let each = ssa.firstOperand[version]; each < ssa.firstOperand[version + 1]; each++) {
        const operand = ssa.operand[each];
        if (!seen.has(operand)) open.push(operand);
        seen.add(operand);
      }
    }
    return { writers, isAny };
  }

  #onlyWrite(binding: number): number {
    return this.scopes.bindings.node[binding];
  }

  told({ node, writer }: Read): string {
    const place = (at: number): string =>
      at < 0 ? 'unset' : `${textOf(this.tree, at)}@${this.tree.start[at]}`;
    const { writers, isAny } = this.reaching(node);
    return `${place(node)} got ${place(writer)}, may get ${[...writers].map(place).join(' ')}${isAny ? ' any' : ''}`;
  }
}

test(`what a read got is among what reaches it, in ${RUNS} programs`, { timeout: 600_000 }, () => {
  let all = 0;
  let certain = 0;
  let single = 0;
  fc.assert(
    fc.property(programs, (text) => {
      const witness = new Witness(text);
      for (const read of witness.reads()) {
        const { writers, isAny } = witness.reaching(read.node);
        all++;
        certain += Number(!isAny);
        single += Number(!isAny && writers.size === 1);
        if (isAny || writers.has(read.writer)) continue;
        expect.fail(witness.told(read));
      }
    }),
    { numRuns: RUNS },
  );
  // What may be anything is no claim: most has to be known.
  expect(certain / all).toBeGreaterThan(0.6);
  expect(single / certain).toBeGreaterThan(0.3);
});

test('where nothing branches it is exactly the one', { timeout: 600_000 }, () => {
  fc.assert(
    fc.property(straightPrograms, (text) => {
      const witness = new Witness(text);
      for (const read of witness.reads())
        expect([...witness.reaching(read.node).writers], witness.told(read)).toEqual([read.writer]);
    }),
    { numRuns: RUNS },
  );
});
