/** What the recorder itself writes down of commands and imported files passes the rules of the probe, with the same key: the same secret has the same token. */
import { join } from 'node:path';
import { createRedaction, KnownSecrets, redactNote, type Redaction } from '@intellimap/probe/core';
import type { Note } from '@intellimap/probe/wire';
import { isRecord } from '../base/is-record.ts';
import { privacyKey, TEXTS } from './privacy-key.ts';

/** @param names parts of names that are secret beside the usual */
export function workspaceRedaction(root: string, names: readonly string[] = []): Redaction {
  const secrets = new KnownSecrets(process.pid, Number(process.hrtime.bigint() % 0x7fff_ffffn));
  const redaction = createRedaction({
    names,
    key: privacyKey(join(root, '.intellimap'), TEXTS),
    known: (text, token) => secrets.replaced(text, token),
  });
  for (const [name, value = ''] of Object.entries(process.env))
    secrets.variable(redaction.isSecretName(name), value);
  return redaction;
}

/** What others tell as it may be written down: none of them knows the secrets of this machine. */
export interface Redactor {
  /** Of a page. Changes it. */
  note: (note: Note) => Note;
  /** Of a table; ids stay as they are. */
  row: (row: object) => object;
}

/** @param names as `workspaceRedaction` has them */
export function redactorOf(root: string, names: readonly string[] = []): Redactor {
  const redaction = workspaceRedaction(root, names);
  return { note: (note) => redactNote(note, redaction), row: (row) => shownRow(row, redaction) };
}

/** What counts of the rules call it. */
const WHERE = 'import';

function shownRow(row: object, redaction: Redaction): object {
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

/** Undefined: it is none. */
function jsonIn(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}
