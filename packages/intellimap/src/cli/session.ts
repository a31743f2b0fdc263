/** Opening a recording for a command: its configuration, progress on the terminal, and faults that name the recording at fault. */
import { type Configuration, type Extensions, loadConfig, loadExtensions } from '../config/index.ts';
import { type Session, withSession } from '../query/index.ts';
import { findRoot } from '../record/workspace.ts';
import type { Call } from './command.ts';
import { surveyor } from './sources.ts';
import { printable } from './terminal.ts';

/**
 * Runs `ask` on the run that was asked for (an id, or a unique beginning of one), the latest by default.
 * @param source whether the workspace's text is looked at first, for who asks what never ran; it takes a while at first; `calls`: and the call graph made of it
 * @param needsNoRun it can be asked without any run, too
 * @param extensions what the configuration adds, where that is known already
 */
export async function withRun<T>(
  {
    cwd,
    out,
    source = false,
    needsNoRun = false,
    extensions: known,
  }: Pick<Call, 'cwd' | 'out'> & {
    source?: boolean | 'calls';
    needsNoRun?: boolean;
    extensions?: Extensions;
  },
  run: unknown,
  ask: (session: Session, extensions: Extensions) => Promise<T>,
): Promise<T> {
  const root = findRoot(cwd);
  const configuration = await loadConfig(root);
  const extensions = known ?? (await extensionsOf(root, configuration, out));
  const options = {
    settings: configuration.settings,
    events: extensions.events,
    needsNoRun,
    ...(source !== false && { sources: surveyor(root, out, source === 'calls') }),
    ...(typeof run === 'string' ? { run } : {}),
    onMessage: (message: string) => out.say(`intellimap: ${message}`),
    onProgress: (share: number, what: string) => out.progress(`${what} … ${Math.round(share * 100)} %`),
  };
  return await withSession(root, options, async (session) => {
    for (const { run: id, reason } of session.failed)
      out.say(`intellimap: run ${id} cannot be read: ${reason}`);
    return await ask(session, extensions);
  });
}

/** What the configuration adds; what is wrong with an extension is said, and the others are there. */
export async function extensionsOf(
  root: string,
  configuration: Configuration,
  out: Pick<Call['out'], 'say'>,
): Promise<Extensions> {
  const extensions = await loadExtensions(root, configuration);
  for (const problem of extensions.problems) out.say(`intellimap: ${printable(problem)}`);
  return extensions;
}
