/** What runs in production and in no test, weighted by how often; and what only tests run. */
import { coverageGap, type CoverageGap } from '../query/index.ts';
import { type Analysis, type Finding, percent, plural, verdict } from './analysis.ts';

export interface GapFinding extends Finding {
  gap: CoverageGap;
}

export const productionWithoutTests: Analysis<GapFinding> = {
  name: 'coverage-gap',
  title: 'Production and tests',
  async check(session) {
    const { production, test, gaps } = await coverageGap(session, session.settings.coverageGap);
    if (production.runs === 0 || test.runs === 0)
      return {
        holds: 'unknown',
        why: `there is no run of ${production.runs === 0 ? 'production' : 'tests'}; label runs: intellimap run --label prod|test`,
      };
    const partial = { production: test.partial > 0, test: production.partial > 0 };
    return verdict(
      gaps.map((gap) => ({
        gap,
        id: `coverage-gap:${gap.side}:${gap.id}`,
        // What a run left out may have run there.
        confidence: partial[gap.side] ? 'possible' : gap.side === 'production' ? 'certain' : 'likely',
        place: { path: gap.path, line: gap.line },
        evidence: [{ run: gap.example, table: 'nodes_runtime', key: { ast_node_id: gap.id } }],
      })),
    );
  },
  describe({ gap: { name, path, line, side, calls, runs, share, loadedIn } }) {
    const here = `${name} (${path}:${line})`;
    const how = `${plural(calls, 'call')} in ${plural(runs, 'run')}`;
    if (side === 'test') return `${here} runs in tests only: ${how}`;
    const loaded = loadedIn > 0 ? 'its file was loaded there' : 'no test loads its file';
    return `${here} runs in production and in no test: ${how}, ${percent(share)} of all calls without a test; ${loaded}`;
  },
  summarise(findings) {
    const production = findings.filter(({ gap }) => gap.side === 'production').length;
    return `${plural(production, 'function')} of production run in no test, ${findings.length - production} of tests never run in production`;
  },
};
