/**
 * What was awaited in turn and might run together. Whether one needs what another gave is not in a recording, so each finding is `possible`: what it
 * says is what there would be to gain.
 */
import { type AwaitsInTurn, awaitsInTurn } from '../query/index.ts';
import { type Analysis, duration, type Finding, needsCalls, plural, verdict } from './analysis.ts';
import { during } from './during.ts';

/** Functions that are named. */
const SHOWN = 4;

export interface AwaitsFinding extends Finding {
  awaits: AwaitsInTurn;
  /** All callers together. */
  savingMs: number;
}

export const sequentialAwaits: Analysis<AwaitsFinding> = {
  name: 'sequential-awaits',
  title: 'Awaits in turn',
  async check(session) {
    const unknown = needsCalls(session);
    if (unknown !== null) return unknown;
    const all = await awaitsInTurn(session, session.settings.repeatedCalls);
    return verdict(
      all.map((awaits) => ({
        awaits,
        savingMs: awaits.inTurnMs - awaits.togetherMs,
        id: `sequential-awaits:${awaits.caller.id}`,
        confidence: 'possible',
        place: { path: awaits.caller.path, line: awaits.caller.line },
        evidence: [
          {
            run: session.run.id,
            table: 'calls',
            key: { thread_id: awaits.threadId, parent_call_id: awaits.callId },
          },
        ],
      })),
    );
  },
  describe({ awaits: { caller, steps, callers, inTurnMs, togetherMs, tasks } }) {
    const named = steps
      .slice(0, SHOWN)
      .map(({ name, times }) => (times > 1 ? `${name} (${times} times)` : name));
    const more = steps.length > SHOWN ? ` and ${steps.length - SHOWN} more` : '';
    const each = (ms: number): string => duration(ms / callers);
    return `${caller.name} (${caller.path}:${caller.line}) awaits ${named.join(', then ')}${more}${during(tasks)}: ${each(inTurnMs)} a call, ${each(togetherMs)} if together (${plural(callers, 'call')})`;
  },
  summarise(findings) {
    const saving = findings.reduce((sum, finding) => sum + finding.savingMs, 0);
    return `${plural(findings.length, 'function')} await in turn what might run together, up to ${duration(saving)} to be saved`;
  },
};
