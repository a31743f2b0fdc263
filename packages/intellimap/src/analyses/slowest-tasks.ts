/** Tasks that took longest, from their start to the end of the last call they caused. */
import { type SlowTask, slowestTasks } from '../query/index.ts';
import { type Analysis, duration, type Finding, needsCalls, plural, verdict } from './analysis.ts';

export interface TaskFinding extends Finding {
  task: SlowTask;
}

export const longestTasks: Analysis<TaskFinding> = {
  name: 'slowest-tasks',
  title: 'Slowest tasks',
  async check(session) {
    const tasks = await slowestTasks(session);
    return (
      needsCalls(session) ??
      verdict(
        tasks.map((task) => ({
          task,
          id: `slowest-tasks:${task.kind}:${task.name}`,
          confidence: 'certain',
          place: task.path === null ? null : { path: task.path, line: task.line },
          evidence: [
            {
              run: session.run.id,
              table: 'tasks',
              key: { thread_id: task.threadId, task_id: task.taskId },
            },
          ],
        })),
      )
    );
  },
  describe: ({ task: { kind, name, path, line, durationMs, calls, errors, open } }) =>
    `${kind} ${name}${path === null ? '' : ` (${path}:${line})`} took ${duration(durationMs)}${open ? ' and had not ended' : ''}: ${plural(calls, 'call')}, ${plural(errors, 'error')}`,
  summarise: (findings) => `the slowest of the tasks took ${duration(findings[0]?.task.durationMs ?? 0)}`,
};
