/** One file of a slice: what is found in it from some places on, and where it leads to other files. Pure. */
import { languageOf } from '../../load/scope.ts';
import type { Lines } from '../../transform/index.ts';
import { SourceFile } from '../file/source-file.ts';
import { ENTRY, Op } from '../flow/flow.ts';
import { type Calls, lexicalCalls } from '../ssa/calls.ts';
import { type Dependence, dependenceOf } from '../ssa/dependence.ts';
import { given } from '../ssa/given.ts';
import { itemsOf } from '../ssa/slice.ts';
import { storageOf } from '../ssa/storage.ts';
import { bareNode, childAt, childrenOf, Field, Kind, NONE, textOf, type Tree } from '../tree/tree.ts';
import { changesOf } from './changes.ts';
import type { SliceCall, SlicePlace } from './slice.ts';
import { Mode, Walk, type WalkOptions } from './walk.ts';

/** A parameter of a function that is part of the slice. */
export interface SeenParameter {
  id: string;
  at: number;
  isRest: boolean;
  line: number;
}

/** Where another file led here. */
interface Origin {
  path: string;
  line: number;
}

/** Where a walk leads out of functions, since it was asked last. */
export interface Leads {
  /** Backward: calls whose result is part of it. Forward: those that are handed what is part of it, and at which places. */
  calls: { call: SliceCall; at: number[] | null }[];
  /** Backward: parameters that callers give a value. */
  parameters: SeenParameter[];
  /** Forward: functions that give back what is part of it. */
  results: string[];
  /** Backward: functions whose callers decide whether it happens. */
  entered: string[];
}

export class FileOfSlice {
  readonly path: string;
  readonly tree: Tree;
  readonly lines: Lines;
  readonly walk: Walk;
  readonly dependence: Dependence;
  /** Begun because of another file: item → where that was. */
  readonly origins = new Map<number, Origin>();
  /** By flow: id of its function. */
  readonly ids: (string | null)[];
  readonly #isForward: boolean;
  /** `line:column` of what is called → calls. */
  readonly #callsAt = new Map<string, number[]>();
  readonly #outgoing: readonly SliceCall[];

