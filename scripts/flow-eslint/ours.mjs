/** Our flow of a body, as which anchors may come next after each. */
import { EdgeKind, ENTRY, EXIT, FAILED, Op } from '../../packages/intellimap/dist/graph/flow/flow.js';

/** Steps that both know, and of which nodes. */
export const ANCHORS = {
  [Op.READ]: ['Identifier'],
  [Op.LOAD]: ['MemberExpression'],
  [Op.CALL]: ['CallExpression', 'NewExpression', 'TaggedTemplateExpression', 'ImportExpression'],
  [Op.AWAIT]: ['AwaitExpression'],
  [Op.YIELD]: ['YieldExpression'],
  [Op.RETURN]: ['ReturnStatement'],
  [Op.THROW]: ['ThrowStatement'],
  [Op.COMPUTE]: ['BinaryExpression', 'UnaryExpression', 'TemplateLiteral', 'UpdateExpression', 'AssignmentExpression'],
}; // prettier-ignore
const MAY_FAIL = new Set([Op.READ, Op.LOAD, Op.STORE, Op.CALL, Op.AWAIT, Op.YIELD, Op.ITERATE, Op.COMPUTE]);

/** Our flow: which anchors may come next after each, and whether a step can fail in between. */
export class Ours {
  constructor(tree, flow, anchorAt) {
    this.flow = flow;
    this.anchorAt = anchorAt;
    this.out = Array.from({ length: flow.blocks }, () => []);
    flow.from.forEach((from, edge) => this.out[from].push(edge));
    this.places = new Map();
    for (let block = 0; block < flow.blocks; block++)
      for (let step = flow.firstStep[block]; step < flow.firstStep[block + 1]; step++) {
        const anchor = anchorAt(step);
        if (anchor !== undefined)
          this.places.set(anchor, [...(this.places.get(anchor) ?? []), [block, step]]);
      }
    /** Anchors that come first when a failure was heard of. */
    this.handled = new Set();
    flow.edge.forEach((kind, edge) => {
      if (kind !== EdgeKind.THROW) return;
      for (const next of this.next(flow.to[edge])) this.handled.add(next);
    });
  }

  has(anchor) {
    return anchor === 'initial' || this.places.has(anchor);
  }

  isLive(anchor) {
    this.live ??= this.#reached();
    return this.places.get(anchor).some(([block]) => this.live.has(block));
  }

  #reached() {
    const live = new Set();
    const queue = [ENTRY];
    for (let block = queue.pop(); block !== undefined; block = queue.pop()) {
      if (live.has(block)) continue;
      live.add(block);
      queue.push(...this.out[block].map((edge) => this.flow.to[edge]));
    }
    return live;
  }

  after(anchor, failures = true) {
    const all = new Set();
    const places = anchor === 'initial' ? [[ENTRY, -1]] : this.places.get(anchor);
    for (const [block, step] of places)
      for (const next of this.next(block, step + 1, failures)) all.add(next);
    return all;
  }

  /** Whether a step between an anchor and the end of its block may fail. */
  failingAfter(anchor) {
    return (this.places.get(anchor) ?? []).some(([block, at]) => {
      for (let step = at + 1; step < this.flow.firstStep[block + 1]; step++)
        if (MAY_FAIL.has(this.flow.op[step])) return true;
      return false;
    });
  }

  /** Whether an optional call may be left out on the way to what follows. */
  isPassedBy(anchor, to) {
    for (const [, step] of this.places.get(anchor) ?? []) {
      const branch = this.flow.op.findIndex((op, at) => op === Op.BRANCH && this.flow.node[at] === this.flow.node[step]);
      const block = this.flow.firstStep.findLastIndex((first) => first <= branch);
      const way = this.out[block]?.find((edge) => this.flow.edge[edge] === EdgeKind.FALSE);
      if (branch !== -1 && way !== undefined && this.next(this.flow.to[way]).has(to)) return true;
    }
    return false;
  } // prettier-ignore

  /** Anchors that come next in or after a block; `failures`: whether steps may fail on the way. */
  next(block, from = 0, failures = true) {
    const found = new Set();
    const seen = new Set();
    const go = (at, first) => {
      if (at === EXIT || at === FAILED) {
        found.add(at === EXIT ? 'final' : 'thrown');
        return;
      }
      const end = this.flow.firstStep[at + 1];
      for (let step = Math.max(first, this.flow.firstStep[at]); step < end; step++) {
        const op = this.flow.op[step];
        if (failures && MAY_FAIL.has(op)) this.#follow(at, [EdgeKind.THROW], go, seen);
        if (failures && op === Op.YIELD) this.#follow(at, [EdgeKind.CLOSE], go, seen);
        const anchor = this.anchorAt(step);
        if (anchor !== undefined) {
          found.add(anchor);
          return;
        }
      }
      const { NEXT, TRUE, FALSE, BACK, JUMP, THROW } = EdgeKind;
      const isThrown = this.flow.op[end - 1] === Op.THROW || end === this.flow.firstStep[at];
      // A way on that fails is one out of the end of a finally, or a throw.
      this.#follow(at, [NEXT, TRUE, FALSE, BACK, JUMP, ...(isThrown || this.#isDispatch(at) ? [THROW] : [])], go, seen);
    };
    go(block, from);
    return found;
  } // prettier-ignore

  /** Whether its ways on do not come from a decision of its own. */
  #isDispatch(block) {
    const last = this.flow.firstStep[block + 1] - 1;
    const ways = this.out[block].filter((edge) => this.flow.edge[edge] !== EdgeKind.THROW);
    return ways.length === 0 || (ways.length > 1 && this.flow.op[last] !== Op.BRANCH);
  }

  #follow(block, kinds, go, seen) {
    for (const edge of this.out[block]) {
      const key = `${edge}`;
      if (!kinds.includes(this.flow.edge[edge]) || seen.has(key)) continue;
      seen.add(key);
      go(this.flow.to[edge], 0);
    }
  }
}
