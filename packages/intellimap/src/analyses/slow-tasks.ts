/** Why tasks were slow: work, waiting and for what, other tasks on the same event loop, garbage collections. */
import { slowTasks, type TaskReason } from '../query/index.ts';
import {
  type Analysis,
  duration,
  type Evidence,
  type Finding,
  needsCalls,
  plural,
  verdict,
} from './analysis.ts';

/** Part of a task's time that is worth a word. */
const WORTH = 0.1;
/** Waits that are named. */
const SHOWN = 3;

export interface SlowTaskFinding extends Finding {
  reason: TaskReason;
}

export const slowTaskReasons: Analysis<SlowTaskFinding> = {
  name: 'slow-tasks',
  title: 'Why tasks were slow',
  async check(session) {
    const unknown = needsCalls(session);
    if (unknown !== null) return unknown;
    const { run, settings } = session;
    const reasons = await slowTasks(session, settings.slowTasks);
    return verdict(
      reasons.map((reason) => ({
        reason,
        id: `slow-tasks:${reason.kind}:${reason.shape}`,
        confidence: reason.isPartial || run.calls_rule === 'long' ? 'likely' : 'certain',
        place: placeOf(reason),
        evidence: evidenceOf(run.id, reason),
      })),
    );
  },
  describe({ reason }) {
    const { shape, alike, medianMs, durationMs, workMs, waitMs, open } = reason;
    const usual = alike > 1 ? `, the slowest of ${alike} (median ${duration(medianMs)})` : '';
    const parts = [
      `${duration(workMs)} of work`,
      `${duration(waitMs)} of waiting${waitsOf(reason)}`,
      ...around(reason),
    ];
    return `${shape} took ${duration(durationMs)}${open ? ' and had not ended' : ''}${usual}: ${parts.join(', ')}${pathOf(reason)}`;
  },
  summarise(findings) {
    const waiting = findings.filter(({ reason }) => reason.waitMs > reason.workMs).length;
    return `${plural(findings.length, 'kind')} of slow tasks, ${waiting} of them mostly waiting`;
  },
};

/** The last function of the path: where to look first. */
function placeOf({ path }: TaskReason): Finding['place'] {
  const last = path.at(-1);
  return last === undefined ? null : { path: last.path, line: last.line };
}

function waitsOf({ waits, durationMs }: TaskReason): string {
  const named = waits
    .filter(({ ms }) => ms >= WORTH * durationMs)
    .slice(0, SHOWN)
    .map(({ function: who, kind, ms, times }) => {
      const how = times > 1 ? ` (${times} times)` : '';
      return `${duration(ms)} ${who === null ? (kind === null ? 'between its calls' : `for ${kind}`) : `in ${who.name}`}${how}`;
    });
  return named.length > 0 ? ` (${named.join(', ')})` : '';
}

function around({ gcMs, othersMs, heldBy, durationMs }: TaskReason): string[] {
  const facts: string[] = [];
  if (gcMs >= WORTH * durationMs) facts.push(`${duration(gcMs)} of it garbage collection`);
  if (heldBy !== null && heldBy.ms >= WORTH * durationMs)
    facts.push(`meanwhile ${heldBy.name} held the event loop for ${duration(heldBy.ms)}`);
  else if (othersMs >= WORTH * durationMs)
    facts.push(`meanwhile its thread worked ${duration(othersMs)} for other tasks`);
  return facts;
}

/** Where the longest way through its calls leads. */
function pathOf({ path }: TaskReason): string {
  const last = path.at(-1);
  return last === undefined || path.length < 2 ? '' : `; most of it leads to ${last.name}`;
}

function evidenceOf(run: string, { threadId, taskId, gcMs, heldBy }: TaskReason): Evidence[] {
  const key = { thread_id: threadId, task_id: taskId };
  const evidence: Evidence[] = [
    { run, table: 'tasks', key },
    { run, table: 'calls', key },
  ];
  if (gcMs > 0) evidence.push({ run, table: 'pauses', key });
  if (heldBy !== null) evidence.push({ run, table: 'pauses', key: { thread_id: threadId, kind: 'loop' } });
  return evidence;
}
