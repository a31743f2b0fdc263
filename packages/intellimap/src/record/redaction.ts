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

/** Notes as they may be written down, of who does not know the secrets of this machine: pages. @param names as `workspaceRedaction` has them */
export function noteRedaction(root: string, names: readonly string[] = []): (note: Note) => Note {
  const redaction = workspaceRedaction(root, names);
  return (note) => redactNote(note, redaction);
}
