/** Imports that were never made use of: code that is loaded for nothing. */
import { addTo } from '../base/groups.ts';
import {
  executed,
  type ImportUses,
  importUses,
  type Session,
  sourceGraph,
  type SourceGraph,
  type SourceImport,
} from '../query/index.ts';
import { type Analysis, type Confidence, type Finding, needsCalls, plural, verdict } from './analysis.ts';
import { reasonsOf } from './dead-code/classify.ts';
import { Index } from './graph-index.ts';

/** `unused`: nothing that it names ran, in any run · `unreferenced`: nothing in the file refers to names of it. */
export type ImportProblem = 'unused' | 'unreferenced';

export interface ImportFinding extends Finding {
  problem: ImportProblem;
  edge: { src: string; line: number; specifier: string; kind: string; names: string[] };
  /** Runs that know the import. */
  runs: number;
}

export const neverUsedImports: Analysis<ImportFinding> = {
  name: 'never-used-imports',
  title: 'Imports never used',
  async check(session) {
    const uses = await importUses(session);
    const graph = await sourceGraph(session);
    const source = graph?.imports;
    const sure = graph === null ? () => 'certain' as const : await surenessIn(graph, session);
    const unused = uses.filter((use) => use.used === 0 && use.unused > 0 && isStillThere(use, source));
    const unreferenced = (source ?? []).filter((item) => item.unreferenced.length > 0);
    const known = uses.some(({ used, unused: not }) => used + not > 0);
    if (!known && unreferenced.length === 0 && uses.length > 0)
      return (
        needsCalls(session) ?? {
          holds: 'unknown',
          why: `nothing is known about ${plural(uses.length, 'import')}`,
        }
      );
    const whole = new Set(unused.map(({ src, specifier }) => `${src}\0${specifier}`));
    const findings = [
      ...unused.map((use) => findingOf(use, sure(use))),
      ...unreferenced
        .filter(({ path, specifier }) => !whole.has(`${path}\0${specifier}`))
        .map((item) => unreferencedIn(item, session)),
    ];
    return verdict(findings.toSorted((a, b) => RANK[a.confidence] - RANK[b.confidence]));
  },
  describe({ problem, edge: { src, line, specifier, kind, names } }) {
    if (problem === 'unreferenced')
      return `${src}:${line} imports ${names.join(', ')} of ${specifier}, and nothing in the file refers to ${names.length > 1 ? 'them' : 'it'}`;
    return kind === 'import'
      ? `${src}:${line} imports ${specifier}, and nothing that it names there ran`
      : `${src}:${line} was never reached: ${kind === 'require' ? 'require' : 'import'}(${JSON.stringify(specifier)})`;
  },
  summarise: (findings) => `${plural(findings.length, 'import')} never used`,
};

const RANK: Record<Confidence, number> = { certain: 0, likely: 1, possible: 2 };

/**
 * That no run came by is certain; that nobody needs it is not: `certain`: nothing in the file refers to it · `likely`: only what nothing can reach does ·
 * `possible`: live code does, and did not come by.
 */
async function surenessIn(graph: SourceGraph, session: Session): Promise<(use: ImportUses) => Confidence> {
  const { functions, loaded } = await executed(session);
  const reasons = reasonsOf(new Index(graph), functions, loaded);
  const referring = new Map<string, { src: string; name: string }[]>();
  for (const { path, specifier, kind, src, name } of graph.references) {
    if (specifier === null || name === null || kind !== 'import') continue;
    addTo(referring, `${path}\0${specifier}`, { src, name });
  }
  return ({ src, specifier, names }) => {
    const all = referring.get(`${src}\0${specifier}`) ?? [];
    const units = all.filter(({ name }) => name === '*' || names.includes('*') || names.includes(name));
    if (units.length === 0) return 'certain';
    const isAlive = units.some(({ src }) => !['unnamed', undefined].includes(reasons.ofUnit(src)));
    return isAlive ? 'possible' : 'likely';
  };
}

/** The text of today, where it is known, still has it. */
const isStillThere = ({ src, specifier }: ImportUses, source: readonly SourceImport[] | undefined): boolean =>
  source === undefined || source.some((item) => item.path === src && item.specifier === specifier);

const idOf = (src: string, specifier: string, names: readonly string[]): string =>
  `never-used-imports:${src}:${specifier}:${names.join(',')}`;

const findingOf = (
  { src, specifier, kind, line, names, runs, last }: ImportUses,
  confidence: Confidence,
): ImportFinding => ({
  problem: 'unused',
  edge: { src, line, specifier, kind, names },
  runs,
  id: idOf(src, specifier, names),
  confidence,
  place: { path: src, line },
  evidence: [{ run: last, table: 'imports', key: { src, specifier } }],
});

const unreferencedIn = (
  { path, specifier, kind, line, unreferenced }: SourceImport,
  { run }: Session,
): ImportFinding => ({
  problem: 'unreferenced',
  edge: { src: path, line, specifier, kind, names: unreferenced },
  runs: 0,
  id: idOf(path, specifier, unreferenced),
  confidence: 'certain',
  place: { path, line },
  evidence: [{ run: run.id, table: 'source_imports', key: { path, specifier } }],
});
