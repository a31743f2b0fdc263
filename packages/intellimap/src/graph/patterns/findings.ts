/** What was found → what is told, and what recordings are asked about it. Pure. */
import { FACTS, NOT_RECORDED, type Asked, type Proof, type ProofQuestion } from '../../base/proof.ts';
import { isFunction, Kind, NONE } from '../tree/tree.ts';
import { type Called, calledOf } from './called.ts';
import type { PatternFinding } from './finding.ts';
import type { Found } from './pattern.ts';
import { argumentsOf, calleeName } from './facts/names.ts';
import { nodesIn } from './facts/places.ts';

/** Characters of a part that are shown. */
const SHOWN = 60;

export interface AskedFinding {
  finding: PatternFinding;
  question: ProofQuestion;
}

/** In the order in which they were found. */
export function findingsOf(all: readonly Found[]): AskedFinding[] {
  const seen = new Map<string, number>();
  return all.map((found, key) => {
    const about = functionAt(found);
    const plain = `pattern:${found.pattern.name}:${about?.id ?? found.file.path}`;
    const nth = seen.get(plain) ?? 0;
    seen.set(plain, nth + 1);
    return {
      finding: findingOf(found, nth === 0 ? plain : `${plain}~${nth}`, about),
      question: questionOf(found, key),
    };
  });
}

function findingOf(found: Found, id: string, about: { id: string; name: string } | null): PatternFinding {
  const { pattern, file, node, roles, paths } = found;
  return {
    id,
    pattern: pattern.name,
    kind: pattern.kind,
    confidence: pattern.confidence,
    severity: pattern.severity,
    place: { path: file.path, line: file.lineOf(node) },
    function: about === null ? null : { id: about.id, name: about.name },
    parts: Object.entries(roles)
      .filter(([, at]) => at !== NONE)
      .map(([role, at]) => ({ role, line: file.lineOf(at), text: textAt(found, at) })),
    paths: [...paths],
    inTest: file.isTest,
    text: pattern.told(found),
    confirmedWhen: FACTS[pattern.proof.fact],
    evidence: [],
    proof: { state: NOT_RECORDED.state, count: NOT_RECORDED.count, run: NOT_RECORDED.run },
  };
}

function textAt({ file: { tree, text } }: Found, node: number): string {
  const all = text.slice(tree.start[node], tree.end[node]).replaceAll(/\s+/g, ' ');
  return all.length > SHOWN ? `${all.slice(0, SHOWN - 1)}…` : all;
}

/** The function around it; of a function that is the match itself, that one. */
function functionAt({ file, node }: Found): (Asked & { name: string }) | null {
  return file.functionOf(isFunction(file.tree, node) ? node : file.owner[node]);
}

function questionOf(found: Found, key: number): ProofQuestion {
  const { pattern, file, roles, paths } = found;
  const { fact, call } = pattern.proof;
  const role = call === undefined ? NONE : (roles[call] ?? NONE);
  return {
    key,
    fact,
    functions: askedOf(found),
    ...(role === NONE ? NOBODY : fact === 'caught' ? handlerOf(found, role) : calledOf(found, role)),
    site: fact === 'caught' && file.tree.kind[role] === Kind.CatchClause ? file.catchAt(role) : null,
    alone: fact === 'caught' && isAlone(found),
    paths: [...paths],
  };
}

const NOBODY: Called = { callee: null, through: null, elsewhere: 0 };

/** `.catch(() => {})`: that it ran says that something failed. */
function handlerOf({ file }: Found, role: number): Called {
  if (file.tree.kind[role] === Kind.CatchClause) return NOBODY;
  const [handler] = argumentsOf(file.tree, role);
  const own = handler !== undefined && isFunction(file.tree, handler) ? file.functionOf(handler) : null;
  return own === null ? NOBODY : { ...NOBODY, callee: { id: own.id } };
}

/** The only handler of its function. */
function isAlone({ file, node }: Found): boolean {
  const { tree, owner } = file;
  const body = owner[node];
  const clauses = nodesIn(tree, body, Kind.CatchClause);
  return clauses.length === 1 && clauses[0] === node && !nodesIn(tree, body, Kind.CallExpression).some((call) => calleeName(tree, call) === 'catch'); // prettier-ignore
}

/** Functions of the roles it names, or the one around it. */
function askedOf(found: Found): Asked[] {
  const { pattern, file, roles } = found;
  const named = pattern.proof.of;
  const owners =
    named === undefined
      ? [null]
      : Object.entries(roles)
          .filter(([role]) => named.some((name) => role === name || role.startsWith(`${name} `)))
          .map(([, at]) => (isFunction(file.tree, at) ? at : file.owner[at]));
  const all = owners.map((owner) => (owner === null ? functionAt(found) : file.functionOf(owner)));
  return all.flatMap((each) => (each === null ? [] : [{ id: each.id, hash: each.hash }]));
}

/** What a run showed is certain. */
export function withProof(finding: PatternFinding, { state, count, run, evidence }: Proof): PatternFinding {
  return {
    ...finding,
    confidence: state === 'confirmed' && finding.kind === 'anti' ? 'certain' : finding.confidence,
    evidence,
    proof: { state, count, run },
  };
}

const SURE = { certain: 0, likely: 1, possible: 2 } as const;

/** What runs confirmed comes first, most often first; then what may cost most, and is surest; tests last. */
export function inOrder(all: readonly PatternFinding[]): PatternFinding[] {
  return all.toSorted(
    (a, b) =>
      Number(b.kind === 'anti') - Number(a.kind === 'anti') ||
      Number(a.inTest) - Number(b.inTest) ||
      Number(b.proof.state === 'confirmed') - Number(a.proof.state === 'confirmed') ||
      b.severity - a.severity ||
      SURE[a.confidence] - SURE[b.confidence] ||
      b.proof.count - a.proof.count ||
      (a.place.path < b.place.path ? -1 : a.place.path > b.place.path ? 1 : a.place.line - b.place.line),
  );
}
