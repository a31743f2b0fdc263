/** Repeated calls at the playhead, and the SQL that shows them. Pure. */
import type { AnalysisAnswer, Findings } from '../../../../../intellimap/src/serve/contract.ts';
import { literal } from '../../../text/sql.ts';

type RepeatedCall = Findings.RepeatedFinding['repeated'];

export interface RepeatedHere {
  repeated: RepeatedCall;
  /** The finding as a sentence, without its final stop. */
  text: string;
}

/** The weightiest finding that a function has part in, as what is called again and again, else as who does so. */
export function repeatedHere(findings: AnalysisAnswer['findings'], of: string): RepeatedHere | null {
  const all = findings.map(({ finding, text }): RepeatedHere => ({
    repeated: (finding as Findings.RepeatedFinding).repeated,
    text,
  }));
  const found =
    all.find(({ repeated }) => repeated.callee.id === of) ??
    all.find(({ repeated }) => repeated.caller.id === of);
  return found ?? null;
}

/** Calls from the one call that repeats most. */
export const sqlOfRepeated = ({ threadId, callId, callee }: RepeatedCall): string =>
  `-- ${comment(callee.name)}, again and again in one call
select call_id, start_us, duration_us, self_us, outcome
from call_tree
where thread_id = ${threadId} and parent_call_id = ${callId} and ast_node_id = ${literal(callee.id)}
order by start_us`;

export const sqlOfFunction = (id: string): string =>
  `select thread_id, call_id, parent_call_id, start_us, duration_us, self_us, outcome
from call_tree
where ast_node_id = ${literal(id)}
order by duration_us desc
limit 1000`;

const comment = (text: string): string => text.replaceAll(/\s+/g, ' ');
