/** Files of the workspace that were not read, in words. */
import type { LeftOut } from '../graph/index.ts';
import { grouped } from './format.ts';
import type { Terminal } from './terminal.ts';

interface Unread {
  failed: readonly { path: string; reason: string }[];
  leftOut: readonly LeftOut[];
}

export function sayUnread(out: Pick<Terminal, 'say'>, { failed, leftOut }: Unread): void {
  for (const { path, reason } of failed) out.say(`intellimap: ${path} cannot be read: ${reason}`);
  for (const { path, bytes } of leftOut)
    out.say(`intellimap: ${path} is left out: ${grouped(bytes)} bytes, more than 1 MiB`);
}
