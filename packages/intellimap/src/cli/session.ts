/** Opening a recording for a command: its configuration, progress on the terminal, and faults that name the recording at fault. */
import { loadConfig } from '../config/index.ts';
import { type Session, withSession } from '../query/index.ts';
import { findRoot } from '../record/workspace.ts';
import type { Call } from './command.ts';
import { surveyor } from './sources.ts';

/**
 * Runs `ask` on the run that was asked for (an id, or a unique beginning of one), the latest by default.
 * @param source whether the workspace's text is looked at first, for who asks what never ran; it takes a while at first; `calls`: and the call graph made of it
 */
export async function withRun<T>(
  { cwd, out, source = false }: Pick<Call, 'cwd' | 'out'> & { source?: boolean | 'calls' },
  run: unknown,
  ask: (session: Session) => Promise<T>,
): Promise<T> {
  const root = findRoot(cwd);
  const { settings } = await loadConfig(root);
  const options = {
    settings,
    ...(source !== false && { sources: surveyor(root, out, source === 'calls') }),
    ...(typeof run === 'string' ? { run } : {}),
    onMessage: (message: string) => out.say(`intellimap: ${message}`),
    onProgress: (share: number, what: string) => out.progress(`${what} … ${Math.round(share * 100)} %`),
  };
  return await withSession(root, options, async (session) => {
    for (const { run: id, reason } of session.failed)
      out.say(`intellimap: run ${id} cannot be read: ${reason}`);
    return await ask(session);
  });
}
