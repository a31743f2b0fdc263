/** Imports that were never made use of: code that is loaded, and not called from there. */
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
  describe: ({ src, line, specifier, dst, kind }) =>
    kind === 'import'
      ? `${src}:${line} imports ${specifier}, and nothing in it called ${dst ?? specifier}`
      : `${src}:${line} was never reached: ${kind === 'require' ? 'require' : 'import'}(${JSON.stringify(specifier)})`,
  summarise: (findings) => `${plural(findings.length, 'import')} never used`,
};
