/** Where the program's own time went. */
import { type HotFunction, hottest } from '../query/index.ts';
import { type Analysis, duration, needsCalls, plural, verdict } from './analysis.ts';

export const hottestFunctions: Analysis<HotFunction> = {
  name: 'hottest',
  async check(session) {
    return needsCalls(session) ?? verdict((await hottest(session)).filter(({ selfMs }) => (selfMs ?? 0) > 0));
  },
  describe: ({ name, path, line, hits, selfMs }) =>
    `${name} (${path}:${line}) took ${duration(selfMs ?? 0)} of its own in ${plural(hits, 'call')}`,
  summarise: (findings) =>
    `${plural(findings.length, 'function')} took ${duration(findings.reduce((sum, { selfMs }) => sum + (selfMs ?? 0), 0))} of their own, most of all ${findings[0]?.name ?? 'none'}`,
};
