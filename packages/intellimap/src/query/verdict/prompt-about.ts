/** Question: what is known of this error, this call or this function, as text for an assistant? */
import { grouped } from '../../base/number-words.ts';
import { lasted } from '../../schema/index.ts';
import { findCall } from '../find-call.ts';
import { issues } from '../issues.ts';
import { callValues } from '../recent-values.ts';
import type { Session } from '../session.ts';
import { showFunction } from '../show-function.ts';
import { why, type WhyQuestion } from '../why.ts';
import { aboutRun, ASKED, FEW, joined, listed, placed, previewed, stackText, valueText } from './prompt.ts';
import { seconds } from './words.ts';

export type PromptAbout =
  /** `errors.signature`. */
  { error: string } | { thread: number; call: number } | { function: string };

/** Kinds of errors that are looked through. */
const SIGNATURES = 1000;

/** Undefined: there is no such error, call or function. */
export async function promptAbout(session: Session, about: PromptAbout): Promise<string | undefined> {
  const parts =
    'error' in about
      ? await ofError(session, about.error)
      : 'call' in about
        ? await ofCall(session, about.thread, about.call)
        : await ofFunction(session, about.function);
  return parts && joined([aboutRun(session), ...parts, ASKED]);
}

type Parts = (string | null)[];

async function ofError(session: Session, id: string): Promise<Parts | undefined> {
  const found = (await issues(session, 1, SIGNATURES)).signatures.find((each) => each.id === id);
  if (found === undefined) return undefined;
  const { name, message, count, uncaught, path, line, stack, tasks, first, newAfter } = found;
  const moment = first?.thread == null || first.call === null ? null : first;
  return [
    `Error: ${name}: ${message}`,
    `It was seen ${times(count)}${uncaught > 0 ? `, ${times(uncaught)} caught by nobody` : ''}${newAfter > 0 ? `, and in none of the ${newAfter} runs before` : ''}.`,
    path === null ? null : `Place: ${path}${line === null ? '' : `:${line}`}`,
    stackText(stack),
    tasks.length === 0 ? null : `During: ${tasks.slice(0, FEW).join(', ')}`,
    moment === null ? null : await valuesOf(session, moment.thread!, Number(moment.call)),
    await causesOf(session, { error: id }),
  ];
}

async function ofCall(session: Session, thread: number, call: number): Promise<Parts | undefined> {
  const facts = await findCall(session, thread, call);
  if (facts === undefined) return undefined;
  const { name, path, line, startUs, endUs, selfUs, waitUs, stalledUs, outcome, callers } = facts;
  const took =
    startUs === null || endUs === null
      ? ''
      : ` took ${ms(endUs - startUs - stalledUs)}, of which ${ms(selfUs)} in itself${waitUs > 0 ? ` and ${ms(waitUs)} waiting` : ''}, and`;
  return [
    `The call of ${name} (${path}:${line})${startUs === null ? '' : ` at ${seconds(startUs)}`}${took} ended thus: ${outcome}.`,
    listed('Callers, innermost first', callers.map(placed)),
    await valuesOf(session, thread, call),
    await causesOf(session, { thread, call }),
  ];
}

const SLOWEST = `
  SELECT c.thread_id AS thread, c.call_id AS call FROM calls c JOIN functions f USING (function_id)
  WHERE f.ast_node_id = $id ORDER BY (c.outcome = 'threw') DESC, ${lasted('c')} DESC NULLS LAST LIMIT 1`;

async function ofFunction(session: Session, id: string): Promise<Parts | undefined> {
  const [found] = (await showFunction(session, id, 1)).matches;
  if (found?.id !== id) return undefined;
  const { name, path, line, hits, threw, selfMs, totalMs, callers, callees, errors } = found;
  const [worst] = await session.db.all<{ thread: number; call: number }>(SLOWEST, { id });
  const call = worst === undefined ? undefined : await ofCall(session, worst.thread, worst.call);
  const near = (title: string, all: typeof callers): string | null =>
    listed(
      title,
      all.map((each) => `${placed(each)}, ${times(each.count)}`),
    );
  return [
    `Function: ${name} (${path}:${line})`,
    `It was called ${times(hits)}${threw ? `, and left by an exception ${times(threw)}` : ''}${
      totalMs === null
        ? ''
        : `; ${totalMs.toFixed(1)} ms in all, ${(selfMs ?? 0).toFixed(1)} ms of them in itself`
    }.`,
    near('Called by', callers),
    near('Calls', callees),
    listed(
      'Errors first seen in it',
      errors.map((each) => `${each.name}: ${each.message}`),
    ),
    ...(call === undefined ? [] : ['Its worst call (one that threw, else the longest):', ...call]),
  ];
}

async function valuesOf(session: Session, thread: number, call: number): Promise<string | null> {
  const { values, changes } = await callValues(session, thread, call);
  const lines = [
    ...values.map(valueText),
    ...changes.map(({ target, line, preview }) => `wrote ${target}${line === null ? '' : ` (line ${line})`} = ${previewed(preview)}`), // prettier-ignore
  ];
  return listed('Values of that call', lines, 2 * FEW);
}

async function causesOf(session: Session, question: WhyQuestion): Promise<string | null> {
  const chain = await why(session, question);
  if (chain === undefined || chain.links.length === 0) return null;
  const lines = chain.links.map(
    ({ words, place, sure }) => `${words}${place === null ? '' : ` (${place.path}:${place.line})`} [${sure}]`,
  );
  const title = 'Back to its cause, as far as it was recorded; in brackets, how each is known';
  return `${listed(title, lines, Infinity)}\n${chain.ends}`;
}

const ms = (us: number): string => `${(us / 1000).toFixed(us < 10_000 ? 2 : 1)} ms`;
const times = (count: number): string => (count === 1 ? 'once' : `${grouped(count)} times`);
