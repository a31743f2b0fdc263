/**
 * Where the time of one task went. Pure.
 *
 *   time →        0    2              10   11        15
 *   handle        ████ ~~~~~~~~~~~~~~ ███  ~~~~~~~~~ █      work 2 + 1 + …, it waits for quote, then by itself
 *     quote         █  ~~~~~~~~~~~~~~ █                     waits by itself: for what is not recorded
 *
 * Waiting belongs to the innermost call that waits: what `handle` waits while `quote` is alive is `quote`'s.
 */
import { groupedBy } from '../base/groups.ts';

export interface TaskCall {
  id: number;
  /** null: a root */
  parent: number | null;
  function: string;
  startUs: number;
  /** Of calls that had not ended: the end of the task. */
  endUs: number;
  selfUs: number;
  waitUs: number;
  /** Its thread waited for the recorder, while it was on the stack. */
  stalledUs: number;
  /** Of roots: what ran it, e.g. `timeout`; null: not known. */
  ranBy: string | null;
}

export interface Waiting {
  /** ast_node_id of the function that waited; null: between callbacks, for what `kind` says. */
  function: string | null;
  /** What ran the callback that came next. */
  kind: string | null;
  us: number;
  /** How many calls, or gaps. */
  times: number;
}

export interface Anatomy {
  workUs: number;
  /** No call of the task was on the stack: the rest of its time. */
  waitUs: number;
  /** By who waited, longest first. Calls that wait at the same time each count. */
  waits: Waiting[];
  /** From a root down: at each step the callee that kept it waiting for longest. Functions. */
  path: string[];
}

/** A step of the path makes at least so much of the one above. */
const PATH_SHARE = 0.3;

type Span = readonly [start: number, end: number];

/** @param calls of the task, those without a row left out */
export function anatomyOf(calls: readonly TaskCall[], [start, end]: Span): Anatomy {
  const known = new Set(calls.map(({ id }) => id));
  const children = groupedBy(
    calls.filter(({ parent }) => parent !== null),
    ({ parent }) => parent!,
  );
  const roots = calls.filter(({ parent }) => parent === null || !known.has(parent));
  const workUs = calls.reduce((sum, { selfUs }) => sum + selfUs, 0);
  const waits = new Map<string, Waiting>();
  const add = (waiting: Waiting): void => {
    const key = `${waiting.function} ${waiting.kind}`;
    const so = waits.get(key);
    if (so === undefined) waits.set(key, waiting);
    else Object.assign(so, { us: so.us + waiting.us, times: so.times + waiting.times });
  };
  for (const call of calls) {
    if (call.waitUs <= 0) continue;
    const callees = children.get(call.id) ?? [];
    const below = callees.filter(({ waitUs }) => waitUs > 0).map(spanOf);
    const work = callees.reduce((sum, each) => sum + (each.waitUs > 0 ? 0 : each.endUs - each.startUs), 0);
    const stalled = Math.max(0, callees.reduce((left, each) => left - each.stalledUs, call.stalledUs));
    const own = call.endUs - call.startUs - covered(below, spanOf(call)) - call.selfUs - stalled - work;
    const us = Math.min(call.waitUs, Math.max(0, own));
    if (us > 0) add({ function: call.function, kind: null, us, times: 1 });
  } // prettier-ignore
  for (const gap of gapsOf(roots.length > 0 ? calls : [], roots, [start, end])) add(gap);
  return {
    workUs,
    waitUs: Math.max(0, end - start - workUs),
    waits: [...waits.values()].toSorted((a, b) => b.us - a.us),
    path: pathOf(roots, children, wholeEnds(calls)),
  };
}

const spanOf = ({ startUs, endUs }: TaskCall): Span => [startUs, endUs];

/** How much of `within` the spans cover together. */
export function covered(spans: readonly Span[], [from, to]: Span): number {
  let sum = 0;
  let at = from;
  for (const [start, end] of spans.toSorted((a, b) => a[0] - b[0])) {
    const begin = Math.max(at, start);
    const until = Math.min(to, end);
    if (until > begin) {
      sum += until - begin;
      at = until;
    }
  }
  return sum;
}

/** Between the calls of the task: nothing of it was alive, and then something ran its next callback. */
function* gapsOf(calls: readonly TaskCall[], roots: readonly TaskCall[], [start]: Span): Generator<Waiting> {
  const starts = new Set(roots.map(({ id }) => id));
  let until = start;
  for (const call of calls.toSorted((a, b) => a.startUs - b.startUs)) {
    if (starts.has(call.id) && call.startUs > until)
      yield { function: null, kind: call.ranBy, us: call.startUs - until, times: 1 };
    until = Math.max(until, call.endUs);
  }
}

/** When a call and all below it had ended: async calls outlive the plain ones that began them. */
function wholeEnds(calls: readonly TaskCall[]): Map<number, number> {
  const ends = new Map(calls.map(({ id, endUs }) => [id, endUs]));
  // Callees have higher numbers.
  for (const { id, parent } of calls.toSorted((a, b) => b.id - a.id))
    if (parent !== null && ends.has(parent)) ends.set(parent, Math.max(ends.get(parent)!, ends.get(id)!));
  return ends;
}

/** From the longest root down. */
function pathOf(
  roots: readonly TaskCall[],
  children: ReadonlyMap<number, TaskCall[]>,
  ends: ReadonlyMap<number, number>,
): string[] {
  const spanOfAll = ({ id, startUs }: TaskCall): Span => [startUs, ends.get(id)!];
  const lengthOf = (call: TaskCall): number => spanOfAll(call)[1] - call.startUs;
  const longest = (calls: readonly TaskCall[]): TaskCall | undefined =>
    calls.toSorted((a, b) => lengthOf(b) - lengthOf(a) || a.id - b.id)[0];
  const path: string[] = [];
  let call = longest(roots);
  while (call !== undefined && path.length < 100) {
    if (path.at(-1) !== call.function) path.push(call.function);
    const least = PATH_SHARE * lengthOf(call);
    // Three calls of one function in turn are one reason.
    const below = [...groupedBy(children.get(call.id) ?? [], (each) => each.function).values()]
      .map((group) => ({ us: covered(group.map(spanOfAll), [-Infinity, Infinity]), group }))
      .toSorted((a, b) => b.us - a.us)[0];
    call = below !== undefined && below.us >= least ? longest(below.group) : undefined;
  }
  return path;
}
