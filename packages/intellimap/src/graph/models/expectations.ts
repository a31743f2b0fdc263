/** What a recording shows at each step of a body, and whom each step may call, from what the call graph knows. Costs say how likely a guess is; what is certain costs nothing. Pure. */
import { Seen } from '../../base/call-trace.ts';
import { Op } from '../flow/flow.ts';
import { memberName, propertyName } from '../calls/names.ts';
import { bareNode, childAt, Field, Flag, has, Kind, textOf, type Tree } from '../tree/tree.ts';
import type { CalledThere, CallPlaces, PlaceOfCall } from './call-places.ts';
import { isOfParameters } from './events.ts';
import type { Anywhere, Expected, Guess, Reason } from './expected.ts';
import type { FunctionModel } from './model-of.ts';

/** A function that may be seen to be called. */
export interface Callee {
  /** What the last part of its name says: `total` of `Cart.total`. */
  readonly name: string;
  /** As in `functions`. */
  readonly kind: string;
  readonly isGenerator: boolean;
  /** Whether the run tells all calls of it. */
  readonly isRecorded: boolean;
}

export interface Callees {
  /** Number by `ast_node_id`; undefined: it was not seen in any of the calls. */
  readonly numberOf: (id: string) => number | undefined;
  readonly byNumber: (fn: number) => Callee | undefined;
  readonly byId: (id: string) => Callee | undefined;
}

/** By step, each made when it is asked for first. */
export function expectations(model: FunctionModel, places: CallPlaces, callees: Callees): (step: number) => Expected {
  const known: Expected[] = [];
  const maker = new Maker(model, places, callees);
  return (step) => (known[step] ??= maker.of(step));
} // prettier-ignore

const NOTHING: Expected = {};
/** Handed over, for whatever is called to call. */
export const isWithin = ({ kind, later }: Pick<CalledThere, 'kind' | 'later'>): boolean =>
  later || kind.startsWith('callback') || kind === 'event name' || kind === 'jsx';

class Maker {
  readonly #model: FunctionModel;
  readonly #places: CallPlaces;
  readonly #callees: Callees;
  readonly #loose: ReadonlySet<number>;
  /** Nodes that recordings have sites of. */
  readonly #waiting: ReadonlySet<number>;

  constructor(model: FunctionModel, places: CallPlaces, callees: Callees) {
    this.#model = model;
    this.#places = places;
    this.#callees = callees;
    this.#waiting = new Set(model.places.values());
    this.#loose = this.#numbers(places.loose);
  }

  of(step: number): Expected {
    const { flow, tree } = this.#model;
    const node = flow.node[step];
    // Parameters get their values before the call begins.
    if (isOfParameters(tree, flow, node)) return NOTHING;
    switch (flow.op[step]) {
      case Op.CALL:
        return this.#call(step);
      case Op.AWAIT:
      case Op.YIELD:
        return tellsOfWait(tree, node, flow.owner);
      case Op.RETURN:
        return this.#waiting.has(node) ? { tells: { seen: Seen.WAIT, node } } : NOTHING;
      case Op.THROW:
        return { tells: { seen: Seen.THROW, node } };
      case Op.CATCH:
        return { tells: { seen: Seen.CATCH, node } };
      case Op.LOAD:
      case Op.STORE:
      case Op.COMPUTE:
      case Op.ITERATE:
        return this.#implicit(step);
      default:
        return NOTHING;
    }
  }

  #numbers(edges: readonly CalledThere[]): Set<number> {
    return new Set(edges.flatMap(({ dst }) => this.#callees.numberOf(dst) ?? []));
  }

  #call(step: number): Expected {
    const edges = this.#places.edges.get(step) ?? [];
    const site = this.#places.sites.get(step);
    const direct = edges.filter((edge) => !isWithin(edge));
    const name = calledName(this.#model, step);
    return {
      called: this.#numbers(direct),
      within: this.#numbers(edges.filter(isWithin)),
      isSure: this.#isSure(direct, site),
      others: (fn) => this.#guess(fn, name, site, direct.length > 0),
    };
  }

  /** Whoever is called, a recording tells of it. */
  #isSure(direct: readonly CalledThere[], site: PlaceOfCall | undefined): boolean {
    if (direct.length !== 1 || site?.outside !== false) return false;
    const [{ dst, kind, confidence }] = direct;
    const callee = this.#callees.byId(dst);
    if (callee === undefined || !callee.isRecorded || callee.isGenerator || callee.kind === 'module') return false;
    return confidence === 'certain' && kind !== 'call/apply/bind' && kind !== 'accessor';
  } // prettier-ignore

