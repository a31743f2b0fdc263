/** Functions and edges that came or went, and how often functions are called. Pure. */
import { becauseOf, type Change, ENOUGH, outside, type Pair, sureOf, type Thresholds } from './change.ts';
import { type EdgeFact, type FunctionFact, type Snapshot } from './snapshot.ts';

/** Runs that show how much a figure varies, at least. */
const VARIED = 5;

/** Functions that ran in one of the runs only. One that is not among the functions of the other was not loaded there. */
export function functionChanges(pair: Pair): Change[] {
  const { now, before } = pair;
  const ran = (run: Snapshot, id: string): boolean => (run.functions.get(id)?.hits ?? 0) > 0;
  const ids = new Set([...now.functions.keys(), ...before.functions.keys()]);
  return [...ids].flatMap((id): Change[] => {
    const [a, b] = [now.functions.get(id), before.functions.get(id)];
    if (ran(now, id) === ran(before, id) || a?.isPartial === true || b?.isPartial === true) return [];
    const confidence = sureOf(pair, (run) => ran(run, id));
    if (confidence === null) return [];
    const fact = (a ?? b)!;
    return [
      {
        kind: 'function', what: ran(now, id) ? 'added' : 'removed', key: id, subject: fact.name, path: fact.path, line: fact.line,
        before: b?.hits ?? 0, now: a?.hits ?? 0, unit: 'calls', because: becauseOf(pair, [id]), confidence,
      },
    ]; // prettier-ignore
  });
}

/** Pairs of caller and callee, both of which ran in both runs: what new functions call is told by themselves. */
export function edgeChanges(pair: Pair): Change[] {
  const { now, before } = pair;
  const keys = new Set([...now.edges.keys(), ...before.edges.keys()]);
  return [...keys].flatMap((key): Change[] => {
    const [a, b] = [now.edges.get(key), before.edges.get(key)];
    if ((a === undefined) === (b === undefined)) return [];
    const { src, dst } = (a ?? b)!;
    if (![src, dst].every((id) => ranIn(now, id) && ranIn(before, id))) return [];
    const confidence = sureOf(pair, (run) => run.edges.has(key));
    if (confidence === null) return [];
    const because = becauseOf(pair, [src]);
    return [
      { kind: 'edge', what: a === undefined ? 'removed' : 'added', key, ...edgeSubject(now, src, dst), before: b?.count ?? 0, now: a?.count ?? 0, unit: 'calls', because, confidence },
    ]; // prettier-ignore
  });
}

/**
 * How often. A function that is called twice as often calls its callees twice as often, too, so an edge is judged by calls for each call of the caller,
 * and only calls that nothing recorded made are judged by themselves.
 */
export function countChanges(pair: Pair, { countTolerance }: Thresholds): Change[] {
  const { now, before, history } = pair;
  const past = [before, ...history];
  const changes: Change[] = [];
  const add = (
    figure: (run: Snapshot) => number | null,
    shown: (run: Snapshot) => number,
    facts: Pick<Change, 'key' | 'subject' | 'path' | 'line' | 'unit' | 'because'>,
  ): void => {
    const [mine, ...theirs] = [now, ...past].map(figure);
    const known = theirs.filter((each) => each !== null);
    if (mine === null || theirs[0] === null) return;
    const what = outside(mine, known, countTolerance);
    if (what === null) return;
    const isExact = known.every((each) => each === known[0]);
    const isKnown = known.length >= (isExact ? ENOUGH + 1 : VARIED);
    const confidence = isKnown && now.isWhole ? 'likely' : 'possible';
    changes.push({ kind: 'calls', what, ...facts, before: shown(before), now: shown(now), confidence });
  };
  for (const [key, { src, dst }] of now.edges) {
    if (!before.edges.has(key) || src === dst) continue;
    const facts = { key, ...edgeSubject(now, src, dst), unit: 'calls each time', because: becauseOf(pair, [src]) };
    const figure = (run: Snapshot): number | null => perCall(run, run.edges.get(key));
    add(figure, (run) => figure(run) ?? 0, facts);
  } // prettier-ignore
  for (const { id, name, path, line } of now.functions.values()) {
    const roots = (run: Snapshot): number | null => run.functions.get(id)?.roots ?? null;
    if (!(roots(now)! > 0) || !(roots(before)! > 0)) continue;
    add(roots, (run) => roots(run) ?? 0, { key: id, subject: name, path, line, unit: 'calls from outside', because: becauseOf(pair, [id]) });
  } // prettier-ignore
  return changes;
}

const ranIn = (run: Snapshot, id: string): boolean => (run.functions.get(id)?.hits ?? 0) > 0;

function perCall(run: Snapshot, edge: EdgeFact | undefined): number | null {
  const hits = edge === undefined ? 0 : (run.functions.get(edge.src)?.hits ?? 0);
  return edge === undefined || hits === 0 ? null : edge.count / hits;
}

/** An edge is named by both ends, and is where the callee is called from. */
export function edgeSubject(
  { functions }: Snapshot,
  src: string,
  dst: string,
): Pick<Change, 'subject' | 'path' | 'line'> {
  const [from, to]: (FunctionFact | undefined)[] = [functions.get(src), functions.get(dst)];
  return {
    subject: `${from?.name ?? src} → ${to?.name ?? dst}`,
    path: from?.path ?? null,
    line: from?.line ?? null,
  };
}
