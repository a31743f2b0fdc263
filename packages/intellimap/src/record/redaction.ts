/** What the recorder itself writes down of commands and imported files passes the rules of the probe, with the same key: the same secret has the same token. */
import { join } from 'node:path';
import { createRedaction, KnownSecrets, redactNote, type Redaction } from '@intellimap/probe/core';
import type { Note } from '@intellimap/probe/wire';
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

/** For a collector: notes of pages, who do not know the secrets of this machine, and texts of OpenTelemetry, which knows none. @param names as above */
export const collectorRedaction = (
  root: string,
  names?: readonly string[],
): { redact: (note: Note) => Note; texts: Redaction } => ({
  redact: noteRedaction(root, names),
  texts: workspaceRedaction(root, names),
});

/** Notes as they may be written down. */
export function noteRedaction(root: string, names?: readonly string[]): (note: Note) => Note {
  const redaction = workspaceRedaction(root, names);
  return (note) => redactNote(note, redaction);
}
