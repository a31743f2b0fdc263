/** `intellimap open`: the recordings in a browser. */
import { setTimeout as sleep } from 'node:timers/promises';
import { ExitCode, Fault } from '../../base/fault.ts';
import type { LiveCounters } from '../../serve/index.ts';
import { loadConfig } from '../../config/index.ts';
import { attach, type ProcessState } from '../../runtime/index.ts';
import { findRoot } from '../../record/workspace.ts';
import { atMost, type Call, type Command, wholeNumber } from '../command.ts';
import { version } from '../help.ts';
import { showInBrowser } from '../browser.ts';
import { surveyor } from '../sources.ts';
import { printable } from '../terminal.ts';

const HIGHEST_PORT = 65_535;
/** Who presses Ctrl-C waits no longer for what is being loaded. */
const PATIENCE_MS = 500;

export const open: Command = {
  name: 'open',
  usage: '[run] [--port <n>] [--no-browser] [--host <address>]',
  summary: 'Shows the recordings of this workspace in a browser.',
  details: [
    'A server on this machine alone, until Ctrl-C. The address that is printed lets one in: whoever has it may look at',
    'everything that was recorded.',
  ].join('\n'),
  options: {
    port: { type: 'string' },
    host: { type: 'string' },
    'no-browser': { type: 'boolean' },
  },
  help: [
    { usage: '[run]', text: 'id of a run, or a unique beginning of one (the latest by default)' },
    { usage: '--port <n>', text: 'the port (default: any that is free)' },
    { usage: '--no-browser', text: 'only prints the address' },
    { usage: '--host <address>', text: 'another address of this machine, which others may reach' },
  ],
  async run({ values, positionals, out, cwd }: Call): Promise<number> {
    atMost(1, positionals);
    const port = wholeNumber('--port', values['port']) ?? 0;
    if (port > HIGHEST_PORT) throw new Fault(ExitCode.USAGE, `--port takes 0 to ${HIGHEST_PORT}`);
    const host = values['host'] === undefined ? undefined : String(values['host']);
    await serve({ cwd, out, port, host, run: positionals[0], browser: values['no-browser'] !== true });
    process.exit(ExitCode.OK);
  },
};

interface Wishes extends Pick<Call, 'cwd' | 'out'> {
  port: number;
  host: string | undefined;
  run: string | undefined;
  browser: boolean;
}

/** Until Ctrl-C, or another request to end. */
export async function serve({ cwd, out, port, host, run, browser }: Wishes): Promise<void> {
  const { builtUi, isLoopback, startServer } = await import('../../serve/index.ts');
  const root = findRoot(cwd);
  const { settings } = await loadConfig(root);
  const server = await startServer(root, {
    version: version(),
    ui: builtUi,
    port,
    ...(host === undefined ? {} : { host }),
    settings,
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
    out.print(address);
    out.say(out.paintError.dim('Ctrl-C ends it.'));
    if (browser) await showInBrowser(address, (why) => out.say(`intellimap: no browser was opened: ${why}`));
    await ended;
  } finally {
    await Promise.race([server.close(), sleep(PATIENCE_MS)]);
  }
}

async function untilSignal(): Promise<void> {
  await new Promise<void>((resolve) => {
    for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP'] as const) process.once(signal, () => resolve());
  });
}

const countersOf = (processes: ProcessState[]): LiveCounters => {
  const sum = (of: (each: ProcessState) => number): number => processes.reduce((total, each) => total + of(each), 0);
  return {
    processes: processes.length,
    threads: sum(({ threads }) => threads.length),
    events: sum(({ events }) => events),
    bytes: sum(({ bytes }) => bytes),
    lost: sum(({ lost }) => lost),
    heldMs: Math.max(0, ...processes.flatMap(({ held }) => held.map(({ ms }) => ms))),
  };
};
