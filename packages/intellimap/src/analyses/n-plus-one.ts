/** One question for each of many things, where one question for all of them would do. */
import { type RepeatedCall, repeatedCalls } from '../query/index.ts';
import {
  type Analysis,
  duration,
  type Evidence,
  type Finding,
  needsCalls,
  plural,
  verdict,
} from './analysis.ts';
import { during } from './during.ts';

export interface RepeatedFinding extends Finding {
  repeated: RepeatedCall;
}

export const nPlusOne: Analysis<RepeatedFinding> = {
  name: 'n-plus-one',
  title: 'N+1 calls',
  async check(session) {
    const unknown = needsCalls(session);
    if (unknown !== null) return unknown;
    const all = await repeatedCalls(session, session.settings.repeatedCalls);
    return verdict(
      all.map((repeated) => ({
        repeated,
        id: `n-plus-one:${repeated.caller.id} > ${repeated.callee.id}`,
        // As many as there are things: data. As many each time: a list that somebody wrote, or a number of tries.
        confidence: repeated.least < repeated.most ? 'likely' : 'possible',
        place: { path: repeated.caller.path, line: repeated.caller.line },
        evidence: evidenceOf(session.run.id, repeated),
      })),
    );
  },
  describe({ repeated }) {
    const { caller, callee, callers, least, most, inTurn, savingMs, tasks } = repeated;
    const times = least === most ? String(most) : `${least} to ${most}`;
    const how = inTurn
      ? `one after the other; asking at once would save about ${duration(savingMs)} in all`
      : 'at the same time';
    return `${caller.name} (${caller.path}:${caller.line}) calls ${callee.name} ${times} times in one call (${plural(callers, 'such call')})${during(tasks)}, ${how}`;
  },
  summarise(findings) {
    const saving = findings.reduce((sum, { repeated }) => sum + repeated.savingMs, 0);
    return `${plural(findings.length, 'pair')} of caller and callee, up to ${duration(saving)} to be saved`;
  },
};

function evidenceOf(run: string, { threadId, callId, caller, callee }: RepeatedCall): Evidence[] {
  return [
    { run, table: 'calls', key: { thread_id: threadId, parent_call_id: callId } },
    { run, table: 'edges_runtime', key: { src: caller.id, dst: callee.id } },
  ];
}
