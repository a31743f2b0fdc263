/** Imports that were never made use of: code that is loaded for nothing. */
import { type ImportEdge, unusedImports } from '../query/index.ts';
import { type Analysis, type Finding, needsCalls, plural, verdict } from './analysis.ts';

export interface ImportFinding extends Finding {
  edge: ImportEdge;
}

export const neverUsedImports: Analysis<ImportFinding> = {
  name: 'never-used-imports',
  title: 'Imports never used',
  async check(session) {
    const { unused, used, unknown } = await unusedImports(session);
    if (unused.length === 0 && used === 0 && unknown > 0)
      return (
        needsCalls(session) ?? {
          holds: 'unknown',
          why: `nothing is known about ${plural(unknown, 'import')}`,
        }
      );
    return verdict(
      unused.map((edge) => ({
        edge,
        id: `never-used-imports:${edge.src}:${edge.specifier}`,
        confidence: 'certain',
        place: { path: edge.src, line: edge.line },
        evidence: [
          { run: session.run.id, table: 'imports', key: { src: edge.src, specifier: edge.specifier } },
        ],
      })),
    );
  },
  describe: ({ edge: { src, line, specifier, kind } }) =>
    kind === 'import'
      ? `${src}:${line} imports ${specifier}, and nothing that it names there ran`
      : `${src}:${line} was never reached: ${kind === 'require' ? 'require' : 'import'}(${JSON.stringify(specifier)})`,
  summarise: (findings) => `${plural(findings.length, 'import')} never used`,
};
