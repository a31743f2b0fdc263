/** Tasks that took longest, from their start to the end of the last call they caused. */
import { type SlowTask, slowestTasks } from '../query/index.ts';
import { type Analysis, duration, needsCalls, plural, verdict } from './analysis.ts';

export const longestTasks: Analysis<SlowTask> = {
  name: 'slowest-tasks',
  async check(session) {
    return needsCalls(session) ?? verdict(await slowestTasks(session));
  },
  describe: ({ kind, name, path, line, durationMs, calls, errors, open }) =>
    `${kind} ${name}${path === null ? '' : ` (${path}:${line})`} took ${duration(durationMs)}${open ? ' and had not ended' : ''}: ${plural(calls, 'call')}, ${plural(errors, 'error')}`,
  summarise: (findings) => `the slowest of the tasks took ${duration(findings[0]?.durationMs ?? 0)}`,
};
