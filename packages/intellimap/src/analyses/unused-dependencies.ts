/** Packages that package.json lists for nothing, those that it does not list, and those that it lists in the wrong place. */
import { executed, importUses, sourceGraph } from '../query/index.ts';
import { type Analysis, type Confidence, type Evidence, type Finding, plural } from './analysis.ts';
import { deadCode } from './dead-code/classify.ts';
import { type DependencyProblem, type DependencyFacts, problems } from './dependencies/judge.ts';

export interface DependencyFinding extends Finding {
  problem: DependencyProblem;
  package: string;
  /** Folder of the package.json; '' for the workspace itself. */
  folder: string;
  section: string | null;
  /** Files that import it, as far as they say something about it. */
  files: string[];
  /** Runs that the claim rests on. */
  runs: number;
}

const RANK: Record<Confidence, number> = { certain: 0, likely: 1, possible: 2 };

type Sentence = (finding: DependencyFinding, where: string, by: string) => string;

const SENTENCE: Record<DependencyProblem, Sentence> = {
  unused: ({ package: name }, where) => `${name} in ${where}: nothing imports it`,
  unreferenced: ({ package: name }, where, by) =>
    `${name} in ${where} is imported, and nothing refers to what is imported${by}`,
  'never loaded': ({ package: name, runs }, where, by) =>
    `${name} in ${where} was never loaded in ${plural(runs, 'run')}, though it is imported${by}`,
  unlisted: ({ package: name, folder }, _, by) =>
    `${name} is imported${by}, and ${folder === '' ? '' : `${folder}/`}package.json does not list it`,
  'only for development': ({ package: name }, where, by) =>
    `${name} in ${where} is imported by what is no test${by}`,
};

export const unusedDependencies: Analysis<DependencyFinding> = {
  name: 'unused-dependencies',
  title: 'Dependencies',
  async check(session) {
    const graph = await sourceGraph(session);
    if (graph === null) return { holds: 'unknown', why: 'the source was not read' };
    const runs = await executed(session);
    const found = problems({ graph, uses: await importUses(session), dead: deadCode(graph, runs) });
    if (found.length === 0) return { holds: 'no' };
    const findings = found.map((facts) => findingOf(facts, session.run.id, runs.window.runs.length));
    return {
      holds: 'yes',
      findings: findings.toSorted(
        (a, b) => RANK[a.confidence] - RANK[b.confidence] || (a.id < b.id ? -1 : 1),
      ),
    };
  },
  describe(finding) {
    const { folder, section, files } = finding;
    const list = folder === '' ? 'package.json' : `${folder}/package.json`;
    const by =
      files.length === 0 ? '' : ` (${files[0]}${files.length > 1 ? ` and ${files.length - 1} more` : ''})`;
    return SENTENCE[finding.problem](finding, `${section} of ${list}`, by);
  },
  summarise(findings) {
    const count = (...some: DependencyProblem[]): number =>
      findings.filter(({ problem, confidence }) => confidence !== 'possible' && some.includes(problem))
        .length;
    const unused = count('unused', 'unreferenced', 'never loaded');
    const possible = findings.filter(({ confidence }) => confidence === 'possible').length;
    return `${unused === 1 ? '1 dependency' : `${unused} dependencies`} most likely unused, ${count('unlisted')} not listed, ${count('only for development')} in the wrong place, ${possible} possibly`;
  },
};

function findingOf(facts: DependencyFacts, run: string, runs: number): DependencyFinding {
  const { problem, name, folder, section, line, confidence, imports } = facts;
  const listed: Evidence = { run, table: 'dependencies', key: { package: folder, name } };
  const evidence: Evidence[] = imports.map(({ path, specifier }) => ({
    run,
    table: 'source_imports',
    key: { path, specifier },
  }));
  return {
    id: `unused-dependencies:${folder}:${problem}:${name}`,
    confidence,
    place:
      problem === 'unlisted'
        ? { path: imports[0].path, line: imports[0].line }
        : { path: folder === '' ? 'package.json' : `${folder}/package.json`, line },
    evidence: problem === 'unlisted' ? evidence : [listed, ...evidence],
    problem,
    package: name,
    folder,
    section,
    files: [...new Set(imports.map(({ path }) => path))],
    runs,
  };
}
