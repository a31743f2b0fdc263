/** Code that was never executed in any run: functions and files, with how sure it is that nobody needs them. */
import { executed, type Session, sourceGraph, type Window } from '../../query/index.ts';
import {
  type Analysis,
  type Confidence,
  type Evidence,
  type Finding,
  plural,
  type Verdict,
} from '../analysis.ts';
import { CONFIDENCE, type Dead, deadCode, type DeadFile, type Reason } from './classify.ts';
import { type Group, groupsOf } from './groups.ts';
import { factsOf, told, type WindowFacts } from './window.ts';

export interface DeadCodeFinding extends Finding {
  reason: Reason;
  /** What it is: the whole file, or a function with what hangs on it. */
  kind: 'file' | 'function';
  /** Name of the function; path of the file. */
  name: string;
  path: string;
  /** Lines of all of it. */
  lines: number;
  /** Functions in it, the first of all included; of a file: all. */
  functions: { id: string; name: string; path: string; line: number }[];
  /** Runs that the claim rests on, and of these the whole ones. */
  runs: number;
  wholeRuns: number;
  window: WindowFacts;
}

const DAY_MS = 24 * 3600 * 1000;

export const neverExecuted: Analysis<DeadCodeFinding> = {
  name: 'dead-code',
  title: 'Never executed',
  async check(session) {
    const { days } = session.settings.deadCode;
    return await deadCodeSince(session, days === null ? 0 : Date.now() - days * DAY_MS);
  },
  describe(finding) {
    const { kind, name, path, place, functions, reason, runs, lines } = finding;
    const more = functions.length > 1 ? ` and ${plural(functions.length - 1, 'function')} with it` : '';
    const what =
      kind === 'file'
        ? `${path} (${plural(lines, 'line')}) was never loaded`
        : `${name} (${path}:${place?.line ?? 0})${more} never ran`;
    return `${what} in ${plural(runs, 'run')}; ${WHY[reason]}`;
  },
  summarise(findings) {
    const sure = findings.filter(({ confidence }) => confidence !== 'possible');
    const files = sure.filter(({ kind }) => kind === 'file').length;
    const functions = sure
      .filter(({ kind }) => kind === 'function')
      .reduce((sum, f) => sum + f.functions.length, 0);
    const lines = sure.reduce((sum, f) => sum + f.lines, 0);
    const window = findings[0] === undefined ? '' : `, by ${told(findings[0].window)}`;
    return `${plural(files, 'file')} and ${plural(functions, 'function')} (${plural(lines, 'line')}) are most likely dead, ${plural(findings.length - sure.length, 'place')} possibly${window}`;
  },
};

/** What the text says, as the second half of a sentence. */
const WHY: Record<Reason, string> = {
  unreferenced: 'nothing that runs can reach it',
  unnamed: 'nobody mentions its name',
  tests: 'only tests refer to it',
  public: 'users of the package may call it',
  dynamic: 'a computed name or a text may lead to it',
  uncalled: 'live code refers to it',
};

/** @param since ms since the epoch; 0: all runs there are */
export async function deadCodeSince(session: Session, since: number): Promise<Verdict<DeadCodeFinding>> {
  const graph = await sourceGraph(session);
  if (graph === null) return { holds: 'unknown', why: 'the source was not read' };
  const all = await executed(session, since);
  if (all.window.runs.length === 0) return { holds: 'unknown', why: 'there is no run in that time' };
  const dead = deadCode(graph, all);
  const facts = factsOf(all.window);
  const findings = [
    ...dead.files.map((file) => fileFinding(file, dead, all.window)),
    ...groupsOf(dead).map((group) => groupFinding(group, all.window)),
  ]
    .map((finding) => ({ ...finding, window: facts }))
    .toSorted(byWeight);
  return findings.length > 0 ? { holds: 'yes', findings } : { holds: 'no' };
}

/** The window is the same for all. */
type Unplaced = Omit<DeadCodeFinding, 'window'>;

const RANK: Record<Confidence, number> = { certain: 0, likely: 1, possible: 2 };
const byWeight = (a: DeadCodeFinding, b: DeadCodeFinding): number =>
  RANK[a.confidence] - RANK[b.confidence] || b.lines - a.lines || (a.id < b.id ? -1 : 1);

/** A step less sure, when no run is known to have told all that happened. */
const weakened = (confidence: Confidence, wholeRuns: number): Confidence =>
  wholeRuns > 0 ? confidence : confidence === 'certain' ? 'likely' : 'possible';

function fileFinding({ row, reason }: DeadFile, { index }: Dead, window: Window): Unplaced {
  const wholeRuns = window.runs.filter(({ isWhole }) => isWhole).length;
  const last = window.runs.at(-1)!;
  // What was written after the last run cannot have been seen.
  const isNew = row.modified_at > last.ts;
  const functions = index.graph.functions.filter(({ path, kind }) => path === row.path && kind !== 'module');
  return {
    id: `dead-code:${index.moduleOf(row.path)}`,
    confidence: weakened(CONFIDENCE[reason], isNew ? 0 : wholeRuns),
    place: { path: row.path, line: null },
    evidence: [{ run: last.id, table: 'source_files', key: { path: row.path } }],
    reason,
    kind: 'file',
    name: row.path,
    path: row.path,
    lines: row.lines,
    functions: functions.map(placeOf),
    runs: window.runs.length,
    wholeRuns,
  };
}

const placeOf = ({ ast_node_id: id, name, path, line }: Group[0]['row']) => ({ id, name, path, line });

function groupFinding(group: Group, window: Window): Unplaced {
  const [{ row, reason }] = group;
  const runs = Math.min(...group.map(({ seen }) => seen?.witnesses ?? window.runs.length));
  const wholeRuns = Math.min(...group.map(({ seen }) => seen?.whole ?? 0));
  const latest = window.runs.at(-1)!.id;
  const evidence = group.map(({ seen, row: { ast_node_id } }): Evidence => ({
    run: seen?.last ?? latest,
    table: seen === null ? 'source_functions' : 'functions',
    key: { ast_node_id },
  }));
  return {
    id: `dead-code:${row.ast_node_id}`,
    confidence: weakened(CONFIDENCE[reason], wholeRuns),
    place: { path: row.path, line: row.line },
    evidence,
    reason,
    kind: 'function',
    name: row.name,
    path: row.path,
    lines: linesOf(group),
    functions: group.map((each) => placeOf(each.row)),
    runs,
    wholeRuns,
  };
}

/** Lines of a group; those of functions within others count once. */
function linesOf(group: Group): number {
  const ids = new Set(group.map(({ row }) => row.ast_node_id));
  return group
    .filter(({ row }) => row.parent === null || !ids.has(row.parent))
    .reduce((sum, { row }) => sum + row.end_line - row.line + 1, 0);
}
