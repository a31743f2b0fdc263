/** What the recorder itself writes down of commands and imported files passes the rules of the probe, with the same key: the same secret has the same token. */
import {
  createRedaction,
  KnownSecrets,
  redactArguments,
  redactNote,
  type Redaction,
} from '@intellimap/probe/core';
import type { Note } from '@intellimap/probe/wire';
import { isRecord, jsonIn } from '../base/is-record.ts';
import { recordingsFolder } from './folder.ts';
import { privacyKey, TEXTS } from './privacy-key.ts';

/** @param names parts of names that are secret beside the usual */
export function workspaceRedaction(root: string, names: readonly string[] = []): Redaction {
  const secrets = new KnownSecrets(process.pid, Number(process.hrtime.bigint() % 0x7fff_ffffn));
  const redaction = createRedaction({
    names,
    key: privacyKey(recordingsFolder(root), TEXTS),
    known: (text, token) => secrets.replaced(text, token),
  });
  for (const [name, value = ''] of Object.entries(process.env))
    secrets.variable(redaction.isSecretName(name), value);
  return redaction;
}

/** A command as it may be written down. @param names as above */
export const shownCommand = (
  command: readonly string[],
  root: string,
  names: readonly string[] | undefined,
): string[] => redactArguments(command, workspaceRedaction(root, names));

/** For a collector: notes of pages, who do not know the secrets of this machine, and texts of OpenTelemetry, which knows none. @param names as above */
export const collectorRedaction = (
  root: string,
  names?: readonly string[],
): { redact: (note: Note) => Note; texts: Redaction } => ({
  redact: noteRedaction(root, names),
  texts: workspaceRedaction(root, names),
});

/** Notes as they may be written down. Made ready at the first: most collectors see none. */
export function noteRedaction(root: string, names?: readonly string[]): (note: Note) => Note {
  let redaction: Redaction | undefined;
  return (note) => redactNote(note, (redaction ??= workspaceRedaction(root, names)));
}

/** What counts of the rules call it. */
const WHERE = 'import';

/** A row of a table; ids stay as they are. */
export function shownRow(row: object, redaction: Redaction): object {
  return Object.fromEntries(
    Object.entries(row).map(([name, value]) =>
      typeof value === 'string' && !name.endsWith('_id')
        ? [name, shownText(value, redaction)]
        : [name, value],
    ),
  );
}

/** JSON stays JSON: a rule that looks at all of the text at once may take a quote for the end of a secret. */
function shownText(text: string, redaction: Redaction): string {
  const value = /^[[{]/.test(text) ? jsonIn(text) : undefined;
  if (value === undefined) return redaction.shown(text, WHERE, text.length);
  const before = redaction.total;
  const shown = shownValue('', value, redaction);
  return redaction.total === before ? text : JSON.stringify(shown);
}

/** @param name that it goes by; of what is in a list, the list's */
function shownValue(name: string, value: unknown, redaction: Redaction): unknown {
  const { isSecretName, token, shown } = redaction;
  if (typeof value === 'string')
    return isSecretName(name) && value !== ''
      ? token('secret', value, WHERE)
      : shown(value, WHERE, value.length);
  if (Array.isArray(value)) return value.map((each) => shownValue(name, each, redaction));
  if (!isRecord(value)) return value;
  const entries = Object.entries(value).map(([key, each]) => [
    shown(key, WHERE, key.length),
    shownValue(key, each, redaction),
  ]);
  return Object.fromEntries(entries) as unknown;
}