  #guess(fn: number, name: string, site: PlaceOfCall | undefined, hasTargets: boolean): Guess {
    const callee = this.#callees.byNumber(fn);
    if (this.#loose.has(fn)) return guess(2, 'default or field');
    if (callee?.kind === 'module') return guess(name === 'require' || name === 'import' ? 3 : 20, 'module loading');
    if (callee?.kind === 'getter' || callee?.kind === 'setter') return guess(20, 'accessor');
    // Its body begins when it is first asked for a value.
    if (callee?.isGenerator === true && NEXT.has(name)) return guess(4, 'implicit call');
    const isNamed = callee !== undefined && callee.name === name;
    if (site === undefined) return guess(isNamed ? 6 : 18, 'implicit call');
    const reason = reasonOf(site, hasTargets);
    const base = reason === 'other target' ? 25 : 10;
    return { ...guess(isNamed ? base - 4 : base, reason), isItself: true };
  } // prettier-ignore

  #implicit(step: number): Expected {
    const { flow, tree } = this.#model;
    const op = flow.op[step];
    const edges = this.#places.edges.get(step) ?? [];
    const name = accessedName(tree, flow.node[step]);
    return {
      within: this.#numbers(edges),
      others: (fn) => implicitGuess(op, name, this.#callees.byNumber(fn)),
    };
  }
}

/** What takes iterators further. */
const NEXT: ReadonlySet<string> = new Set(['next', 'return', 'throw']);

/** Names of what makes a value of an object. */
const CONVERSIONS: ReadonlySet<string> = new Set(['valueOf', 'toString', 'toPrimitive']);

const guess = (cost: number, reason: Reason): Guess => ({ cost, reason });

function reasonOf(site: PlaceOfCall, hasTargets: boolean): Reason {
  if (site.form === 'computed') return 'computed member';
  if (site.tooMany !== null) return 'too many candidates';
  if (site.outside) return 'through outside code';
  if (hasTargets) return 'other target';
  return site.via === 'parameter' && site.form !== 'method' ? 'parameter' : 'unknown object';
}

function implicitGuess(op: number, name: string, callee: Callee | undefined): Guess {
  const kind = callee?.kind;
  const isAccessor = kind === 'getter' || kind === 'setter';
  const fits = (kind === 'getter' && op !== Op.STORE) || (kind === 'setter' && op === Op.STORE);
  if (op === Op.LOAD || op === Op.STORE) {
    if (!isAccessor) return guess(60, 'implicit call');
    return guess(fits ? (callee?.name === name ? 3 : 15) : 40, 'accessor');
  }
  if (op === Op.ITERATE) return guess(callee?.isGenerator === true ? 4 : 12, 'implicit call');
  if (callee !== undefined && CONVERSIONS.has(callee.name)) return guess(4, 'implicit call');
  return guess(isAccessor ? 24 : 26, isAccessor ? 'accessor' : 'implicit call');
}

function tellsOfWait(tree: Tree, node: number, owner: number): Expected {
  const kind = tree.kind[node];
  const isTold =
    kind === Kind.AwaitExpression || kind === Kind.YieldExpression || kind === Kind.ForOfStatement;
  return isTold && node !== owner ? { tells: { seen: Seen.WAIT, node } } : NOTHING;
}

function calledName({ tree, flow }: FunctionModel, step: number): string {
  const node = flow.node[step];
  if (tree.kind[node] === Kind.ImportExpression) return 'import';
  const field = tree.kind[node] === Kind.TaggedTemplateExpression ? Field.tag : Field.callee;
  const callee = bareNode(tree, childAt(tree, node, field));
  if (callee < 0) return '';
  if (tree.kind[callee] === Kind.MemberExpression) return propertyName(tree, callee);
  return tree.kind[callee] === Kind.Identifier ? textOf(tree, callee) : '';
}

function accessedName(tree: Tree, node: number): string {
  if (tree.kind[node] === Kind.MemberExpression) return propertyName(tree, node);
  if (tree.kind[node] !== Kind.Property) return '';
  return memberName(tree, childAt(tree, node, Field.key), has(tree, node, Flag.COMPUTED));
}

/**
 * What may be seen anywhere. The body of a generator begins when somebody asks it for a value: where it is called, nobody sees it, and `for await` and `yield*` count as waiting by then. A loop
 * that fails closes its iterator.
 */
export function anywhere({ tree }: FunctionModel, { edges }: CallPlaces, { byNumber, byId, numberOf }: Callees): Anywhere {
  const madeAt = new Map<number, number>();
  for (const [step, all] of edges)
    for (const { dst } of all) {
      const number = byId(dst)?.isGenerator === true ? numberOf(dst) : undefined;
      if (number !== undefined && !madeAt.has(number)) madeAt.set(number, step);
    }
  return (seen, what) => {
    if (seen === Seen.WAIT) return tree.kind[what] === Kind.ForOfStatement ? { cost: 6, reason: 'closing', step: -1 } : undefined;
    if (seen !== Seen.CALL) return undefined;
    const step = madeAt.get(what);
    if (step !== undefined) return { cost: 1, reason: null, step };
    return byNumber(what)?.isGenerator === true ? { cost: 30, reason: 'implicit call', step: -1 } : undefined;
  };
} // prettier-ignore
