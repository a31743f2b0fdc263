/** Opening a recording for a command: progress on the terminal, and faults that name the recording at fault. */
import { openSession, type Session } from '../query/index.ts';
import { findRoot } from '../record/workspace.ts';
import type { Call } from './command.ts';

/** Runs `ask` on the run that was asked for (an id, or a unique beginning of one), the latest by default. */
export async function withRun<T>(
  { cwd, out }: Pick<Call, 'cwd' | 'out'>,
  run: unknown,
  ask: (session: Session) => Promise<T>,
): Promise<T> {
  const session = await openSession(findRoot(cwd), {
    ...(typeof run === 'string' ? { run } : {}),
    onProgress: (share, what) => out.progress(`${what} … ${Math.round(share * 100)} %`),
  });
  try {
    for (const { run: id, reason } of session.failed)
      out.say(`intellimap: run ${id} cannot be read: ${reason}`);
    return await ask(session);
  } finally {
    session.close();
  }
}
