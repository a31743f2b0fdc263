/** Imports that were never made use of: code that is loaded for nothing. */
import { type ImportEdge, unusedImports } from '../query/index.ts';
import { type Analysis, needsCalls, plural, verdict } from './analysis.ts';

export const neverUsedImports: Analysis<ImportEdge> = {
  name: 'never-used-imports',
  async check(session) {
    const { unused, used, unknown } = await unusedImports(session);
    if (unused.length === 0 && used === 0 && unknown > 0)
      return (
        needsCalls(session) ?? {
          holds: 'unknown',
          why: `nothing is known about ${plural(unknown, 'import')}`,
        }
      );
    return verdict(unused);
  },
  describe: ({ src, line, specifier, kind }) =>
    kind === 'import'
      ? `${src}:${line} imports ${specifier}, and nothing that it names there ran`
      : `${src}:${line} was never reached: ${kind === 'require' ? 'require' : 'import'}(${JSON.stringify(specifier)})`,
  summarise: (findings) => `${plural(findings.length, 'import')} never used`,
};
