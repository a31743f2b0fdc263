/** Question: what was this call? Of any call that was recorded, whether it has a row in `calls` or not. */
import { lowest } from '../base/search.ts';
import { type FramePlace, type RecordedCall, Recording } from '../store/index.ts';
import { oncePerSession } from './once-per-session.ts';
import type { Session } from './session.ts';

export interface CallFacts {
  threadId: number;
  callId: number;
  id: string;
  name: string;
  path: string;
  line: number;
  /** µs since the run began; null: not known. */
  startUs: number | null;
  /** null: still open when the recording ends, or not known. */
  endUs: number | null;
  selfUs: number;
  waitUs: number;
  outcome: string;
  uncertaintyUs: number;
  /** Of the time between start and end: its thread waited for the recorder. */
  stalledUs: number;
  /** Whether it has a row in `calls`; else it was found again in the recording. */
  hasRow: boolean;
  /** Who called it, innermost first. */
  callers: { callId: number; id: string; name: string; path: string; line: number }[];
}

/** A call without a row is short: it ends in its frame, or soon after. */
const FRAMES = 8;

type Frame = FramePlace & { first_call: number; calls: number };

/** What a session has read of the recording so far: some thousand frames a thread. */
interface Opened {
  recording: Recording;
  /** By thread, in order. */
  frames: Map<number, Frame[]>;
}

/** Undefined: no such call was recorded. */
export async function findCall(
  session: Session,
  threadId: number,
  callId: number,
): Promise<CallFacts | undefined> {
  const { db } = session;
  const [row] = await db.all<Omit<CallFacts, 'hasRow' | 'callers'> & { parentCallId: number | null }>(ROW, {
    threadId,
    callId,
  });
  if (row === undefined) return await inRecording(session, threadId, callId);
  const { parentCallId, ...facts } = row;
  return { ...facts, hasRow: true, callers: await callersOf(session, threadId, parentCallId) };
}

const ROW = `
  SELECT thread_id AS "threadId", call_id AS "callId", coalesce(f.ast_node_id, '') AS id, coalesce(f.name, '(unknown)') AS name,
    coalesce(f.path, '') AS path, coalesce(f.line, 0) AS line, start_us AS "startUs", end_us AS "endUs", self_us AS "selfUs",
    wait_us AS "waitUs", outcome::VARCHAR AS outcome, uncertainty_us AS "uncertaintyUs", coalesce(stalled_us, 0) AS "stalledUs",
    parent_call_id AS "parentCallId"
  FROM calls LEFT JOIN functions f USING (function_id) WHERE thread_id = $threadId AND call_id = $callId`;

/** Callers of a call that has a row mostly have one, too. */
async function callersOf(
  { db }: Session,
  threadId: number,
  parent: number | null,
): Promise<CallFacts['callers']> {
  if (parent === null) return [];
  return await db.all<CallFacts['callers'][number]>(CALLERS, { threadId, parent });
}

const CALLERS = `
  WITH RECURSIVE up AS (
    SELECT call_id, parent_call_id, function_id, 1 AS depth FROM calls WHERE thread_id = $threadId AND call_id = $parent
    UNION ALL
    SELECT c.call_id, c.parent_call_id, c.function_id, up.depth + 1 FROM calls c JOIN up ON c.call_id = up.parent_call_id
    WHERE c.thread_id = $threadId AND up.depth < 1000)
  SELECT call_id AS "callId", coalesce(f.ast_node_id, '') AS id, coalesce(f.name, '(unknown)') AS name, coalesce(f.path, '') AS path,
    coalesce(f.line, 0) AS line
  FROM up LEFT JOIN functions f USING (function_id) ORDER BY depth`;

async function inRecording(
  session: Session,
  threadId: number,
  callId: number,
): Promise<CallFacts | undefined> {
  const frames = await framesFrom(session, threadId, callId);
  if (frames.length === 0) return undefined;
  const { recording } = openedBy(session);
  const [call, ...callers] = recording.call(threadId, frames, callId) ?? [];
  return call === undefined ? undefined : factsOf(recording, threadId, call, callers);
}

const openedBy = oncePerSession(({ db, run }): Opened => ({
  recording: new Recording(db.root, run.id),
  frames: new Map(),
}));

/** The frame that a call begins in, and some that follow. */
async function framesFrom(session: Session, threadId: number, callId: number): Promise<Frame[]> {
  const { frames } = openedBy(session);
  let all = frames.get(threadId);
  if (all === undefined) frames.set(threadId, (all = await session.db.all<Frame>(FRAMES_OF, { threadId })));
  const { length } = all;
  const from = lowest(length, (n) => all[n].first_call + all[n].calls > callId);
  return all.slice(from, from + FRAMES);
}

const FRAMES_OF = `
  SELECT segment, at_byte, bytes, from_us, first_call, calls FROM frames WHERE thread_id = $threadId ORDER BY first_word`;

function factsOf(
  recording: Recording,
  threadId: number,
  { functionId, callId, startUs, endUs, selfUs, outcome, uncertaintyUs, stalledUs }: RecordedCall,
  callers: RecordedCall[],
): CallFacts {
  return {
    threadId,
    callId,
    startUs,
    endUs,
    selfUs,
    outcome,
    uncertaintyUs,
    stalledUs,
    // An async call has a row, where it has not, it has not waited in these frames.
    waitUs: 0,
    ...named(recording, functionId),
    hasRow: false,
    callers: callers.map((each) => ({ callId: each.callId, ...named(recording, each.functionId) })),
  };
}

function named(recording: Recording, number: number) {
  const known = recording.functionOf(number);
  if (known === undefined) return { id: '', name: '(unknown)', path: '', line: 0 };
  const { path, site } = known;
  return { id: site.id, name: site.name, path, line: site.line };
}
