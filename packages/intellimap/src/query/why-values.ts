/** Where a value may come from: recorded values that are equal to it. Evidence, no proof: each answer says by what. */
import { type CallValue, valuesOfCall } from './call-values.ts';
import type { Session } from './session.ts';

/** A call, or a write, that had the value before. */
export interface Origin {
  kind: 'value' | 'result' | 'state';
  call: number;
  /** Argument or target by which it was known there. */
  name: string | null;
  line: number | null;
  t: number | null;
  /** What is equal, or why it is taken for the origin, in words. */
  evidence: string;
  sure: 'same value' | 'order';
  preview: string;
}

/** Shortened, or secret in part: to be equal says nothing. */
const isPartial = ({ truncated, redacted }: CallValue): boolean => truncated || redacted;

/** Many things have these values: to be equal is no evidence by itself. */
export const isCommon = (preview: string): boolean =>
  preview.length < 4 || /^(true|false|null|-?\d{1,2}|\{\}|\[\]|\{"\$":"undefined"\})$/.test(preview);

const RESULTS = `
  SELECT v.call_id AS call, c.end_us AS t, v.preview FROM call_values v
    JOIN calls c ON c.thread_id = v.thread_id AND c.call_id = v.call_id
  WHERE v.thread_id = $thread AND v.role = 'result' AND v.preview = $preview AND NOT (v.truncated OR v.redacted) AND c.end_us <= $before`;
const OF_SIBLING = `${RESULTS} AND c.parent_call_id = $parent ORDER BY c.end_us DESC LIMIT 1`;
const OF_ANY = `${RESULTS} ORDER BY c.end_us DESC LIMIT 1`;
const WRITES = `SELECT call_id AS call, at_us AS t, target AS name, line, preview FROM state_changes WHERE thread_id = $thread AND at_us <= $before`;
const WRITTEN = `${WRITES} AND preview = $preview AND NOT (truncated OR redacted) ORDER BY at_us DESC LIMIT 1`;
const NAMED = `${WRITES} AND (target = $name OR ends_with(target, '.' || $name)) ORDER BY at_us DESC LIMIT 1`;

interface Asked {
  thread: number;
  /** The call that has it, and when that began. */
  call: number;
  before: number;
  /** null: a root */
  parent: number | null;
}

/** Of one value of a call: its caller had it, something that the caller called gave it, or it was written somewhere. */
export async function originOf(
  session: Session,
  { thread, call, before, parent }: Asked,
  value: CallValue,
): Promise<Origin | undefined> {
  if (isPartial(value)) return undefined;
  const { name, preview } = value;
  const { db } = session;
  const none = { name: null, line: null };
  if (parent !== null) {
    const [given] = await db.all<{ call: number; t: number; preview: string }>(OF_SIBLING, {
      thread,
      preview,
      before,
      parent,
    });
    if (given !== undefined)
      return {
        ...none,
        ...given,
        kind: 'result',
        evidence: 'the same caller had it as a result, last before',
        sure: 'same value',
      };
    const above = (await valuesOfCall(db, thread, parent)).find(
      (each) =>
        each.preview === preview &&
        !isPartial(each) &&
        (each.role === 'argument' || each.role === 'this') &&
        (!isCommon(preview) || each.name === name),
    );
    if (above !== undefined)
      return {
        ...none,
        kind: 'value',
        call: parent,
        name: above.name ?? 'this',
        t: null,
        evidence: 'its caller was called with an equal value',
        sure: 'same value',
        preview,
      };
  }
  if (isCommon(preview)) return undefined;
  const [result] = await db.all<{ call: number; t: number; preview: string }>(OF_ANY, {
    thread,
    preview,
    before,
  });
  const [write] = await db.all<Omit<Origin, 'kind' | 'evidence' | 'sure'>>(WRITTEN, {
    thread,
    preview,
    before,
  });
  const isWrite =
    write !== undefined && write.call !== call && (result === undefined || (write.t ?? 0) > result.t);
  if (isWrite)
    return {
      ...write,
      kind: 'state',
      evidence: 'the last write of an equal value before',
      sure: 'same value',
    };
  if (result === undefined || result.call === call) return undefined;
  return { ...none, ...result, kind: 'result', evidence: 'the last equal result before', sure: 'same value' };
}

/** The last write to something that is called like this. */
export async function lastWriteTo(
  { db }: Session,
  thread: number,
  name: string,
  before: number,
): Promise<Origin | undefined> {
  const [write] = await db.all<Omit<Origin, 'kind' | 'evidence' | 'sure'>>(NAMED, { thread, name, before });
  return (
    write && {
      ...write,
      kind: 'state',
      evidence: `the message names “${name}”; this is the last recorded write to something called so`,
      sure: 'order',
    }
  );
}

/** What messages of V8 name: `reading 'tier'`, `x is not a function`. */
export function namesIn(message: string): string[] {
  const patterns = [
    /\((?:reading|setting) '([^']{1,100})'\)/,
    /^([\w$.]{1,100}) is not (?:a function|defined|iterable|a constructor)/,
  ];
  return patterns.flatMap((pattern) => pattern.exec(message)?.[1]?.split('.').at(-1) ?? []);
}
