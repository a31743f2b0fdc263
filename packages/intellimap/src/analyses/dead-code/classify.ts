/** Code that no run executed, and what the text says about it. Pure. */
import { groupedBy } from '../../base/groups.ts';
import type { Executed, Seen, SourceGraph } from '../../query/index.ts';
import type { Confidence } from '../analysis.ts';
import { Index } from '../graph-index.ts';
import { reach } from './reach.ts';

/**
 * What the text says of code that was never executed, from the strongest reason to the weakest:
 * `unreferenced`: nothing can reach it · `unnamed`: a member of something alive, whose name nobody alive mentions · `tests`: only tests lead to it ·
 * `public`: a package's users may call it · `dynamic`: a computed name, a text or a framework may lead to it · `uncalled`: live code refers to it.
 */
export type Reason = 'unreferenced' | 'unnamed' | 'tests' | 'public' | 'dynamic' | 'uncalled';

export const CONFIDENCE: Record<Reason, Confidence> = {
  unreferenced: 'certain',
  unnamed: 'likely',
  tests: 'likely',
  public: 'possible',
  dynamic: 'possible',
  uncalled: 'possible',
};

export interface DeadFunction {
  row: SourceGraph['functions'][number];
  reason: Reason;
  /** null: its file was never loaded, so that no run could have told. */
  seen: Seen | null;
}

export interface DeadFile {
  row: SourceGraph['files'][number];
  reason: Reason;
  functions: number;
}

export interface Dead {
  index: Index;
  reasons: Reasons;
  functions: DeadFunction[];
  /** Never loaded at all. */
  files: DeadFile[];
  /** Not executed as they are now, but changed since a run could have seen them, or never in a run that tells: nothing is said of them. */
  unknown: number;
}

export function deadCode(graph: SourceGraph, { functions, loaded }: Executed): Dead {
  const index = new Index(graph);
  const reasons = reasonsOf(index, functions, loaded);
  const source = new Map(graph.files.filter(({ role }) => role === 'source').map((row) => [row.path, row]));
  const dead: Dead = { index, reasons, functions: [], files: [], unknown: 0 };
  const wholly = new Set<string>();
  const byPath = groupedBy(graph.functions, ({ path }) => path);
  for (const row of source.values()) {
    const unit = index.moduleOf(row.path);
    if (loaded.has(row.path) || row.problem !== null || unit === undefined) continue;
    const reason = reasons.ofUnit(unit) ?? 'unreferenced';
    if (reason === 'unreferenced') wholly.add(row.path);
    dead.files.push({ row, reason, functions: (byPath.get(row.path) ?? []).length - 1 });
  }
  for (const row of graph.functions) {
    if (row.kind === 'module' || row.off !== null || !source.has(row.path) || wholly.has(row.path)) continue;
    judge(row, loaded.has(row.path), functions.get(row.ast_node_id), dead);
  }
  return dead;
}

function judge(row: DeadFunction['row'], isLoaded: boolean, seen: Seen | undefined, dead: Dead): void {
  if ((seen?.hits ?? 0) > 0) return;
  const reason = dead.reasons.of(row);
  if (!isLoaded) {
    // The file says what else there is to say.
    if (reason === 'unreferenced' || reason === 'unnamed') dead.functions.push({ row, reason, seen: null });
  } else if (seen === undefined || seen.witnesses === 0) dead.unknown += 1;
  else dead.functions.push({ row, seen, reason });
}

/** Fields of package.json by which others get at the exports of a file. */
const PUBLIC = /^(main|module|browser|exports|react-native|index)\b/;

export interface Reasons {
  /** How a function or holder can be reached; undefined: it cannot. */
  ofUnit: (unit: string) => Reason | undefined;
  of: (row: DeadFunction['row']) => Reason;
}

export function reasonsOf(
  index: Index,
  functions: Executed['functions'],
  loaded: Executed['loaded'],
): Reasons {
  const { graph } = index;
  const tests = new Set(graph.files.filter(({ role }) => role === 'test').map(({ path }) => path));
  const executed = graph.functions.filter((row) => (functions.get(row.ast_node_id)?.hits ?? 0) > 0);
  const begun = [...loaded.keys()].filter((path) => index.paths.has(path));
  const entries = graph.files.filter(({ entry }) => entry !== null).map(({ path }) => path);
  const isTest = (path: string): boolean => tests.has(path);
  const own = {
    units: executed.filter(({ path }) => !isTest(path)).map((row) => row.ast_node_id),
    files: [...begun, ...entries].filter((path) => !isTest(path)),
  };
  const all = { units: executed.map((row) => row.ast_node_id), files: [...begun, ...entries, ...tests] };
  // What is private has no users but the workspace.
  const published = new Set(graph.packages.filter((row) => !row.private).map(({ folder }) => folder));
  const exported = graph.files
    .filter((row) => row.entry !== null && PUBLIC.test(row.entry) && published.has(row.package))
    .map(({ path }) => path);
  const levels: [Reason, Set<string>][] = [
    ['uncalled', reach(index, own)],
    ['public', reach(index, { ...own, exported })],
    ['dynamic', reach(index, { ...own, exported, weak: true })],
    ['tests', reach(index, { ...all, exported, weak: true })],
  ];
  levels.push([
    'unnamed',
    reach(index, {
      ...all,
      exported,
      weak: true,
      units: [...all.units, ...unnamed(index, levels.at(-1)![1])],
    }),
  ]);
  const levelOf = (unit: string): Reason | undefined => levels.find(([, reached]) => reached.has(unit))?.[0];
  return { ofUnit: levelOf, of: ({ ast_node_id }) => levelOf(ast_node_id) ?? 'unreferenced' };
}

/** Members of what is alive that nobody alive mentions; a private name cannot be computed, and is nobody's to mention but the class's. */
const unnamed = (index: Index, alive: ReadonlySet<string>): string[] =>
  [...index.members]
    .filter(([holder]) => alive.has(holder))
    .flatMap(([, members]) => members)
    .filter(({ unit, name }) => !alive.has(unit) && !name?.startsWith('#'))
    .map(({ unit }) => unit);
