/** What is chosen, as text for the clipboard: each screen says what it is; the one that was told last is asked first. */
import { useEffect } from 'react';
import { previewText } from '../../../intellimap/src/base/preview-text.ts';
import type { CallAnswer } from '../../../intellimap/src/serve/contract.ts';
import { ask, type NoAnswer } from '../api/ask.ts';
import { copy } from '../text/copy.ts';
import { duration, moment } from '../text/format.ts';
import { askedRun } from './run.ts';
import { selection } from './selection.ts';
import { tell } from './toasts.ts';

/** `what` as in "Copied the call"; null: nothing is chosen here. */
type Telling = () => { what: string; text: string } | null;

const tellings: Telling[] = [];

/** The text of what a component shows as chosen, while it is there. Must be the same function until something changed. */
export const useChosenText = (telling: Telling): void =>
  useEffect(() => {
    tellings.unshift(telling);
    return () => void tellings.splice(tellings.indexOf(telling), 1);
  }, [telling]);

/** Copies what the screen says is chosen; else the selection's call, function or file. */
export async function copyChosen(): Promise<void> {
  for (const telling of tellings) {
    const told = telling();
    if (told !== null) return await copy(told.text, told.what);
  }
  try {
    const told = await ofSelection();
    if (told === null) return tell('Nothing is chosen that could be copied', 'bad');
    await copy(told.text, told.what);
  } catch (error) {
    tell((error as NoAnswer).message, 'bad');
  }
}

/** A browser copies text that is marked, and fields what is marked in them: that goes before. */
export const isTextMarked = (): boolean => (getSelection()?.toString() ?? '') !== '';

async function ofSelection(): Promise<{ what: string; text: string } | null> {
  const { call, function: fn, module } = selection.getState();
  const run = askedRun();
  const [thread, number] = (call ?? '').split('.').map(Number);
  if (call !== null) return { what: 'the call', text: callText(await ask('call', { ...run, thread, call: number })) }; // prettier-ignore
  if (fn !== null) {
    const { name, path, line, hits, totalMs } = await ask('function', { ...run, function: fn });
    const took = totalMs === null ? '' : `, ${duration(totalMs * 1000)} in all`;
    return { what: 'the function', text: `${name} (${path}:${line}), called ${hits} times${took}` };
  }
  return module === null ? null : { what: 'the path', text: module };
}

/** A call with its place, times, values, writes and callers, a line each. Pure. */
export function callText({
  name,
  path,
  line,
  startUs,
  endUs,
  outcome,
  values,
  changes,
  callers,
}: CallAnswer): string {
  const took = startUs !== null && endUs !== null ? `, ${duration(endUs - startUs)}` : '';
  return [
    `${name} (${path}:${line})`,
    `${startUs === null ? 'at a time that is not known' : `at ${moment(startUs)}`}${took}, ${outcome}`,
    ...values.map(({ role, name: of, preview }) => `    ${role === 'argument' ? (of ?? role) : role} = ${previewText(preview)}`), // prettier-ignore
    ...changes.map(({ target, preview, line: at }) => `    wrote ${target} = ${previewText(preview)}${at === null ? '' : ` (line ${at})`}`), // prettier-ignore
    ...callers.map((each) => `    called by ${each.name} (${each.path}:${each.line})`),
  ].join('\n');
}
