/** The server behind the UI, for as long as a command shows something. */
import { setTimeout as sleep } from 'node:timers/promises';
import { ANALYSES, extendedAnalyses } from '../analyses/index.ts';
import { loadConfig } from '../config/index.ts';
import { findRoot } from '../record/workspace.ts';
import { attach, type ProcessState } from '../runtime/index.ts';
import type { LiveCounters } from '../serve/index.ts';
import { showInBrowser } from './browser.ts';
import type { Call } from './command.ts';
import { version } from './help.ts';
import { extensionsOf } from './session.ts';
import { surveyor } from './sources.ts';
import { printable } from './terminal.ts';
import { untilSignal } from './until-signal.ts';

/** Who presses Ctrl-C waits no longer for what is being loaded. */
const PATIENCE_MS = 500;

interface Wishes extends Pick<Call, 'cwd' | 'out'> {
  port: number;
  host: string | undefined;
  run: string | undefined;
  browser: boolean;
  /** Takes the address. */
  print: (text: string) => void;
}

/** Until Ctrl-C, or another request to end. */
export async function serve({ cwd, out, port, host, run, browser, print }: Wishes): Promise<void> {
  const { builtUi, isLoopback, startServer } = await import('../serve/index.ts');
  const root = findRoot(cwd);
  const configuration = await loadConfig(root);
  const { settings } = configuration;
  const extensions = await extensionsOf(root, configuration, out);
  const server = await startServer(root, {
    version: version(),
    ui: builtUi,
    port,
    ...(host === undefined ? {} : { host }),
    settings,
    analyses: { ...ANALYSES, ...extendedAnalyses(extensions.analyses) },
    events: extensions.events,
    askLive: async (run) => countersOf(await attach({ root, run }).status()),
    sources: surveyor(root, out),
    onMessage: (message) => out.say(`intellimap: ${printable(message)}`),
    onProgress: (share, what) => out.progress(`${what} … ${Math.round(share * 100)} %`),
  });
  if (host !== undefined && !isLoopback(host))
    out.say(
      `intellimap: ${host} can be reached from other machines, and what is sent is not encrypted: whoever reads along sees values of the program`,
    );
  try {
    const address = await server.addressOf(run);
    // Until here Ctrl-C ends the process as always: what is loaded half is no harm.
    const ended = untilSignal();
    print(address);
    out.say(out.paintError.dim('Ctrl-C ends it.'));
    if (browser) await showInBrowser(address, (why) => out.say(`intellimap: no browser was opened: ${why}`));
    await ended;
  } finally {
    await Promise.race([server.close(), sleep(PATIENCE_MS)]);
  }
}

const countersOf = (processes: ProcessState[]): LiveCounters => {
  const sum = (of: (each: ProcessState) => number): number =>
    processes.reduce((total, each) => total + of(each), 0);
  return {
    processes: processes.length,
    threads: sum(({ threads }) => threads.length),
    events: sum(({ events }) => events),
    bytes: sum(({ bytes }) => bytes),
    lost: sum(({ lost }) => lost),
    heldMs: Math.max(0, ...processes.flatMap(({ held }) => held.map(({ ms }) => ms))),
  };
};
