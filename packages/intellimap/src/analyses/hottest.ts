/** Where the program's own time went. */
import { type HotFunction, hottest } from '../query/index.ts';
import { type Analysis, duration, type Finding, needsCalls, plural, verdict } from './analysis.ts';

export interface HotFinding extends Finding {
  hot: HotFunction;
}

export const hottestFunctions: Analysis<HotFinding> = {
  name: 'hottest',
  title: 'Hottest by self time',
  async check(session) {
    const all = await hottest(session);
    return (
      needsCalls(session) ??
      verdict(
        all
          .filter(({ selfMs }) => (selfMs ?? 0) > 0)
          .map((hot) => ({
            hot,
            id: `hottest:${hot.id}`,
            confidence: 'certain',
            place: hot,
            evidence: [{ run: session.run.id, table: 'nodes_runtime', key: { ast_node_id: hot.id } }],
          })),
      )
    );
  },
  describe: ({ hot: { name, path, line, hits, selfMs } }) =>
    `${name} (${path}:${line}) took ${duration(selfMs ?? 0)} of its own in ${plural(hits, 'call')}`,
  summarise: (findings) =>
    `${plural(findings.length, 'function')} took ${duration(findings.reduce((sum, { hot }) => sum + (hot.selfMs ?? 0), 0))} of their own, most of all ${findings[0]?.hot.name ?? 'none'}`,
};