  /** @throws SyntaxError */
  constructor(path: string, text: string, isModule: boolean, calls: readonly SliceCall[], options: WalkOptions) {
    this.path = path;
    this.#isForward = options.isForward;
    this.#outgoing = calls;
    const file = new SourceFile(text, { path, lang: languageOf(path) ?? 'js', goal: isModule ? 'module' : 'commonjs' });
    const { tree, lines, scopes, flows } = file;
    this.tree = tree;
    this.lines = lines;
    this.#noteCalls();
    this.ids = flows.map(({ owner }) => file.siteOf(owner)?.id ?? null);
    const known = lexicalCalls(tree, scopes, storageOf(tree, scopes));
    this.dependence = dependenceOf(tree, flows, scopes, { calls: this.#withEdges(known, flows.map(({ owner }) => owner)) });
    this.walk = new Walk(this.dependence, changesOf(this.dependence, scopes, options.isForward), options);
  } // prettier-ignore

  /** Nodes that a place means. */
  nodesAt({ line, column, name }: SlicePlace): number[] {
    const { tree } = this;
    const here: number[] = [];
    for (let node = 1; node < tree.size; node++) {
      const at = this.lines.at(tree.start[node]);
      if (at.line !== line) continue;
      if (column !== undefined && (at.column > column - 1 || at.column + tree.end[node] - tree.start[node] < column)) continue;
      if (name !== undefined && !(isName(tree, node) && textOf(tree, node) === name)) continue;
      // What a member is called stands for the member.
      const above = tree.parent[node];
      here.push(tree.kind[above] === Kind.MemberExpression && tree.field[node] === Field.property ? above : node);
    }
    // The innermost one comes last.
    return column === undefined || name !== undefined ? here : here.slice(-1);
  } // prettier-ignore

  begin(nodes: readonly number[], origin?: Origin): boolean {
    let isNew = false;
    for (const node of nodes)
      for (const item of this.#itemsOf(node)) isNew = this.#add(item, origin, Mode.FREE) || isNew;
    return isNew;
  }

  /** With what a function gives back. */
  beginResult(id: string, origin: Origin): boolean {
    const flow = this.ids.indexOf(id);
    return flow >= 0 && this.#add(this.dependence.items.result(flow), origin, Mode.INSIDE);
  }

  /** With parameters of a function. @param at null: all */
  beginParameters(id: string, at: readonly number[] | null, origin: Origin): boolean {
    const flow = this.ids.indexOf(id);
    if (flow < 0) return false;
    const { flows, items } = this.dependence;
    const { owner, op, node } = flows[flow];
    let isNew = false;
    op.forEach((each, step) => {
      if (each !== Op.WRITE) return;
      given(this.tree, node[step], {
        ...NOBODY,
        parameter: (of, index, isRest) => {
          const isMeant = of === owner && (at === null || at.some((one) => one === index || (isRest && one > index)));
          if (isMeant) isNew = this.#add(items.step(flow, step), origin, Mode.INSIDE) || isNew;
        },
      });
    });
    return isNew;
  } // prettier-ignore

  /** With what a call hands over at some places, or all of it. */
  beginArguments({ line, column, isDirect }: SliceCall, { at, isRest }: Pick<SeenParameter, 'at' | 'isRest'>, origin: Origin): boolean {
    const { tree } = this;
    let isNew = false;
    for (const call of this.#callsAt.get(`${line}:${column}`) ?? []) {
      const all = childrenOf(tree, call, Field.arguments);
      const spread = all.findIndex((each) => tree.kind[each] === Kind.SpreadElement);
      const meant = !isDirect || (spread >= 0 && spread <= at) ? all : isRest ? all.slice(at) : all.slice(at, at + 1);
      const object = isDirect ? NONE : childAt(tree, bareNode(tree, childAt(tree, call, Field.callee)), Field.object);
      isNew = this.begin(object === NONE ? meant : [object, ...meant], origin) || isNew;
    }
    return isNew;
  } // prettier-ignore

  /** With what calls at a place give back. */
  beginCalls({ line, column }: SliceCall, origin: Origin): boolean {
    return this.begin(this.#callsAt.get(`${line}:${column}`) ?? [], origin);
  }

  /** Goes on as far as the file tells. */
  run(): Leads {
    const leads: Leads = { calls: [], parameters: [], results: [], entered: [] };
    const { items, flows } = this.dependence;
    const isNew = this.walk.run();
    const mayLeave = (item: number): boolean => isNew.has(item) && this.walk.mode[item] === Mode.FREE;
    if (isNew.size === 0) return leads;
    for (const call of this.#outgoing) {
      const nodes = this.#callsAt.get(`${call.line}:${call.column}`) ?? [];
      if (!this.#isForward && nodes.some((node) => isNew.has(node))) leads.calls.push({ call, at: null });
      if (this.#isForward) for (const node of nodes) this.#handed(node, call, isNew, leads);
    }
    flows.forEach((flow, index) => {
      const id = this.ids[index];
      if (id === null) return;
      if (this.#isForward && mayLeave(items.result(index))) leads.results.push(id);
      if (!this.#isForward && mayLeave(items.block(index, ENTRY))) leads.entered.push(id);
      if (!this.#isForward)
        flow.op.forEach((op, step) => {
          if (op === Op.WRITE && mayLeave(items.step(index, step)))
            this.#parameters(flow.owner, id, flow.node[step], leads);
        });
    });
    return leads;
  }

  lineOf(node: number): number {
    return this.lines.at(this.tree.start[node]).line;
  }

  /** Forward, that control gets to a step is not asked: all that comes after it would depend on that. */
  #itemsOf(node: number): number[] {
    const all = itemsOf(this.dependence, node);
    return this.#isForward ? all.filter((item) => this.dependence.items.nodeOf(item) !== NONE) : all;
  }

  #handed(node: number, call: SliceCall, isNew: ReadonlySet<number>, leads: Leads): void {
    const all = childrenOf(this.tree, node, Field.arguments);
    const at = all.flatMap((each, index) =>
      isNew.has(each) || isNew.has(bareNode(this.tree, each)) ? [index] : [],
    );
    if (at.length > 0) leads.calls.push({ call, at: call.isDirect ? at : null });
  }

  #parameters(owner: number, id: string, node: number, { parameters }: Leads): void {
    given(this.tree, node, {
      ...NOBODY,
      parameter: (of, at, isRest) => {
        if (of === owner) parameters.push({ id, at, isRest, line: this.lineOf(node) });
      },
    });
  }

  #add(item: number, origin: Origin | undefined, mode: number): boolean {
    const wasFound = this.walk.mode[item] !== 0;
    if (!this.walk.add(item, mode)) return false;
    if (origin !== undefined && !wasFound) this.origins.set(item, origin);
    return true;
  }

  #noteCalls(): void {
    const { tree } = this;
    for (let node = 1; node < tree.size; node++) {
      const field = tree.kind[node] === Kind.TaggedTemplateExpression ? Field.tag : Field.callee;
      if (!CALLS.has(tree.kind[node])) continue;
      const callee = bareNode(tree, childAt(tree, node, field));
      const kind = tree.kind[callee];
      const key = kind === Kind.MemberExpression ? childAt(tree, callee, Field.property) : kind === Kind.Super ? node : callee;
      const { line, column } = this.lines.at(tree.start[key]);
      const at = `${line}:${column}`;
      this.#callsAt.set(at, [...(this.#callsAt.get(at) ?? []), node]);
    }
  } // prettier-ignore

  /** What names tell, and the call graph, as far as it leads to functions of the file. */
  #withEdges(known: Calls, owners: readonly number[]): Calls {
    const targets = new Map<number, number[]>();
    for (const { line, column, dst, isDirect } of this.#outgoing) {
      const flow = this.ids.indexOf(dst);
      if (flow < 0 || !isDirect) continue;
      for (const call of this.#callsAt.get(`${line}:${column}`) ?? [])
        targets.set(call, [...(targets.get(call) ?? []), owners[flow]]);
    }
    return {
      targets: (call) => [...new Set([...known.targets(call), ...(targets.get(call) ?? [])])],
      // What is handed over counts as used: who was come into from a call is not left to look for that.
      isComplete: () => false,
    };
  }
}

const CALLS: ReadonlySet<number> = new Set([
  Kind.CallExpression,
  Kind.NewExpression,
  Kind.TaggedTemplateExpression,
]);

const NOBODY = { value: () => {}, property: () => {}, caught: () => {} };

const isName = (tree: Tree, node: number): boolean =>
  tree.kind[node] === Kind.Identifier || tree.kind[node] === Kind.PrivateIdentifier;
